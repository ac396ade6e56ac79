"""One run: what the sources hold now against what is published, and the difference published.

Pages are fetched, read and embedded beside each other. Knows no file formats, no command line and
no Telegram.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from ingest.beside import Stream
from ingest.difference import words_changed
from ingest.plan import Plan, Reader, Watched
from ingest.planning import Planner
from ingest.report import Planned, Report
from ingest.sources import Source
from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Briefing, Document
from vectorstore.publication import Change, Published


class Progress(Watched, Protocol):
    """What somebody watching the run is shown."""

    def embedding(self, done: int, total: int) -> None:
        """So many of all new passages that are known so far have been embedded."""

    def publishing(self) -> None:
        """The new generation is being written and checked."""


class Press(Protocol):
    """What makes a generation of documents; see `vectorstore.publisher.Edition`."""

    def embed(self, batches: Iterable[Sequence[Document]]) -> None:
        """Embed documents as they come; those that are there together, together."""

    def publish(self, change: Change) -> Published:
        """Publish; raises `IndexFolderError` or `EmbeddingError` when nothing was."""

    def close(self) -> None:
        """Let go of what was prepared."""


def run(
    sources: Sequence[Source],
    catalog: Catalog,
    open_reader: Callable[[], Reader],
    open_press: Callable[[], Press],
    progress: Progress,
    *,
    model: str,
    allow_removals: bool = False,
    again: bool = False,
    is_damaged: Callable[[], bool] = lambda: False,
) -> Report:
    """Publish what changed in ``sources``.

    ``open_reader`` is called when there is a page to read, ``open_press`` when there is a change,
    or when what is published was embedded by another ``model`` or its index ``is_damaged``. One bad
    page is listed in the report and loses nothing; an error of the press is raised, and the current
    generation stays.
    What a rollback undid stays undone until it changes once more, or is asked for ``again``.
    """
    began = time.monotonic()
    current = catalog.current()
    planner = _planner(sources, catalog, current, open_reader, progress, allow_removals, again)
    with _Printing(open_press) as printing:
        with Stream([planner.documents]) as documents:
            printing.embed(documents.batches())
        found = planner.plan()
        gone = [page.briefing for page in found.gone]
        change = Change(documents=found.documents, pages=found.pages, gone=gone)
        published = Published(generation=current.number if current else None, embedded=0)
        if change or (current and (current.model != model or is_damaged())):
            progress.publishing()
            published = printing.publish(change)
    if published.generation and found.refreshed:
        catalog.refresh(published.generation, found.refreshed)
    if found.returned:
        catalog.forget_undone(found.returned)
    for source in sources:
        if source.name not in found.unreadable:
            source.settle()
    return _report(found, published, time.monotonic() - began)


def plan(
    sources: Sequence[Source],
    catalog: Catalog,
    open_reader: Callable[[], Reader],
    progress: Watched,
    *,
    allow_removals: bool = False,
    again: bool = False,
) -> Report:
    """What `run` would do, each briefing by name; nothing is changed."""
    began = time.monotonic()
    current = catalog.current()
    planner = _planner(sources, catalog, current, open_reader, progress, allow_removals, again)
    with Stream([planner.documents]) as documents:
        for _ in documents:
            pass
    found = planner.plan()
    published = Published(generation=current.number if current else None, embedded=0)
    versions = {page.version for page in found.before.values()}
    before = catalog.briefings(versions)
    entries = tuple(_planned(found, before))
    return _report(found, published, time.monotonic() - began, entries)


def _planner(
    sources: Sequence[Source],
    catalog: Catalog,
    current: Generation | None,
    open_reader: Callable[[], Reader],
    progress: Watched,
    allow_removals: bool,
    again: bool,
) -> Planner:
    """What compares the sources with what is published as ``current``."""
    return Planner(
        sources,
        catalog.pages(current.number) if current else [],
        [] if again else catalog.undone(),
        catalog.documents,
        open_reader,
        progress,
        allow_removals=allow_removals,
    )


class _Printing:
    """A press that is opened by the first document, or by a change without one."""

    def __init__(self, open_press: Callable[[], Press]) -> None:
        self._open = open_press
        self._press: Press | None = None

    def embed(self, batches: Iterator[list[Document]]) -> None:
        first = next(batches, None)
        if first is not None:
            self._opened().embed(chain([first], batches))

    def publish(self, change: Change) -> Published:
        return self._opened().publish(change)

    def _opened(self) -> Press:
        if self._press is None:
            self._press = self._open()
        return self._press

    def __enter__(self) -> _Printing:
        return self

    def __exit__(self, *_: object) -> None:
        if self._press is not None:
            self._press.close()


def _planned(found: Plan, before: dict[str, Briefing]) -> Iterator[Planned]:
    """Every briefing of the plan and what becomes of it, those that change first."""
    changed: set[str] = set()
    for document in found.documents:
        briefing = document.briefing
        page = found.before.get(briefing.id)
        old = before.get(page.version) if page else None
        if old is None or old.version != briefing.version:
            changed.add(briefing.id)
            yield _entry(briefing, "updated" if old else "added", old, briefing)
    for page in found.gone:
        changed.add(page.briefing)
        yield _entry(before[page.version], "removed", before[page.version], None)
    for page in found.before.values():
        if page.briefing not in changed:
            yield _entry(before[page.version], "unchanged", None, None)


def _entry(named: Briefing, change: str, old: Briefing | None, new: Briefing | None) -> Planned:
    added, removed = words_changed(_words(old), _words(new))
    return Planned(
        briefing=named.id,
        title=named.title,
        change=change,
        words_added=added,
        words_removed=removed,
    )


def _words(briefing: Briefing | None) -> str:
    return f"{briefing.title}\n{briefing.text}" if briefing else ""


def _report(
    found: Plan, published: Published, seconds: float, planned: tuple[Planned, ...] | None = None
) -> Report:
    return Report(
        added=found.added,
        updated=found.updated,
        unchanged=found.unchanged,
        removed=len(found.gone),
        failed=tuple(found.failed),
        passages=sum(len(document.passages) for document in found.documents),
        embedded=published.embedded,
        generation=published.generation,
        seconds=seconds,
        undone=found.undone,
        unreadable=tuple(sorted(found.unreadable)),
        plan=planned,
    )
