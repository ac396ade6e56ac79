"""Shows an answer while it is written; knows not how. What it shows is never needed.

In a private chat it streams as a draft, in a group one message is edited now and then. Each frame
begins with the one before it. What cannot be shown yet gives way to what is newer, and the first
frame that fails is the last.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from telegram import Message
from telegram.error import TelegramError

from bot.domain import Answer
from bot.listening import Listener
from bot.rendering import written_so_far
from bot.telegram.floor import Floor
from bot.telegram.html import MAX_UNITS, units
from bot.telegram.outbox import Outbox, typing

_log = logging.getLogger(__name__)

# Telegram takes 20 drafts in 5 s and 40 in 30 s in a chat: this keeps both limits.
SECONDS_BETWEEN_DRAFTS = 0.8
# And 20 messages and edits a minute in a group, which all its answers share.
SECONDS_IN_GROUPS = 6.0
_PATIENCE = 1.0  # seconds that a finished answer waits for a frame that is on its way
_MOST_CHATS = 10_000


class Streams:
    """The answers that are being written, and when each chat was last shown one."""

    def __init__(self, outbox: Outbox, floor: Floor) -> None:
        self._outbox = outbox
        self._floor = floor
        self._shown: OrderedDict[int, float] = OrderedDict()
        self._late: set[asyncio.Task[None]] = set()  # or they could be forgotten halfway

    @asynccontextmanager
    async def open(self, question: Message) -> AsyncIterator[Listener[Answer]]:
        """Show "typing" where ``question`` was asked, and whatever the listener hears.

        They leave when the same person asks something newer.
        """
        newest = _Newest()
        listener = Listener(newest.hear)
        async with typing(question) as shown:
            following = asyncio.create_task(self._follow(question, newest, shown))
            try:
                with self._floor.held(question, listener):
                    yield listener
            finally:
                newest.end()
                # A frame that comes after the answer would stay below it.
                await asyncio.wait([following], timeout=_PATIENCE)
                if question.chat.type == "private":
                    following.cancel()
                elif not following.done():
                    self._give_up(question, newest, following)

    def _give_up(self, question: Message, newest: _Newest, following: asyncio.Task[None]) -> None:
        """Let the answer be a message of its own: one that a frame is on its way to is deleted."""
        newest.is_given_up = True
        tidying = asyncio.create_task(self._tidy(question, self._outbox.let_go(question)))
        for task in (following, tidying):
            self._late.add(task)
            task.add_done_callback(self._late.discard)

    async def _tidy(self, question: Message, message_ids: Iterable[int]) -> None:
        for message_id in message_ids:
            with suppress(TelegramError):
                await question.get_bot().delete_message(question.chat_id, message_id)

    async def _follow(self, question: Message, newest: _Newest, shown: asyncio.Task[None]) -> None:
        try:
            if question.chat.type == "private":
                await self._draft(question, newest, shown)
            elif question.from_user and not question.from_user.is_bot:
                await self._edit(question, newest)
        except TelegramError as error:
            _log.info("An answer is not shown while it is written: %s", error)
        except Exception:
            _log.exception("An answer is not shown while it is written")

    async def _draft(self, question: Message, newest: _Newest, shown: asyncio.Task[None]) -> None:
        """Stream drafts, the first of which says that the bot is thinking."""
        chat = question.chat_id
        while (text := await newest.next(self._shown.get(chat, 0.0))) is not None:
            self._note(chat)
            await question.get_bot().send_message_draft(
                chat,
                question.message_id,
                text,
                message_thread_id=question.message_thread_id if question.is_topic_message else None,
            )
            shown.cancel()

    async def _edit(self, question: Message, newest: _Newest) -> None:
        """Send the beginning once there is one, and more of it later."""
        due = _now() + SECONDS_IN_GROUPS / 2  # most answers are there by then
        while (text := await newest.next(due)) is not None:
            due = _now() + SECONDS_IN_GROUPS
            if text:
                message_id = await self._outbox.show(question, text)
                if newest.is_given_up:
                    await self._tidy(question, [message_id])
                else:
                    self._outbox.stand(question, message_id)

    def _note(self, chat: int) -> None:
        self._shown[chat] = _now() + SECONDS_BETWEEN_DRAFTS
        self._shown.move_to_end(chat)
        if len(self._shown) > _MOST_CHATS:
            self._shown.popitem(last=False)


class _Newest:
    """The newest text there is, for one who shows it when its time has come (mutable).

    Once it ``is_given_up``, the answer no longer takes the place of what was shown.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._text = ""
        self.is_given_up = False
        self._news, self._over = asyncio.Event(), asyncio.Event()

    def hear(self, answer: Answer) -> None:
        """Take what is written so far; for the thread that answers."""
        self._loop.call_soon_threadsafe(self._take, written_so_far(answer))

    def end(self) -> None:
        """There is nothing more to show."""
        self._over.set()
        self._news.set()

    async def next(self, due: float) -> str | None:
        """What is new when something is and ``due`` has come, None when it is over."""
        await self._news.wait()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), max(0.0, due - _now()))
        self._news.clear()
        return None if self._over.is_set() else self._text

    def _take(self, text: str) -> None:
        if text.startswith(self._text) and units(text) <= MAX_UNITS:
            self._text = text
            self._news.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
