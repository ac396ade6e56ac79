"""Starts ingestions and takes them back, one at a time; knows no Telegram and no sources."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.editing.child import Child, Ended, Step
from bot.editing.errors import (
    BrokenError,
    BusyError,
    OutdatedError,
    RefusedError,
    Running,
    StoppedError,
)
from bot.editing.naming import source_named
from bot.editing.report import Done, Report, read_report
from vectorstore.catalog import Catalog
from vectorstore.domain import Briefing

_log = logging.getLogger(__name__)

SHOWN_BRIEFINGS = 5
_TRIGGER = ("--trigger", "telegram")
# How the child begins to say so.
_BUSY, _STOPPED = "Another ingestion is running", "Stopped;"


class Ingestions:
    """Runs ``command``, which is ``python -m ingest``, for the editors. Lives in the event loop.

    ``running`` is what is under way here.
    """

    def __init__(self, command: Sequence[str], catalog: Catalog) -> None:
        self._command = tuple(command)
        self._catalog = catalog
        self._child: Child | None = None
        self._stopping = False
        self.running: Running | None = None

    async def ingest(self, written: str, by: str, hear: Callable[[Step], None]) -> Done:
        """Ingest the source that ``written`` names, "" for all; ``hear`` is told of each step.

        Raises `BusyError`, `UnknownSourceError`, `RefusedError`, `StoppedError`, `BrokenError`.
        """
        with self._one_at_a_time(by):
            source = [await asyncio.to_thread(self._source, written)] if written else []
            before = await asyncio.to_thread(self._catalog.current)
            # Options first, then "--": whatever an editor writes is a source and nothing else.
            ended = await self._run("--json", "--progress", *_TRIGGER, "--", *source, hear=hear)
            report = read_report(ended.output)
            if report is None:
                raise self._failure(ended)
            number = before.number if before else None
            return await asyncio.to_thread(self._done, report, number)

    async def undo(self, generation: int, by: str) -> int:
        """Take back what made ``generation``; returns the number that is current then.

        Raises `OutdatedError` unless it is the current one, and what `ingest` raises.
        """
        with self._one_at_a_time(by):
            await asyncio.to_thread(self.check_current, generation)
            only = ("--if-current", str(generation))  # the child looks again, under its lock
            ended = await self._run("rollback", "--json", *only, *_TRIGGER, hear=lambda _: None)
            try:
                return int(json.loads(ended.output)["generation"])
            except (ValueError, TypeError, KeyError):
                await asyncio.to_thread(self.check_current, generation)
                raise self._failure(ended) from None

    def check_current(self, generation: int) -> None:
        """Raises `OutdatedError` unless ``generation`` is current. Blocking."""
        current = self._catalog.current()
        if current is None or current.number != generation:
            raise OutdatedError(newer=current is not None and current.number > generation)

    async def stop(self) -> None:
        """Let nothing begin any more, and have what is under way end soon."""
        self._stopping = True
        if self._child:
            await self._child.stop()

    @contextmanager
    def _one_at_a_time(self, by: str) -> Iterator[None]:
        if self.running:
            raise BusyError(self.running)
        self.running = Running(by=by, since=datetime.now(UTC))
        try:
            yield
        finally:
            self.running = self._child = None

    async def _run(self, *arguments: str, hear: Callable[[Step], None]) -> Ended:
        if self._stopping:
            raise StoppedError
        try:
            self._child = await Child.start([*self._command, *arguments])
        except OSError as error:
            _log.error("The ingestion could not be started: %s", error)
            raise BrokenError from None
        if self._stopping:  # since the child was being started
            await self._child.stop()
        return await self._child.ended(hear)

    def _failure(self, ended: Ended) -> Exception:
        # Whoever stops the bot may have stopped its children with it.
        killed = ended.code in (-signal.SIGINT, -signal.SIGTERM)
        if self._stopping or killed or ended.said.startswith(_STOPPED):
            return StoppedError()
        if ended.said.startswith(_BUSY):
            return BusyError(None)
        if ended.code == 2 and ended.said:
            return RefusedError(ended.said)
        _log.error("The ingestion ended with %s and no report: %s", ended.code, ended.said)
        return BrokenError()

    def _source(self, written: str) -> str:
        current = self._catalog.current()
        pages = self._catalog.pages(current.number) if current else []
        remembered = {source.name for source in self._catalog.sources.remembered()}
        return source_named(written, {page.source for page in pages} | remembered)

    def _done(self, report: Report, before: int | None) -> Done:
        """The report, with what the catalog knows of the generation that it made."""
        current = self._catalog.current()
        made = current and current.number == report.generation != before and report.changed
        if not current or not made:
            return Done(report=report, new=(), undo=None)
        kept = {generation.number for generation in self._catalog.kept()}
        return Done(
            report=report,
            new=self._new(before, current.number) if report.added else (),
            undo=current.number if current.parent in kept else None,
        )

    def _new(self, before: int | None, now: int) -> tuple[Briefing, ...]:
        """Some of the briefings of a generation that another did not hold, newest first."""
        old = {page.briefing for page in self._catalog.pages(before)} if before else set()
        versions = [page.version for page in self._catalog.pages(now) if page.briefing not in old]
        briefings = [each.briefing for each in self._catalog.documents(versions).values()]
        briefings.sort(key=lambda each: (str(each.day or ""), each.id), reverse=True)
        return tuple(briefings[:SHOWN_BRIEFINGS])
