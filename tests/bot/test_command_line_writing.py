"""The readers' command line with a chat model, good, lying, failing or not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.commands import Run
from tests.bot.corpora import Desk, environment
from tests.bot.telling import CORRIDOR, KEY, TRUTH
from tests.chat_server import ChatServer, Reply, chat_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    with chat_server() as server:
        monkeypatch.setenv("LLM_MODEL", "openai:scripted")
        monkeypatch.setenv("LLM_BASE_URL", server.url)
        monkeypatch.setenv("LLM_API_KEY", KEY)
        yield server


def test_a_chat_model_writes_the_answer(run: Run, server: ChatServer) -> None:
    server.says(f"{TRUTH} Turkey said so, too [3].")
    done = run("ask", CORRIDOR, "--json")
    assert (done.code, done.err) == (0, "")
    (answer,) = done.answers
    assert not answer["fallback"]
    (line,) = answer["lines"]
    assert (line["kind"], line["text"]) == ("generated", f"{TRUTH[:-5]}.")
    assert (line["citation"], line["also"], line["actor"]) == (1, [], "RU")
    (citation,) = answer["citations"]
    assert (citation["number"], "border guards" in citation["quote"]) == (1, True)


def test_readers_are_told_who_wrote_the_answer(run: Run, server: ChatServer) -> None:
    server.says(TRUTH)
    done = run("ask", CORRIDOR)
    assert done.out.startswith(f"{TRUTH[:-5]}.\u00a0[1]\n\nWritten by a language model from")
    server.does(Reply(status=500))
    done = run("ask", CORRIDOR)
    assert done.code == 0
    assert "Without the language model, which gave no usable answer." in done.out
    assert "better than those who draw it on napkins" in done.out


def test_a_model_that_is_not_installed_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_MODEL", "anthropic:claude-sonnet-4-5")
    done = run("ask", CORRIDOR)
    assert (done.code, done.out) == (2, "")
    assert "pip install langchain-anthropic" in done.err
    assert len(done.err.splitlines()) == 1


def test_no_key_and_no_question_is_in_any_log(
    samples: Desk, server: ChatServer, tmp_path: Path
) -> None:
    """The whole program at its most talkative, with a good, a lying and a failing model."""
    replies = iter([Reply(text=TRUTH), Reply(text="Turkey agrees with it [1]."), Reply(status=401)])
    server.script = lambda evidence: next(replies)
    llm = {"LLM_MODEL": "openai:scripted", "LLM_BASE_URL": server.url, "LLM_API_KEY": KEY}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--stdin", "--json"],
        input="\n".join([CORRIDOR] * 3).encode(),
        capture_output=True,
        env=environment(samples.data_dir, LOG_LEVEL="DEBUG", **llm),
        cwd=tmp_path,
        timeout=300,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [answer["fallback"] for answer in answers] == [False, True, True]
    assert KEY not in (done.stdout + done.stderr).decode()
    assert "rail corridor" not in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
