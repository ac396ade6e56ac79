"""A message that follows something as it happens; knows not what.

Edits are few: the newest page is shown when its time has come, those in between never are. The last
page is shown for certain, in a new message if need be.
"""

from __future__ import annotations

import asyncio
import logging

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.rendering import Page
from bot.telegram.html import messages
from bot.telegram.outbox import LONGEST_WAIT, NO_PREVIEW, asked_to_wait, edit, send

_log = logging.getLogger(__name__)

# Telegram lets a bot write about once a second to a person and 20 times a minute to a group, and
# answers to people come first.
SECONDS_BETWEEN_EDITS = 1.5
SECONDS_IN_GROUPS = 6.0
_ATTEMPTS = 5


class LiveMessage:
    """One message of ours in the chat of ``question``; a context that ends what it has begun."""

    def __init__(self, question: Message, message_id: int, *, fresh: bool = False) -> None:
        """Follow from now on; a message that is ``fresh`` is left alone for a while."""
        self._question = question
        self._message_id = message_id
        self._page: Page = ()
        self._news = asyncio.Event()
        self._editing = asyncio.Lock()
        private = question.chat.type == "private"
        self._pause = SECONDS_BETWEEN_EDITS if private else SECONDS_IN_GROUPS
        self._not_before = _now() + SECONDS_BETWEEN_EDITS * fresh
        self._following = asyncio.create_task(self._follow())

    @classmethod
    async def open(cls, question: Message, page: Page) -> LiveMessage:
        """A new message that shows ``page``. Raises TelegramError."""
        sent = await send(question, _text(page), quotes=True)
        return cls(question, sent, fresh=True)

    async def __aenter__(self) -> LiveMessage:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._following.cancel()

    def show(self, page: Page) -> None:
        """Show ``page`` soon, unless a newer one comes before."""
        self._page = page
        self._news.set()

    async def close(self, page: Page, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Show ``page`` for good. Raises TelegramError when Telegram refuses."""
        async with self._editing:  # an edit under way would otherwise come last
            self._following.cancel()
            await self._until_allowed()
            await self._settle(_text(page), keyboard)

    async def _follow(self) -> None:
        while True:
            await self._until_allowed()
            await self._news.wait()
            async with self._editing:
                self._news.clear()
                await self._edit(_text(self._page))

    async def _until_allowed(self) -> None:
        await asyncio.sleep(max(self._not_before - _now(), 0))

    async def _edit(self, text: str) -> None:
        pause = self._pause
        try:
            await self._question.get_bot().edit_message_text(
                text,
                self._question.chat_id,
                self._message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
            )
        except RetryAfter as refusal:
            pause = max(pause, min(asked_to_wait(refusal), LONGEST_WAIT))
        except TelegramError as error:
            _log.info("A step of progress was not shown: %s", error)
        self._not_before = _now() + pause

    async def _settle(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                if await edit(self._question, text, NO_PREVIEW, self._message_id, keyboard):
                    return
                break
            except BadRequest:
                raise
            except NetworkError as error:  # to edit once more does no harm
                _log.warning("The end of a live message is not confirmed: %s", error)
                await asyncio.sleep(2**attempt)
        await send(self._question, text, quotes=True, keyboard=keyboard)


def _text(page: Page) -> str:
    return messages(page)[0]


def _now() -> float:
    return asyncio.get_running_loop().time()
