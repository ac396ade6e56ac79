"""A loop for tests in which hours pass as soon as everybody waits."""

from __future__ import annotations

import asyncio
from typing import Any


class Hurried(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next thing that is due."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        loop: Any = self  # what asyncio's loops keep is in no stub
        if not loop._ready and loop._scheduled:
            self.now = max(self.now, loop._scheduled[0].when())
        super()._run_once()  # type: ignore[misc] # and neither is their step
