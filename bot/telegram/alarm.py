"""Tells editors when nothing has been ingested for too long: each once, until it is mended."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.editing.notebook import Notebook
from bot.editing.survey import stale_page
from bot.i18n import voice
from bot.roles import EDITING
from bot.telegram.html import messages
from bot.telegram.outbox import never_left
from bot.telegram.parts import Parts
from vectorstore.domain import StoreError

_log = logging.getLogger(__name__)

_LOOK_EVERY = 60.0  # seconds; what it looks for takes hours


async def watch(bot: ExtBot[bool], parts: Parts) -> None:
    """Look for ever, until cancelled."""
    while True:
        try:
            since = await asyncio.to_thread(parts.desk.freshness.stale_since)
            if since:
                await _tell_all(bot, parts, since)
        except StoreError as error:
            _log.warning("Nobody knows when ingestion last succeeded: %s", error)
        await asyncio.sleep(_LOOK_EVERY)


async def _tell_all(bot: ExtBot[bool], parts: Parts, since: datetime) -> None:
    notebook = Notebook(parts.records.notes)
    for user_id in sorted(await asyncio.to_thread(parts.roles.holders, EDITING)):
        if not notebook.told(user_id, since):
            # Their own chat with the bot has their id.
            words = voice(parts.languages.chosen(user_id) or notebook.language(user_id))
            text = messages(stale_page(since, words))[0]
            if await _told(bot, user_id, text):
                await asyncio.to_thread(notebook.note_told, user_id, since)


async def _told(bot: ExtBot[bool], user_id: int, text: str) -> bool:
    """Whether there is nothing more to do: better told once too few than twice."""
    try:
        await bot.send_message(user_id, text, parse_mode=ParseMode.HTML)
    except (BadRequest, Forbidden) as refusal:
        _log.warning("Editor %s cannot be told that nothing is new: %s", user_id, refusal)
    except NetworkError as error:
        _log.warning("Editor %s may not know that nothing is new: %s", user_id, error)
        return not never_left(error)
    except TelegramError as error:
        _log.warning("Editor %s will be told later that nothing is new: %s", user_id, error)
        return False
    return True
