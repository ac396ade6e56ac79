"""The bot at work against the fake Telegram, for as long as a block lasts, or for one look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.ext import ExtBot

from bot.telegram.app import End, serve
from bot.telegram.daily import Daily
from bot.telegram.pace import Pace
from bot.telegram.parts import Parts
from tests.telegram_server.server import TelegramServer

PATIENCE = 60.0  # seconds, with other work on the machine
# What those are told who have asked as much as they may in a day.
PUT_OFF = {
    "en": "You have asked many questions today. Please go on tomorrow.",
    "fr": "Vous avez déjà posé beaucoup de questions aujourd’hui. Vous pourrez continuer demain.",
    "ru": "Сегодня вы задали очень много вопросов. Продолжим завтра.",
}


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


async def daily_once(telegram: TelegramServer, parts: Parts) -> None:
    """Send what is owed unasked, as the bot does every minute."""
    pace, url = Pace(before=_nothing), f"{telegram.root}/bot"
    async with ExtBot(telegram.token, base_url=url, rate_limiter=pace) as bot:
        await Daily(parts, pace).once(bot)


async def _nothing() -> None:
    """What is pushed replies to nobody."""
