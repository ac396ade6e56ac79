"""Progress bars on standard error for a person who watches, nothing for a pipe."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Bars:
    """Bars that appear when there is something to wait for; use it as a context manager."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._reading = self._bars.add_task("Reading pages", total=None, speed="", visible=False)
        self._embedding = self._bars.add_task("Embedding passages", speed="", visible=False)

    def reading(self, done: int, total: int) -> None:
        """So many of all changed pages have been read."""
        self._bars.update(self._reading, completed=done, total=total, visible=True)

    def embedding(self, done: int, total: int) -> None:
        """So many of all new passages have been embedded."""
        speed = self._bars.tasks[self._embedding].speed or 0
        self._bars.update(
            self._embedding, completed=done, total=total, speed=f"{speed:.0f}/s", visible=True
        )

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()
