"""A chat server on loopback that speaks as OpenAI's does and says what a test tells it to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from aiohttp import web

from tests.loopback import listening

Evidence = list[dict[str, Any]]


@dataclass(frozen=True)
class Reply:
    """What the server does with a request.

    ``text`` is streamed in pieces; after ``hangs_after`` of them (0: before the first) nothing more
    comes. ``status`` other than 200 is an error; ``body`` is sent in the place of everything.
    """

    text: str = ""
    status: int = 200
    hangs_after: int | None = None
    body: bytes | None = None
    content_type: str = "text/event-stream"


Script = Callable[[Evidence], Reply]


@dataclass
class ChatServer:
    """``script`` turns the evidence of a prompt into a reply; ``requests`` is what came in."""

    script: Script = lambda evidence: Reply()
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: Event = field(default_factory=Event)
    port: int = 0

    @property
    def url(self) -> str:
        """What LLM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.port}/v1"

    def says(self, text: str | Callable[[Evidence], str]) -> None:
        """Answer with ``text``, which may depend on the evidence."""
        self.script = lambda evidence: Reply(text=text if isinstance(text, str) else text(evidence))

    def does(self, reply: Reply) -> None:
        """Answer with ``reply``, whatever was asked."""
        self.script = lambda evidence: reply

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.requests.append(asked)
        self.keys.append(request.headers.get("Authorization", ""))
        reply = self.script(evidence_of(asked))
        if reply.status != 200:
            # Providers repeat the key in what they say about it.
            error = {"message": f"Sorry, {self.keys[-1]} may not", "type": "error", "code": None}
            return web.json_response({"error": error}, status=reply.status)
        response = web.StreamResponse(headers={"Content-Type": reply.content_type})
        await response.prepare(request)
        try:
            async for piece in _pieces(reply):
                await response.write(piece)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()  # the bot has hung up
            raise
        return response


def evidence_of(asked: dict[str, Any]) -> Evidence:
    """The numbered evidence of a prompt, as a model would find it."""
    lines = asked["messages"][-1]["content"].splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


async def _pieces(reply: Reply) -> AsyncIterator[bytes]:
    if reply.body is not None:
        yield reply.body
        return
    words = reply.text.split(" ")
    for nth, word in enumerate(words):
        if nth == reply.hangs_after:
            await asyncio.sleep(60)
        yield _event({"content": word if nth == 0 else f" {word}"})
    yield _event({}, "stop")
    yield b"data: [DONE]\n\n"


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """A server of its own, in a thread of its own, until the end of the block."""
    server, app = ChatServer(), web.Application()
    app.router.add_post("/v1/chat/completions", server._complete)
    with listening(app) as server.port:
        yield server
