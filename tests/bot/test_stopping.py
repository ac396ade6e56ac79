"""SIGTERM with questions in flight: the bot ends in time, and the next one answers what is left."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import records
from bot.records.deliveries import State
from bot.roles import Role
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import Fault, hang, refuse
from tests.telegram_server.server import TelegramServer

ROOT = Path(__file__).parents[2]
BOT = """
import sys
from contextlib import closing
from pathlib import Path
from bot.editing import open_desk
from bot.settings import BotSettings
from bot.telegram.app import run
from tests.bot.scripted import ScriptedNewsroom, without_editors
from vectorstore.corpus import Corpus
folder = Path(sys.argv[1])
class Slow(dict):
    def get(self, question, other=0):
        return 0.5
with closing(Corpus(folder)) as corpus, open_desk(folder, corpus, (), None) as desk:
    parts = without_editors(ScriptedNewsroom(seconds=Slow()), desk, folder=folder)
    code = run(parts, BotSettings())
sys.exit(code)
"""
ASKERS = 30


async def start(telegram: TelegramServer, folder: Path) -> asyncio.subprocess.Process:
    """The bot as a process of its own, once it serves."""
    begun = len(telegram.transcript.of("deleteWebhook"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, str(folder),
        cwd=ROOT,
        env=os.environ | {"TELEGRAM_API_URL": telegram.root, "TELEGRAM_BOT_TOKEN": telegram.token},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await telegram.wait_until(
        lambda: len(telegram.transcript.of("deleteWebhook")) > begun, 120, "the start"
    )
    return process


async def ended(process: asyncio.subprocess.Process) -> tuple[float, bytes]:
    """The seconds that it takes to stop, and what it has logged."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    return time.monotonic() - began, log


@pytest.mark.parametrize(
    ("fault", "faults"),
    [(hang(0, after_effect=False), 0), (hang(60), 1000), (refuse(too_many_requests(100)), 1000)],
    ids=["a quick server", "a server that hangs", "a server that refuses"],
)
async def test_it_stops_within_20_seconds_and_every_question_is_dealt_with(
    telegram: TelegramServer, tmp_path: Path, fault: Fault, faults: int
) -> None:
    users = [telegram.user(number) for number in range(1, ASKERS + 1)]
    process = await start(telegram, tmp_path)
    try:
        telegram.fail_next("sendMessage", fault, faults)
        for user in users:
            await user.send(f"question {user.id}")
        await telegram.wait_until(lambda: not telegram.updates.pending, 60, "all questions")
        await asyncio.sleep(1)
        seconds, log = await ended(process)
        assert seconds < 20
        assert b"Traceback" not in log
        telegram._faults._waiting.clear()
        process = await start(telegram, tmp_path)
        await telegram.wait_until(lambda: all(user.chat.bot_messages for user in users), 120)
        seconds, _ = await ended(process)
        assert seconds < 20
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert {len(user.chat.bot_messages) for user in users} == {1}, "each is dealt with once"
    told = [user.chat.bot_messages[0].text for user in users]
    assert all(t.startswith(("echo question", "I was interrupted")) for t in told)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
async def test_a_broadcast_that_ends_halfway_goes_on_after_the_restart_and_repeats_nothing(
    telegram: TelegramServer, tmp_path: Path, how: signal.Signals
) -> None:
    """Only what was on its way when the bot was killed is not sent again: it may have arrived."""
    users, now = [telegram.user(number) for number in range(1, 61)], datetime.now(UTC)
    with records.opened(tmp_path, 90) as kept:
        for user in users:
            kept.members.grant(user.id, Role.STAFF, now)
            key = now.date().isoformat()
            kept.deliveries.plan("digest", key, user.id, ["first", "second"], now)

        def told() -> list[list[str]]:
            return [[message.text for message in user.chat.bot_messages] for user in users]

        process = await start(telegram, tmp_path)
        try:
            await telegram.wait_until(lambda: sum(map(len, told())) >= 20, 60, "some messages")
            process.send_signal(how)
            await asyncio.wait_for(process.wait(), 20)
            assert sum(map(len, told())) < 2 * len(users), "it was in the middle of it"
            process = await start(telegram, tmp_path)
            await telegram.wait_until(lambda: not kept.deliveries.pending(), 60, "the others")
            await ended(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        left = [[d.state for d in kept.deliveries.of(user.id)] for user in users]
    under_way = sum(states.count(State.SENDING) for states in left)
    assert under_way <= (8 if how is signal.SIGKILL else 0)
    for states, texts in zip(left, told(), strict=True):
        assert texts in (["first", "second"], ["first"], ["second"], [])
        sent = [t for t, s in zip(("first", "second"), states, strict=True) if s is State.SENT]
        assert set(sent) <= set(texts), "what is noted as sent was sent"
        assert State.SENDING in states or texts == ["first", "second"]
