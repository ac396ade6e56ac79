"""Updates that survive: the bot is killed at any moment, and every question is dealt with once."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.telegram.mail import MOST_ATTEMPTS
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import serving
from tests.telegram_server.people import User
from tests.telegram_server.server import TelegramServer

# A slice of the sweep that `make crash` makes in full.
KILLS = int(os.environ.get("KILLS", "2"))
BOT = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from sqlalchemy import Engine, event
from bot.editing import open_desk
from bot.settings import BotSettings
from bot.telegram.app import run
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.databases import url_of
from vectorstore.corpus import Corpus
folder, ends_at = Path(sys.argv[1]), sys.argv[2]
def end(_, __, statement, *rest):
    if ends_at and statement.startswith(ends_at):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "after_cursor_execute", end)
class Brief(dict):
    def get(self, question, other=0):
        return 0.02
url = url_of(folder)
with closing(Corpus(folder, url)) as corpus, open_desk(folder, corpus, (), None, url) as desk:
    parts = without_editors(ScriptedNewsroom(seconds=Brief()), desk, folder=folder)
    sys.exit(run(parts, BotSettings()))
"""


async def start(
    telegram: TelegramServer, folder: Path, ends_at: str = ""
) -> asyncio.subprocess.Process:
    """The bot as a process, which is killed once a statement that begins so is carried out."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, str(folder), ends_at,
        cwd=Path(__file__).parents[2],
        env={"TELEGRAM_API_URL": telegram.root, "TELEGRAM_BOT_TOKEN": telegram.token},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def test_killed_at_any_moment_it_loses_and_repeats_nothing(
    telegram: TelegramServer, home: Path
) -> None:
    chance = random.Random(7)
    users = [telegram.user(number) for number in range(1, 41)]
    asked = 0
    for _ in range(KILLS):
        process = await start(telegram, home)
        # Until the bot lives: it takes seconds to import, and no kill is worth less.
        calls = len(telegram.transcript.of("deleteWebhook"))
        await telegram.wait_until(
            lambda calls=calls: len(telegram.transcript.of("deleteWebhook")) > calls, 120
        )
        # Of two lives at most: a flood of questions is not answered with a flood of refusals.
        older = {f"question {n}" for n in range(asked - 30)}
        await telegram.wait_until(lambda older=older: older <= replied(users), 120)
        some = chance.sample(users, 5)
        for _ in range(6):
            for user in some:
                await user.send(f"question {asked}")
                asked += 1
            await asyncio.sleep(chance.uniform(0, 0.12))
        await stopped(process)
    process = await start(telegram, home)
    try:
        every = {f"question {n}" for n in range(asked)}
        await telegram.wait_until(lambda: every <= replied(users), 120)
        await asyncio.sleep(1)
    finally:
        await stopped(process)
    assert replied(users) == every
    neither = {*refused(users), *given_up(users)}
    assert not {*answered(users)} & neither, "what is refused or given up is not answered"
    assert set(Counter(answered(users)).values()) == {1}, "no question is answered twice"
    for once in (told(users), given_up(users)):
        assert set(Counter(once).values()) <= {1}, "nor is anybody told twice"


def replied(users: list[User]) -> set[str]:
    """All questions that brought something."""
    return {*answered(users), *told(users), *refused(users), *given_up(users)}


def answered(users: list[User]) -> list[str]:
    """The question of each answer."""
    return [
        re.findall(r"question \d+", message.text)[0]
        for user in users
        for message in user.chat.bot_messages
        if message.text.startswith("echo ")
    ]


def told(users: list[User]) -> list[str]:
    """The question of each message that says that its answer may be missing."""
    return replied_to(users, "I was interrupted")


def refused(users: list[User]) -> list[str]:
    """The question of each message that says that too many wait already."""
    return replied_to(users, "I answer one question at a time")


def given_up(users: list[User]) -> list[str]:
    """The question of each message that says that every attempt to answer it ended in a crash."""
    return replied_to(users, "Sorry, I could not answer this")


def replied_to(users: list[User], beginning: str) -> list[str]:
    return [
        message.reply_to.text
        for user in users
        for message in user.chat.bot_messages
        if message.text.startswith(beginning) and message.reply_to
    ]


async def test_killed_in_the_middle_of_an_erasure_it_erases_all_after_the_restart(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    """Nothing is half erased meanwhile, and whoever wanted it is told once."""
    user = telegram.user(7)

    def kept() -> dict[str, object]:
        return without_editors(newsroom, idle_desk, folder=home).records.traces.of(7)

    process = await start(telegram, home, "DELETE FROM follows")
    try:
        for text in ("question 1", "/language fr"):
            await user.send(text)
            await user.chat.wait_for_message(120)
        before = kept()
        await user.send("/forget yes")
        assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
        assert kept() == before
        assert before["questions"]
        assert before["noted"]
        process = await start(telegram, home)
        told = await user.chat.wait_for_message(120)
        assert told.text == "Tout ce que je conservais de vous est effacé."
    finally:
        await stopped(process)
    assert not any(kept().values())
    assert [m.text for m in user.chat.bot_messages].count(told.text) == 1


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    user = telegram.user(7)
    for _ in range(2):
        async with serving(telegram, without_editors(newsroom, idle_desk, folder=home)):
            if not newsroom.asked:
                await user.send("who?")
                await user.chat.wait_for_message()
                telegram.updates.repeat(telegram.updates.history[-1]["update_id"])
            else:
                await user.send("what?")
                await user.chat.wait_for_message(matching=lambda m: m.text.startswith("echo what"))
    assert [question for question, *_ in newsroom.asked] == ["who?", "what?"]


@pytest.mark.parametrize(
    ("language", "apology", "interrupted"),
    [
        (
            "en",
            "Sorry, I could not answer this. Please ask in other words.",
            "I was interrupted while answering this. If you see no answer, please ask again.",
        ),
        (
            "fr",
            "Désolé, je n’ai pas pu répondre. Reformulez votre question, s’il vous plaît.",
            "J’ai été interrompu pendant ma réponse. Si vous n’en voyez aucune, reposez votre "
            "question.",
        ),
        (
            "ru",
            "Извините, ответить не получилось. Спросите, пожалуйста, другими словами.",
            "Меня прервали во время ответа. Если ответа не видно, задайте вопрос ещё раз.",
        ),
    ],
)
async def test_what_a_crash_leaves_is_told_in_the_language_that_was_chosen(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    apology: str,
    interrupted: str,
) -> None:
    """What brings the bot down again and again is given up; what may be answered is not repeated.

    The language is the one chosen in the chat, whatever the app speaks.
    """
    user = telegram.user(7, language_code="de")
    newsroom.broken.add("poison")
    parts = without_editors(newsroom, idle_desk, folder=tmp_path)
    async with serving(telegram, parts):
        await user.send("poison")
        update = telegram.updates.history[-1]
        await user.chat.wait_for_message()
    inbox = parts.records.inbox
    poisoned, cut_short = (update["update_id"] + ahead for ahead in (1, 2))
    for number in (poisoned, cut_short):
        inbox.receive(number, json.dumps(update | {"update_id": number}), datetime.now(UTC))
    for _ in range(MOST_ATTEMPTS):
        inbox.begin(poisoned)
    inbox.replying(cut_short)
    parts.languages.choose(user.id, language)
    async with serving(telegram, without_editors(newsroom, idle_desk, folder=tmp_path)):
        told = [(await user.chat.wait_for_message()).text for _ in range(2)]
    assert told == [apology, interrupted]
    assert inbox.left() == []


async def test_what_cannot_be_read_any_more_keeps_nobody_from_being_served(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path)
    for number, content in enumerate(("", "[]", '{"message": 1}', '{"update_id": 3}')):
        parts.records.inbox.receive(number, content, datetime.now(UTC))
    async with serving(telegram, parts):
        user = telegram.user(7)
        await user.send("who?")
        assert "echo who?" in (await user.chat.wait_for_message()).text
    assert parts.records.inbox.left() == []
