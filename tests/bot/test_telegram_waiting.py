"""Nobody waits for a database that somebody else asks: no command asks it in the event loop."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

from bot.editing import EditorsDesk
from bot.roles import GivenRoles
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import said, serving
from tests.telegram_server.server import TelegramServer

ADMIN, STRANGER = 1000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({ADMIN}))
COMMANDS = (
    "who?", "/help", "/nothing", "/ask who?", "/timeline who", "/compare one, two", "/about who",
    "/latest", "/sources", "/dossiers", "/leave", "/language fr", "/language auto", "/settings",
    "/follow who", "/following", "/following mute 22:00-07:00", "/digest", "/digest on",
    "/invite", "/members", "/grant 3000 staff", "/grant", "/revoke 3000 staff",
    "/privacy", "/status", "/runs", "/questions", "/forget",
)  # fmt: skip


@contextmanager
def asked_in_the_loop() -> Iterator[list[str]]:
    """What threads that run an event loop ask of any database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_no_command_asks_a_database_in_the_event_loop(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        invitation = await said(telegram, ADMIN, "/invite staff")
        token = re.search(r"start=(\S+)", invitation)
        assert token is not None
        with asked_in_the_loop() as asked:
            for user in (ADMIN, STRANGER):
                for command in (*COMMANDS, f"/start {token[1]}", "/start", "/forget yes"):
                    await said(telegram, user, command)
                    assert asked == [], command
            for command in ("/members export", "/mydata"):
                await said(telegram, ADMIN, command)
                assert asked == [], command


async def test_no_button_asks_a_database_in_the_event_loop(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    admin = telegram.user(ADMIN)
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        for command in ("who?", "/questions", "/settings"):
            await admin.send(command)
            message = await admin.chat.wait_for_message()
            buttons = [button for row in message.buttons for button in row if button.data]
            assert buttons
            with asked_in_the_loop() as asked:
                for button in buttons:
                    before = len(telegram.transcript.of("answerCallbackQuery"))
                    await admin.press(button)
                    await telegram.wait_until(
                        lambda before=before: (
                            len(telegram.transcript.of("answerCallbackQuery")) > before
                        )
                    )
                assert asked == []
