"""Runs what is slow beside what waits for it, each in a thread; knows nothing of what they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
# How often a thread that waits for room looks whether anybody still wants what it has.
LOOK_SECONDS = 0.2


class Stream(Generic[T]):
    """What several makers give, in the order in which it comes; use it as a context manager.

    ``room`` is how many items may wait to be taken, 0 for any number: a maker that is further
    ahead waits. An error of a maker is raised where its items are taken, once they are.
    """

    def __init__(self, makers: Iterable[Callable[[], Iterable[T]]], room: int = 0) -> None:
        self._waiting: Queue[_Made[T]] = Queue(room)
        self._unwanted = Event()
        self._threads = [Thread(target=self._make, args=(m,), daemon=True) for m in makers]
        self._running = len(self._threads)

    def batches(self) -> Iterator[list[T]]:
        """All that is there, as soon as something is, until every maker has ended."""
        while self._running:
            made = [self._waiting.get()]
            made += [self._waiting.get() for _ in range(self._waiting.qsize())]
            if items := [item for each in made for item in each.items]:
                yield items
            self._running -= sum(each.is_last for each in made)
            if error := next((each.error for each in made if each.error), None):
                raise error

    def __iter__(self) -> Iterator[T]:
        return (item for batch in self.batches() for item in batch)

    def _make(self, maker: Callable[[], Iterable[T]]) -> None:
        error: BaseException | None = None
        try:
            for item in maker():
                self._offer(_Made((item,)))
                if self._unwanted.is_set():
                    return
        except BaseException as raised:
            error = raised
        self._offer(_Made((), is_last=True, error=error))

    def _offer(self, made: _Made[T]) -> None:
        while not self._unwanted.is_set():
            try:
                self._waiting.put(made, timeout=LOOK_SECONDS)
            except Full:
                continue
            return

    def __enter__(self) -> Stream[T]:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._unwanted.set()


class _Made(Generic[T]):
    """What a maker hands over: items, or that it has ended, and why."""

    __slots__ = ("error", "is_last", "items")

    def __init__(
        self, items: tuple[T, ...], *, is_last: bool = False, error: BaseException | None = None
    ) -> None:
        self.items, self.is_last, self.error = items, is_last, error
