"""The bot in groups: whom it answers, and where."""

from __future__ import annotations

import threading

import pytest

from bot.domain import Reason
from bot.telegram.app import End
from tests.bot.scripted import ScriptedNewsroom, found, line, missing
from tests.telegram_server.server import TelegramServer


async def test_in_a_group_only_those_who_address_the_bot_are_answered(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    for talk in ("hello all", f"write to ada@{telegram.username}x", "/latest@other_bot", "/foo"):
        await user.send(talk, to=group)
    await user.send_photo("look", to=group)
    question = await user.send(f"@{telegram.username.upper()}, what did Moscow say?", to=group)
    answer = await group.chat.wait_for_message()
    assert answer.reply_to is question
    assert [asked for asked, _, _ in newsroom.asked] == [", what did Moscow say?"]
    await user.reply(answer, "and Ankara?")
    assert (await group.chat.wait_for_message()).text.startswith("echo and Ankara?")
    await user.send(f"/help@{telegram.username}", to=group)
    assert "/latest" in (await group.chat.wait_for_message()).text
    await user.send(f"@{telegram.username}", to=group)
    assert "for example:" in (await group.chat.wait_for_message()).text
    assert len(group.chat.bot_messages) == 4


@pytest.mark.parametrize(
    "talk",
    [
        "hello all",
        "ada@{name}",
        "https://t.me/@{name}",
        "@{name}x what did Moscow say?",
        "@x{name} what did Moscow say?",
        "/ask@other_bot what?",
        "/nonsense",
    ],
)
async def test_in_a_group_the_bot_is_silent_unless_it_is_meant(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, talk: str
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    await user.send(talk.format(name=telegram.username), to=group)
    await user.send("/ask who speaks?", to=group)
    await group.chat.wait_for_message()
    assert [asked for asked, _, _ in newsroom.asked] == ["who speaks?"]
    assert len(group.chat.bot_messages) == 1


async def test_a_command_for_another_bot_is_none_of_ours_even_in_a_reply(
    telegram: TelegramServer, bot: End
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    await user.send("/ask one", to=group)
    answer = await group.chat.wait_for_message()
    await user.reply(answer, "/foo@other_bot")
    await user.reply(answer, "two")
    assert (await group.chat.wait_for_message()).text.startswith("echo two")


@pytest.mark.parametrize(
    ("language", "text", "question", "country", "sources", "nothing"),
    [
        (
            "en",
            "/ask {question}",
            "what is said?",
            "Russia",
            "Sources",
            "I found nothing about this in the briefings.",
        ),
        (
            "fr",
            "/ask@{name} {question}",
            "que dit-on ?",
            "Russie",
            "Sources",
            "Je n’ai rien trouvé à ce sujet dans les synthèses.",
        ),
        (
            "ru",
            "@{name} {question}",
            "что говорят?",
            "Россия",
            "Источники",
            "Я ничего не нашёл об этом в обзорах.",
        ),
    ],
)
async def test_a_topic_is_answered_in_the_topic(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    language: str,
    text: str,
    question: str,
    country: str,
    sources: str,
    nothing: str,
) -> None:
    newsroom.seconds[question] = 0.5
    newsroom.answers[question] = found(line("words", actor="RU"), language=language)
    newsroom.answers["Ankara?"] = missing(Reason.NO_COVERAGE, language=language)
    group, user = telegram.group(-5), telegram.user(1, language_code=language)
    await user.send(text.format(name=telegram.username, question=question), to=group, topic=77)
    answer = await group.chat.wait_for_message()
    assert newsroom.asked[0][0] == question
    assert answer.text.startswith(f"{country}\n“words”\u00a0[1] — 20")
    assert f"\n{sources}\n[1] Briefing 1" in answer.text
    assert answer.content["message_thread_id"] == 77
    assert telegram.transcript.of("sendChatAction")[0].params["message_thread_id"] == 77
    await user.reply(answer, "Ankara?")
    further = await group.chat.wait_for_message()
    assert further.text.startswith(nothing)
    assert further.content["message_thread_id"] == 77


async def test_ask_works_in_private_too_and_wants_words(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    user = telegram.user(1)
    await user.send("/ask What did\nMoscow say?")
    assert (await user.chat.wait_for_message()).text.startswith("echo What did\nMoscow say?")
    await user.send("/ask")
    assert "for example:" in (await user.chat.wait_for_message()).text
    assert len(newsroom.asked) == 1


async def test_an_answer_follows_its_group_to_a_new_id(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    question = f"@{telegram.username} one"
    gate = newsroom.gates["one"] = threading.Event()
    group, user = telegram.group(-5, kind="group"), telegram.user(1)
    await user.send(question, to=group)
    await telegram.wait_until(lambda: newsroom.asked)
    moved = await group.migrate(user)
    gate.set()
    assert (await moved.chat.wait_for_message()).text.startswith("echo one")
