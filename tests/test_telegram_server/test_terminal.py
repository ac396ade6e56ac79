"""The terminal chat, started as a person starts it, with a real bot on the other side."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

REPOSITORY = Path(__file__).parents[2]
TOKEN = "5:by-hand"


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    more = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    text = f'{update.message.text}: <a href="https://x.org/a">source</a>'
    await update.message.reply_html(text, reply_markup=more)


async def more(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("wait")
    await update.callback_query.edit_message_text("all of it")


@asynccontextmanager
async def running_bot(root: str) -> AsyncIterator[None]:
    app = Application.builder().token(TOKEN).base_url(f"{root}/bot").build()
    app.add_handlers([MessageHandler(filters.TEXT, answer), CallbackQueryHandler(more)])
    async with app:
        assert app.updater
        await app.updater.start_polling()
        await app.start()
        yield
        await app.updater.stop()
        await app.stop()


async def listening(process: Process) -> str:
    """Return the root that the hint names."""
    assert process.stderr
    while line := (await process.stderr.readline()).decode():
        if "TELEGRAM_API_URL=" in line:
            return line.split("TELEGRAM_API_URL=")[1].split()[0]
    raise AssertionError("the server did not say where it listens")


async def start(*options: str) -> Process:
    command = [sys.executable, "-m", "tests.telegram_server", *options]
    return await asyncio.create_subprocess_exec(
        *command, cwd=REPOSITORY, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def test_a_person_talks_to_the_bot_through_standard_input() -> None:
    process = await start("--port", "0", "--token", TOKEN)
    async with running_bot(await listening(process)):
        assert process.stdin
        process.stdin.write(b"what did Russia say?\n:1\n:7\n")
        process.stdin.close()
        assert process.stdout
        said = (await asyncio.wait_for(process.stdout.read(), 120)).decode()
    assert await process.wait() == 0
    assert "what did Russia say?: source <https://x.org/a>\n[1] More" in said
    assert said.index("(wait)") < said.index("Briefing bot (edited): all of it")
    assert "(there is no such button)" in said


async def test_a_port_that_is_taken_is_said_in_one_sentence() -> None:
    first = await start("--port", "0", "--token", TOKEN)
    port = (await listening(first)).rpartition(":")[2]
    second = await start("--port", port)
    _, said = await asyncio.wait_for(second.communicate(), 120)
    assert second.returncode == 2
    assert said.decode().startswith(f"Cannot listen on port {port}")
    await asyncio.wait_for(first.communicate(b""), 120)
