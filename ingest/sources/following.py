"""Follows the addresses that a feed or a sitemap lists to their pages, and asks only for news.

Knows nothing of what is on a page but whether it is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ingest.sources.addresses import is_home, parts_of, same
from ingest.sources.heads import is_article, is_web_page, language, translations
from ingest.sources.listing import Asking, Entry, Listing
from ingest.sources.memory import Memory, is_held
from ingest.sources.raw import Failure, Found, PageKind, RawPage, SourceError, Unchanged
from ingest.web import Fetched, FetchError, GoneError, Query
from ingest.web.fetcher import Fetcher
from vectorstore.catalog import Fetch, Held
from vectorstore.domain import LANGUAGES, Tier

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
# A page of which no list says anything new is asked about once a day all the same, and so many in
# one run: a list may be wrong, and a page that has left a feed may be taken back.
ASK_AGAIN = timedelta(days=1)
MOST_ASKED_AGAIN = 100
_DAY_ALONE = len("2024-05-01")


class OnePage:
    """The listing of a single page: itself."""

    is_whole = True
    names_lists = False

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, _: Asking) -> Collection[Entry]:
        """The page alone."""
        return [Entry(url=self._address, listing=self._address)]


class _Before(NamedTuple):
    """What is known of the source's pages when a run begins."""

    known: Collection[str]
    held: Mapping[str, Held]
    fetched: Mapping[str, Fetch]

    @property
    def ours(self) -> set[str]:
        return {*self.known, *self.held}

    def usable(self, url: str) -> Fetch | None:
        """What was noted of an address, if there is no need to have its page once more."""
        fetch = self.fetched.get(url)
        known = url in self.known and is_held(fetch, self.held.get(url))
        return fetch if fetch and (fetch.aside or known) else None


class Pages:
    """A source whose pages a listing names (mutable while it is read).

    Pages that were known and are not named any more are asked for once: a permanent redirect to a
    page that is named tells that it moved. Otherwise, when the listing is a window, a page is
    gone only when its server says so.
    """

    def __init__(self, name: str, listing: Listing, fetcher: Fetcher, memory: Memory) -> None:
        self.name = name
        self.complete = False
        self._listing, self._fetcher, self._memory = listing, fetcher, memory
        memory.reads(name)
        self._begin((), {}, {})

    def scope(self, key: str) -> bool:
        """Whether a page known by ``key`` is known to be there no more."""
        return key in self._gone

    def settle(self) -> None:
        """Keep what the servers said, so that the next run asks only for what is new."""
        if self.complete:
            self._memory.note(self.name, self._notes.values(), self._now, gone=self._gone)

    def pages(self, known: Collection[str] = ()) -> Iterator[Found]:
        """Yield the pages as they arrive; sets ``complete`` at the end."""
        self._begin(known, self._memory.held(self.name), self._memory.fetched(self.name))
        try:
            listed = {entry.url: entry for entry in self._listing.read(self)}
            if self._listing.is_whole and self._before.ours and not listed:
                raise SourceError("lists no page at all any more; nothing was changed")
        except (FetchError, SourceError) as error:
            yield Failure(source=self.name, key="", error=str(error))
            return
        yield from self._look_for(self._left(listed), listed)
        yield from self._follow(
            [e for e in listed.values() if self._memory.claim(e.url, (self.name, e.url))]
        )
        yield from self._passed_over
        self.complete = True

    # For the listing

    def document(self, url: str, accept: str) -> Fetched:
        """A document of the listing, or that it is as it was; raises `FetchError`."""
        before = self._before.fetched.get(url) if any(self.known(url)) else None
        fetched = self._fetcher.get(
            url,
            accept=accept,
            etag=before.etag if before else "",
            last_modified=before.last_modified if before else "",
        )
        self._notes[url] = self._noted(Entry(url=url), fetched)
        return fetched

    def known(self, listing: str) -> Iterable[Fetch]:
        """The addresses that stood in the listing when it was last read."""
        return [fetch for fetch in self._before.fetched.values() if fetch.listing == listing]

    def pass_over(self, listing: str, error: str) -> None:
        """Have the report say what of the listing is not read, and why."""
        self._passed_over.append(Failure(source=self.name, key=listing, error=error))

    # What is not listed any more

    def _left(self, listed: Mapping[str, Entry]) -> list[Entry]:
        """The pages of ours to ask about though they are not listed; the rest of a window waits."""
        away = self._before.ours - listed.keys()
        if self._listing.is_whole:
            return [Entry(url=url) for url in sorted(away)]
        fetched = self._before.fetched
        just_left = [url for url in away if url not in fetched or fetched[url].listing]
        others = [fetched[url] for url in away.difference(just_left)]
        return [Entry(url=url) for url in (*sorted(just_left), *self._due(others))]

    def _look_for(self, away: list[Entry], listed: Mapping[str, Entry]) -> Iterator[Found]:
        here = {same(url): url for url in listed}
        for entry, result in self._ask(away):
            target = here.get(same(result.location)) if isinstance(result, Fetched) else None
            if target and isinstance(result, Fetched) and result.moved:
                self._gone.add(entry.url)
                if entry.url in self._before.held:
                    self._moved[target] = self._before.held[entry.url]
            elif self._listing.is_whole and isinstance(result, Fetched | GoneError):
                self._gone.add(entry.url)
            else:
                yield from self._give(entry, result)

    # What is listed

    def _follow(self, entries: list[Entry]) -> Iterator[Found]:
        asked: list[Entry] = []
        quiet: list[Entry] = []
        for entry in entries:
            (quiet if self._is_quiet(entry) else asked).append(entry)
        known = [self._before.fetched[entry.url] for entry in quiet]
        again = set(self._due(known))
        for entry in quiet:
            if entry.url not in again:
                yield from self._keep(entry, self._before.fetched[entry.url])
        asked += [entry for entry in quiet if entry.url in again]
        for entry, result in self._ask(asked):
            yield from self._give(entry, result)

    def _is_quiet(self, entry: Entry) -> bool:
        """Whether the list says that the page is as it was when it was last asked for.

        A hint that is a day alone says nothing of a second change on that day.
        """
        before = self._before.usable(entry.url)
        if before is None or not entry.hint or before.hint != entry.hint:
            return False
        day = entry.hint if len(entry.hint) == _DAY_ALONE else ""
        return day < (before.fetched_at - timedelta(days=1)).date().isoformat()

    def _due(self, known: Iterable[Fetch]) -> list[str]:
        """Those that have not been asked for a day, the longest forgotten first."""
        old = [fetch for fetch in known if fetch.fetched_at < self._now - ASK_AGAIN]
        old.sort(key=lambda fetch: fetch.fetched_at)
        return [fetch.url for fetch in old[:MOST_ASKED_AGAIN]]

    # One page

    def _ask(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Fetched | FetchError]]:
        by_url = {entry.url: entry for entry in entries}
        queries = [self._query(url) for url in by_url]
        for query, result in self._fetcher.get_many(queries):
            yield by_url[query.url], result

    def _query(self, url: str) -> Query:
        if before := self._before.usable(url):
            etag, modified = before.etag, before.last_modified
            return Query(url=url, accept=ACCEPT, etag=etag, last_modified=modified)
        return Query(url=url, accept=ACCEPT)

    def _give(self, entry: Entry, result: Fetched | FetchError) -> Iterator[Found]:
        ours = entry.url in self._before.ours
        if isinstance(result, GoneError) and ours:
            self._gone.add(entry.url)
        elif isinstance(result, FetchError):
            yield self._fail(entry, str(result))
        elif result.not_modified:
            yield from self._keep(entry, self._noted(entry, result))
        elif is_home(result.location) and not is_home(entry.url):
            if ours:
                self._gone.add(entry.url)  # many sites send readers home instead of saying so
            else:
                yield self._fail(entry, "leads to the site's home page")
        elif _is_detour(result):
            yield self._fail(entry, f"leads to another page for the moment: {result.location:.200}")
        else:
            yield from self._read(entry, result)

    def _keep(self, entry: Entry, note: Fetch) -> Iterator[Found]:
        self._notes[entry.url] = replace(note, listing=entry.listing)
        if story := self._memory.story_of(entry.alternates):
            yield from self._memory.joined(entry.alternates, story)
        if entry.url in self._before.known:
            yield Unchanged(source=self.name, key=entry.url)

    def _read(self, entry: Entry, result: Fetched) -> Iterator[Found]:
        is_page = is_web_page(result.content, result.content_type)
        if self._is_aside(result, is_page=is_page):
            self._notes[entry.url] = self._noted(entry, result, aside=True)
            if entry.url in self._before.ours:
                self._gone.add(entry.url)
        elif not is_page:
            kind = result.content_type or "of no kind"
            yield self._fail(entry, f"is not a web page ({kind})")
        elif not result.moved or self._memory.claim(result.location, (self.name, entry.url)):
            page = self._page(entry, result)
            note = self._noted(entry, result)
            self._notes[entry.url] = replace(note, fingerprint=page.fingerprint)
            yield page
            if page.story:
                yield from self._memory.joined(self._editions(entry, result), page.story)

    def _is_aside(self, result: Fetched, *, is_page: bool) -> bool:
        """Whether what is listed is no matter of ours: no article, or in another language."""
        if self._listing.names_lists and not (is_page and is_article(result.content)):
            return True
        several = self._listing.names_lists or not self._listing.is_whole
        spoken = language(result.content) if several and is_page else ""
        return bool(spoken) and spoken not in LANGUAGES

    def _page(self, entry: Entry, result: Fetched) -> RawPage:
        held = self._before.held.get(entry.url) or self._moved.get(entry.url)
        editions = self._editions(entry, result)
        story = self._memory.story_of(editions) or (held.story if held else "")
        location = result.location if result.moved else entry.url
        return RawPage(
            source=self.name,
            key=entry.url,
            location=location,
            kind=PageKind.HTML,
            content=result.content,
            id=held.briefing if held else "",
            charset=result.charset,
            story=story,
            day=entry.day or (held.day if held else None),
            alternates=(*editions, location) if editions else (),
            has_whole=held is not None and held.tier is Tier.SUBSCRIBERS and not held.preview,
        )

    def _editions(self, entry: Entry, result: Fetched) -> tuple[str, ...]:
        """The addresses of a page in all its languages."""
        return entry.alternates or translations(result.content, result.location)

    def _fail(self, entry: Entry, error: str) -> Failure:
        before = self._before.fetched.get(entry.url) or Fetch(url=entry.url, fetched_at=self._now)
        self._notes[entry.url] = replace(before, listing=entry.listing, hint="")
        return Failure(source=self.name, key=entry.url, error=error)

    def _noted(self, entry: Entry, result: Fetched, *, aside: bool = False) -> Fetch:
        """What to remember of an answer: what the server stopped sending is forgotten."""
        before = self._before.fetched.get(entry.url) if result.not_modified else None
        return Fetch(
            url=entry.url,
            listing=entry.listing,
            etag=result.etag,
            last_modified=result.last_modified,
            hint=entry.hint,
            fingerprint=before.fingerprint if before else "",
            aside=before.aside if before else aside,
            fetched_at=self._now,
        )

    def _begin(
        self, known: Collection[str], held: Mapping[str, Held], fetched: Mapping[str, Fetch]
    ) -> None:
        self.complete = False
        self._now = datetime.now(UTC)
        self._gone: set[str] = set()
        self._moved: dict[str, Held] = {}  # by the address to which the page has moved
        self._notes: dict[str, Fetch] = {}
        self._passed_over: list[Failure] = []
        self._before = _Before(known, held, fetched)


def _is_detour(result: Fetched) -> bool:
    """Whether a site leads to another page of its own for now: to its login, or a survey."""
    asked, given = parts_of(result.url), parts_of(result.location)
    return not result.moved and asked[0] == given[0] and asked[-1] not in given
