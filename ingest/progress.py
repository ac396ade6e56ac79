"""What somebody watching a run sees: bars for a person, a line of JSON a step for a program."""

from __future__ import annotations

import json
import sys
import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 0.1


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
        self._fetching = self._bars.add_task("Fetching pages", total=None, speed="", visible=False)
        self._reading = self._bars.add_task("Reading pages", total=None, speed="", visible=False)
        self._embedding = self._bars.add_task("Embedding passages", speed="", visible=False)
        self._publishing = self._bars.add_task("Publishing", total=None, speed="", visible=False)

    def fetching(self, done: int, total: int | None) -> None:
        """So many pages have been fetched, of as many as are known to be there."""
        self._bars.update(self._fetching, completed=done, total=total, visible=True)

    def reading(self, done: int, total: int) -> None:
        """So many of all changed pages have been read."""
        self._bars.update(self._reading, completed=done, total=total, visible=True)

    def embedding(self, done: int, total: int) -> None:
        """So many of all new passages have been embedded."""
        speed = self._bars.tasks[self._embedding].speed or 0
        self._bars.update(
            self._embedding, completed=done, total=total, speed=f"{speed:.0f}/s", visible=True
        )

    def publishing(self) -> None:
        """The new generation is being written and checked."""
        self._bars.update(self._publishing, visible=True)

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()


class Lines:
    """One JSON object a line on standard error: ``{"stage", "done", "total"}``.

    Stages are ``fetching``, ``reading``, ``embedding`` and ``publishing``; ``total`` may be null.
    At most ten lines a second and stage, and always the last of a stage.
    """

    def __init__(self) -> None:
        self._said: dict[str, float] = {}

    def fetching(self, done: int, total: int | None) -> None:
        """So many pages have been fetched, of as many as are known to be there."""
        self._say("fetching", done, total)

    def reading(self, done: int, total: int) -> None:
        """So many of all changed pages have been read."""
        self._say("reading", done, total)

    def embedding(self, done: int, total: int) -> None:
        """So many of all new passages have been embedded."""
        self._say("embedding", done, total)

    def publishing(self) -> None:
        """The new generation is being written and checked."""
        self._say("publishing", 0, None)

    def _say(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done != total and now - self._said.get(stage, 0) < SECONDS_BETWEEN_LINES:
            return
        self._said[stage] = now
        line = json.dumps({"stage": stage, "done": done, "total": total})
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        pass
