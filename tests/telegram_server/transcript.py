"""What the bot asked of the server, in order; knows nothing of how it was served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.entities import Entity
from tests.telegram_server.errors import ApiError


@dataclass(eq=False)
class Call:
    """One call of a method, filled in while it is served.

    ``text`` and ``entities`` are what Telegram made of the text; ``dropped_entities`` counts those
    beyond the hundredth. ``lost`` says that the call took effect and its answer never arrived;
    ``failed`` says that the connection broke before it had any effect. ``at`` is a monotonic time
    in seconds.
    """

    number: int
    method: str
    params: dict[str, Any]
    text: str | None = None
    entities: tuple[Entity, ...] = ()
    dropped_entities: int = 0
    result: Any = None
    error: ApiError | None = None
    lost: bool = False
    failed: bool = False
    at: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        end = self.error or ("lost answer" if self.lost else "no answer" if self.failed else "ok")
        chat = self.params.get("chat_id", "")
        return f"{self.number:4} {self.method} {chat} {(self.text or '')[:200]!r} -> {end}"


class Transcript:
    """The calls of one server, oldest first; getUpdates is left out, for it says nothing."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.listeners: list[Callable[[Call], None]] = []

    def open(self, method: str, params: dict[str, Any]) -> Call:
        """Return a new entry, which the server goes on to fill."""
        call = Call(len(self.calls) + 1, method, params)
        if method.lower() != "getupdates":
            self.calls.append(call)
        return call

    def close(self, call: Call) -> None:
        """Tell those who listen that a call has been served."""
        for listener in self.listeners:
            listener(call)

    def of(self, *methods: str, chat: int | None = None) -> list[Call]:
        """Return the calls of these methods, to one chat if it is named."""
        names = {method.lower() for method in methods}
        return [
            call
            for call in self.calls
            if call.method.lower() in names
            and (chat is None or str(call.params.get("chat_id")) == str(chat))
        ]

    def __iter__(self) -> Iterator[Call]:
        return iter(self.calls)

    def __len__(self) -> int:
        return len(self.calls)

    def __str__(self) -> str:
        return "\n".join(map(str, self.calls)) or "(the bot has called nothing)"
