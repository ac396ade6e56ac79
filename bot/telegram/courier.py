"""Brings what the ledger holds to its chats, each once; knows nothing of what it says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.digest.schedule import LATE
from bot.records.deliveries import Deliveries, Delivery
from bot.telegram.outbox import NO_PREVIEW, asked_to_wait, never_left
from vectorstore.catalog.database import CatalogError

_log = logging.getLogger(__name__)
# What cannot be told of one chat holds up no other, nor is it tried with each look.
_AFTER_TROUBLE = timedelta(minutes=15)
_AT_ONCE = 8  # Telegram takes up to a third of a second for a message, and 30 a second


class Courier:
    """Sends what is pending to those who ``may`` have it when it is sent; None is "not now".

    ``turn`` waits until a message may go to a chat, and may raise `RetryAfter`; ``left`` hears of
    chats that no longer want the bot. Once cancelled it still ends what it has begun.
    """

    def __init__(
        self,
        bot: ExtBot[bool],
        ledger: Deliveries,
        clock: Callable[[], datetime],
        *,
        turn: Callable[[int], Awaitable[None]],
        left: Callable[[int], None],
        may: Callable[[Delivery], bool | None],
    ) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock
        self._turn = turn
        self._left = left
        self._may = may
        self._parked: dict[int, datetime] = {}

    async def deliver(self) -> None:
        """Send what waits, in order within a chat; what Telegram refuses for now goes on waiting.

        Raises `CatalogError`.
        """
        now = self._clock()
        await asyncio.to_thread(self._ledger.settle, now, LATE)
        self._parked = {chat: until for chat, until in self._parked.items() if now < until}
        waiting = await asyncio.to_thread(self._ledger.pending)
        waiting.sort(key=lambda each: (each.chat, each.number))
        chats = iter(
            [(chat, list(some)) for chat, some in groupby(waiting, key=lambda each: each.chat)]
        )
        ends = await asyncio.gather(
            *(self._carry(chats) for _ in range(_AT_ONCE)), return_exceptions=True
        )
        for error in filter(None, ends):
            raise error

    async def _carry(self, chats: Iterator[tuple[int, list[Delivery]]]) -> None:
        """Serve one chat after the other, as long as there are any."""
        for chat, deliveries in chats:
            try:
                for delivery in deliveries:
                    if chat in self._parked or not await self._bring(delivery):
                        break
            except CatalogError:
                raise
            except Exception:
                _log.exception("What waits for chat %s has to go on waiting", chat)
                self._parked[chat] = self._clock() + _AFTER_TROUBLE

    async def _bring(self, delivery: Delivery) -> bool:
        """Send one; False when what follows it in its chat has to wait."""
        try:
            if delivery.content:
                await self._turn(delivery.chat)
        except RetryAfter as refusal:
            self._park(delivery.chat, refusal)
            return False
        sending = asyncio.ensure_future(self._sent(delivery))
        try:
            return await asyncio.shield(sending)
        except asyncio.CancelledError:
            await asyncio.wait([sending])
            raise

    async def _sent(self, delivery: Delivery) -> bool:
        number, now = delivery.number, self._clock()
        may = await asyncio.to_thread(self._may, delivery)  # what it raises leaves it pending
        if may is None or not await asyncio.to_thread(self._ledger.begin, number, now):
            return False
        if not may:
            await asyncio.to_thread(self._ledger.fail, number, "it is no longer for them", now)
            return True
        try:
            sent = await self._send(delivery) if delivery.content else []
        except TelegramError as error:
            return await asyncio.to_thread(self._noted, delivery, error, now)
        await asyncio.to_thread(self._ledger.sent, number, sent, now)
        return True

    def _noted(self, delivery: Delivery, error: TelegramError, now: datetime) -> bool:
        """Note why one was not sent; False when what follows it in its chat has to wait."""
        number = delivery.number
        match error:
            case RetryAfter():
                self._park(delivery.chat, error)
                self._ledger.put_back(number, now)
                return False
            case ChatMigrated():
                self._ledger.put_back(number, now)
                self._ledger.move_chat(delivery.chat, error.new_chat_id)
                return False
            case Forbidden():
                self._ledger.fail(number, error.message, now)
                self._left(delivery.chat)
            case BadRequest():
                self._ledger.fail(number, error.message, now)
                _log.warning("A message to chat %s was refused: %s", delivery.chat, error.message)
            case NetworkError() if never_left(error):
                self._ledger.put_back(number, now)
                return False
            case _:
                self._ledger.lose(number, "Telegram did not confirm it", now)
                _log.warning("A message to chat %s is not confirmed", delivery.chat)
        return True

    def _park(self, chat: int, refusal: RetryAfter) -> None:
        self._parked[chat] = self._clock() + timedelta(seconds=asked_to_wait(refusal))

    async def _send(self, delivery: Delivery) -> list[int]:
        message = await self._bot.send_message(
            delivery.chat,
            delivery.content,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=True,
        )
        return [message.message_id]
