"""What waits and what is refused: one question of a chat at a time, and others are not held up."""

from __future__ import annotations

import threading

import pytest

from bot.telegram import ordering
from bot.telegram.app import End
from tests.bot.scripted import ScriptedNewsroom
from tests.telegram_server.people import User
from tests.telegram_server.server import TelegramServer

PATIENCE = 60  # seconds, on a machine that has much to do


def texts(user: User) -> list[str]:
    return [message.text for message in user.chat.bot_messages]


async def ask_behind_a_gate(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, user: User, questions: int
) -> threading.Event:
    """Somebody asks much, the first of which is not answered before the gate opens."""
    gate = newsroom.gates["question 1"] = threading.Event()
    for number in range(1, questions + 1):
        await user.send(f"question {number}")
    await telegram.wait_until(lambda: newsroom.asked, PATIENCE)
    return gate


@pytest.mark.parametrize(
    ("language", "refusal"),
    [
        ("en", "I answer one question at a time here, and two more are waiting."),
        ("fr", "Je réponds ici à une question à la fois, et deux autres attendent déjà."),
        ("ru", "Здесь я отвечаю на вопросы по одному, и ещё два уже ждут."),
    ],
)
async def test_two_questions_wait_behind_one_and_a_fourth_is_refused(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, refusal: str
) -> None:
    user = telegram.user(1, language_code=language)
    gate = await ask_behind_a_gate(telegram, newsroom, user, 4)
    said = await user.chat.wait_for_message(PATIENCE)
    assert said.text.startswith(refusal)
    assert said.reply_to is not None
    assert said.reply_to.text == "question 4"
    gate.set()
    await telegram.wait_until(lambda: len(texts(user)) == 4, PATIENCE)
    assert [question for question, *_ in newsroom.asked] == [f"question {n}" for n in (1, 2, 3)]
    await user.send("question 5")
    await user.chat.wait_for_message(PATIENCE, matching=lambda m: "echo question 5" in m.text)


async def test_others_are_answered_while_one_floods_the_bot(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    flooding, other = telegram.user(1), telegram.user(2)
    gate = await ask_behind_a_gate(telegram, newsroom, flooding, 60)
    await other.send("who?")
    assert "echo who?" in (await other.chat.wait_for_message(PATIENCE)).text
    assert all(text.startswith("I answer one question at a time") for text in texts(flooding))
    gate.set()
    await flooding.chat.wait_for_message(PATIENCE, matching=lambda m: "echo" in m.text)


async def test_what_a_group_says_to_itself_neither_waits_nor_is_refused(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["who?"] = threading.Event()
    telegram.world.privacy = False
    group, member = telegram.group(-1001), telegram.user(1)
    await member.send(f"@{telegram.username} who?", to=group)
    await telegram.wait_until(lambda: newsroom.asked, PATIENCE)
    for number in range(10):
        await member.send(f"chat among members {number}", to=group)
    await member.send(f"@{telegram.username} what?", to=group)
    gate.set()
    await group.chat.wait_for_message(PATIENCE, matching=lambda m: "echo what?" in m.text)
    assert len(group.chat.bot_messages) == 2


@pytest.mark.parametrize(
    ("language", "refusal"),
    [
        ("en", "Very many people are asking right now. Please send this again in a minute."),
        (
            "fr",
            "Beaucoup de monde pose des questions en ce moment. Renvoyez la vôtre dans une "
            "minute, s’il vous plaît.",
        ),
        (
            "ru",
            "Сейчас мне задают очень много вопросов. Пожалуйста, отправьте сообщение снова через "
            "минуту.",
        ),
    ],
)
async def test_when_too_many_ask_at_once_the_next_is_told_so(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    refusal: str,
) -> None:
    monkeypatch.setattr(ordering, "MOST_AT_ONCE", 2)
    waiting = telegram.user(1)
    gate = await ask_behind_a_gate(telegram, newsroom, waiting, 2)
    late = telegram.user(2, language_code=language)
    await late.send("who?")
    assert (await late.chat.wait_for_message(PATIENCE)).text == refusal
    gate.set()
    await telegram.wait_until(lambda: len(texts(waiting)) == 2, PATIENCE)
