"""What the newsroom's desk is told: in editors' digests, and of digests that went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.editing import EditorsDesk
from bot.i18n import voice
from bot.records.digests import Subscription
from bot.roles import GivenRoles
from tests.bot.editing import Office
from tests.bot.scripted import RULES, ScriptedNewsroom, without_editors
from tests.bot.serving import daily_once, said, serving
from tests.telegram_server.server import TelegramServer

ADMIN, STAFF = 1000, 2000


@pytest.mark.parametrize(
    ("language", "trouble"),
    [
        ("en", "a.jsonl#line-1: this line is not valid JSON; write one object a line"),
        ("fr", "a.jsonl#line-1: cette ligne n’est pas du JSON valide"),
        ("ru", "a.jsonl#line-1: эта строка — не корректный JSON"),
    ],
)
async def test_an_editors_digest_says_in_their_language_what_ingestion_could_not_read(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    tmp_path: Path,
    language: str,
    trouble: str,
) -> None:
    editor, now = 5000, datetime.now(UTC)
    fault = (("a.jsonl#line-1", "this line is not valid JSON; write one object a line"),)
    office = Office(tmp_path, tmp_path)
    office.ran(timedelta(0), failed=fault)
    with office.desk(()) as desk:
        given = GivenRoles(editors=frozenset({editor}))
        parts = without_editors(newsroom, desk, tmp_path, given)
        wish = Subscription(user=editor, on=True, at=f"{now:%H:%M}", zone="UTC", days="1234567")
        parts.records.digests.save(wish)
        parts.records.members.meet(editor, "Ada", language, now)
        await telegram.user(editor).send("/start")
        await daily_once(telegram, parts)
        digest = await telegram.user(editor).chat.wait_for_message()
    assert trouble in digest.text


@pytest.mark.parametrize(
    ("language", "stale"),
    [
        ("en", "Ingestion\n• Out of date: no ingestion has succeeded since {}."),
        (
            "fr",
            "Mise à jour des synthèses\n• Pas à jour : aucune mise à jour n’a réussi depuis le {}.",
        ),
        ("ru", "Обновление обзоров\n• Данные устарели: успешных обновлений не было с {}."),
    ],
)
async def test_an_editors_digest_says_that_the_briefings_are_out_of_date(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    tmp_path: Path,
    language: str,
    stale: str,
) -> None:
    """Also on a quiet day, which they want to hear nothing of; other staff hear nothing."""
    editor, now = 5000, datetime.now(UTC)
    office = Office(tmp_path, tmp_path)
    succeeded = office.ran(timedelta(days=3))
    with office.desk((), stale_after=timedelta(days=1)) as desk:
        given = GivenRoles(editors=frozenset({editor}), staff=frozenset({STAFF}))
        parts = without_editors(newsroom, desk, tmp_path, given)
        for user in (editor, STAFF):
            wish = Subscription(user=user, on=True, at=f"{now:%H:%M}", zone="UTC", days="1234567")
            parts.records.digests.save(replace(wish, quiet=False))
            parts.records.members.meet(user, "Ada", language, now)
            telegram.user(user)
        await daily_once(telegram, parts)
        (digest,) = telegram.user(editor).chat.bot_messages
        assert not telegram.user(STAFF).chat.bot_messages
    said_so = stale.format(voice(language).moment(succeeded))
    assert digest.text.replace("\u00a0", " ").endswith(said_so.replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Telegram did not confirm these, so they may be missing."),
        ("fr", "Envois que Telegram n’a pas confirmés"),
        ("ru", "Telegram не подтвердил эти сообщения"),
    ],
)
async def test_admins_see_what_may_not_have_arrived(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    told: str,
) -> None:
    given = GivenRoles(admins=frozenset({ADMIN}), editors=frozenset({5000}))
    parts = without_editors(newsroom, idle_desk, tmp_path, given)
    ledger, at = parts.records.deliveries, datetime.now(UTC)
    ledger.plan("digest", "2024-05-16", 4711, ["words"], at)
    ledger.begin(1, at)
    ledger.lose(1, "Telegram did not confirm it", at)
    async with serving(telegram, parts):
        shown = await said(telegram, ADMIN, "/status", language)
        assert told in shown
        assert "4711" in shown
        here = at.astimezone(ZoneInfo(RULES.zone))
        moment = voice(language).moment(here)
        assert moment in shown.partition(told)[2], "in the newsroom's zone, as all there"
        assert told not in await said(telegram, 5000, "/status", language)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "These messages could not be made; the bot's log says why:"),
        ("fr", "Messages qui n’ont pas pu être préparés"),
        ("ru", "Эти сообщения не удалось подготовить; причина — в журнале бота:"),
    ],
)
async def test_a_digest_that_cannot_be_made_is_shown_to_admins_and_stops_no_other(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    told: str,
) -> None:
    broken, other = 1999, STAFF
    given = GivenRoles(
        admins=frozenset({ADMIN}), editors=frozenset({5000}), staff=frozenset({broken, other})
    )
    parts = without_editors(newsroom, idle_desk, home, given)
    early = (datetime.now(UTC) - timedelta(hours=1)).strftime("%H:%M")
    for user, zone in ((broken, "Mars/Phobos"), (other, "UTC")):
        wish = Subscription(user=user, on=True, at=early, zone=zone, days="1234567")
        parts.records.digests.save(wish)
    reader = telegram.user(other)
    async with serving(telegram, parts):
        await telegram.wait_until(lambda: reader.chat.bot_messages)
        shown = await said(telegram, ADMIN, "/status", language)
        assert told in shown
        assert str(broken) in shown.partition(told)[2]
        assert told not in await said(telegram, 5000, "/status", language)
        await said(telegram, broken, "/digest tz Europe/Paris", language)
    mended = parts.records.digests.of(broken)
    assert mended is not None
    assert mended.zone == "Europe/Paris"
