"""When the bot may write: each message waits for its turn; knows nothing of what is written.

Telegram takes some 30 messages a second of a bot, one a second in a private chat with short bursts,
and 20 a minute in a group (core.telegram.org/bots/faq, "My bot is hitting limits").
PTB's own limiter knows no private chats and no precedence, and one refusal halts everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.outbox import LONGEST_WAIT, asked_to_wait

# In any second ``burst + 1 / every`` calls: 30 of all, 20 a minute in a group.
_EVERYBODY = (1 / 28, 2)
_PRIVATE = (1.0, 4)  # a long answer comes in as many messages
_GROUP = (4.0, 5)
_DRAFTS = (0.85, 4)  # 40 in 30 s
# Refused in so many chats with nothing taken in between, it is not a chat's limit that was met.
_CHATS_IN_A_FLOOD = 3
_CHATS_KEPT = 500
_PASSING = {"sendChatAction", "sendMessageDraft"}
_WRITING = ("send", "edit", "forward", "copy", "stop")


class Urgency(IntEnum):
    """Who goes first: somebody waits for an answer, nobody for a broadcast."""

    ANSWER = 0
    BROADCAST = 1


@dataclass(slots=True)
class Bucket:
    """Lets ``burst`` calls go at once and then one each ``every`` seconds."""

    every: float
    burst: int
    full_at: float = 0.0

    def free_at(self) -> float:
        """When the next call may go."""
        return self.full_at - (self.burst - 1) * self.every

    def take(self, now: float) -> None:
        """A call goes."""
        self.full_at = max(self.full_at, now) + self.every


@dataclass(slots=True)
class _Chat:
    """A chat's own limits; ``line`` is whose turn it is, ``quiet_until`` stops what passes."""

    messages: Bucket
    drafts: Bucket = field(default_factory=lambda: Bucket(*_DRAFTS))
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    parked_until: float = 0.0
    quiet_until: float = 0.0

    def is_idle(self, now: float) -> bool:
        busy_until = max(
            self.messages.full_at, self.drafts.full_at, self.parked_until, self.quiet_until
        )
        return busy_until <= now and not self.line.locked()


class Pace(BaseRateLimiter[bool]):
    """Telegram's limits kept; a call with ``rate_limit_args=True`` has waited in `turn` before.

    What only shows that the bot is busy, typing and drafts, never waits: it is dropped when its
    moment is not free, and so are Telegram's objections to it. What writes into no chat goes at
    once. ``before`` is awaited when a message's turn has come, just before it is sent.
    """

    def __init__(self, before: Callable[[], Awaitable[None]]) -> None:
        self._before = before
        self._everybody = Bucket(*_EVERYBODY)
        self._parked_until = 0.0
        self._refusing: set[int | str] = set()
        self._chats: dict[int | str, _Chat] = {}
        self._sweep_at = _CHATS_KEPT
        self._waiting: list[tuple[Urgency, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._waking: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: bool | None,
    ) -> Any:
        """Make the call in its turn. Raises `RetryAfter` where that is too far, or was refused."""
        chat_id = _chat_of(data)
        if chat_id is None or not endpoint.startswith(_WRITING):
            return await callback(*args, **kwargs)
        passing = endpoint in _PASSING
        if passing and not self._is_free(chat_id, endpoint):
            return True
        if not passing:
            if not rate_limit_args:
                await self.turn(chat_id, Urgency.ANSWER)
            await self._before()
        try:
            result = await callback(*args, **kwargs)
        except RetryAfter as refusal:
            self._refused(chat_id, refusal, passing=passing)
            if passing:
                return True
            raise
        self._refusing.clear()
        return result

    async def turn(self, chat_id: int | str, urgency: Urgency) -> None:
        """Wait until a message may go to a chat, in the order of asking.

        Raises `RetryAfter` when Telegram wants to be left alone for longer than anybody waits, and
        nobody waits for a broadcast.
        """
        chat = self._chat(chat_id)
        async with chat.line:
            while (seconds := max(chat.parked_until, self._parked_until) - _now()) > 0:
                if urgency is Urgency.BROADCAST or seconds > LONGEST_WAIT:
                    raise RetryAfter(timedelta(seconds=seconds))
                await asyncio.sleep(seconds)
            await asyncio.sleep(max(chat.messages.free_at() - _now(), 0))
            chat.messages.take(_now())
        mine = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (urgency, next(self._numbers), mine))
        self._let_go()
        await mine

    def _let_go(self) -> None:
        """Let those go whose turn has come, and come back for the next."""
        if self._waking:
            self._waking.cancel()
            self._waking = None
        while self._waiting:
            now, free_at = _now(), self._everybody.free_at()
            if free_at > now:
                self._waking = asyncio.get_running_loop().call_at(free_at, self._let_go)
                return
            _, _, waiter = heappop(self._waiting)
            if not waiter.done():  # it may have been cancelled
                self._everybody.take(now)
                waiter.set_result(None)

    def _is_free(self, chat_id: int | str, endpoint: str) -> bool:
        """Whether what passes may go now; then it has taken its place."""
        chat, now = self._chat(chat_id), _now()
        free_at = max(
            self._everybody.free_at(), self._parked_until, chat.parked_until, chat.quiet_until
        )
        if self._waiting or chat.line.locked() or free_at > now:
            return False
        if endpoint == "sendMessageDraft":
            if chat.drafts.free_at() > now:
                return False
            chat.drafts.take(now)
        self._everybody.take(now)
        return True

    def _refused(self, chat_id: int | str, refusal: RetryAfter, *, passing: bool) -> None:
        """Park what Telegram does not want: this chat, or all when it takes nothing any more."""
        chat, until = self._chat(chat_id), _now() + asked_to_wait(refusal)
        chat.quiet_until = max(chat.quiet_until, until)
        if not passing:
            chat.parked_until = max(chat.parked_until, until)
        self._refusing.add(chat_id)
        if len(self._refusing) >= _CHATS_IN_A_FLOOD:
            self._parked_until = max(self._parked_until, until)
            self._refusing.clear()
            for _, _, waiter in self._waiting:
                if not waiter.done():
                    waiter.set_exception(RetryAfter(timedelta(seconds=asked_to_wait(refusal))))

    def _chat(self, chat_id: int | str) -> _Chat:
        found = self._chats.get(chat_id)
        if found is None:
            self._forget_idle()
            private = isinstance(chat_id, int) and chat_id > 0
            found = self._chats[chat_id] = _Chat(Bucket(*(_PRIVATE if private else _GROUP)))
        return found

    def _forget_idle(self) -> None:
        if len(self._chats) < self._sweep_at:
            return
        now = _now()
        self._chats = {id: chat for id, chat in self._chats.items() if not chat.is_idle(now)}
        self._sweep_at = max(_CHATS_KEPT, 2 * len(self._chats))


def _chat_of(data: dict[str, Any]) -> int | str | None:
    """The chat that a call is for: a number, or the @name of a public group."""
    chat_id = data.get("chat_id")
    try:
        return int(chat_id) if chat_id is not None else None
    except (TypeError, ValueError):
        return str(chat_id)


def _now() -> float:
    return asyncio.get_running_loop().time()
