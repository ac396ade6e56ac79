"""Updates on their way to the bot, by long polling or webhook; knows nothing of what they say."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.telegram_server.errors import bad_request, conflict

Update = dict[str, Any]

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_FIRST_ID = 100_000_001
_RETRY_SECONDS = (0.1, 0.2, 0.5, 1.0)


class Updates:
    """The queue of one bot. An update waits until it is confirmed, by offset or by HTTP 2xx.

    ``history`` holds every update there was, ``pending`` those that wait, ``confirmed`` the ids of
    those that the bot has acknowledged, ``dropped`` the ids of those it had the server forget.
    """

    def __init__(self) -> None:
        self.history: list[Update] = []
        self.pending: list[Update] = []
        self.confirmed: list[int] = []
        self.dropped: list[int] = []
        self.allowed: tuple[str, ...] = ()
        self._poll = 0
        self._news = asyncio.Event()
        self._webhook: dict[str, Any] = {}
        self._secret: str | None = None
        self._delivery: asyncio.Task[None] | None = None

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; return its id, or None when the bot does not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in _NOT_BY_DEFAULT:
            return None
        number = _FIRST_ID + len(self.history)
        self.history.append({"update_id": number, kind: body})
        self.pending.append(self.history[-1])
        self._announce()
        return number

    def repeat(self, number: int) -> None:
        """Queue an update once more under its old id, as if its acknowledgement had been lost."""
        self.pending.insert(0, self.history[number - _FIRST_ID])
        self._announce()

    def _announce(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    # Long polling

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:
        """Return the updates from ``offset`` on, waiting for the first one up to ``timeout`` s.

        Raise ApiError 409 while a webhook is set, and in a poll that a newer one replaces.
        """
        if self._webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._poll += 1
        poll, deadline = self._poll, time.monotonic() + min(timeout, 50)
        self._announce()
        self._confirm(offset)
        while not self.pending and (left := deadline - time.monotonic()) > 0:
            await self._wait(left)
            if poll != self._poll:
                raise conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
        return self.pending[: max(1, min(limit, 100))]

    async def _wait(self, seconds: float) -> None:
        news = self._news
        try:
            await asyncio.wait_for(news.wait(), seconds)
        except TimeoutError:
            return

    def _confirm(self, offset: int) -> None:
        """A positive offset acknowledges what is older; a negative one keeps only the newest."""
        if offset < 0:
            offset = self.pending[offset]["update_id"] if len(self.pending) >= -offset else 0
        self.confirmed += [u["update_id"] for u in self.pending if u["update_id"] < offset]
        self.pending = [u for u in self.pending if u["update_id"] >= offset]

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Set the kinds of update that the bot wants from now on; None leaves them as they are."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def drop_pending(self) -> None:
        """Forget what waits, unconfirmed."""
        self.dropped += [u["update_id"] for u in self.pending]
        self.pending = []

    # Webhook

    def set_webhook(self, url: str, secret: str | None, connections: int) -> None:
        """Deliver to ``url`` from now on; only loopback may do without https."""
        target = urlsplit(url)
        if target.scheme != "https" and target.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self.delete_webhook()
        self._webhook = {"url": url, "max_connections": connections}
        self._secret = secret
        self._delivery = asyncio.create_task(self._deliver(url))

    def delete_webhook(self) -> None:
        """Stop delivering; what is not delivered waits for getUpdates."""
        if self._delivery:
            self._delivery.cancel()
        self._webhook, self._secret, self._delivery = {}, None, None

    def webhook_info(self) -> dict[str, Any]:
        """Return a WebhookInfo of the Bot API."""
        info = {"url": "", "has_custom_certificate": False, **self._webhook}
        info["pending_update_count"] = len(self.pending)
        if self.allowed:
            info["allowed_updates"] = list(self.allowed)
        return info

    async def _deliver(self, url: str) -> None:
        """Post one update after the other, each until it is taken."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        failures = 0
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                if not self.pending:
                    await self._wait(60)
                elif await self._post(session, url, self.pending[0]):
                    failures = 0
                else:
                    await asyncio.sleep(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)])
                    failures += 1

    async def _post(self, session: aiohttp.ClientSession, url: str, update: Update) -> bool:
        try:
            async with session.post(url, json=update) as answer:
                problem = None if answer.ok else f"Wrong response from the webhook: {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = f"Connection failed: {error}"
        if problem:
            self._webhook |= {"last_error_date": int(time.time()), "last_error_message": problem}
            return False
        if update in self.pending:
            self.pending.remove(update)
        self.confirmed.append(update["update_id"])
        return True
