"""The HTTP door for the CMS: takes signed hints, tells how runs went; starts none itself.

``POST /hooks/publish`` with ``Content-Type: application/json`` is answered 202 with the ticket of
the run that will look, at once; its headers are told in `ingest.upkeep.signing`, its body in
`ingest.upkeep.hinting`. Whatever is refused is told why in ``{"error": …}``. ``GET /health`` is
open to everybody who reaches the port and says nothing of sources or errors' causes.

From a shell::

    body='{"url": "https://blog.example/a-post"}' time=$(date +%s) nonce=$(openssl rand -hex 16)
    sum=$(printf %s "$time.$nonce.$body" | openssl dgst -sha256 -hmac "$HOOK_SECRET")
    curl http://127.0.0.1:8087/hooks/publish -H 'Content-Type: application/json' --data "$body" \\
        -H "X-Timestamp: $time" -H "X-Nonce: $nonce" -H "X-Signature: sha256=${sum##* }"

From WordPress, in a small plugin, with ``HOOK_SECRET`` defined in ``wp-config.php``::

    add_action('wp_after_insert_post', function ($id, $post) {
        if ($post->post_type === 'revision') return;  // what is autosaved while somebody writes
        $body = wp_json_encode(['url' => get_permalink($id)]);
        [$time, $nonce] = [time(), wp_generate_uuid4()];
        $sum = hash_hmac('sha256', "$time.$nonce.$body", HOOK_SECRET);
        wp_remote_post('http://127.0.0.1:8087/hooks/publish', ['blocking' => false, 'body' => $body,
            'headers' => ['Content-Type' => 'application/json', 'X-Timestamp' => $time,
                'X-Nonce' => $nonce, 'X-Signature' => "sha256=$sum"]]);
    }, 10, 2);
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web

from ingest.upkeep import UpkeepError
from ingest.upkeep.hinting import meant, read_hint, still_remembered
from ingest.upkeep.hints import Hints
from ingest.upkeep.runs import Runs
from ingest.upkeep.signing import RefusedError, Signature
from vectorstore.catalog import Catalog, Remembered, Run
from vectorstore.domain import StoreError

MAX_BODY = 64 * 1024
# Seconds for a whole body, and for a whole connection, its headers included.
SLOWEST_BODY, SLOWEST = 5.0, 10.0
# Of the history, as far back as a successful run is looked for.
_REMEMBERED_RUNS = 200
_SAID = {
    404: "There is nothing here: send POST /hooks/publish or GET /health.",
    405: "Use POST for /hooks/publish and GET for /health.",
    413: f"The body may have {MAX_BODY} bytes; only name the page that changed.",
}
_NO_CATALOG = "The catalog cannot be read; check the disk of DATA_DIR."
_log = logging.getLogger(__name__)
# aiohttp would log a traceback for everything that is no HTTP.
_what_strangers_send = logging.getLogger(f"{__name__}.strangers")
_what_strangers_send.setLevel(logging.CRITICAL)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """What is behind the two addresses."""

    def __init__(self, secret: str, runs: Runs, hints: Hints, catalog: Catalog) -> None:
        self._secret, self._runs, self._hints, self._catalog = secret, runs, hints, catalog

    async def publish(self, request: web.Request) -> web.Response:
        """Take a hint; raises `RefusedError`."""
        if request.content_type != "application/json" or "Content-Encoding" in request.headers:
            raise RefusedError(415, "Send Content-Type: application/json, not compressed.")
        now = time.time()
        signature = Signature.read(request.headers, now)
        body = await _body(request)
        signature.check(self._secret, body)
        sources = meant(read_hint(body), self._remembered())
        # From here to the end nothing is awaited: the ticket is that of the run we then ask for.
        ticket = self._runs.ticket
        self._hints.keep(signature, ticket, sources, now)
        self._runs.ask("hook", sources)
        return web.json_response({"ticket": ticket}, status=202)

    def _remembered(self) -> Sequence[Remembered]:
        try:
            return still_remembered(self._catalog)
        except StoreError:
            raise RefusedError(503, _NO_CATALOG) from None

    async def health(self, _request: web.Request) -> web.Response:
        """How the last run went, when one last went through, and what is under way."""
        try:
            told = await asyncio.to_thread(self._catalog.runs, _REMEMBERED_RUNS)
        except StoreError:
            raise RefusedError(503, _NO_CATALOG) from None
        history = [run for run in told if run.command == "ingest"]
        return web.json_response(
            {
                "last_run": _told(history[0]) if history else None,
                "last_success": next((_moment(run.ended_at) for run in history if _ok(run)), None),
                "running": self._runs.running,
                "waiting": self._runs.waiting,
            }
        )


@asynccontextmanager
async def listening(door: Door, host: str, port: int) -> AsyncIterator[int]:
    """Serve ``door`` while the block runs; gives the port. Raises `UpkeepError`."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_in_json])
    app.router.add_post("/hooks/publish", door.publish)
    app.router.add_get("/health", door.health)
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_what_strangers_send,
        auto_decompress=False,
        lingering_time=1,
        shutdown_timeout=1,
    )
    await runner.setup()
    try:
        server = await asyncio.get_running_loop().create_server(_bounded(runner), host, port)
    except OSError as error:
        await runner.cleanup()
        # What the system said stands at the end of what asyncio tells of it.
        reason = (error.strerror or str(error)).rpartition(": ")[2].lower()
        raise UpkeepError(
            f"Port {port} of {host} cannot be used ({reason}). Is it served already?"
            " Choose another one with --port, or another address of this machine with --host."
        ) from None
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await runner.cleanup()


def _bounded(runner: web.AppRunner) -> Callable[[], asyncio.BaseProtocol]:
    """Makes connections that live for `SLOWEST` seconds and no longer."""
    loop = asyncio.get_running_loop()

    def connection() -> asyncio.BaseProtocol:
        assert runner.server is not None  # noqa: S101 - it has been set up
        protocol = runner.server()
        loop.call_later(SLOWEST, protocol.force_close)
        return protocol

    return connection


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise RefusedError(413, _SAID[413])
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            return await request.read()
    except TimeoutError:
        raise RefusedError(
            408, f"The body did not arrive within {SLOWEST_BODY:.0f} seconds; send it again."
        ) from None
    except (ConnectionError, web.RequestPayloadError):
        raise RefusedError(400, "The body did not arrive whole; send it again.") from None


@web.middleware
async def _in_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let refusals be JSON and every connection serve one request."""
    try:
        response = await handler(request)
    except RefusedError as error:
        response = _refusal(error.status, str(error))
    except web.HTTPException as error:
        response = _refusal(error.status, _SAID.get(error.status, error.reason))
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
    except Exception:
        _log.exception("A request could not be served")  # a bug of ours
        response = _refusal(500, "Something went wrong here; see the log.")
    response.force_close()
    return response


def _refusal(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)


def _told(run: Run) -> dict[str, Any]:
    return {
        "began_at": _moment(run.began_at),
        "ended_at": _moment(run.ended_at),
        "trigger": run.trigger,
        "succeeded": _ok(run),
        "added": run.added,
        "updated": run.updated,
        "removed": run.removed,
        "failed": len(run.failed),
        "generation": run.generation,
    }


def _ok(run: Run) -> bool:
    return not run.error


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
