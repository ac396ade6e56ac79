"""Adds a picture to an answer that reads better so; knows no question."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor
from functools import partial

from telegram import Message

from bot.charts import chart
from bot.domain import Answer
from bot.rendering import ActorName
from bot.telegram.outbox import Outbox

_log = logging.getLogger(__name__)


class Pictures:
    """Draws in ``threads``, and brings what was drawn."""

    def __init__(self, outbox: Outbox, actor_name: ActorName, threads: Executor) -> None:
        self._outbox = outbox
        self._actor_name = actor_name
        self._threads = threads

    async def add(self, message: Message, found: Answer) -> None:
        """Add a picture where there is one; without it the answer is whole."""
        loop = asyncio.get_running_loop()
        try:
            drawing = partial(chart, found, self._actor_name)
            picture = await loop.run_in_executor(self._threads, drawing)
        except Exception:  # or an apology would take the answer's place
            _log.exception("A picture could not be drawn")
            return
        if picture:
            await self._outbox.picture(message, picture.png, picture.caption)
