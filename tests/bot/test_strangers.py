"""Arbitrary updates from strangers: no error, no privilege, one sensible reply or none."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing import EditorsDesk
from bot.roles import GivenRoles, Role
from bot.telegram.app import End, serve
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.strangers import ADMIN, Json, updates
from tests.telegram_server.chats import Chat
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

# A slice of what `make fuzz` tries.
UPDATES = int(os.environ.get("UPDATES", "60"))
_FIRST = 100_000_001
_numbers = count(20_000)
_Result = TypeVar("_Result")


class Street:
    """The bot at work in a thread, and strangers who pass."""

    def __init__(self, desk: EditorsDesk, folder: Path) -> None:
        self.newsroom = ScriptedNewsroom()
        given_roles = GivenRoles(admins=frozenset({ADMIN}))
        self.parts = without_editors(self.newsroom, desk, folder, given_roles)
        self.errors: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._run(self._open())

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(180)

    async def _open(self) -> None:
        self.telegram = TelegramServer()
        await self.telegram.start()
        self.end = End()
        self.life = asyncio.create_task(
            serve(self.parts, self.telegram.token, self.telegram.root, self.end)
        )
        await self.telegram.wait_until(lambda: self.telegram.transcript.of("deleteWebhook"), 120)

    def close(self) -> None:
        async def end() -> None:
            self.end.because(None)
            await asyncio.wait_for(self.life, 60)
            await self.telegram.stop()

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    def pass_by(self, chat: Json, body: Json) -> list[str]:
        """What the bot sends on account of an update."""
        return self._run(self._pass_by(chat, body))

    async def _pass_by(self, chat: Json, body: Json) -> list[str]:
        telegram = self.telegram
        telegram.world.chats[chat["id"]] = Chat(chat["id"], chat["type"], chat["title"])
        number = _FIRST + len(telegram.updates.history)
        update = {"update_id": number, **body}
        begun = len(telegram.transcript)
        telegram.updates.history.append(update)
        telegram.updates.pending.append(update)
        telegram.updates._announce()
        inbox = self.parts.records.inbox
        await telegram.wait_until(
            lambda: number in telegram.updates.confirmed and not inbox.left(), 60, "the update"
        )
        calls = telegram.transcript.calls[begun:]
        return [call.text or "" for call in calls if call.method == "sendMessage"]


@pytest.fixture(scope="module")
def street(idle_desk: EditorsDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    passing = Street(idle_desk, tmp_path_factory.mktemp("street"))
    yield passing
    passing.close()


class _Errors(logging.Handler):
    """What is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "cannot be read" not in record.getMessage():  # of what is no update of Telegram's
            self.said.append(f"{record.getMessage()} {record.exc_text or record.exc_info}")


@settings(
    max_examples=UPDATES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(data=st.data())
def test_strangers_get_a_reply_or_none_and_break_nothing(
    street: Street, data: st.DataObject
) -> None:
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        chat, body = data.draw(updates(next(_numbers)))
        sent = street.pass_by(chat, body)
    finally:
        logging.getLogger().removeHandler(errors)
    assert errors.said == []
    assert len(sent) <= 1
    assert all(text.strip() for text in sent)
    assert street.parts.records.members.all() == []
    assert street.parts.roles.holders(list(Role)) == {ADMIN}
    assert {tiers for _, tiers, _ in street.newsroom.asked} <= {frozenset({Tier.PUBLIC})}
    assert street.parts.desk.ingestions.running is None
