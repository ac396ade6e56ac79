"""Compares the pages of the sources with what is published: a run's plan. Publishes nothing."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.beside import Stream
from ingest.joining import Joining
from ingest.plan import Plan, Reader, ReadingError, Watched
from ingest.sources import (
    Failure,
    Found,
    Joined,
    PageKind,
    RawPage,
    Source,
    SourceError,
    Unchanged,
)
from ingest.sources.leaving import Leaving
from vectorstore.catalog import Page
from vectorstore.domain import Document

logger = logging.getLogger(__name__)

# Goes up when extraction reads the same bytes differently, so that every page is read again.
READING = "7"
# A run removes no more than this share of a source's briefings unasked: a site that is half down
# or a folder that is not mounted looks as if its briefings were gone.
REMOVED_SHARE = 0.2
# As many may always go, or a folder of nine could lose none but one.
FEW_REMOVED = 2
# Pages that wait to be read: as many as the sources may fetch ahead. At 10 MB each at the most,
# and some 50 kB in fact, they stay out of the way of the model's 1.2 GB.
ROOM = 16

# Of a published page that cannot be read any more: it is read again until it can.
UNREAD = f"{READING}:"

Place = tuple[str, str]  # a source's name and a page's key in it


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was read: which source it is of, and the document if there is one to write."""

    source: int
    here: Page
    is_text: bool
    document: Document | None


class Planner:
    """Reads what is new in the sources and plans what to publish.

    Iterate over `documents` to the end, then ask for the `plan`. ``known`` are the pages that are
    published, ``undone`` those that were and that a rollback undid; ``published`` gives documents
    by their versions.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        known: Iterable[Page],
        undone: Iterable[Page],
        published: Callable[[Collection[str]], Mapping[str, Document]],
        open_reader: Callable[[], Reader],
        progress: Watched,
        *,
        allow_removals: bool = False,
    ) -> None:
        self._sources = sources
        self._published = published
        self._reader = cache(open_reader)
        self._progress = progress
        self._allow_removals = allow_removals
        self._known: dict[Place, Page] = {(page.source, page.key): page for page in known}
        self._by_briefing = {page.briefing: page for page in self._known.values()}
        self._undone = {page.briefing: page for page in undone}
        self._undone_at = {(page.source, page.key): page for page in self._undone.values()}
        self._seen: set[Place] = set()
        self._claimed: dict[str, Place] = {}
        self._changed: list[_Read] = []
        self._joining = Joining()
        self._linked: dict[str, Document] = {}  # by briefing: as published, in another story
        self._broken: set[str] = set()  # sources of which not all is known
        self._failing: set[str] = set()
        self._giving: set[str] = set()
        self._plan = Plan()

    def documents(self) -> Iterator[Document]:
        """What is new in the sources, as it is read; pages are fetched meanwhile.

        Plain text comes last, for other pages tell where a dossier's name ends.
        """
        texts: list[tuple[int, RawPage]] = []
        fetched = read = 0
        makers = [self._maker(number) for number in range(len(self._sources))]
        with Stream(makers, ROOM) as pages:
            for number, page in pages:
                if isinstance(page, Joined):
                    self._joining.note(page)
                    continue
                fetched += 1
                self._progress.fetching(fetched, None)
                new = self._notice(page)
                if new is None:
                    continue
                if new.kind is PageKind.TEXT:
                    texts.append((number, new))
                    continue
                yield from self._read(number, new)
                read += 1
                self._progress.reading(read, read + len(texts))
        total = read + len(texts)
        for number, text in texts:
            yield from self._read(number, text)
            read += 1
            self._progress.reading(read, total)
        left_alone = {read.here.briefing for read in self._changed} | self._undone.keys()
        self._linked = self._joining.documents(self._known, self._published, left_alone)
        yield from self._linked.values()

    def plan(self) -> Plan:
        """What to publish, once all documents are read."""
        vanished = {place: page for place, page in self._known.items() if self._is_gone(page)}
        for read in sorted(self._changed, key=lambda each: (each.is_text, each.source)):
            self._take(read, vanished)
        renamed = set(self._claimed.values())  # pages that give themselves another id now
        left = {p: page for p, page in self._known.items() if page.briefing not in self._claimed}
        gone = [page for place, page in left.items() if place in vanished]
        self._plan.gone = [
            page for place, page in left.items() if place in renamed - vanished.keys()
        ]
        self._plan.gone += self._removals(gone)
        for briefing in self._linked.keys() - {page.briefing for page in self._plan.gone}:
            self._plan.documents.append(self._linked[briefing])
            self._plan.pages.append(self._by_briefing[briefing])
        self._plan.before = self._by_briefing
        self._plan.unreadable = self._failing - self._giving
        return self._plan

    # One page

    def _maker(self, number: int) -> Callable[[], Iterable[tuple[int, Found]]]:
        return lambda: ((number, page) for page in self._pages(self._sources[number]))

    def _pages(self, source: Source) -> Iterator[Found]:
        """The pages of a source; whatever is the matter with it costs no other source."""
        known = {page.key for page in self._known.values() if _is_read(page, source)}
        known |= {page.key for page in self._undone.values() if _is_read(page, source)}
        try:
            yield from source.pages(known)
        except SourceError as error:
            yield Failure(source=source.name, key="", error=str(error))
        except Exception as error:
            logger.debug("a source that cannot be read", exc_info=True)
            said = f"cannot be read ({type(error).__name__}: {error})"
            yield Failure(source=source.name, key="", error=said)

    def _notice(self, page: RawPage | Unchanged | Failure) -> RawPage | None:
        """The page, if it is to be read."""
        place = (page.source, page.key)
        if place in self._seen:
            return None  # the same file again, by another argument
        self._seen.add(place)
        if isinstance(page, Failure):
            self._failing.add(page.source)
            if not page.key:
                self._broken.add(page.source)
            self._plan.failed.append(page)
            return None
        self._giving.add(page.source)
        if isinstance(page, Unchanged):
            self._leave(place)
            return None
        known, undone = self._known.get(place), self._undone_at.get(place)
        if _fingerprint(page) in {each.fingerprint for each in (known, undone) if each}:
            self._leave(place)
            return None
        return page

    def _leave(self, place: Place) -> None:
        """Leave what is published of a page as it is."""
        known, undone = self._known.get(place), self._undone_at.get(place)
        if known:
            self._claim(known.briefing, place)
        if undone and undone.version:
            self._plan.undone += 1
        else:
            self._plan.unchanged += 1

    def _read(self, number: int, page: RawPage) -> Iterator[Document]:
        try:
            briefing = self._reader().briefing(page)
            here = Page(
                source=page.source,
                key=page.key,
                fingerprint=_fingerprint(page),
                briefing=briefing.id,
                version=briefing.version,
            )
            if self._is_undone(here):
                return
            document = (
                None if self._stands(here, briefing.story) else self._reader().document(briefing)
            )
        except ReadingError as error:
            self._fail((page.source, page.key), str(error))
            return
        self._changed.append(_Read(number, here, page.kind is PageKind.TEXT, document))
        if document:
            yield document

    def _is_undone(self, here: Page) -> bool:
        undone = self._undone.get(here.briefing)
        if undone is None or not undone.version:
            return False
        # The same bytes, read otherwise today, are what was undone as well.
        if undone.version != here.version and _bytes(undone) != _bytes(here):
            return False
        self._claimed[here.briefing] = (here.source, here.key)
        self._plan.undone += 1
        return True

    def _stands(self, here: Page, story: str) -> bool:
        """Whether just this is published already, read as it would be read today."""
        before = self._by_briefing.get(here.briefing)
        return (
            before is not None
            and (before.version, before.source, _reading(before))
            == (here.version, here.source, READING)
            and self._published([before.version])[before.version].briefing.story == story
        )

    # All of them

    def _take(self, read: _Read, vanished: Mapping[Place, Page]) -> None:
        here = read.here
        place = (here.source, here.key)
        before = self._by_briefing.get(here.briefing)
        same = before is not None and before.version == here.version
        if owner := self._owner(here.briefing, place, vanished):
            if same and _is_web(here.source):  # a feed and its site tell of the same articles
                self._plan.unchanged += 1
            else:
                said = _TWICE if _is_web(here.source) else _TAKEN
                self._fail(place, said.format(here.briefing, owner))
            return
        if read.document:
            self._plan.documents.append(read.document)
            self._plan.pages.append(here)
        else:
            self._plan.refreshed.append(here)
        self._plan.unchanged += same
        self._plan.updated += before is not None and not same
        self._plan.added += before is None
        self._claim(here.briefing, place)

    def _claim(self, briefing: str, place: Place) -> None:
        self._claimed[briefing] = place
        if self._is_removal_undone(briefing):
            self._plan.returned.append(briefing)

    def _owner(self, briefing: str, place: Place, vanished: Mapping[Place, Page]) -> str | None:
        """Where another page has this briefing's id, if it still stands there."""
        owner = self._claimed.get(briefing)
        before = self._by_briefing.get(briefing)
        if owner is None and before and (before.source, before.key) not in self._seen:
            owner = (before.source, before.key)
            # Of web sources one alone gives a page that several list; see `sources.memory`.
            if owner in vanished or not Path(before.source).exists():
                return None
        return "/".join(owner) if owner and owner != place else None

    def _is_gone(self, page: Page) -> bool:
        return (page.source, page.key) not in self._seen and any(
            source.name == page.source and source.complete and source.scope(page.key)
            for source in self._sources
            if source.name not in self._broken
        )

    def _removals(self, gone: Sequence[Page]) -> list[Page]:
        """Those of the ``gone`` briefings that may be removed; says why others may not."""
        kept = {page.briefing for page in gone if self._is_removal_undone(page.briefing)}
        self._plan.undone += len(kept)
        going = Counter(page.source for page in gone if page.briefing not in kept)
        published = Counter(page.source for page in self._known.values())
        refused = {
            source
            for source, count in going.items()
            if count > max(FEW_REMOVED, REMOVED_SHARE * published[source])
        }
        refused -= {source.name for source in self._sources if isinstance(source, Leaving)}
        if self._allow_removals:
            refused.clear()
        for source in sorted(refused):
            said = _REFUSED.format(going[source], published[source])
            self._plan.failed.append(Failure(source=source, key="", error=said))
        return [p for p in gone if p.briefing not in kept and p.source not in refused]

    def _is_removal_undone(self, briefing: str) -> bool:
        undone = self._undone.get(briefing)
        return undone is not None and not undone.version

    def _fail(self, place: Place, error: str) -> None:
        self._plan.failed.append(Failure(source=place[0], key=place[1], error=error))
        known = self._known.get(place)
        if known and known.fingerprint != UNREAD:
            self._plan.refreshed.append(replace(known, fingerprint=UNREAD))


_TAKEN = "its id {!r} is already that of {}; give one of them another id in its front matter"
_TWICE = "its id {!r} is that of {}, with another text; remove one of the two sources"
_REFUSED = (
    "{} of its {} briefings are no longer there, more than a fifth; none of them was removed. "
    "If they are to go, run this again with --allow-removals"
)


def _is_web(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _fingerprint(page: RawPage) -> str:
    return f"{READING}:{page.fingerprint}"


def _reading(page: Page) -> str:
    return page.fingerprint.partition(":")[0]


def _bytes(page: Page) -> str:
    return page.fingerprint.partition(":")[2]


def _is_read(page: Page, source: Source) -> bool:
    """Whether a page of the source was read as it would be read today."""
    is_ours = page.source == source.name and page.fingerprint != UNREAD
    return is_ours and _reading(page) == READING
