"""The bot at work against the fake Telegram, for as long as a block lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.telegram.app import End, serve
from bot.telegram.parts import Parts
from tests.telegram_server.server import TelegramServer

PATIENCE = 60.0  # seconds, with other work on the machine


@asynccontextmanager
async def serving(telegram: TelegramServer, parts: Parts) -> AsyncIterator[End]:
    """The bot that ``parts`` make; a test may end it by what it gets."""
    end = End()
    life = asyncio.create_task(serve(parts, telegram.token, telegram.root, end))
    try:
        yield end
    finally:
        end.because(None)
        await asyncio.wait_for(life, PATIENCE)


async def said(telegram: TelegramServer, user_id: int, text: str, language: str = "en") -> str:
    """What the bot answers to what somebody writes in private."""
    user = telegram.user(user_id, language_code=language)
    await user.send(text)
    return (await user.chat.wait_for_message(PATIENCE)).text
