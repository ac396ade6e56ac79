"""Carries out runs, one at a time, each in a process of its own; knows not why they are asked for.

What is asked for while a run is in progress, however often, becomes one more run. A process of its
own gives back the memory of the models, and takes nobody with it when it crashes.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

# Events come in bursts: a CMS saves a post three times, then its translations.
SETTLE = 0.5
# A run that could not begin (another one holds the lock, the disk is full) is tried again; the
# pauses double from the first to the last.
FIRST_PAUSE, LAST_PAUSE = 5.0, 60.0
# A run that was told to end is given this long.
PATIENCE = 10.0
WENT_THROUGH, COULD_NOT_RUN = (0, 1), 2  # 1: with failures, which its report has listed


@dataclass(slots=True)
class _Wanted:
    """What the next run is to do (mutable while it waits); ``sources`` of None are all of them."""

    tickets: list[str] = field(default_factory=lambda: [secrets.token_hex(6)])
    sources: set[str] | None = field(default_factory=set)
    trigger: str = ""

    def add(self, trigger: str, sources: Collection[str] | None) -> None:
        self.trigger = self.trigger or trigger
        self.sources = (
            None if self.sources is None or sources is None else {*self.sources, *sources}
        )

    def join(self, other: _Wanted) -> None:
        self.tickets += other.tickets
        self.add(other.trigger, other.sources)


class Runs:
    """One run in progress and at most one waiting.

    ``program`` is the command that runs ingestion, up to its sources; ``everything`` are the
    sources of a run that is asked for all (none: those that are remembered). ``ended`` hears the
    tickets of a run that went through.
    """

    def __init__(
        self,
        program: Sequence[str],
        everything: Sequence[str],
        ended: Callable[[Sequence[str]], None] = lambda _: None,
    ) -> None:
        self._program = program
        self._everything = everything
        self._ended = ended
        self._asked = asyncio.Event()
        self._waiting = _Wanted()
        self.running: str | None = None

    @property
    def ticket(self) -> str:
        """Names the run that will do what is asked for now."""
        return self._waiting.tickets[0]

    @property
    def waiting(self) -> str | None:
        """The ticket of the run that is to come, None when nothing is asked for."""
        return self.ticket if self._asked.is_set() else None

    def ask(self, trigger: str, sources: Collection[str] | None = None) -> None:
        """Have ``sources`` refreshed, by default all, as soon as no other run is in progress."""
        self._waiting.add(trigger, sources)
        self._asked.set()

    async def carry_out(self) -> None:
        """Do what is asked for, until cancelled; a run in progress is then ended, too."""
        pause = FIRST_PAUSE
        while True:
            await self._asked.wait()
            await asyncio.sleep(SETTLE)
            wanted = self._take()
            if await self._run(wanted) in WENT_THROUGH:
                self._ended(wanted.tickets)
                pause = FIRST_PAUSE
                continue
            tell(f"The run could not be made; trying again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LAST_PAUSE)
            self._waiting.join(wanted)
            self._asked.set()

    def _take(self) -> _Wanted:
        wanted, self._waiting = self._waiting, _Wanted()
        self._asked.clear()
        return wanted

    async def _run(self, wanted: _Wanted) -> int:
        """The exit code of a run, negative when a signal ended it."""
        sources = self._everything if wanted.sources is None else sorted(wanted.sources)
        try:
            process = await asyncio.create_subprocess_exec(
                *(*self._program, "--trigger", wanted.trigger, "--", *sources),
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us to pass on
            )
        except OSError as error:  # no memory, too many processes
            tell(f"The system starts no process ({error}).")
            return COULD_NOT_RUN
        self.running = wanted.tickets[0]
        try:
            return await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            tell("A run in progress was given up; the next one will publish what it had not.")
            raise
        finally:
            self.running = None


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a run and its own children; publishing is safe from being ended at any moment."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def this_program() -> list[str]:
    """How this process was started, up to its own arguments."""
    return [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - len(sys.argv) + 1]]


def tell(line: str) -> None:
    """Say something to whoever reads standard error: a person, or the system's journal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
