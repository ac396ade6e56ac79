"""Order within a chat, concurrency across chats, and how much waits; knows no question's meaning.

One question of a chat is dealt with at a time and two may wait behind it; over that limit, and when
more people ask than Telegram would let us answer in a minute, a question is refused.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, cast
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.addressing import asks

MOST_IN_A_CHAT = 3  # one is dealt with, two wait
MOST_AT_ONCE = 1_800  # at Telegram's 30 messages a second nobody waits for more than a minute
# Refusals of a chat that may be on their way, for a flood is not answered with a flood; in a group
# one person's would keep the answers to others.
_NOTICES, _NOTICES_IN_GROUPS = 10, 2


class Refusal(Enum):
    """Why a question is not dealt with."""

    CHAT_ASKS_TOO_MUCH = auto()
    TOO_MANY_ASK = auto()


@dataclass(slots=True, weakref_slot=True)
class _Line:
    """What waits in a chat: whose turn it is, questions, and refusals that are being told."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    questions: int = 0
    notices: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat one after the other, those of different chats at once."""

    def __init__(self) -> None:
        # No bound here: an update that waits for its chat's turn would hold a place that another
        # chat could use. What is scarce, threads and connections, is bounded where it is used.
        super().__init__(max_concurrent_updates=2**31)
        self._lines: WeakValueDictionary[int, _Line] = WeakValueDictionary()
        self._questions = 0
        self._under_way: set[asyncio.Task[Any]] = set()
        self._stopping = False

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await ``coroutine`` when all earlier updates of the same chat are done."""
        work = cast("Coroutine[Any, Any, Any]", coroutine)  # which is what PTB gives
        chat = update.effective_chat if isinstance(update, Update) else None
        if not isinstance(update, Update) or chat is None:
            await self._begin(update, work)
            return
        line = self._lines.setdefault(chat.id, _Line())
        if not asks(update):
            async with line.turn:
                await self._begin(update, work)
        elif line.questions >= MOST_IN_A_CHAT:
            await self._refuse(line, update, Refusal.CHAT_ASKS_TOO_MUCH, work)
        elif self._questions >= MOST_AT_ONCE:
            await self._refuse(line, update, Refusal.TOO_MANY_ASK, work)
        else:
            await self._question(line, update, work)

    @abstractmethod
    async def deal(self, update: object, work: Coroutine[Any, Any, Any]) -> None:
        """Do what is to be done about an update, whose turn has come."""

    @abstractmethod
    def accepted(self, update: Update) -> None:
        """Hear of a question that will be dealt with, before its turn comes."""

    @abstractmethod
    async def tell(self, update: Update, why: Refusal) -> None:
        """Tell whoever asked that it is refused."""

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and give what is under way ``seconds`` to end."""
        self._stopping = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=seconds)
            for task in late:
                task.cancel()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def _question(self, line: _Line, update: Update, work: Coroutine[Any, Any, Any]) -> None:
        line.questions += 1
        self._questions += 1
        self.accepted(update)
        try:
            async with line.turn:
                await self._begin(update, work)
        finally:
            line.questions -= 1
            self._questions -= 1

    async def _refuse(
        self, line: _Line, update: Update, why: Refusal, work: Coroutine[Any, Any, Any]
    ) -> None:
        work.close()
        private = bool(update.effective_chat and update.effective_chat.type == "private")
        if line.notices >= (_NOTICES if private else _NOTICES_IN_GROUPS):
            await self._begin(update, asyncio.sleep(0))
            return
        line.notices += 1
        try:
            await self._begin(update, self.tell(update, why))
        finally:
            line.notices -= 1

    async def _begin(self, update: object, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.current_task()
        if self._stopping or task is None:
            work.close()
            return
        self._under_way.add(task)
        try:
            await self.deal(update, work)
        finally:
            work.close()  # it was never begun when we were cancelled before
            self._under_way.discard(task)
