"""What is kept of a person, shown to them and erased, against the fake Bot API."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import Dossier
from bot.editing import EditorsDesk
from bot.records.traces import Traces
from bot.roles import GivenRoles, Role
from bot.telegram.parts import Rules
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import said, serving
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

ADMIN, STAFF, STRANGER = 1000, 2000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({STAFF}))
PUBLIC, EVERYTHING = frozenset({Tier.PUBLIC}), frozenset(Tier)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        (
            "en",
            ("questions", "90 days", "votes", "cited", "30 days", "follow", "digest", "I sent you"),
        ),
        (
            "fr",
            (
                "questions",
                "90 jours",
                "avis",
                "cités",
                "30 jours",
                "suivez",
                "revue",
                "vous ai envoyé",
            ),
        ),
        (
            "ru",
            (
                "вопросы",
                "90 дней",
                "оценки",
                "цитировал",
                "30 дней",
                "следите",
                "дайджеста",
                "присылал",
            ),
        ),
    ],
)
async def test_privacy_names_everything_that_is_kept(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    named: tuple[str, ...],
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        reader = telegram.user(STRANGER, language_code=language)
        await reader.send("/privacy")
        told = (await reader.chat.wait_for_message()).text
    assert [each for each in named if each not in told] == []


@pytest.mark.parametrize(
    ("language", "counted", "not_kept"),
    [
        ("en", "how many questions you asked today, but", "Your questions are not kept, only"),
        ("fr", "combien de questions vous avez posées", "Vos questions ne sont pas conservées"),
        ("ru", "сколько вопросов вы сегодня задали", "Ваши вопросы не хранятся"),
    ],
)
async def test_where_no_question_is_kept_readers_are_told_so_and_a_day_still_has_its_limit(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    counted: str,
    not_kept: str,
) -> None:
    rules = Rules(questions_per_day=2, zone="UTC", subscriber_digest=False, quiet_digest=True)
    parts = without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)
    kept = parts.records
    traces = Traces(kept.traces._engine, 0, kept.notes)
    async with serving(telegram, replace(parts, records=replace(kept, traces=traces))):
        told = await said(telegram, STRANGER, "/privacy", language)
        assert counted in told
        assert " 0 " not in told
        assert not_kept in await said(telegram, STRANGER, "/settings", language)
        for _ in range(2):
            assert "echo who?" in await said(telegram, STRANGER, "who?", language)
            await asyncio.to_thread(traces.expire, datetime.now(UTC))
        assert "echo" not in await said(telegram, STRANGER, "who?", language)
    traces.expire(datetime.now(UTC))
    assert traces.of(STRANGER)["questions"] == []
    assert kept.questions.since(datetime.now(UTC) - timedelta(days=1)) == []
    traces.expire(datetime.now(UTC) + timedelta(days=1))
    assert kept.questions.count(STRANGER, datetime.now(UTC).date()) == 0


@pytest.mark.parametrize(
    ("language", "caption", "warning", "erased"),
    [
        (
            "en",
            "All that I keep of you.",
            "This erases for good your questions, the answers and your votes, what you follow, "
            "your membership and your settings. If you want that, write: /forget yes",
            "All that I kept of you is erased.",
        ),
        (
            "fr",
            "Tout ce que je conserve de vous.",
            "Ceci efface définitivement vos questions, les réponses et votre avis, ce que vous "
            "suivez, votre qualité de membre et vos réglages. Pour confirmer, écrivez\u00a0: "
            "/forget yes",
            "Tout ce que je conservais de vous est effacé.",
        ),
        (
            "ru",
            "Всё, что я о вас храню.",
            "Это навсегда сотрёт ваши вопросы, ответы и оценки, всё, за чем вы следите, членство и "
            "настройки. Если хотите этого, напишите: /forget yes",
            "Всё, что я о вас хранил, стёрто.",
        ),
    ],
)
async def test_erasing_is_confirmed_and_told(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    caption: str,
    warning: str,
    erased: str,
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        assert await said(telegram, STRANGER, "/mydata", language) == caption
        assert await said(telegram, STRANGER, "/forget", language) == warning
        assert await said(telegram, STRANGER, "/forget yes", language) == erased


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("en", "You are the only administrator: then nobody is"),
        ("fr", "Vous êtes seul à administrer le bot"),
        ("ru", "Вы единственный администратор"),
    ],
)
async def test_who_administers_alone_is_warned_before_they_are_erased(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    warning: str,
) -> None:
    """Not where the operator's settings make them one, nor where there is another."""
    parts = without_editors(newsroom, idle_desk, tmp_path, GivenRoles())
    parts.records.members.grant(ADMIN, Role.ADMIN, datetime.now(UTC))
    async with serving(telegram, parts):
        assert warning in await said(telegram, ADMIN, "/forget", language)
        parts.records.members.grant(STAFF, Role.ADMIN, datetime.now(UTC))
        assert warning not in await said(telegram, ADMIN, "/forget", language)
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        assert warning not in await said(telegram, ADMIN, "/forget", language)


async def test_what_is_kept_of_somebody_is_shown_and_erased(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        newsroom.files = [Dossier(name="Railways", stories=1, newest=None)]
        await said(telegram, STAFF, "/dossiers railways")
        await said(telegram, STAFF, "who is it?")
        await said(telegram, STAFF, "/digest time 6:15")
        user = telegram.user(STAFF)
        await user.send("/mydata")
        document = await user.chat.wait_for_message()
        kept = json.loads(telegram.world.files[document.content["document"]["file_id"]].content)
        assert [each["text"] for each in kept["questions"]] == ["who is it?"]
        assert kept["digest"]["at"] == "06:15"
        assert kept["dossier"] == "Railways"
        assert "/forget yes" in await said(telegram, STAFF, "/forget")
        erased = await said(telegram, STAFF, "/forget yes")
        assert erased.startswith("All that I kept of you is erased.")
        await said(telegram, STAFF, "and then?")
        assert (newsroom.followed[-1], newsroom.confined[-1]) == (None, "")
        assert newsroom.confined[0] == "Railways"
        await said(telegram, STAFF, "/forget yes")
    again = without_editors(newsroom, idle_desk, home, GIVEN)
    assert not any(again.records.traces.of(STAFF).values())
    assert not any(b"who is it?" in path.read_bytes() for path in home.glob("catalog.sqlite3"))


@pytest.mark.parametrize(
    ("language", "left"),
    [
        ("en", "The operator's settings go on giving you roles (newsroom staff)"),
        ("fr", "vous donnent toujours des rôles (membre de la rédaction)"),
        ("ru", "В настройках оператора за вами остаются роли (сотрудник редакции)"),
    ],
)
async def test_who_is_erased_is_told_of_the_roles_that_no_erasing_takes_away(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    left: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    parts.records.members.grant(STRANGER, Role.EDITOR, datetime.now(UTC))
    async with serving(telegram, parts):
        assert left in await said(telegram, STAFF, "/forget Yes", language)
        assert "(" not in await said(telegram, STRANGER, "/forget yes", language)
