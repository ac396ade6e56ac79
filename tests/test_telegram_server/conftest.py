"""A fake Telegram and the real python-telegram-bot that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot

from tests.telegram_server.fixtures import telegram as telegram
from tests.telegram_server.server import TelegramServer


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it python-telegram-bot warns that RetryAfter will carry a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest_asyncio.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    files = f"{telegram.root}/file/bot"
    async with Bot(telegram.token, base_url=telegram.bot_url, base_file_url=files) as bot:
        yield bot
