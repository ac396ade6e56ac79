"""Whoever waits for an answer while it is written; knows neither who that is nor what is said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Generic, TypeVar

Heard = TypeVar("Heard")
_Other = TypeVar("_Other")


class Listener(Generic[Heard]):
    """Hears what is there so far, each time more of it, and may leave before the end.

    ``hear`` is called in the thread that answers; anybody may call `leave`.
    """

    def __init__(self, hear: Callable[[Heard], object], left: Future[None] | None = None) -> None:
        self.hear = hear
        self._left: Future[None] = left or Future()

    @property
    def has_left(self) -> bool:
        """Whether nobody waits any more."""
        return self._left.done()

    def leave(self) -> None:
        """Wait no more."""
        with suppress(InvalidStateError):  # once is enough
            self._left.set_result(None)

    def on_leaving(self, act: Callable[[], object]) -> None:
        """Call ``act`` when they leave, or now if they have."""
        self._left.add_done_callback(lambda _: act())

    def through(self, told: Callable[[_Other], Heard]) -> Listener[_Other]:
        """The same listener behind somebody who makes of each thing what they understand."""
        return Listener(lambda other: self.hear(told(other)), self._left)
