"""What is kept of a person, shown to them and erased, against the fake Bot API."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.domain import Dossier
from bot.editing import EditorsDesk
from bot.roles import GivenRoles
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
        ("en", ("questions", "90 days", "votes", "cited", "30 days", "follow", "digest")),
        ("fr", ("questions", "90 jours", "avis", "cités", "30 jours", "suivez", "revue")),
        ("ru", ("вопросы", "90 дней", "оценки", "цитировал", "30 дней", "следите", "дайджеста")),
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
        assert await said(telegram, STAFF, "/forget yes") == "All that I kept of you is erased."
        await said(telegram, STAFF, "and then?")
        assert (newsroom.followed[-1], newsroom.confined[-1]) == (None, "")
        assert newsroom.confined[0] == "Railways"
        await said(telegram, STAFF, "/forget yes")
    again = without_editors(newsroom, idle_desk, home, GIVEN)
    assert not any(again.records.traces.of(STAFF).values())
    assert not any(b"who is it?" in path.read_bytes() for path in home.glob("catalog.sqlite3"))
