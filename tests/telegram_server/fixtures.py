"""The pytest fixture that starts a server of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.telegram_server.server import TelegramServer


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """A fake Telegram on a free port, empty."""
    server = TelegramServer()
    await server.start()
    yield server
    await server.stop()
