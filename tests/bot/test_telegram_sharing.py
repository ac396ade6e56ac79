"""Inline and guest queries: what lands in other people's chats is public, cited and current."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path

import pytest

from bot.domain import LineKind, Reason
from bot.editing import EditorsDesk
from bot.roles import GivenRoles, Policy
from bot.telegram.app import End
from bot.telegram.parts import Rules
from tests.bot.editing import plainly
from tests.bot.scripted import (
    ScriptedNewsroom,
    briefing,
    citation,
    found,
    line,
    missing,
    without_editors,
)
from tests.bot.serving import PUT_OFF, serving
from tests.telegram_server.people import User
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import Query
from vectorstore.domain import LANGUAGES, Tier

ADMIN = 1000
PUBLIC = frozenset({Tier.PUBLIC})


async def typed(telegram: TelegramServer, user: User, text: str) -> Query:
    query = await user.inline(text)
    await telegram.wait_until(lambda: query.answer is not None)
    return query


def titles(query: Query) -> list[str]:
    return [result["title"] for result in query.results]


@pytest.mark.parametrize(
    ("language", "short", "first", "shared"),
    [
        (
            "en",
            "The answer in short",
            "Russia — Maria Zakharova, spokesperson",
            "who?\n\nRussia\nMaria Zakharova, spokesperson\n“one” [1] — 20 September 2023\n\n"
            "Sources\n[1] Briefing 1 — 19–20 September 2023",
        ),
        (
            "fr",
            "La réponse en bref",
            "Russie — Maria Zakharova, spokesperson",
            "who?\n\nRussie\nMaria Zakharova, spokesperson\n“one” [1] — 20 septembre 2023\n\n"
            "Sources\n[1] Briefing 1 — 19–20 septembre 2023",
        ),
        (
            "ru",
            "Ответ вкратце",
            "Россия — Maria Zakharova, spokesperson",
            "who?\n\nРоссия\nMaria Zakharova, spokesperson\n“one” [1] — 20 сентября 2023 г.\n\n"
            "Источники\n[1] Briefing 1 — 19–20 сентября 2023 г.",
        ),
    ],
)
async def test_an_inline_query_offers_the_answer_and_each_line_cited(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    language: str,
    short: str,
    first: str,
    shared: str,
) -> None:
    newsroom.answers["who?"] = found(
        line("one", actor="RU", speaker="Maria Zakharova", role="spokesperson"),
        line("two", LineKind.REPORTED, number=2, actor="TR"),
        language=language,
    )
    query = await typed(telegram, telegram.user(1, language_code=language), "who?")
    assert titles(query)[:2] == [short, first]
    assert query.results[1]["description"] == "“one”"
    text = re.sub(r"[\u00a0\u202f]", " ", query.results[1]["shown"])
    assert text == shared
    assert all("Briefing" in result["shown"] for result in query.results)
    assert "[2]" in query.results[0]["shown"]
    assert "[2]" not in query.results[2]["shown"], "each is numbered for itself"


async def test_whoever_asks_inline_is_shown_what_is_public(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    given = GivenRoles(admins=frozenset({ADMIN}))
    for policy in (Policy.OPEN, Policy.PUBLIC, Policy.MEMBERS):
        folder = tmp_path / policy
        folder.mkdir()
        parts = without_editors(newsroom, idle_desk, folder, given, policy)
        async with serving(telegram, parts):
            admin = telegram.user(ADMIN)
            await typed(telegram, admin, "who?")
            await typed(telegram, admin, "")
            guest = await admin.ask_guest(f"@{telegram.username} who?")
            await telegram.wait_until(lambda guest=guest: guest.results)
            stranger = await typed(telegram, telegram.user(7), "secret?")
    assert {tiers for _, tiers, _ in newsroom.asked} == {PUBLIC}
    assert newsroom.latest_of == [PUBLIC] * 3
    assert "subscribers" in stranger.results[0]["title"], "of members only strangers learn nothing"


async def test_nothing_that_is_offered_is_kept_for_others_or_for_long(
    telegram: TelegramServer, bot: End
) -> None:
    query = await typed(telegram, telegram.user(1), "who?")
    assert query.answer is not None
    assert query.answer["is_personal"] is True
    assert int(query.answer["cache_time"]) <= 60


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I found nothing about this in the briefings."),
        ("fr", "Je n’ai rien trouvé à ce sujet dans les synthèses."),
        ("ru", "Я ничего не нашёл об этом в обзорах."),
    ],
)
async def test_finding_nothing_is_a_result_that_says_so(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, said: str
) -> None:
    nearest = [citation(number) for number in (1, 2)]
    newsroom.answers["who?"] = missing(Reason.NO_COVERAGE, *nearest, language=language)
    query = await typed(telegram, telegram.user(1, language_code=language), "who?")
    (result,) = query.results
    assert result["title"] == said
    assert result["shown"].startswith(f"who?\n\n{said}")
    assert "Briefing 1" in result["shown"]


@pytest.mark.parametrize(
    ("language", "first", "day", "way", "greeting"),
    [
        ("en", "new in en", "20 September 2023", "Ask who said what", "Hello!"),
        ("fr", "new in fr", "20 septembre 2023", "Demandez qui a dit quoi", "Bonjour"),
        (
            "ru",
            "new in ru",
            "20 сентября 2023 г.",
            "Спросите, кто что сказал",
            "Здравствуйте!",
        ),
    ],
)
async def test_a_query_without_words_shows_the_latest_and_the_way_to_the_bot(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    language: str,
    first: str,
    day: str,
    way: str,
    greeting: str,
) -> None:
    newsroom.briefings = [briefing("new", code) for code in LANGUAGES] + [briefing("old")]
    user = telegram.user(1, language_code=language)
    query = await typed(telegram, user, "  ")
    assert titles(query) == [first, "old in en"]
    assert plainly(query.results[0]["shown"]) == f"• {first} — {day}"
    assert query.answer is not None
    assert query.answer["button"] == {"text": way, "start_parameter": "inline"}
    await user.send("/start inline")
    assert (await user.chat.wait_for_message()).text.startswith(greeting)


async def test_only_the_last_of_what_is_typed_is_answered(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    user, other = telegram.user(1), telegram.user(2)
    gate = newsroom.gates["what d"] = threading.Event()
    slow = await user.inline("what d")
    await telegram.wait_until(lambda: newsroom.asked)  # it has paused, and is being answered
    some = [await user.inline("what did Russia say?"[:end]) for end in range(7, 20)]
    last = await user.inline("what did Russia say?")
    assert (await typed(telegram, other, "mine")).results  # so all before it has been received
    gate.set()
    await telegram.wait_until(lambda: last.answer is not None)
    assert [text for text, _, _ in newsroom.asked] == ["what d", "mine", "what did Russia say?"]
    assert all(query.answer is None for query in (slow, *some))


async def test_inline_queries_count_among_the_questions_of_a_day(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    rules = Rules(questions_per_day=3, zone="UTC", subscriber_digest=False, quiet_digest=True)
    parts = without_editors(newsroom, idle_desk, tmp_path, rules=rules)
    async with serving(telegram, parts):
        user = telegram.user(1)
        await user.send("one")
        await user.chat.wait_for_message(matching=lambda message: "echo one" in message.text)
        for text in ("two", "three"):
            assert "echo" in (await typed(telegram, user, text)).results[0]["shown"]
        for language, put_off in PUT_OFF.items():
            refused = await typed(telegram, telegram.user(1, language_code=language), "four")
            assert titles(refused) == [put_off]


async def test_an_answer_that_comes_too_late_disturbs_nobody(
    telegram: TelegramServer, bot: End, caplog: pytest.LogCaptureFixture
) -> None:
    user = telegram.user(1)
    query = await user.inline("who?")
    telegram.world.queries.clear()  # Telegram waits no longer
    await telegram.wait_until(lambda: telegram.transcript.of("answerInlineQuery"))
    await user.send("still there?")
    assert "echo still" in (await user.chat.wait_for_message()).text
    assert query.answer is None
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


async def test_half_typed_questions_leave_nothing_behind(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path)
    async with serving(telegram, parts):
        await typed(telegram, telegram.user(1), "what did Rus")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"what did Rus" not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("language", "country"), [("en", "Russia"), ("fr", "Russie"), ("ru", "Россия")]
)
async def test_a_guest_is_answered_once_in_short(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, country: str
) -> None:
    some = [line(f"{code} {n}", actor=code) for code in ("RU", "TR") for n in range(9)]
    newsroom.answers["who?"] = found(*some, language=language)
    user = telegram.user(1, language_code=language)
    query = await user.ask_guest(f"@{telegram.username} who?")
    await telegram.wait_until(lambda: query.results)
    (result,) = query.results
    assert result["shown"].startswith(f"who?\n\n{country}\n“RU 0”")
    assert "TR 1" in result["shown"], "both sides are heard"
    assert "RU 2" not in result["shown"]
    await asyncio.sleep(0.2)
    assert not telegram.transcript.of("sendMessage", "sendChatAction")


async def test_a_guest_whose_answer_fails_is_written_nothing_else(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.broken.add("who?")
    await telegram.user(1).ask_guest(f"@{telegram.username} who?")
    await telegram.wait_until(lambda: "could not be answered" in caplog.text)
    await asyncio.sleep(0.2)
    assert not telegram.transcript.of("sendMessage")


async def test_no_correction_is_owed_to_a_chat_of_others(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    newsroom.answers["who?"] = found(line("words"))
    parts = without_editors(newsroom, idle_desk, tmp_path)
    async with serving(telegram, parts):
        query = await telegram.user(1).ask_guest(f"@{telegram.username} who?")
        await telegram.wait_until(lambda: query.results)
    assert len(parts.records.questions.of(1)) == 1
    assert parts.records.cited.versions() == set()


@pytest.mark.parametrize(
    ("language", "text", "way", "example"),
    [
        ("en", " Thank you!", "Ask who said what", "Who spoke?"),
        ("fr", "", "Demandez qui a dit quoi", "Qui a parlé ?"),
        ("ru", " Спасибо!", "Спросите, кто что сказал", "Кто говорил?"),
    ],
)
async def test_a_guest_who_asks_nothing_is_told_how(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    language: str,
    text: str,
    way: str,
    example: str,
) -> None:
    user = telegram.user(1, language_code=language)
    query = await user.ask_guest(f"@{telegram.username}{text}")
    await telegram.wait_until(lambda: query.results)
    assert query.results[0]["shown"].startswith(way)
    assert example in query.results[0]["shown"], "with a question that finds an answer"
    assert not newsroom.asked


async def test_a_greeting_that_is_typed_inline_is_no_question(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.briefings = [briefing("new")]
    assert titles(await typed(telegram, telegram.user(1), "hello")) == ["new in en"]
    assert not newsroom.asked
