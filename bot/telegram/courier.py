"""Brings what the ledger holds to its chats, each once; knows nothing of what it says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.digest.schedule import LATE
from bot.records.deliveries import Deliveries, Delivery
from bot.telegram.outbox import NO_PREVIEW, never_left

_log = logging.getLogger(__name__)
_BETWEEN = 0.05  # seconds; Telegram takes some 30 messages a second of a bot, answers among them


class Courier:
    """Sends what is pending to those who ``may`` have it when it is sent.

    ``left`` hears of chats that no longer want the bot.
    """

    def __init__(
        self,
        bot: Bot,
        ledger: Deliveries,
        clock: Callable[[], datetime],
        left: Callable[[int], None],
        may: Callable[[Delivery], bool],
    ) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock
        self._left = left
        self._may = may
        self._parked: dict[int, datetime] = {}

    async def deliver(self) -> None:
        """Send what waits, in order within a chat; what Telegram refuses for now goes on waiting.

        Raises `CatalogError`.
        """
        self._ledger.settle(self._clock(), LATE)
        pending = sorted(self._ledger.pending(), key=lambda each: (each.chat, each.number))
        for chat, deliveries in groupby(pending, key=lambda each: each.chat):
            if self._clock() < self._parked.get(chat, datetime.min.replace(tzinfo=UTC)):
                continue
            for delivery in deliveries:
                if not await self._bring(delivery):
                    break
                await asyncio.sleep(_BETWEEN)

    async def _bring(self, delivery: Delivery) -> bool:
        """Send one; False when what follows it in its chat has to wait."""
        number, now = delivery.number, self._clock()
        if not self._ledger.begin(number, now):
            return False
        if not self._may(delivery):
            self._ledger.fail(number, "it is no longer for them", now)
            return True
        try:
            sent = await self._send(delivery) if delivery.content else []
        except RetryAfter as refusal:
            wait = refusal.retry_after
            seconds = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            self._parked[delivery.chat] = now + seconds
            self._ledger.put_back(number, now)
            return False
        except ChatMigrated as moved:
            self._ledger.put_back(number, now)
            self._ledger.move_chat(delivery.chat, moved.new_chat_id)
            return False
        except Forbidden as refusal:
            self._ledger.fail(number, refusal.message, now)
            self._left(delivery.chat)
        except BadRequest as refusal:
            self._ledger.fail(number, refusal.message, now)
            _log.warning("A message to chat %s was refused: %s", delivery.chat, refusal.message)
        except NetworkError as error:
            if never_left(error):
                self._ledger.put_back(number, now)
                return False
            self._ledger.lose(number, "Telegram did not confirm it", now)
            _log.warning("A message to chat %s is not confirmed", delivery.chat)
        else:
            self._ledger.sent(number, sent, now)
        return True

    async def _send(self, delivery: Delivery) -> list[int]:
        message = await self._bot.send_message(
            delivery.chat,
            delivery.content,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
        )
        return [message.message_id]
