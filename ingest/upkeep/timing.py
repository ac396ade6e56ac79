"""Does something once in every interval; knows no clock of the wall."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from itertools import count

# Newsrooms on one host that all began at the full minute are spread over this part of an interval.
JITTER = 0.02


async def each(seconds: float, do: Callable[[], None]) -> None:
    """``do`` at once, then once in every interval, for ever.

    Intervals are counted from the beginning, so that neither jitter nor a busy machine adds up; one
    that was missed while the machine slept is not made up for.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    do()
    for number in count(1):
        due = began + seconds * (number + random.uniform(0, JITTER))  # noqa: S311 - no secret
        if due > loop.time() - seconds:
            await asyncio.sleep(due - loop.time())
            do()
