"""A web site on loopback that does what a script says: a blog host, an honest or a hostile one.

In a test, take the fixture ``site`` (import it from ``tests.web_server.fixtures`` in a conftest);
in a benchmark, ``with web_server() as site:``. The server runs in a thread of its own, so that
blocking code can ask it; ``Fetcher(allow_private=["127.0.0.1"])`` may. By hand:
``python -m tests.web_server FOLDER`` serves a folder's files.

    site.page("/a", "<h1>…", etag='"1"')       a page; ``If-None-Match`` is answered with 304
    site.page("/a", b"…", content_type="text/html; charset=koi8-r", gzip=True)
    site.redirect("/old", "/new", status=301)  ``to`` may be absolute
    site.remove("/a")                          404 from now on
    site.answers("/a", Reply(status=503, headers={"Retry-After": "1"}), Reply(body=b"now"))
                                               one after the other; the last stays
    site.serves("/api/posts", handler)         ``handler(Asked) -> Reply``, for paging and the like
    site.url, site.at("/a")                    its address, a page's address
    site.asked, site.count("/a")               what was asked, in order; how often for one path
    site.most_at_once                          how many requests were being answered together

Pages are found by path alone: every host name that leads to the server sees the same. ``handler``
runs in the server's thread and must not block; `Reply.delay` and `Reply.pause` do not.
"""

from __future__ import annotations

import asyncio
import gzip as gzip_format
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from ssl import SSLContext

from aiohttp import web

from tests.loopback import listening


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came in; the names of ``headers`` are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server sends.

    ``pieces`` are sent instead of ``body``, without a length and with ``pause`` seconds between
    them; they may go on for ever. ``delay`` is the time before the first byte. ``breaks_off``
    closes the connection in place of the end. ``raw`` are the bytes on the wire in the place of
    everything, status line and all, and may be pieces as well.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None
    raw: Iterable[bytes] | None = None
    delay: float = 0.0
    pause: float = 0.0
    breaks_off: bool = False


Handler = Callable[[Asked], Reply]


class WebServer:
    """The site (mutable): pages by path, and what was asked for."""

    def __init__(self, scheme: str = "http") -> None:
        self.scheme = scheme
        self.port = 0
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._handlers: dict[str, Handler] = {}
        self._at_once = 0

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def at(self, path: str) -> str:
        """The address of a page."""
        return self.url + path

    def count(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(asked.path == path for asked in self.asked)

    def page(
        self,
        path: str,
        body: str | bytes,
        *,
        content_type: str = "text/html; charset=utf-8",
        etag: str = "",
        last_modified: datetime | None = None,
        gzip: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Serve ``body``, with 304 for who has it already when it is marked by one of the two."""
        content = body.encode() if isinstance(body, str) else body
        marks = {"ETag": etag} if etag else {}
        if last_modified:
            marks["Last-Modified"] = format_datetime(last_modified, usegmt=True)
        if gzip:
            content, marks["Content-Encoding"] = gzip_format.compress(content), "gzip"
        marks |= headers or {}

        def answer(asked: Asked) -> Reply:
            if _has_it(asked, etag, last_modified):
                return Reply(status=304, headers=marks, content_type="")
            return Reply(body=content, content_type=content_type, headers=marks)

        self.serves(path, answer)

    def redirect(self, path: str, to: str, *, status: int = 302) -> None:
        """Send whoever asks for ``path`` to another address."""
        self.answers(path, Reply(status=status, headers={"Location": to}, content_type=""))

    def answers(self, path: str, *replies: Reply) -> None:
        """Give these replies one after the other; the last one from then on."""
        waiting = list(replies)
        self.serves(path, lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0])

    def serves(self, path: str, handler: Handler) -> None:
        """Let ``handler`` answer for ``path``, or with ``*`` at its end for all that begin so."""
        self._handlers[path] = handler

    def remove(self, path: str) -> None:
        """Let ``path`` be gone."""
        self._handlers.pop(path, None)

    def _handler(self, path: str) -> Handler:
        if handler := self._handlers.get(path):
            return handler
        wide = [
            each for each in self._handlers if each.endswith("*") and path.startswith(each[:-1])
        ]
        return self._handlers[max(wide, key=len)] if wide else _not_found

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of the wire."""
        asked = Asked(
            method=request.method,
            path=request.path,
            query=dict(request.query),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=await request.read(),
        )
        self.asked.append(asked)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            reply = self._handler(request.path)(asked)
            await asyncio.sleep(reply.delay)
            return await _send(request, reply)
        finally:
            self._at_once -= 1


def _has_it(asked: Asked, etag: str, last_modified: datetime | None) -> bool:
    """Whether a conditional request names what the page is marked with; an ETag decides alone."""
    if "if-none-match" in asked.headers:
        return bool(etag) and etag in asked.headers["if-none-match"]
    since = asked.headers.get("if-modified-since")
    return bool(since and last_modified and last_modified <= parsedate_to_datetime(since))


def _not_found(asked: Asked) -> Reply:
    return Reply(status=404, body=b"There is no such page.")


async def _send(request: web.Request, reply: Reply) -> web.StreamResponse:
    headers = {"Content-Type": reply.content_type} if reply.content_type else {}
    headers |= reply.headers
    if reply.raw is not None:
        return await _send_raw(request, reply, reply.raw)
    if reply.pieces is None and not reply.breaks_off:
        return web.Response(status=reply.status, body=reply.body or None, headers=headers)
    response = web.StreamResponse(status=reply.status, headers=headers)
    await response.prepare(request)
    for piece in reply.pieces or [reply.body]:
        await response.write(piece)
        await asyncio.sleep(reply.pause)
    if reply.breaks_off and request.transport:
        request.transport.close()
    return response


async def _send_raw(
    request: web.Request, reply: Reply, pieces: Iterable[bytes]
) -> web.StreamResponse:
    for piece in pieces:
        if request.transport is None or request.transport.is_closing():
            break
        request.transport.write(piece)
        await asyncio.sleep(reply.pause)
    if request.transport:
        request.transport.close()
    raise asyncio.CancelledError


@contextmanager
def web_server(tls: SSLContext | None = None) -> Iterator[WebServer]:
    """A site of its own, empty, until the end of the block; over https with a certificate."""
    server = WebServer("https" if tls else "http")
    app = web.Application(client_max_size=64 * 1024**2)
    app.router.add_route("*", "/{path:.*}", server.respond)
    with listening(app, tls) as server.port:
        yield server
