"""One run: what the sources hold now against what is published, and the difference published.

Knows no file formats, no command line and no Telegram.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from ingest.report import Report
from ingest.sources import Failure, PageKind, RawPage, Source, Unchanged
from vectorstore.catalog import Catalog, Page
from vectorstore.domain import Briefing, Document
from vectorstore.publication import Change, Published
from vectorstore.publication import Progress as EmbeddingProgress

# Goes up when extraction reads the same bytes differently, so that every page is read again.
READING = "2"


class ReadingError(Exception):
    """A page holds no briefing that can be published; the message says what to mend."""


class Reader(Protocol):
    """What turns raw pages into documents; see `ingest.reading`."""

    def briefing(self, page: RawPage) -> Briefing:
        """The briefing on the page; raises `ReadingError`."""

    def document(self, briefing: Briefing) -> Document:
        """The briefing cut into passages, with its statements; raises `ReadingError`."""


class Progress(Protocol):
    """What somebody watching the run is shown."""

    def fetching(self, done: int, total: int | None) -> None:
        """So many pages have been fetched, of as many as are known to be there."""

    def reading(self, done: int, total: int) -> None:
        """So many of all changed pages have been read."""

    def embedding(self, done: int, total: int) -> None:
        """So many of all new passages have been embedded."""

    def publishing(self) -> None:
        """The new generation is being written and checked."""


class Publish(Protocol):
    """Publishes a change; see `vectorstore.publisher`."""

    def __call__(self, change: Change, progress: EmbeddingProgress | None = None) -> Published:
        """Publish; raises `IndexFolderError` or `EmbeddingError` when nothing was."""


@dataclass(slots=True)
class Plan:
    """What a run found out, before anything is published (mutable while sources are read)."""

    documents: list[Document] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    refreshed: list[Page] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    unchanged: int = 0


def run(
    sources: Sequence[Source],
    catalog: Catalog,
    open_reader: Callable[[], Reader],
    publish: Publish,
    progress: Progress,
    *,
    model: str,
    dry_run: bool = False,
) -> Report:
    """Publish what changed in ``sources``, or with ``dry_run`` only find it out.

    ``open_reader`` is called when there is a page to read, ``publish`` when there is a change, or
    when what is published was embedded by another ``model``. One bad page is listed in the report
    and loses nothing; an error of ``publish`` is raised, and the current generation stays.
    """
    began = time.monotonic()
    current = catalog.current()
    known = catalog.pages(current.number) if current else []
    plan = _Planner(known, open_reader, progress).plan(sources)
    change = Change(documents=plan.documents, pages=plan.pages, gone=plan.gone)
    published = Published(generation=current.number if current else None, embedded=0)
    new_model = current is not None and current.model != model
    if not dry_run and (change or new_model):
        published = publish(change, progress.embedding)
    if not dry_run and published.generation and plan.refreshed:
        catalog.refresh(published.generation, plan.refreshed)
    return Report(
        added=plan.added,
        updated=plan.updated,
        unchanged=plan.unchanged,
        removed=len(plan.gone),
        failed=tuple(plan.failed),
        passages=sum(len(document.passages) for document in plan.documents),
        embedded=published.embedded,
        generation=published.generation,
        seconds=time.monotonic() - began,
    )


class _Planner:
    """Compares the pages of the sources with those that are published."""

    def __init__(
        self, known: Iterable[Page], open_reader: Callable[[], Reader], progress: Progress
    ) -> None:
        self._open_reader = cache(open_reader)
        self._progress = progress
        self._by_place = {(page.source, page.key): page for page in known}
        self._by_briefing = {page.briefing: page for page in self._by_place.values()}
        self._seen: set[tuple[str, str]] = set()
        self._claimed: dict[str, tuple[str, str]] = {}
        self._plan = Plan()

    def plan(self, sources: Sequence[Source]) -> Plan:
        """What publishing the sources as they are now comes to."""
        pages = self._changed_pages(sources)
        changed: list[tuple[RawPage, Briefing]] = []
        for done, page in enumerate(pages, start=1):
            changed += self._read(page)
            self._progress.reading(done, len(pages))
        gone = [page for page in self._by_place.values() if self._is_gone(page, sources)]
        gone_places = {(page.source, page.key) for page in gone}
        for page, briefing in changed:
            self._take(page, briefing, gone_places)
        renamed = set(self._claimed.values())  # pages that give themselves another id now
        self._plan.gone = [
            page.briefing
            for place, page in self._by_place.items()
            if page.briefing not in self._claimed and place in gone_places | renamed
        ]
        return self._plan

    def _changed_pages(self, sources: Sequence[Source]) -> list[RawPage]:
        """The pages to read anew, plain text last: others tell where a dossier's name ends."""
        changed: list[RawPage] = []
        for source in sources:
            for page in source.pages(self._known(source)):
                if (page.source, page.key) in self._seen:
                    continue  # the same file again, by another argument
                if isinstance(page, Failure):
                    self._fail(page)
                elif isinstance(page, Unchanged):
                    self._keep(page.source, page.key)
                elif not self._is_unchanged(page):
                    changed.append(page)
        return sorted(changed, key=lambda page: page.kind is PageKind.TEXT)

    def _known(self, source: Source) -> set[str]:
        """The keys of the source's pages that have been read as they would be read today."""
        pages = self._by_place.values()
        return {p.key for p in pages if p.source == source.name and _reading(p) == READING}

    def _is_unchanged(self, page: RawPage) -> bool:
        known = self._by_place.get((page.source, page.key))
        same = known is not None and known.fingerprint == _fingerprint(page)
        if same:
            self._keep(page.source, page.key)
        self._seen.add((page.source, page.key))
        return same

    def _keep(self, source: str, key: str) -> None:
        place = (source, key)
        self._seen.add(place)
        self._claimed[self._by_place[place].briefing] = place
        self._plan.unchanged += 1

    def _read(self, page: RawPage) -> list[tuple[RawPage, Briefing]]:
        try:
            return [(page, self._open_reader().briefing(page))]
        except ReadingError as error:
            self._fail(Failure(source=page.source, key=page.key, error=str(error)))
            return []

    def _take(
        self, page: RawPage, briefing: Briefing, gone_places: Collection[tuple[str, str]]
    ) -> None:
        place = (page.source, page.key)
        try:
            owner = self._owner(briefing.id, place, gone_places)
            if owner:
                raise ReadingError(_TAKEN.format(briefing.id, owner))
            self._plan_page(page, briefing)
            self._claimed[briefing.id] = place
        except ReadingError as error:
            self._fail(Failure(source=page.source, key=page.key, error=str(error)))

    def _plan_page(self, page: RawPage, briefing: Briefing) -> None:
        here = Page(
            source=page.source,
            key=page.key,
            fingerprint=_fingerprint(page),
            briefing=briefing.id,
            version=briefing.version,
        )
        before = self._by_briefing.get(briefing.id)
        same = before is not None and before.version == here.version
        if same and before and (before.source, _reading(before)) == (here.source, READING):
            self._plan.refreshed.append(here)
        else:
            self._plan.documents.append(self._open_reader().document(briefing))
            self._plan.pages.append(here)
        self._plan.unchanged += same
        self._plan.updated += before is not None and not same
        self._plan.added += before is None

    def _owner(
        self, briefing: str, place: tuple[str, str], gone_places: Collection[tuple[str, str]]
    ) -> str | None:
        """Where another page has this briefing's id, if it still stands there."""
        owner = self._claimed.get(briefing)
        before = self._by_briefing.get(briefing)
        if owner is None and before and (before.source, before.key) not in self._seen:
            owner = (before.source, before.key)
            if owner in gone_places or not Path(before.source).exists():
                return None
        return "/".join(owner) if owner and owner != place else None

    def _is_gone(self, page: Page, sources: Sequence[Source]) -> bool:
        return (page.source, page.key) not in self._seen and any(
            source.name == page.source and source.complete and source.scope(page.key)
            for source in sources
        )

    def _fail(self, failure: Failure) -> None:
        self._seen.add((failure.source, failure.key))
        self._plan.failed.append(failure)


_TAKEN = "its id {!r} is already that of {}; give one of them another id in its front matter"


def _fingerprint(page: RawPage) -> str:
    return f"{READING}:{page.fingerprint}"


def _reading(page: Page) -> str:
    return page.fingerprint.partition(":")[0]
