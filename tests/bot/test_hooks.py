"""The bot's own port for the CMS: there while the bot runs, and gone however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
SECRET = "a secret of the newsroom's own, long enough"
BOT = """
import sys, time
from bot.hooks import taking_hints
with taking_hints(int(sys.argv[1])):
    print("running", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def until(condition: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return json.load(answer)["last_run"] is None
    except (urllib.error.URLError, ConnectionError):
        return False


def started(port: int, data: Path, secret: str = SECRET) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BOT, str(port)],
        env=os.environ | {"DATA_DIR": str(data), "HOOK_SECRET": secret},
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_hints_are_taken_while_the_bot_runs(tmp_path: Path, port: int) -> None:
    bot = started(port, tmp_path)
    until(lambda: healthy(port))
    bot.communicate(timeout=120)  # the end of its input is the end of this bot
    assert bot.returncode == 0
    assert not healthy(port)


def test_a_bot_that_is_killed_leaves_the_port_free(tmp_path: Path, port: int) -> None:
    bot = started(port, tmp_path)
    until(lambda: healthy(port))
    bot.send_signal(signal.SIGKILL)
    until(lambda: not healthy(port))
    bot.communicate()


def test_a_server_that_crashed_is_replaced(tmp_path: Path, port: int) -> None:
    bot = started(port, tmp_path)
    until(lambda: healthy(port))
    (server,) = psutil.Process(bot.pid).children()
    server.kill()
    until(lambda: healthy(port))
    _, said = bot.communicate(timeout=120)
    assert "has ended (-9); starting another" in said


def test_without_a_secret_the_bot_says_so_and_goes_on(tmp_path: Path, port: int) -> None:
    bot = started(port, tmp_path, secret="short")
    assert bot.stdout
    assert bot.stdout.readline() == "running\n"
    assert bot.stderr
    said = ""
    while "Hints from the CMS are not taken" not in said:
        said += bot.stderr.readline()
        assert bot.poll() is None, said
    assert "HOOK_SECRET must have 32 characters or more" in said
    bot.communicate(timeout=120)
    assert bot.returncode == 0
