"""The menus and descriptions that Telegram's apps show, set at start and when roles change."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.roles import GivenRoles
from bot.telegram.parts import Parts
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import serving
from tests.telegram_server.errors import bad_request, too_many_requests
from tests.telegram_server.faults import refuse
from tests.telegram_server.server import TelegramServer

ADMIN, EDITOR, STAFF, STRANGER = 1000, 1001, 2000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), editors=frozenset({EDITOR}), staff=frozenset({STAFF}))
EVERYBODYS = (
    "ask latest dossiers about timeline compare follow following sources settings language privacy"
    " help"
)
GROUPS = "ask latest dossiers about timeline compare help"
EDITORS = f"{EVERYBODYS} digest ingest runs status questions"
SETTERS = ("setMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription")


@pytest.fixture
def parts(newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path) -> Parts:
    return without_editors(newsroom, idle_desk, tmp_path, GIVEN)


async def described(telegram: TelegramServer) -> None:
    """Until the last of what is set at start has been looked at."""
    await telegram.wait_until(
        lambda: (
            len(telegram.transcript.of("getMyShortDescription")) % 4 == 0
            and telegram.transcript.of("getMyShortDescription")
        ),
        30,
        "setting the menus",
    )
    await asyncio.sleep(0.2)


def menu(telegram: TelegramServer, scope: str, language: str = "") -> list[dict[str, str]]:
    found = [
        commands
        for key, commands in telegram.world.profile.items()
        if key[0] == "commands" and scope in key[1] and key[2] == language
    ]
    return found[0] if found else []


def names(telegram: TelegramServer, scope: str, language: str = "") -> str:
    return " ".join(each["command"] for each in menu(telegram, scope, language))


async def test_each_role_has_its_menu_in_each_language(
    telegram: TelegramServer, parts: Parts
) -> None:
    for user in (ADMIN, EDITOR, STAFF):
        telegram.user(user)
    async with serving(telegram, parts):
        await described(telegram)
    for language in ("", "en", "fr", "ru"):
        assert names(telegram, '"default"', language) == EVERYBODYS
        assert names(telegram, "all_private_chats", language) == EVERYBODYS
        assert names(telegram, "all_group_chats", language) == GROUPS
        assert names(telegram, str(EDITOR), language) == EDITORS
        assert names(telegram, str(STAFF), language) == f"{EVERYBODYS} digest"
        assert names(telegram, str(ADMIN), language) == f"{EDITORS} invite members grant revoke"
    assert menu(telegram, "all_group_chats", "fr")[-1]["description"] == (
        "comment poser une question"
    )
    assert not [call for call in telegram.transcript if call.error]


@pytest.mark.parametrize(
    ("language", "description", "short"),
    [
        ("", "Ask me who said what, and when.", "Who said what"),
        ("fr", "Demandez-moi qui a dit quoi, et quand.", "Qui a dit quoi"),
        ("ru", "Спросите меня, кто, что и когда сказал.", "Кто, что и когда"),
    ],
)
async def test_the_bot_says_what_it_is_for(
    telegram: TelegramServer, parts: Parts, language: str, description: str, short: str
) -> None:
    async with serving(telegram, parts):
        await described(telegram)
    assert telegram.world.profile["description", language].startswith(description)
    assert telegram.world.profile["short_description", language].startswith(short)


async def test_what_is_set_already_is_not_set_again(telegram: TelegramServer, parts: Parts) -> None:
    telegram.user(EDITOR)
    async with serving(telegram, parts):
        await described(telegram)
    calls = len(telegram.transcript.of(*SETTERS))
    telegram.world.profile["description", "fr"] = "Autre chose"
    telegram.transcript.calls.clear()
    async with serving(telegram, parts):
        await described(telegram)
    assert calls > 12
    again = telegram.transcript.of(*SETTERS)
    assert [(call.method, call.params["language_code"]) for call in again] == [
        ("setMyDescription", "fr")
    ]


@pytest.mark.parametrize("error", [bad_request("no"), too_many_requests(1000)])
async def test_a_bot_whose_menus_cannot_be_set_answers_all_the_same(
    telegram: TelegramServer, parts: Parts, error: Exception
) -> None:
    for method in ("getMyCommands", "setMyCommands", "getMyDescription", "setMyDescription"):
        telegram.fail_next(method, refuse(error), 99)
    async with serving(telegram, parts):
        user = telegram.user(STRANGER)
        await user.send("who?")
        assert (await user.chat.wait_for_message()).text.startswith("echo who?")


async def test_a_menu_follows_the_roles_that_are_given_and_taken(
    telegram: TelegramServer, parts: Parts
) -> None:
    admin, other = telegram.user(ADMIN), telegram.user(STRANGER)
    async with serving(telegram, parts):
        await described(telegram)
        assert names(telegram, str(STRANGER)) == ""
        await admin.send(f"/grant {STRANGER} editor")
        await telegram.wait_until(lambda: names(telegram, str(STRANGER), "ru"))
        assert names(telegram, str(STRANGER), "ru") == EDITORS
        await other.send("/help")
        await admin.send(f"/revoke {STRANGER} editor")
        await telegram.wait_until(lambda: not names(telegram, str(STRANGER), "ru"))
        assert names(telegram, str(STRANGER)) == ""
