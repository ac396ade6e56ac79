"""The bot as a process of its own, against the fake Bot API; measures nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.children import ROOT, BenchmarkError
from tests.telegram_server.server import TelegramServer

_START_SECONDS = 180.0


@asynccontextmanager
async def running(
    data_dir: Path, users: int
) -> AsyncIterator[tuple[TelegramServer, asyncio.subprocess.Process]]:
    """A Telegram of ``users`` (1, 2, …) and the bot that serves it, once it does.

    The bot ends with the context. Raises `BenchmarkError`.
    """
    telegram = TelegramServer()
    for number in range(1, users + 1):
        telegram.user(number)
    await telegram.start()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot",
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(data_dir), "TELEGRAM_API_URL": telegram.root,
                          "TELEGRAM_BOT_TOKEN": telegram.token},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        try:
            await telegram.wait_until(
                lambda: telegram.transcript.of("deleteWebhook"), _START_SECONDS
            )
        except AssertionError:
            raise BenchmarkError("the bot does not start") from None
        yield telegram, process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await telegram.stop()
