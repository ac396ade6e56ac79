"""The bot as a process: what it says when it cannot start or has to end, and in its log."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.telegram.app import End, serve
from bot.telegram.errors import CannotServeError
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.telegram_server.faults import drop
from tests.telegram_server.server import TelegramServer

SCRIPT = """
import os, sys, tempfile
from contextlib import closing
from pathlib import Path
from bot.editing import open_desk
from bot.settings import BotSettings
from bot.telegram.app import run
from tests.bot.scripted import ScriptedNewsroom, without_editors
from vectorstore.corpus import Corpus
from vectorstore.logs import open_logs
class Leaky(ScriptedNewsroom):
    def answer(self, question, **others):
        if question == "leak":
            raise RuntimeError(f"cannot GET /bot{os.environ['TELEGRAM_BOT_TOKEN']}/getMe")
        return super().answer(question, **others)
settings = BotSettings()
open_logs(settings)
with tempfile.TemporaryDirectory() as folder, closing(Corpus(Path(folder))) as corpus:
    with open_desk(Path(folder), corpus, (), None) as desk:
        newsroom = Leaky(seconds={"slow": 1.5})
        sys.exit(run(without_editors(newsroom, desk, Path(folder)), settings))
"""


@asynccontextmanager
async def bot_process(api_url: str, token: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process of its own, which logs all it can to stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SCRIPT,
        cwd=Path(__file__).parents[2],
        env={
            "TELEGRAM_API_URL": api_url,
            "TELEGRAM_BOT_TOKEN": token,
            "NO_PROXY": "127.0.0.1",
            "LOG_LEVEL": "DEBUG",
        },
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ending(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Exit code and stderr of a process that ends by itself."""
    _, errors = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, errors.decode()


def check_silence(log: str, token: str) -> None:
    secret = token.partition(":")[2] or token
    assert secret not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("token", ["123456789:AAThisIsNotTheRightToken000000000000", "nonsense"])
async def test_a_wrong_token_is_one_sentence_without_the_token(
    telegram: TelegramServer, token: str
) -> None:
    async with bot_process(telegram.root, token) as process:
        code, log = await ending(process)
    check_silence(log, token)
    assert code == 2
    assert log.splitlines()[-1] == (
        "127.0.0.1 does not accept the bot token: copy it again from @BotFather "
        "into TELEGRAM_BOT_TOKEN."
    )


async def test_no_network_is_one_sentence(telegram: TelegramServer) -> None:
    await telegram.stop()
    async with bot_process(telegram.root, telegram.token) as process:
        code, log = await ending(process)
    check_silence(log, telegram.token)
    assert code == 2
    assert log.splitlines()[-1].startswith("127.0.0.1 cannot be reached:")


async def test_no_token_is_one_sentence() -> None:
    async with bot_process("http://127.0.0.1:1", "") as process:
        code, log = await ending(process)
    assert code == 2
    assert log.splitlines()[-1].startswith("TELEGRAM_BOT_TOKEN is not set:")


async def test_a_second_process_with_the_token_ends_one_of_the_two(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    end = End()
    parts = without_editors(newsroom, idle_desk, tmp_path)
    async with bot_process(telegram.root, telegram.token) as first:
        user = telegram.user(1)
        await user.send("/start")
        await user.chat.wait_for_message()
        second = asyncio.create_task(serve(parts, telegram.token, telegram.root, end))
        try:
            code, log = await ending(first)
            await user.send("still there?")
            await user.chat.wait_for_message(matching=lambda each: "still there?" in each.text)
        finally:
            end.because(None)
            await second
    assert code == 2
    check_silence(log, telegram.token)
    assert log.splitlines()[-1].startswith("Another process receives the messages")


async def test_a_token_revoked_meanwhile_ends_the_bot(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path)
    life = asyncio.create_task(serve(parts, telegram.token, telegram.root, End()))
    user = telegram.user(1)
    await user.send("one")
    await user.chat.wait_for_message()
    telegram.token = "123456789:new"
    await user.send("wakes the poll up")
    with pytest.raises(CannotServeError, match="does not accept the bot token"):
        await asyncio.wait_for(life, 60)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_running_answers_finish(
    telegram: TelegramServer, number: signal.Signals
) -> None:
    users = [telegram.user(n) for n in range(1, 7)]
    async with bot_process(telegram.root, telegram.token) as process:
        for user in users:
            await user.send("slow")
        # To be typing is not shown in a chat where it would have to wait for its turn.
        await telegram.wait_until(lambda: any(user.chat.typing for user in users))
        await telegram.wait_until(lambda: not telegram.updates.pending)
        process.send_signal(number)
        code, log = await ending(process)
    check_silence(log, telegram.token)
    assert code == 0
    assert [len(user.chat.bot_messages) for user in users] == [1] * 6
    assert telegram.updates.pending == []


async def test_a_failure_that_names_the_token_is_logged_without_it(
    telegram: TelegramServer,
) -> None:
    user = telegram.user(1)
    async with bot_process(telegram.root, telegram.token) as process:
        await user.send("leak")
        assert (await user.chat.wait_for_message()).text.startswith("Sorry,")
        process.terminate()
        _, log = await ending(process)
    assert "RuntimeError" in log
    assert "cannot GET" not in log, "nobody knows what foreign errors say"
    assert telegram.token.partition(":")[2] not in log


async def test_a_lost_connection_is_reported_in_one_line_and_survived(
    telegram: TelegramServer, bot: End, caplog: pytest.LogCaptureFixture
) -> None:
    user = telegram.user(1)
    await user.send("one")
    await user.chat.wait_for_message()
    telegram.fail_next("getUpdates", drop(), times=2)
    await user.send("two")
    await user.send("three")
    await user.chat.wait_for_message(matching=lambda each: "three" in each.text)
    reports = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert reports
    assert all("trying again" in record.getMessage() for record in reports)
    assert not any(record.exc_info for record in reports if record.name.startswith("bot"))
