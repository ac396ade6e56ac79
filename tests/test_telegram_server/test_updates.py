"""Updates reach the real python-telegram-bot until it has confirmed them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from tests.telegram_server.server import TelegramServer


async def test_updates_come_again_until_the_offset_confirms_them(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    for text in "abc":
        await ada.send(text)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["a", "b"]
    assert [u.update_id for u in await bot.get_updates(limit=2)] == [u.update_id for u in first]
    assert telegram.updates.confirmed == []
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["c"]
    assert telegram.updates.confirmed == [u.update_id for u in first]


async def test_a_negative_offset_keeps_only_the_newest(telegram: TelegramServer, bot: Bot) -> None:
    ada = telegram.user(7)
    for text in "abc":
        await ada.send(text)
    (last,) = await bot.get_updates(offset=-1)
    assert last.message
    assert last.message.text == "c"


async def test_a_long_poll_waits_for_the_first_update_and_no_longer(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    began = time.monotonic()
    poll = asyncio.create_task(bot.get_updates(timeout=45))
    await asyncio.sleep(0.2)
    assert not poll.done()
    await ada.send("now")
    assert len(await poll) == 1
    assert time.monotonic() - began < 30
    began = time.monotonic()
    assert (
        await bot.get_updates(offset=telegram.updates.history[0]["update_id"] + 1, timeout=1) == ()
    )
    assert time.monotonic() - began > 0.9


async def test_only_allowed_kinds_of_update_are_queued(telegram: TelegramServer, bot: Bot) -> None:
    ada = telegram.user(7)
    await bot.get_updates(allowed_updates=["callback_query"])
    await ada.send("unheard")
    await bot.get_updates(allowed_updates=["message"])
    await ada.send("heard")
    await ada.inline("unheard")
    updates = await bot.get_updates()
    assert [u.message and u.message.text for u in updates] == ["heard"]


async def test_a_second_poller_ends_the_first_with_a_conflict(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    first = asyncio.create_task(bot.get_updates(timeout=45))
    await telegram.wait_until(lambda: telegram.updates._poll)
    async with Bot(telegram.token, base_url=telegram.bot_url) as other:
        second = asyncio.create_task(other.get_updates(timeout=45))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ada.send("hello")
        assert len(await second) == 1


@asynccontextmanager
async def receiver(answer: Callable[[], int]) -> AsyncIterator[tuple[str, list[Any]]]:
    got: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=answer())

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", got
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_until_it_takes_them(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    statuses = [500, 200, 200]
    async with receiver(lambda: statuses.pop(0)) as (url, got):
        await bot.set_webhook(url, secret_token="s3cret_-", allowed_updates=["message"])
        await ada.send("one")
        await ada.send("two")
        await telegram.wait_until(lambda: len(telegram.updates.confirmed) == 2)
        info = await bot.get_webhook_info()
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
    assert [(secret, body["message"]["text"]) for secret, body in got] == [
        ("s3cret_-", "one"),
        ("s3cret_-", "one"),
        ("s3cret_-", "two"),
    ]
    assert info.url == url
    assert info.last_error_message == "Wrong response from the webhook: 500"
    assert info.pending_update_count == 0


async def test_a_confirmed_update_can_be_sent_once_more(telegram: TelegramServer, bot: Bot) -> None:
    ada = telegram.user(7)
    async with receiver(lambda: 200) as (url, got):
        await bot.set_webhook(url)
        await ada.send("one")
        await telegram.wait_until(lambda: telegram.updates.confirmed)
        telegram.updates.repeat(telegram.updates.confirmed[0])
        await telegram.wait_until(lambda: len(got) == 2)
    assert got[0] == got[1]


async def test_a_webhook_elsewhere_needs_https_and_a_plain_secret(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
        await bot.set_webhook("http://bot.example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://bot.example.org/hook", secret_token="a b")


async def test_pending_updates_can_be_dropped(telegram: TelegramServer, bot: Bot) -> None:
    await telegram.user(7).send("too late")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
    assert len(telegram.updates.dropped) == 1
    assert telegram.updates.confirmed == []
