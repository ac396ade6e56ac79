"""Makers run beside those who take what they make, and neither loses anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from ingest.beside import LOOK_SECONDS, Stream


def test_everything_of_every_maker_comes_in_its_order() -> None:
    makers = [lambda first=first: range(first, 1000, 3) for first in range(3)]
    with Stream(makers, room=4) as numbers:
        found = list(numbers)
    assert sorted(found) == list(range(1000))
    for first in range(3):
        assert [number for number in found if number % 3 == first] == list(range(first, 1000, 3))


def test_makers_work_while_others_wait() -> None:
    met = threading.Barrier(2, timeout=60)

    def maker() -> Iterator[int]:
        met.wait()  # which a single thread would do forever
        yield 1

    with Stream([maker, maker]) as numbers:
        assert list(numbers) == [1, 1]


def test_a_maker_is_no_further_ahead_than_there_is_room() -> None:
    made: list[int] = []

    def maker() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with Stream([maker], room=3) as numbers:
        first = next(iter(numbers))
        time.sleep(3 * LOOK_SECONDS)
        assert first == 0
        assert len(made) <= 10


def test_an_error_of_a_maker_is_raised_after_what_it_made() -> None:
    def maker() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with Stream([maker]) as numbers:
        taken = iter(numbers)
        assert next(taken) == 1
        with pytest.raises(ZeroDivisionError):
            next(taken)


def test_a_maker_that_nobody_wants_any_more_ends() -> None:
    ended = threading.Event()

    def maker() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.set()

    with Stream([maker], room=1) as numbers:
        next(iter(numbers))
    assert ended.wait(10 * LOOK_SECONDS)
