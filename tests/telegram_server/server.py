"""A Bot API server on loopback for tests and for trying the bot by hand; keeps all in memory."""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from tests.telegram_server import delivery, messages, profile, queries
from tests.telegram_server.chats import Chat
from tests.telegram_server.errors import ApiError, not_found, unauthorized
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.people import Group, User
from tests.telegram_server.transcript import Transcript
from tests.telegram_server.updates import Updates
from tests.telegram_server.wire import read_params
from tests.telegram_server.world import BOT_ID, World

TOKEN = f"{BOT_ID}:AAFakeTokenForTheFakeServer0000000000"

_METHODS = {
    name.lower(): method
    for table in (delivery.METHODS, messages.METHODS, profile.METHODS, queries.METHODS)
    for name, method in table.items()
}
_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")


class _DropError(Exception):
    """The connection breaks here."""


class TelegramServer:
    """One bot's Telegram. ``root`` is what TELEGRAM_API_URL is set to.

    ``transcript`` holds the bot's calls, ``updates`` what it was told and what it confirmed.
    """

    def __init__(self, *, token: str = TOKEN, username: str = "briefing_test_bot") -> None:
        names = {"first_name": "Briefing bot", "username": username}
        self.token = token
        self.world = World(bot={"id": int(token.partition(":")[0]), "is_bot": True, **names})
        self.port = 0
        self._faults = Faults()
        self._runner: web.AppRunner | None = None

    @property
    def root(self) -> str:
        """Return the address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot_url(self) -> str:
        """Return what python-telegram-bot calls ``base_url``."""
        return f"{self.root}/bot"

    @property
    def username(self) -> str:
        """Return the bot's username, without @."""
        return str(self.world.bot["username"])

    @property
    def transcript(self) -> Transcript:
        return self.world.transcript

    @property
    def updates(self) -> Updates:
        return self.world.updates

    # Life

    async def start(self, port: int | None = None) -> None:
        """Listen on loopback; a server that was stopped comes back on its old port."""
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{folder}/{file_id}", self._download)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.2, access_log=None
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port if port is None else port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Break all connections; what is remembered stays."""
        self.updates.delete_webhook()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    # What tests do

    def user(self, user_id: int, **about: Any) -> User:
        """Return a person; ``about`` may hold first_name, username, language_code, started."""
        return User(self.world, user_id, **about)

    def group(self, chat_id: int, title: str = "Newsroom", *, kind: str = "supergroup") -> Group:
        """Return a group that the bot is a member of."""
        return Group(self.world, chat_id, title, kind)

    def chat(self, chat_id: int) -> Chat:
        """Return a chat by its id."""
        return self.world.chats[chat_id]

    def fail_next(
        self, method: str, fault: Fault, times: int = 1, *, chat: int | None = None
    ) -> None:
        """Let the next ``times`` calls of a method fail, to one chat if it is named."""
        self._faults.add(method, fault, times, chat)

    async def wait_until(
        self, predicate: Callable[[], _T], timeout: float = 60.0, what: str = "it"
    ) -> _T:
        """Return the first true value of ``predicate``; show the transcript after ``timeout`` s."""
        deadline = time.monotonic() + timeout
        while not (value := predicate()):
            late = time.monotonic() > deadline
            assert not late, f"{what} did not happen in {timeout} s:\n{self.transcript}"
            await asyncio.sleep(0.01)
        return value

    # Serving

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise not_found()
        if token != self.token:
            raise unauthorized()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            self._check_token(request)
            if name.lower() not in _METHODS:
                _LOG.warning("The fake Bot API has no method %s.", name)
                raise not_found()
            result = await self._call(name, await read_params(request, self.world))
        except ApiError as error:
            return web.json_response(error.payload(), status=error.code)
        except _DropError:
            if request.transport:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _call(self, name: str, params: dict[str, Any]) -> Any:
        call = self.transcript.open(name, params)
        fault = self._faults.take(name, params.get("chat_id"))
        if fault and fault.passes:
            await asyncio.sleep(fault.seconds)
            fault = None
        try:
            if fault and not fault.after_effect:
                call.failed = True
                await _break(fault)
            outcome = _METHODS[name.lower()](self.world, call)
            call.result = await outcome if inspect.isawaitable(outcome) else outcome
            if fault:
                call.lost = True
                await _break(fault)
        except ApiError as error:
            call.error = error
            raise
        finally:
            self.transcript.close(call)
        return call.result

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return web.json_response(error.payload(), status=error.code)
        stored = self.world.files.get(request.match_info["file_id"])
        if stored is None:
            return web.json_response(not_found().payload(), status=404)
        return web.Response(body=stored.content, content_type=stored.mime)


async def _break(fault: Fault) -> None:
    await asyncio.sleep(fault.seconds)
    raise fault.error or _DropError
