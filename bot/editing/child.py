"""Runs ``python -m ingest`` as a child process and reads what it says; knows not what it does."""

from __future__ import annotations

import asyncio
import json
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_LONGEST_LINE = 1 << 22  # bytes; a failure may name a thousand pages
_PATIENCE = 12.0  # seconds that a child has to end once it is told to; the bot has 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a stage of the ingestion has come; ``total`` is None while nobody knows it."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: its exit code, its standard output, and what it said beside steps."""

    code: int
    output: bytes
    said: str


class Child:
    """One run of the command. Steps are heard in the event loop, as they come."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._publishing = False
        self._said: list[str] = []

    @classmethod
    async def start(cls, command: Sequence[str]) -> Child:
        """Start ``command``; raises `OSError` when it cannot be."""
        # A session of its own: Ctrl-C is for the bot, which stops its children itself.
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            limit=_LONGEST_LINE,
            start_new_session=True,
        )
        return cls(process)

    async def ended(self, hear: Callable[[Step], None]) -> Ended:
        """Wait for the end, and let ``hear`` know each step on the way."""
        assert self._process.stdout is not None  # noqa: S101 - both are pipes, see `start`
        output, _ = await asyncio.gather(self._process.stdout.read(), self._listen(hear))
        code = await self._process.wait()
        return Ended(code=code, output=output, said="\n".join(self._said))

    async def stop(self) -> None:
        """Have it end soon: at once, or when it has published if that is what it is doing."""
        if not self._publishing:
            self._signal(signal.SIGINT)
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            self._signal(signal.SIGKILL)  # the next run sweeps what it leaves

    async def _listen(self, hear: Callable[[Step], None]) -> None:
        assert self._process.stderr is not None  # noqa: S101 - see `ended`
        async for line in self._process.stderr:
            text = line.decode(errors="replace").strip()
            told = _object(text)
            step = _step(told)
            if step:
                self._publishing = step.stage == "publishing"
                hear(step)
            elif text and "event" not in told:  # which its logs have
                self._said.append(text)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)


def _object(line: str) -> dict[str, Any]:
    """The JSON object that a line is, empty when it is something else."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _step(told: dict[str, Any]) -> Step | None:
    """The step that a line tells of, or None when it is something else."""
    try:
        return Step(stage=str(told["stage"]), done=int(told["done"]), total=told["total"])
    except (ValueError, TypeError, KeyError):
        return None
