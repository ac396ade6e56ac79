"""Updates that survive a crash: kept before Telegram is told that they came, until dealt with.

Knows no message's meaning. A reply that was on its way when the process died may have arrived, and
Telegram cannot be asked: it is not sent again, its asker is told instead.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from structlog.contextvars import bind_contextvars
from telegram import Bot, Message, ReplyParameters, Update
from telegram.error import TelegramError

from bot.i18n import Voice
from bot.records.inbox import Inbox, Letter, Stage
from bot.telegram.languages import Languages
from bot.telegram.logs import keep_words_out
from bot.telegram.ordering import ChatOrder, Refusal
from vectorstore.domain import StoreError

_log = logging.getLogger(__name__)
# An update that brought the process down so often would do it again.
MOST_ATTEMPTS = 3
_dealing: ContextVar[_Dealing | None] = ContextVar("_dealing", default=None)


class Mailbox(asyncio.Queue[object]):
    """PTB's queue of updates, each of which is kept in the inbox first, and comes once."""

    def __init__(self, inbox: Inbox, languages: Languages) -> None:
        super().__init__()
        self._inbox = inbox
        self._languages = languages

    async def put(self, item: object) -> None:
        """Keep an update, then let it be dealt with; one that came before is dropped."""
        if isinstance(item, Update):
            keep_words_out(item)
        if isinstance(item, Update) and _is_kept(item):
            try:
                new = await asyncio.to_thread(
                    self._inbox.receive, item.update_id, item.to_json(), datetime.now(UTC)
                )
            except StoreError as error:  # better answered without a net than not at all
                _log.error("A message could not be kept, a crash would lose it: %s", error)
                new = True
            if not new:
                return
        await super().put(item)

    async def restore(self, bot: Bot) -> None:
        """Take up what a process that died has left; call it before new updates come."""
        for letter in await asyncio.to_thread(self._inbox.left):
            update = _read(letter, bot)
            if update is None:
                await asyncio.to_thread(self._inbox.done, letter.update)
            elif letter.stage is Stage.RECEIVED and letter.attempts < MOST_ATTEMPTS:
                keep_words_out(update)
                await super().put(update)
            else:
                await asyncio.to_thread(self._inbox.done, letter.update)
                await _tell(update, letter, self._languages.voice(update))


@dataclass(slots=True)
class _Dealing:
    """The update that is dealt with, and whether its sender may have had a reply."""

    update: int
    replying: bool = False


class Custody(ChatOrder):
    """Deals with updates in the order of their chats, and notes in the inbox how far each is."""

    def __init__(self, inbox: Inbox, languages: Languages, came: Callable[[Update], None]) -> None:
        """``came`` hears of each question that is not refused, before its turn comes."""
        super().__init__()
        self._inbox = inbox
        self._languages = languages
        self._came = came

    async def deal(self, update: object, work: Coroutine[Any, Any, Any]) -> None:
        """Await ``work``; the update that it dealt with is done."""
        if not isinstance(update, Update):
            await work
            return
        chat = update.effective_chat
        bind_contextvars(update=update.update_id, chat=chat.id if chat else None)
        if not _is_kept(update):
            # At once: noting anything would let a query overtake the letters typed before it.
            await work
            return
        _dealing.set(_Dealing(update.update_id))
        await self._note(self._inbox.begin, update.update_id)
        await work
        await self._note(self._inbox.done, update.update_id)

    def accepted(self, update: Update) -> None:
        """Let whoever waits for an older answer of theirs know."""
        self._came(update)

    async def replying(self) -> None:
        """From here on whoever wrote may have had a reply."""
        dealing = _dealing.get()
        if dealing and not dealing.replying:
            await self._note(self._inbox.replying, dealing.update)
            dealing.replying = True

    async def tell(self, update: Update, why: Refusal) -> None:
        """Tell whoever asked that it is refused, in a reply to it: other answers may come first."""
        message = update.effective_message
        assert message is not None  # noqa: S101 - only what somebody wrote is refused
        words = self._languages.voice(update)
        if why is Refusal.CHAT_ASKS_TOO_MUCH:
            said = words.say(
                "I answer one question at a time here, and two more are waiting. Please send this "
                "one again when they are answered."
            )
        else:
            said = words.say(
                "Very many people are asking right now. Please send this again in a minute."
            )
        await _reply(message, said)

    async def _note(self, what: Callable[[int], object], number: int) -> None:
        try:
            await asyncio.to_thread(what, number)
        except StoreError as error:
            _log.error("How far an update is could not be kept: %s", error)


def _is_kept(update: Update) -> bool:
    """An inline query is not: it is half a question, and no use after a few seconds."""
    return update.inline_query is None


def readable(raw: dict[str, Any], bot: Bot) -> dict[str, Any]:
    """An update as Telegram has sent it, without its content where the library cannot read that."""
    try:
        Update.de_json(raw, bot)
    except Exception as error:  # whatever a format of tomorrow makes it raise
        _log.error("Update %s cannot be read: %s", raw["update_id"], type(error).__name__)
        return {"update_id": raw["update_id"]}
    return raw


def _read(letter: Letter, bot: Bot) -> Update | None:
    """The update of a letter; None where another version of Telegram's library wrote it."""
    try:
        return Update.de_json(json.loads(letter.content), bot)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        told = type(error).__name__  # what it says may hold what somebody wrote
        _log.error("Update %s cannot be read and is given up: %s", letter.update, told)
        return None


async def _tell(update: Update, letter: Letter, words: Voice) -> None:
    message = update.effective_message
    if not isinstance(message, Message) or update.callback_query or update.guest_message:
        return  # a guest's chat is none of ours
    if letter.stage is Stage.REPLYING:
        said = words.say(
            "I was interrupted while answering this. If you see no answer, please ask again."
        )
    else:
        said = words.say("Sorry, I could not answer this. Please ask in other words.")
    await _reply(message, said)


async def _reply(message: Message, said: str) -> None:
    reply = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    try:
        await message.get_bot().send_message(
            message.chat_id,
            said,
            reply_parameters=reply,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
        )
    except TelegramError as error:
        _log.warning("Telegram did not take a message of ours: %s", error)
