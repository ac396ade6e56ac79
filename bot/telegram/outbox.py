"""Brings replies to chats, each once; knows nothing of what they say."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from html import escape
from typing import TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    NetworkError,
    RetryAfter,
    TelegramError,
)

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_REMEMBERED = 10_000  # questions whose answers can still be edited in place
_ATTEMPTS = 5
LONGEST_WAIT = 300.0  # seconds; Telegram has asked bots to wait for hours
_TYPING_EVERY = 4.0  # seconds; Telegram shows "typing" for five
_NEVER_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout"}  # httpx, which only PTB imports


class Outbox:
    """Sends replies and remembers them, so that an edited question gets its answer edited."""

    def __init__(self) -> None:
        self._sent: OrderedDict[tuple[int, int], list[int]] = OrderedDict()

    async def reply(
        self,
        question: Message,
        texts: Sequence[str],
        preview: LinkPreviewOptions = NO_PREVIEW,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> list[int]:
        """Bring the HTML ``texts`` to the question's chat.

        ``preview`` and ``keyboard`` are for the last of them.

        Returns the ids of the messages that show them now, as far as they are known.
        What stands there as an answer to the same question is replaced. Raises TelegramError when
        Telegram refuses; a message that it did not confirm is logged and not sent again.
        """
        key = (question.chat_id, question.message_id)
        now = await self._bring(question, texts, preview, keyboard, self._sent.pop(key, []))
        self._sent[key] = now
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
        return now

    async def add(
        self,
        message: Message,
        texts: Sequence[str],
        preview: LinkPreviewOptions = NO_PREVIEW,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> list[int]:
        """As `reply`, to a message of ours whose button was pressed, and each time anew."""
        return await self._bring(message, texts, preview, keyboard, [])

    async def show(self, question: Message, text: str) -> int:
        """Let the plain ``text`` stand where an earlier reply does, or in a new message.

        Returns that message's id. Raises TelegramError.
        """
        if earlier := self._sent.get((question.chat_id, question.message_id)):
            await question.get_bot().edit_message_text(text, question.chat_id, earlier[0])
            return earlier[0]
        return await send(question, escape(text, quote=False), quotes=True)

    def stand(self, question: Message, message_id: int) -> None:
        """The reply takes the place of this message."""
        self._sent.setdefault((question.chat_id, question.message_id), [message_id])

    def let_go(self, question: Message) -> list[int]:
        """The reply takes nothing's place; the ids of the messages that it would have replaced."""
        return self._sent.pop((question.chat_id, question.message_id), [])

    async def _bring(
        self,
        question: Message,
        texts: Sequence[str],
        preview: LinkPreviewOptions,
        keyboard: InlineKeyboardMarkup | None,
        earlier: Sequence[int],
    ) -> list[int]:
        now: list[int] = []
        for nth, text in enumerate(texts):
            last = nth == len(texts) - 1
            shape = (preview, keyboard) if last else (NO_PREVIEW, None)
            old = earlier[nth] if nth < len(earlier) else None
            sent = await self._put(question, text, *shape, old, first=nth == 0)
            now += [sent] if sent else []
        for message_id in earlier[len(texts) :]:
            with suppress(TelegramError):
                await question.get_bot().delete_message(question.chat_id, message_id)
        return now

    async def picture(self, question: Message, png: bytes, caption: str) -> None:
        """Add a picture to the reply to ``question``; without it the reply is whole, too."""
        try:
            await question.get_bot().send_photo(
                question.chat_id,
                png,
                caption=caption,
                message_thread_id=question.message_thread_id if question.is_topic_message else None,
            )
        except TelegramError as error:
            _log.warning("A picture for chat %s was not sent: %s", question.chat_id, error)

    async def _put(
        self,
        question: Message,
        text: str,
        preview: LinkPreviewOptions,
        keyboard: InlineKeyboardMarkup | None,
        old: int | None,
        *,
        first: bool,
    ) -> int | None:
        """The id of the message that now shows ``text``, or None when nobody knows."""
        try:
            if old and await edit(question, text, preview, old, keyboard):
                return old
            return await send(question, text, preview, quotes=first, keyboard=keyboard)
        except BadRequest as refusal:
            if keyboard is None or "button" not in refusal.message.lower():
                raise
            _log.warning("A keyboard in chat %s was refused: %s", question.chat_id, refusal)
            return await self._put(question, text, preview, None, old, first=first)
        except NetworkError as error:
            # It may have arrived, and Telegram cannot be asked: better once too few than twice.
            _log.warning("A reply in chat %s is not confirmed: %s", question.chat_id, error)
            return old


@asynccontextmanager
async def typing(question: Message) -> AsyncIterator[asyncio.Task[None]]:
    """Show "typing" in the question's chat for as long as the block, or the task it gets, runs."""

    async def show() -> None:
        with suppress(TelegramError):
            while True:
                await question.reply_chat_action(ChatAction.TYPING)
                await asyncio.sleep(_TYPING_EVERY)

    shown = asyncio.create_task(show())
    try:
        yield shown
    finally:
        shown.cancel()
        await asyncio.wait([shown])


async def send(
    question: Message,
    text: str,
    preview: LinkPreviewOptions = NO_PREVIEW,
    *,
    quotes: bool = False,
    keyboard: InlineKeyboardMarkup | None = None,
) -> int:
    """Send the HTML ``text`` where ``question`` was written; returns the message's id.

    ``quotes`` shows which question it answers, where that is not plain. Raises TelegramError.
    """
    # In a private chat the order says which question is answered, unless it was edited later.
    unclear = question.chat.type != "private" or question.edit_date is not None
    parameters = ReplyParameters(question.message_id, allow_sending_without_reply=True)

    async def send_to(chat_id: int) -> int:
        message = await question.get_bot().send_message(
            chat_id,
            text,
            parse_mode=ParseMode.HTML,
            link_preview_options=preview,
            reply_parameters=parameters if quotes and unclear else None,
            message_thread_id=question.message_thread_id if question.is_topic_message else None,
            reply_markup=keyboard,
        )
        return message.message_id

    try:
        return await patiently(lambda: send_to(question.chat_id))
    except ChatMigrated as moved:
        new_chat_id = moved.new_chat_id
        return await patiently(lambda: send_to(new_chat_id))


async def edit(
    question: Message,
    text: str,
    preview: LinkPreviewOptions,
    message_id: int,
    keyboard: InlineKeyboardMarkup | None = None,
) -> bool:
    """Whether our message now shows ``text``; false when it can no longer be edited."""
    try:
        await patiently(
            lambda: question.get_bot().edit_message_text(
                text,
                question.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=preview,
                reply_markup=keyboard,
            )
        )
    except BadRequest as refusal:
        return "not modified" in refusal.message.lower()
    except ChatMigrated:
        return False
    return True


async def patiently(call: Callable[[], Awaitable[_Result]]) -> _Result:
    """Make the call, again after a refusal that has had no effect; only this chat waits."""
    for attempt in range(_ATTEMPTS - 1):
        try:
            return await call()
        except RetryAfter as refusal:
            seconds = asked_to_wait(refusal)
            if seconds > LONGEST_WAIT:
                raise
        except NetworkError as error:
            if not never_left(error):
                raise
            seconds = 2**attempt
        await asyncio.sleep(seconds)
    return await call()


def never_left(error: NetworkError) -> bool:
    """Whether Telegram has certainly not seen what failed to be sent."""
    return type(error.__cause__).__name__ in _NEVER_SENT


def asked_to_wait(refusal: RetryAfter) -> float:
    """The seconds that Telegram wants to be left alone for."""
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
