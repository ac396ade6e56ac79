"""What web sources need to know of earlier runs, and of each other in this one; fetches nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from threading import Lock

from ingest.sources.addresses import is_web_address, same
from ingest.sources.raw import Joined
from vectorstore.catalog import Fetch, Held, SourceBook

Place = tuple[str, str]  # a source's name, and a page's key in it


class Memory:
    """The catalog's notes as one run sees them; may be used from several threads.

    An address belongs to one source: to that which published it, if it is one that is still read,
    or else to the first that claims it. So no article is published twice.
    """

    def __init__(self, book: SourceBook) -> None:
        self._book = book
        self._lock = Lock()
        self._read: set[str] = set()
        self._held: dict[str, dict[str, Held]] | None = None
        self._owners: dict[str, Place] = {}
        self._claimed: set[str] = set()

    def reads(self, source: str) -> None:
        """Note that the run reads a source; to be called for all before any of them is asked."""
        self._read.add(source)

    def held(self, source: str) -> dict[str, Held]:
        """What is published of a source, by key."""
        with self._lock:
            return self._load().get(source, {})

    def fetched(self, source: str) -> dict[str, Fetch]:
        """What is known of the source's addresses, by address."""
        return self._book.fetched(source)

    def claim(self, url: str, place: Place, *, whole: bool = False) -> bool:
        """Whether the page at ``url`` is this place's to publish.

        A ``whole`` text may be taken over from who had only a preview of it.
        """
        name = same(url)
        with self._lock:
            held = self._load()
            source, key = owner = self._owners.setdefault(name, place)
            if owner != place and whole and name not in self._claimed:
                before = held.get(source, {}).get(key)
                if before and before.preview:
                    self._owners[name] = owner = place
            if owner == place:
                self._claimed.add(name)
            return owner == place

    def is_taken(self, url: str, place: Place) -> bool:
        """Whether another source publishes the page at ``url``, and not a preview alone."""
        with self._lock:
            held = self._load()
            source, key = owner = self._owners.get(same(url), place)
            before = held.get(source, {}).get(key)
            return owner != place and not (before and before.preview)

    def story_of(self, urls: Collection[str]) -> str:
        """The story of the first of some editions that is published, "" when none is."""
        with self._lock:
            held = self._load()
            places = (self._owners.get(name) for name in sorted(map(same, urls)))
            found = (held.get(place[0], {}).get(place[1]) for place in places if place)
            return next((each.story for each in found if each), "")

    def joined(self, urls: Collection[str], story: str) -> list[Joined]:
        """The published ones of some editions, that are to have this story."""
        with self._lock:
            held = self._load()
            places = {place for name in map(same, urls) if (place := self._owners.get(name))}
            found = (held.get(source, {}).get(key) for source, key in sorted(places))
            return [joined(each, story) for each in found if each]

    def note(
        self, source: str, known: Iterable[Fetch], at: datetime, *, gone: Collection[str] = ()
    ) -> None:
        """Keep what a run that has succeeded learned of a source's addresses."""
        self._book.note(source, known, gone=gone)
        self._book.succeeded(source, at)

    def forget(self, source: str) -> None:
        """Forget a source."""
        self._book.forget(source)

    def _load(self) -> dict[str, dict[str, Held]]:
        if self._held is None:
            live = {each.name for each in self._book.remembered() if not each.leaving} | self._read
            self._held = {}
            for held in self._book.held():
                self._held.setdefault(held.source, {})[held.key] = held
                if held.source in live and is_web_address(held.source):
                    self._owners.setdefault(same(held.url), (held.source, held.key))
        return self._held


def is_held(fetch: Fetch | None, held: Held | None) -> bool:
    """Whether what is published is what an address gave when it was last fetched.

    It is not when that could not be published, or when somebody has undone the publication.
    """
    return bool(
        fetch and held and fetch.fingerprint and held.fingerprint.endswith(fetch.fingerprint)
    )


def joined(held: Held, story: str) -> Joined:
    """That what is held shares a story with its translations."""
    return Joined(source=held.source, key=held.key, story=story, before=held.story)
