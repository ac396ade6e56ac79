"""The bot's life: starts, receives messages by polling, stops; knows no question and no answer."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Timer
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ExtBot
from telegram.request import HTTPXRequest

from bot.records.deliveries import State
from bot.records.members import CONSOLE
from bot.roles import Role
from bot.settings import BotSettings
from bot.telegram.alarm import watch
from bot.telegram.daily import Daily, now
from bot.telegram.digests import DigestDesk
from bot.telegram.editors import Editors
from bot.telegram.errors import CannotServeError, explained
from bot.telegram.floor import Floor
from bot.telegram.follows import FollowDesk
from bot.telegram.handlers import Handlers
from bot.telegram.logs import quieten
from bot.telegram.mail import Custody, Mailbox, readable
from bot.telegram.membership import Membership
from bot.telegram.menus import announce
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.parts import Parts
from bot.telegram.streaming import Streams
from bot.telegram.turns import Turns

_log = logging.getLogger(__name__)
_App = Application[Any, Any, Any, Any, Any, Any]

ANSWERED_AT_ONCE = 8  # those that wait for the model are embedded together
_CONNECTIONS = 64
# Seconds from the wish to stop. What is under way then is cancelled, after which it is taken up or
# told of at the next start; whatever hangs even so is left behind.
_PATIENCE, _LAST = 8.0, 17.0


def run(parts: Parts, settings: BotSettings) -> int:
    """Serve Telegram until SIGINT or SIGTERM, then finish the answers under way.

    Returns 0, or 2 after one sentence on stderr when Telegram cannot be served.
    """
    return _with_token(settings, lambda token: _until_told(parts, token, settings.telegram_api_url))


def send_digests(parts: Parts, settings: BotSettings) -> int:
    """Send the digests that are owed now and nobody has sent; a running bot may do the same.

    Returns 0, 1 when some message may not have arrived, or 2 as `run` does.
    """
    return _with_token(settings, lambda token: _digests(parts, token, settings.telegram_api_url))


def _with_token(settings: BotSettings, life: Callable[[str], Coroutine[Any, Any, int]]) -> int:
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    quieten()
    try:
        if not token:
            raise CannotServeError(
                "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather first."
            )
        return asyncio.run(life(token))
    except CannotServeError as error:
        sys.stderr.write(f"{error}\n")
        return 2


class End:
    """When the bot stops, and why if nobody asked it to."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.reason: TelegramError | None = None

    def because(self, reason: TelegramError | None) -> None:
        """Stop now; ``reason`` is None when it is wanted."""
        self.reason = self.reason or reason
        self.reached.set()


async def serve(parts: Parts, token: str, api_url: str, end: End) -> None:
    """Serve until ``end``, then finish the answers under way. Raises CannotServeError."""
    floor = Floor()
    mailbox = Mailbox(parts.records.inbox, parts.languages)
    custody = Custody(parts.records.inbox, parts.languages, floor.came)
    pace = Pace(before=custody.replying)
    bot = _Bot(token, api_url.rstrip("/"), end, pace)
    with ThreadPoolExecutor(ANSWERED_AT_ONCE, "answer") as threads:
        app: _App = (
            Application.builder().bot(bot).update_queue(mailbox).concurrent_updates(custody).build()
        )
        outbox = Outbox()
        daily = Daily(parts, pace)
        attend(app, parts, daily, outbox, Streams(outbox, floor), threads)
        try:
            async with bot:  # closes the connections when what follows fails halfway
                _offer_administration(bot.username, parts)
                await mailbox.restore(bot)
                async with app:
                    await _live(app, parts, daily, custody, end)
        except TelegramError as error:
            raise explained(error, api_url) from None
    if end.reason:
        raise explained(end.reason, api_url)


async def _digests(parts: Parts, token: str, api_url: str) -> int:
    try:
        pace = Pace(before=_nothing_to_note)
        async with _Bot(token, api_url.rstrip("/"), End(), pace) as bot:
            became = await Daily(parts, pace).once(bot)
    except TelegramError as error:
        raise explained(error, api_url) from None
    said = {
        State.SENT: "sent",
        State.PENDING: "waiting for Telegram",
        State.FAILED: "refused",
        State.UNMADE: "not made, and the log says why",
        State.UNKNOWN: "not confirmed, so perhaps missing",
    }
    told = [f"{became[state]} {what}" for state, what in said.items() if became[state]]
    sys.stdout.write(f"Messages: {', '.join(told)}.\n" if told else "No digest is owed now.\n")
    return 1 if any(became[state] for state in (State.FAILED, State.UNMADE, State.UNKNOWN)) else 0


async def _nothing_to_note() -> None:
    """What is pushed is no reply to anybody; the ledger keeps it."""


async def _until_told(parts: Parts, token: str, api_url: str) -> int:
    loop = asyncio.get_running_loop()
    end = End()

    def stop() -> None:
        last = Timer(_LAST, os._exit, (0,))
        last.daemon = True
        last.start()
        end.because(None)
        for number in (signal.SIGINT, signal.SIGTERM):  # a second one means: at once
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    await serve(parts, token, api_url, end)
    return 0


def attend(
    app: _App,
    parts: Parts,
    daily: Daily,
    outbox: Outbox,
    streams: Streams,
    threads: ThreadPoolExecutor,
) -> None:
    """Let the app bring its messages to those who answer them."""
    records = parts.records
    turns = Turns()
    membership = Membership(parts, outbox, turns)
    wishes = DigestDesk(
        records.digests,
        records.deliveries,
        outbox,
        now,
        reader=daily.reader,
        languages=parts.languages,
        meet=membership.meet,
        rules=parts.rules,
    )
    wishes.register(app)
    FollowDesk(parts, outbox, membership.meet).register(app)
    editors = Editors(parts, outbox)
    Handlers(parts, editors, membership, outbox, threads, streams, wishes.told, turns).register(app)


def _offer_administration(username: str, parts: Parts) -> None:
    """On a console alone, for whoever opens the link first administers the bot."""
    members = parts.records.members
    if parts.roles.holders({Role.ADMIN}):
        members.withdraw(CONSOLE)
        return
    token = members.invite(
        Role.ADMIN, uses=1, expires_at=now() + timedelta(days=1), made_by=CONSOLE, now=now()
    )
    sys.stderr.write(
        "Nobody administers this bot yet. Whoever opens this link in Telegram first, within a day, "
        f"does:\nhttps://t.me/{username}?start={token}\n"
    )


async def _live(app: _App, parts: Parts, daily: Daily, custody: Custody, end: End) -> None:
    assert app.updater is not None  # noqa: S101 - the builder makes one unless told otherwise
    await app.updater.start_polling(
        allowed_updates=[
            UpdateType.MESSAGE,
            UpdateType.EDITED_MESSAGE,
            UpdateType.CALLBACK_QUERY,
            UpdateType.INLINE_QUERY,
            UpdateType.GUEST_MESSAGE,
        ],
        error_callback=_report,
    )
    await app.start()
    beside = [
        asyncio.create_task(watch(app.bot, parts)),
        asyncio.create_task(daily.live(app.bot)),
        asyncio.create_task(announce(app.bot, parts.roles)),
    ]
    try:
        await end.reached.wait()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(
            asyncio.wait(beside),  # a digest that is on its way arrives
            app.updater.stop(),
            parts.desk.ingestions.stop(),  # whoever waits for one is told
            custody.stop(_PATIENCE),
        )
        await app.stop()


def _report(error: TelegramError) -> None:
    if not isinstance(error, Conflict):
        _log.warning("No messages from Telegram for now, trying again: %s", error)


class _Bot(ExtBot[bool]):
    """A bot that ends its life when polling can no longer succeed."""

    def __init__(self, token: str, api_url: str, end: End, pace: Pace) -> None:
        super().__init__(
            token,
            base_url=lambda token: f"{api_url}/bot{token}",
            base_file_url=lambda token: f"{api_url}/file/bot{token}",
            request=_connections(_CONNECTIONS),
            get_updates_request=_connections(2),  # one waits, one says goodbye
            rate_limiter=pace,
        )
        self._end = end
        self._refusals = 0

    async def _do_post(self, endpoint: str, data: Any, **limits: Any) -> Any:
        """As the library's, which reads all updates or none, and would ask for them for ever."""
        result: Any = await super()._do_post(endpoint, data, **limits)
        return [readable(each, self) for each in result] if endpoint == "getUpdates" else result

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """As the library's, which goes on for ever after a conflict and dies of a bad token."""
        if self._end.reason:  # one more request would interrupt the other process
            return ()
        try:
            updates = await super().get_updates(*args, **kwargs)
        except (Conflict, InvalidToken) as error:
            self._refusals += 1
            if isinstance(error, Conflict) and self._refusals == 1:
                raise  # a predecessor's last request, as after a quick restart
            self._end.because(error)
            return ()
        self._refusals = 0
        return updates


def _connections(size: int) -> HTTPXRequest:
    """Patient enough for a busy Telegram; the library's own limits are 5 s and 1 s."""
    return HTTPXRequest(
        connection_pool_size=size,
        read_timeout=20,
        write_timeout=20,
        connect_timeout=10,
        pool_timeout=20,
    )
