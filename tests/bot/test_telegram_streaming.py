"""Answers that a chat model writes, shown while they are written, against the fake Bot API."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain import Answer, LineKind
from bot.telegram.app import End
from bot.telegram.streaming import SECONDS_BETWEEN_DRAFTS
from tests.bot.scripted import ScriptedNewsroom, found, line
from tests.telegram_server.errors import bad_request, too_many_requests
from tests.telegram_server.faults import drop, hang, late, refuse
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.transcript import Call

SENTENCES = {
    "en": ["Moscow called it a mistake.", "Ankara waits.", "Nobody else spoke."],
    "fr": ["Moscou parle d’une erreur.", "Ankara attend.", "Personne d’autre n’a parlé."],
    "ru": ["Москва назвала это ошибкой.", "Анкара ждёт.", "Больше никто не говорил."],
}


def written(language: str, count: int) -> Answer:
    """An answer of the first ``count`` sentences; of none it begins."""
    lines = [
        line(text, LineKind.GENERATED, number)
        for number, text in enumerate(SENTENCES[language][:count], start=1)
    ]
    return found(*lines, language=language)


def writes(newsroom: ScriptedNewsroom, question: str, language: str = "en") -> None:
    newsroom.writing[question] = [written(language, count) for count in range(3)]
    newsroom.answers[question] = written(language, 3)


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
async def test_in_private_an_answer_streams_sentence_by_sentence(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str
) -> None:
    writes(newsroom, "who?", language)
    newsroom.step = SECONDS_BETWEEN_DRAFTS * 1.5
    user = telegram.user(1, language_code=language)
    await user.send("who?")
    message = await user.chat.wait_for_message()
    frames = [call.params.get("text") or "" for call in telegram.transcript.of("sendMessageDraft")]
    assert frames[0] == "", "which the apps show as “Thinking…”"
    assert frames[1] == f"{SENTENCES[language][0]}\u00a0[1]"
    for shorter, longer in zip(frames, [*frames[1:], message.text], strict=True):
        assert longer.startswith(shorter)
    assert all(text in message.text for text in SENTENCES[language])
    assert message.words("bold"), "the message itself is formatted"
    assert user.chat.draft is None
    drafts = telegram.transcript.of("sendMessageDraft")
    assert {call.params["draft_id"] for call in drafts} == {drafts[0].params["draft_id"]}


async def test_frames_that_come_too_fast_are_skipped_and_not_queued(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    many = [written("en", 1 + n % 1) for n in range(200)]
    newsroom.writing["who?"], newsroom.answers["who?"] = many, written("en", 3)
    newsroom.step = 0.01
    user = telegram.user(1)
    await user.send("who?")
    await user.chat.wait_for_message()
    calls = telegram.transcript.of("sendMessageDraft")
    assert 1 <= len(calls) <= 8
    assert not any(call.error for call in calls)
    last = calls[-1].at
    await asyncio.sleep(SECONDS_BETWEEN_DRAFTS * 1.5)
    assert telegram.transcript.of("sendMessageDraft")[-1].at == last


async def test_an_answer_in_the_pages_own_words_has_one_typing_and_no_draft(
    telegram: TelegramServer, bot: End
) -> None:
    user = telegram.user(1)
    await user.send("quick")
    await user.chat.wait_for_message()
    assert telegram.transcript.of("sendMessageDraft") == []
    assert len(telegram.transcript.of("sendChatAction")) <= 1


@pytest.mark.parametrize(
    "fault",
    [refuse(bad_request("METHOD_NOT_FOUND")), refuse(too_many_requests(200)), drop(), hang(30)],
    ids=["refused", "flood", "dropped", "hanging"],
)
async def test_a_draft_that_fails_leaves_the_answer_alone(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, fault: object
) -> None:
    writes(newsroom, "who?")
    telegram.fail_next("sendMessageDraft", fault, times=5)
    user = telegram.user(1)
    await user.send("who?")
    message = await user.chat.wait_for_message()
    assert message.text.startswith(SENTENCES["en"][0])
    assert len(telegram.transcript.of("sendMessageDraft")) == 1
    assert len(user.chat.bot_messages) == 1


async def test_in_a_group_one_message_is_edited_now_and_then(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.streaming.SECONDS_IN_GROUPS", 1.0)
    writes(newsroom, "who?")
    newsroom.step = 1.2
    group, user = telegram.group(-5), telegram.user(1)
    question = await user.send("/ask who?", to=group)
    message = await group.chat.wait_for_message()
    assert message.reply_to is question
    await telegram.wait_until(lambda: SENTENCES["en"][2] in message.text)
    assert message.history[0] == f"{SENTENCES['en'][0]}\u00a0[1]"
    assert len(message.history) <= 3
    assert len(group.chat.bot_messages) == 1
    assert telegram.transcript.of("sendMessageDraft") == []
    assert next(action for _, action in group.chat.actions) == "typing"


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_in_a_group_a_frame_that_arrives_late_does_not_stay(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    monkeypatch.setattr("bot.telegram.streaming.SECONDS_IN_GROUPS", 1.0)
    writes(newsroom, "who?")
    newsroom.step = 1.2
    telegram.fail_next(method, late(8.0))
    served: list[Call] = []
    telegram.transcript.listeners.append(served.append)
    group, user = telegram.group(-5), telegram.user(1)
    await user.send("/ask who?", to=group)
    await telegram.wait_until(
        lambda: any(SENTENCES["en"][2] in m.text for m in group.chat.bot_messages)
    )
    await telegram.wait_until(lambda: telegram.transcript.of(method)[0] in served)
    await telegram.wait_until(
        lambda: [SENTENCES["en"][2] in m.text for m in group.chat.bot_messages] == [True]
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I stopped here, because you have asked something newer."),
        ("fr", "Je me suis arrêté, car vous avez posé une nouvelle question."),
        ("ru", "Здесь ответ прерван: вы задали новый вопрос."),
    ],
)
async def test_a_newer_question_takes_the_place_of_one_that_is_being_written(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, said: str
) -> None:
    writes(newsroom, "long", language)
    newsroom.step = 30
    user = telegram.user(1, language_code=language)
    await user.send("long")
    await telegram.wait_until(lambda: newsroom.asked)
    await user.send("/help")
    await user.send("newer")
    message = await user.chat.wait_for_message(matching=lambda m: "echo newer" in m.text)
    assert next(each.text for each in user.chat.bot_messages if each.id < message.id) == said
    assert SENTENCES[language][0] not in str(user.chat)


async def test_in_a_group_nobody_cuts_short_what_somebody_else_asked(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    writes(newsroom, "long")
    newsroom.step = 0.4
    group, one, other = telegram.group(-5), telegram.user(1), telegram.user(2)
    await one.send("/ask long", to=group)
    await telegram.wait_until(lambda: newsroom.asked)
    await other.send("/ask newer", to=group)
    await group.chat.wait_for_message(matching=lambda m: "echo newer" in m.text)
    assert SENTENCES["en"][2] in group.chat.bot_messages[0].text


async def test_what_is_cut_short_is_dealt_with(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    writes(newsroom, "long")
    newsroom.step = 30
    user = telegram.user(1)
    await user.send("long")
    await telegram.wait_until(lambda: newsroom.asked)
    for number in range(2):
        await user.send(f"newer {number}")
    await user.chat.wait_for_message(matching=lambda m: "echo newer 1" in m.text)
    heads = [each.text.split("\u00a0")[0] for each in user.chat.bot_messages]
    assert heads[1:] == ["echo newer 0", "echo newer 1"]


async def test_a_question_that_is_refused_cuts_nothing_short(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    for question in ("first", "second", "third", "fourth"):
        writes(newsroom, question)
    newsroom.step = 1.0
    user = telegram.user(1)
    for question in ("first", "second", "third", "fourth"):
        await user.send(question)
    await telegram.wait_until(lambda: len(user.chat.bot_messages) == 4, 60)
    said = [each.text for each in user.chat.bot_messages]
    assert sum(text.startswith("I answer one question at a time") for text in said) == 1
    assert sum(SENTENCES["en"][2] in text for text in said) == 1, "the newest that is answered"
