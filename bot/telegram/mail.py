"""Updates that survive a crash: kept before Telegram is told that they came, until dealt with.

Knows no message's meaning. A reply that was on its way when the process died may have arrived, and
Telegram cannot be asked: it is not sent again, its asker is told instead.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Message, ReplyParameters, Update
from telegram.error import TelegramError

from bot.i18n import voice
from bot.records.inbox import Inbox, Letter, Stage
from bot.telegram.ordering import ChatOrder
from vectorstore.domain import StoreError

_log = logging.getLogger(__name__)
# An update that brought the process down so often would do it again.
MOST_ATTEMPTS = 3
_dealt_with: ContextVar[int | None] = ContextVar("_dealt_with", default=None)


class Mailbox(asyncio.Queue[object]):
    """PTB's queue of updates, each of which is kept in the inbox first, and comes once."""

    def __init__(self, inbox: Inbox, came: Callable[[Update], None]) -> None:
        """``came`` hears of each new update before its turn comes."""
        super().__init__()
        self._inbox = inbox
        self._came = came

    async def put(self, item: object) -> None:
        """Keep an update, then let it be dealt with; one that came before is dropped."""
        if isinstance(item, Update):
            try:
                new = await asyncio.to_thread(
                    self._inbox.receive, item.update_id, item.to_json(), datetime.now(UTC)
                )
            except StoreError as error:  # better answered without a net than not at all
                _log.error("A message could not be kept, a crash would lose it: %s", error)
                new = True
            if not new:
                return
            self._came(item)
        await super().put(item)

    async def restore(self, bot: Bot) -> None:
        """Take up what a process that died has left; call it before new updates come."""
        for letter in await asyncio.to_thread(self._inbox.left):
            update = _read(letter, bot)
            if update is None:
                await asyncio.to_thread(self._inbox.done, letter.update)
            elif letter.stage is Stage.RECEIVED and letter.attempts < MOST_ATTEMPTS:
                await super().put(update)
            else:
                await asyncio.to_thread(self._inbox.done, letter.update)
                await _tell(update, letter)


class Custody(ChatOrder):
    """Deals with updates in the order of their chats, and notes in the inbox how far each is."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await ``coroutine`` in its turn; what it dealt with is done."""
        if not isinstance(update, Update):
            await super().do_process_update(update, coroutine)
            return
        _dealt_with.set(update.update_id)
        await super().do_process_update(update, self._noted(update.update_id, coroutine))

    async def replying(self) -> None:
        """From here on whoever wrote may have had a reply."""
        number = _dealt_with.get()
        if number is not None:
            await self._note(self._inbox.replying, number)

    async def _noted(self, number: int, coroutine: Awaitable[Any]) -> None:
        await self._note(self._inbox.begin, number)
        await coroutine
        await self._note(self._inbox.done, number)

    async def _note(self, what: Callable[[int], object], number: int) -> None:
        try:
            await asyncio.to_thread(what, number)
        except StoreError as error:
            _log.error("How far an update is could not be kept: %s", error)


def _read(letter: Letter, bot: Bot) -> Update | None:
    """The update of a letter; None where another version of Telegram's library wrote it."""
    try:
        return Update.de_json(json.loads(letter.content), bot)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _log.error("Update %s cannot be read and is given up: %s", letter.update, error)
        return None


async def _tell(update: Update, letter: Letter) -> None:
    message = update.effective_message
    if not isinstance(message, Message) or update.callback_query:
        return
    user = update.effective_user
    words = voice(user.language_code if user else None)
    if letter.stage is Stage.REPLYING:
        said = words.say(
            "I was interrupted while answering this. If you see no answer, please ask again."
        )
    else:
        said = words.say("Sorry, I could not answer this. Please ask in other words.")
    reply = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    try:
        await message.get_bot().send_message(
            message.chat_id,
            said,
            reply_parameters=reply,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
        )
    except TelegramError as error:
        _log.warning("Telegram did not take an apology: %s", error)
