"""A web application that listens on loopback, in a thread of its own, while a test blocks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from ssl import SSLContext
from threading import Event, Thread

from aiohttp import web


@contextmanager
def listening(app: web.Application, tls: SSLContext | None = None) -> Iterator[int]:
    """The port at which ``app`` answers until the end of the block; over https with ``tls``."""
    ports: list[int] = []
    started, loop = Event(), asyncio.new_event_loop()

    async def serve() -> web.AppRunner:
        runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        ports.append(runner.addresses[0][1])
        return runner

    def life() -> None:
        runner = loop.run_until_complete(serve())
        started.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = Thread(target=life, daemon=True)
    thread.start()
    assert started.wait(60), "the server did not start"
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
