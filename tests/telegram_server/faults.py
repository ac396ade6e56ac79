"""Failures to come, ordered by a test; knows nothing of what the methods do."""

from __future__ import annotations

from dataclasses import dataclass

from tests.telegram_server.errors import ApiError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How one call fails: with a refusal, or with ``error`` None by a connection that breaks.

    ``after_effect`` lets the call do its work first, so that only the answer is lost.
    ``seconds`` is how long the client is kept waiting before. One that ``passes`` fails nothing
    but the client's patience.
    """

    error: ApiError | None = None
    after_effect: bool = False
    seconds: float = 0.0
    passes: bool = False


def refuse(error: ApiError) -> Fault:
    """Return a fault that refuses the call without any effect."""
    return Fault(error=error)


def server_error(*, after_effect: bool = False) -> Fault:
    """Return Telegram's own failure, HTTP 500."""
    return Fault(error=ApiError(500, "Internal Server Error"), after_effect=after_effect)


def drop(*, after_effect: bool = False) -> Fault:
    """Return a connection that breaks without an answer."""
    return Fault(after_effect=after_effect)


def hang(seconds: float, *, after_effect: bool = False) -> Fault:
    """Return an answer that does not come: the connection breaks after ``seconds``."""
    return Fault(after_effect=after_effect, seconds=seconds)


def late(seconds: float) -> Fault:
    """Return a call that works, but only after ``seconds``."""
    return Fault(seconds=seconds, passes=True)


class Faults:
    """The failures that wait; each is used once, in the order given."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, int | None, Fault]] = []

    def add(self, method: str, fault: Fault, times: int = 1, chat: int | None = None) -> None:
        """Let the next calls of a method fail, in any chat or in one."""
        self._waiting += [(method.lower(), chat, fault)] * times

    def take(self, method: str, chat: object) -> Fault | None:
        """Return the fault of this call, if one waits for it."""
        for entry in self._waiting:
            if entry[0] == method.lower() and entry[1] in (None, chat):
                self._waiting.remove(entry)
                return entry[2]
        return None
