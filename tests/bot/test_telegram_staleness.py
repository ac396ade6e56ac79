"""When nothing has been ingested for too long: editors hear of it once, answers say their age."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.i18n import voice
from bot.settings import BotSettings
from tests.bot.editing import ADMIN, EDITOR, STAFF, STRANGER, Office
from tests.telegram_server.server import TelegramServer
from vectorstore.settings import SettingsError, read_settings

DAY = timedelta(days=1)
LONG = timedelta(hours=36)
WARNING = "No ingestion has succeeded since"


async def quiet() -> None:
    """Long enough for a bot that has just started to say what it has to say."""
    await asyncio.sleep(1)


async def test_editors_are_told_once_whatever_restarts(
    telegram: TelegramServer, office: Office
) -> None:
    people = [telegram.user(who) for who in (EDITOR, ADMIN, STAFF, STRANGER)]
    editor, admin, *others = people
    last = office.ran(2 * DAY, unchanged=2)
    office.ran(DAY, error="blog.example cannot be reached.")
    for _ in range(2):
        async with office.serving(telegram, stale_after=LONG):
            await telegram.wait_until(lambda: admin.chat.bot_messages)
            await quiet()
    for told in (editor, admin):
        (message,) = told.chat.bot_messages
        assert message.text.startswith(f"{WARNING} {voice('en').moment(last)}, so answers now")
    assert not any(user.chat.bot_messages for user in others)


async def test_a_success_ends_the_period_and_the_next_one_is_told_again(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    office.ran(9 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        await editor.chat.wait_for_message()
    office.ran(4 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        await editor.chat.wait_for_message()
    office.ran(DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        await quiet()
    assert len(editor.chat.bot_messages) == 2


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("en", WARNING),
        ("fr", "Aucune mise à jour n’a réussi depuis le"),
        ("ru", "Успешных обновлений не было с"),
    ],
)
async def test_an_editor_is_told_in_the_language_that_they_write_in(
    telegram: TelegramServer, office: Office, language: str, start: str
) -> None:
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram):
        await editor.send("/runs")
        await editor.chat.wait_for_message()
    office.ran(2 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        assert (await editor.chat.wait_for_message()).text.startswith(start)


async def test_an_editor_who_cannot_be_reached_keeps_nobody_else_from_hearing(
    telegram: TelegramServer, office: Office
) -> None:
    telegram.user(EDITOR, started=False)
    admin = telegram.user(ADMIN)
    office.ran(2 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        await admin.chat.wait_for_message()
        await quiet()
    assert len(telegram.transcript.of("sendMessage", chat=EDITOR)) == 1


@pytest.mark.parametrize("late", [None, 3 * DAY])
async def test_nobody_is_told_while_it_is_not_too_long(
    telegram: TelegramServer, office: Office, late: timedelta | None
) -> None:
    editor = telegram.user(EDITOR)
    office.ran(2 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=late):
        await editor.send("What did Vienna say?")
        answer = await editor.chat.wait_for_message()
        await quiet()
    assert answer.text.endswith("Sources\n[1] Briefing 1 — 19–20 September 2023")
    assert editor.chat.bot_messages == [answer]


@pytest.mark.parametrize(
    ("language", "as_of"),
    [("en", "As of {}."), ("fr", "Situation au {}."), ("ru", "По состоянию на {}.")],
)
async def test_stale_answers_say_as_of_when_they_are(
    telegram: TelegramServer, office: Office, language: str, as_of: str
) -> None:
    reader = telegram.user(STRANGER, language_code=language)
    last = office.ran(2 * DAY, unchanged=2)
    async with office.serving(telegram, stale_after=LONG):
        await reader.send("What did Vienna say?")
        answer = await reader.chat.wait_for_message()
        assert answer.text.endswith(as_of.format(voice(language).moment(last)))
        office.ran(DAY, updated=1)
        await reader.send("And now?")
        answer = await reader.chat.wait_for_message()
        assert "UTC" not in answer.text


# Settings


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> pytest.MonkeyPatch:
    monkeypatch.chdir(str(tmp_path))
    for name in ("STALE_AFTER", "ADMIN_IDS", "EDITOR_IDS", "STAFF_IDS"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("36h", LONG),
        ("3d", 3 * DAY),
        ("90m", timedelta(minutes=90)),
        (" 2 D ", 2 * DAY),
        ("", None),
    ],
)
def test_a_duration_is_written_with_its_unit(
    clean: pytest.MonkeyPatch, written: str, meant: timedelta | None
) -> None:
    clean.setenv("STALE_AFTER", written)
    assert read_settings(BotSettings).stale_after == meant


@pytest.mark.parametrize("written", ["36", "h", "soon", "0h", "-1d", "1.5h", "3 weeks", "P3D"])
def test_a_duration_that_cannot_be_read_names_its_variable(
    clean: pytest.MonkeyPatch, written: str
) -> None:
    clean.setenv("STALE_AFTER", written)
    with pytest.raises(SettingsError, match=r"STALE_AFTER: write .*90m, 36h or 3d"):
        read_settings(BotSettings)


@pytest.mark.parametrize(
    ("written", "ids"), [("1,2", {1, 2}), (" 1 , 2, ", {1, 2}), ("", set()), ("77", {77})]
)
def test_people_are_listed_by_their_ids(
    clean: pytest.MonkeyPatch, written: str, ids: set[int]
) -> None:
    clean.setenv("EDITOR_IDS", written)
    assert read_settings(BotSettings).editor_ids == ids


@pytest.mark.parametrize("written", ["@ada", "1;2", "1 2", "-5", "[1,2]", "0", "1,ada"])
@pytest.mark.parametrize("name", ["ADMIN_IDS", "EDITOR_IDS", "STAFF_IDS"])
def test_a_list_that_cannot_be_read_names_its_variable(
    clean: pytest.MonkeyPatch, name: str, written: str
) -> None:
    clean.setenv(name, written)
    with pytest.raises(SettingsError, match=f"{name}: .*123456,789"):
        read_settings(BotSettings)
