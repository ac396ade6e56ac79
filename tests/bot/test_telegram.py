"""The bot in Telegram: the real application, over HTTP, against a fake Bot API."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.domain import LineKind, Reason, SourceSummary
from bot.telegram.app import End
from tests.bot.scripted import (
    DAY,
    ScriptedNewsroom,
    briefing,
    citation,
    found,
    line,
    missing,
)
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import drop, refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

LANGUAGES = ["en", "fr", "ru"]


# What people see


@pytest.mark.parametrize(
    ("language", "greeting", "ask"),
    [
        ("en", "Hello!", "Write your question"),
        ("fr-CA", "Bonjour", "Posez votre question"),
        ("ru", "Здравствуйте!", "Напишите вопрос"),
        ("de", "Hello!", "Write your question"),
        (None, "Hello!", "Write your question"),
    ],
)
async def test_start_and_help_speak_the_language_of_the_app(
    telegram: TelegramServer, bot: End, language: str | None, greeting: str, ask: str
) -> None:
    user = telegram.user(1, language_code=language)
    await user.send("/start")
    welcome = await user.chat.wait_for_message()
    assert welcome.text.startswith(greeting)
    assert ask in welcome.text
    await user.send("/help")
    guide = await user.chat.wait_for_message()
    assert guide.text.startswith(ask)
    commands = guide.words("bot_command")
    assert commands[:3] == ["/ask", "/latest", "/dossiers"]
    assert commands[-1] == "/help"


@pytest.mark.parametrize(
    ("language", "country"), [("en", "Russia"), ("fr", "Russie"), ("ru", "Россия")]
)
async def test_the_questions_language_beats_that_of_the_app(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, country: str
) -> None:
    said = line("But what should we do?", actor="RU", speaker="Maria Zakharova")
    newsroom.answers["?a"] = found(said, language=language)
    user = telegram.user(1, language_code="fr" if language == "en" else "en")
    await user.send("?a")
    message = await user.chat.wait_for_message()
    assert message.text.startswith(f"{country}\nMaria Zakharova\n“But what should we do?”\u00a0[1]")
    assert message.words("bold")[:2] == [country, "Maria Zakharova"]
    assert message.links[0] == ("[1]", "https://news.example/1#:~:text=word1")


async def test_the_engine_is_asked_as_the_public_with_the_apps_language(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    user = telegram.user(1, language_code="ru-RU")
    await user.send("  Что сказала Москва?  ")
    await user.chat.wait_for_message()
    assert newsroom.asked == [("Что сказала Москва?", frozenset({Tier.PUBLIC}), "ru")]


async def test_one_source_is_previewed_and_several_are_not(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["one"] = found(line("a"))
    newsroom.answers["two"] = found(line("a"), line("b", number=2))
    file = citation(1, url="file:///tmp/a.md", link="file:///tmp/a.md")
    newsroom.answers["file"] = found(line("a"), citations=[file])
    user = telegram.user(1)
    previews = []
    for question in ("one", "two", "file"):
        await user.send(question)
        message = await user.chat.wait_for_message()
        previews.append(message.content["link_preview_options"])
    assert previews[0]["url"] == "https://news.example/1"
    assert previews[1:] == [{"is_disabled": True}] * 2


async def test_not_knowing_is_said_and_not_a_failure(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["who?"] = missing(Reason.NO_COVERAGE, citation(1), language="ru")
    user = telegram.user(1)
    await user.send("who?")
    message = await user.chat.wait_for_message()
    assert message.text.startswith("Я ничего не нашёл об этом в обзорах.")
    assert message.links[0] == ("[1]", "https://news.example/1#:~:text=word1")


async def test_a_long_answer_arrives_whole_in_order_and_within_the_limits(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    texts = [f"<line {n}> & {'слово 🙂 ' * 15}" for n in range(1, 301)]
    newsroom.answers["all"] = found(
        *(line(text, number=n) for n, text in enumerate(texts, 1)), language="fr"
    )
    user = telegram.user(1)
    await user.send("all")
    await user.chat.wait_for_message(matching=lambda message: "[300] Brief" in message.text)
    calls = telegram.transcript.of("sendMessage")
    assert not any(call.error or call.dropped_entities for call in calls)
    whole = "\n".join(message.text for message in user.chat.bot_messages)
    positions = [whole.index(text.strip()) for text in texts]
    assert positions == sorted(positions)


async def test_latest_and_sources_are_listed(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.briefings = [briefing("new", code) for code in LANGUAGES] + [briefing("old")]
    newsroom.summaries = [
        SourceSummary(name="site", stories=4, languages=("en",), first=DAY, last=DAY, dossiers=())
    ]
    user = telegram.user(1, language_code="fr")
    await user.send("/latest")
    message = await user.chat.wait_for_message()
    assert message.text == (
        "Dernières synthèses\n• new in fr — 20 septembre 2023\n• old in en — 20 septembre 2023"
    )
    assert message.links[0] == ("new in fr", "https://news.example/new/fr")
    await user.send("/sources")
    message = await user.chat.wait_for_message()
    assert message.text == "site\n4 synthèses · anglais · 20 septembre 2023"


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("en", "I can only read text."),
        ("fr", "Je ne lis que le texte."),
        ("ru", "Я понимаю только текст."),
    ],
)
async def test_what_is_not_text_gets_a_helpful_reply(
    telegram: TelegramServer, bot: End, language: str, reply: str
) -> None:
    user = telegram.user(1, language_code=language)
    for send in (
        user.send_photo,
        user.send_voice,
        user.send_sticker,
        user.send_document,
        user.send_location,
    ):
        await send()
        assert (await user.chat.wait_for_message()).text.startswith(reply)


@pytest.mark.parametrize("nothing", ["???", "…", "👍", "-", "Hello!", "Merci beaucoup", "привет"])
async def test_a_question_without_words_gets_examples(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, nothing: str
) -> None:
    user = telegram.user(1)
    await user.send(nothing)
    assert "for example:" in (await user.chat.wait_for_message()).text
    assert newsroom.asked == []


async def test_an_unknown_command_names_the_known_ones(telegram: TelegramServer, bot: End) -> None:
    user = telegram.user(1)
    await user.send("/lastest")
    message = await user.chat.wait_for_message()
    assert message.text.startswith("I do not know this command.")
    assert "/latest" in message.text


# Edited questions


async def test_an_edited_question_has_its_answer_edited_in_place(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["long"] = found(line("a " * 3000, LineKind.PASSAGE))
    user = telegram.user(1)
    question = await user.send("long")
    first = await user.chat.wait_for_message()
    second = await user.chat.wait_for_message()
    await user.edit(question, "short")
    await telegram.wait_until(lambda: first.edited and second.deleted)
    assert first.text.startswith("echo short")
    await user.edit(question, "long")
    await telegram.wait_until(lambda: first.text.startswith("a a"))
    third = await user.chat.wait_for_message()
    assert user.chat.bot_messages == [first, third]


async def test_an_edited_question_whose_answer_is_gone_is_answered_anew(
    telegram: TelegramServer, bot: End
) -> None:
    user = telegram.user(1)
    question = await user.send("one")
    first = await user.chat.wait_for_message()
    first.deleted = True
    await user.edit(question, "two")
    again = await user.chat.wait_for_message()
    assert again.text.startswith("echo two")
    assert again.reply_to is question


async def test_an_edit_that_changes_nothing_leaves_one_answer(
    telegram: TelegramServer, bot: End
) -> None:
    user = telegram.user(1)
    question = await user.send("one")
    await user.chat.wait_for_message()
    await user.edit(question, "one")
    await user.send("two")
    await user.chat.wait_for_message(matching=lambda message: "echo two" in message.text)
    assert len(user.chat.bot_messages) == 2


# Order, concurrency, patience


async def test_a_chat_is_answered_in_order_while_others_are_answered_at_once(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["slow"] = threading.Event()
    patient, other = telegram.user(1), telegram.user(2)
    await patient.send("slow")
    for number in range(2):
        await patient.send(f"quick {number}")
    await other.send("mine")
    assert (await other.chat.wait_for_message()).text.startswith("echo mine")
    assert patient.chat.bot_messages == []
    gate.set()
    await patient.chat.wait_for_message(matching=lambda each: each.text.startswith("echo quick 1"))
    heads = [message.text.split("\u00a0")[0] for message in patient.chat.bot_messages]
    assert heads == ["echo slow", *(f"echo quick {number}" for number in range(2))]


async def test_typing_shows_for_as_long_as_the_answer_takes(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.seconds["slow"] = 4.5
    user = telegram.user(1)
    await user.send("slow")
    await telegram.wait_until(lambda: user.chat.typing)
    await user.chat.wait_for_message()
    assert [action for _, action in user.chat.actions] == ["typing"] * 2


async def test_a_flood_limit_is_waited_for_in_its_chat_only(
    telegram: TelegramServer, bot: End
) -> None:
    limited, free = telegram.user(1), telegram.user(2)
    telegram.fail_next("sendMessage", refuse(too_many_requests(5)), chat=1)
    await limited.send("one")
    await telegram.wait_until(lambda: telegram.transcript.of("sendMessage", chat=1))
    await free.send("two")
    await free.chat.wait_for_message()
    assert not limited.chat.bot_messages
    assert (await limited.chat.wait_for_message()).text.startswith("echo one")
    refused, sent = telegram.transcript.of("sendMessage", chat=1)
    assert sent.at - refused.at >= 5
    assert len(limited.chat.bot_messages) == 1


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_reply_that_is_not_confirmed_is_logged_and_not_repeated(
    telegram: TelegramServer, bot: End, caplog: pytest.LogCaptureFixture, arrives: bool
) -> None:
    user = telegram.user(1)
    telegram.fail_next("sendMessage", drop(after_effect=arrives))
    await user.send("one")
    await user.send("two")
    await user.chat.wait_for_message(matching=lambda message: "echo two" in message.text)
    heads = [message.text.split("\u00a0")[0] for message in user.chat.bot_messages]
    assert heads == (["echo one"] if arrives else []) + ["echo two"]
    assert "not confirmed" in caplog.text


async def test_a_reply_that_never_left_is_sent_when_telegram_is_back(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["one"] = threading.Event()
    user = telegram.user(1)
    await user.send("one")
    await telegram.wait_until(lambda: newsroom.asked)
    await telegram.stop()
    gate.set()
    await asyncio.sleep(0.3)
    await telegram.start()
    assert (await user.chat.wait_for_message()).text.startswith("echo one")
    assert len(user.chat.bot_messages) == 1


# Failures


@pytest.mark.parametrize(
    ("language", "apology"), [("en", "Sorry,"), ("fr", "Désolé,"), ("ru", "Извините,")]
)
async def test_a_broken_engine_is_apologised_for_and_logged(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    caplog: pytest.LogCaptureFixture,
    language: str,
    apology: str,
) -> None:
    newsroom.broken.add("one")
    user = telegram.user(1, language_code=language)
    await user.send("one")
    assert (await user.chat.wait_for_message()).text.startswith(apology)
    assert "A question could not be answered" in caplog.text
    await user.send("two")
    assert (await user.chat.wait_for_message()).text.startswith("echo two")


async def test_who_blocks_the_bot_disturbs_nobody(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["one"] = threading.Event()
    gone, other = telegram.user(1), telegram.user(2)
    await gone.send("one")
    await telegram.wait_until(lambda: newsroom.asked)
    await gone.block()
    gate.set()
    await telegram.wait_until(lambda: telegram.transcript.of("sendMessage", chat=1))
    await other.send("two")
    assert (await other.chat.wait_for_message()).text.startswith("echo two")
    assert len(telegram.transcript.of("sendMessage", chat=1)) == 1
