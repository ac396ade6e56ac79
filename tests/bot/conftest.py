"""A fake Telegram with the bot running against it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.telegram.app import End, serve
from tests.bot.scripted import ScriptedNewsroom, actor_name
from tests.telegram_server.fixtures import telegram  # noqa: F401 - a fixture
from tests.telegram_server.server import TelegramServer


@pytest.fixture
def newsroom() -> ScriptedNewsroom:
    return ScriptedNewsroom()


@pytest_asyncio.fixture
async def bot(
    telegram: TelegramServer,  # noqa: F811 - the fixture above
    newsroom: ScriptedNewsroom,
) -> AsyncIterator[End]:
    """The bot, serving ``telegram`` with the answers of ``newsroom``; reaching it ends the bot."""
    end = End()
    life = asyncio.create_task(serve(newsroom, telegram.token, telegram.root, actor_name, end))
    yield end
    end.because(None)
    await asyncio.wait_for(life, 30)
