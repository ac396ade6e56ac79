"""Reads RSS and Atom: a window on the newest pages of a site; follows none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from ingest.sources.addresses import clean
from ingest.sources.heads import absolute
from ingest.sources.listing import Asking, Entry, as_known, astray, day_of
from ingest.sources.raw import SourceError
from ingest.web import xml

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# A feed of more entries is no feed but an archive; the newest come first.
MOST_ENTRIES = 1000


def parse(content: bytes, address: str) -> list[Entry]:
    """The entries of a feed that lead to a web page, each once, in order; a date is no hint.

    Raises ValueError, saying why, for what is no feed.
    """
    return _entries(_items(content, address), address)


def _entries(items: Iterable[Any], address: str) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for item in items:
        if url := _link(item, address):
            day = day_of(str(item.get("published") or ""))
            entries.setdefault(clean(url), Entry(url=clean(url), listing=address, day=day))
    return list(entries.values())


def _link(item: Any, address: str) -> str | None:
    return absolute(str(item.get("link") or ""), address)


def _items(content: bytes, address: str) -> list[Any]:
    import feedparser  # a tenth of a second that only feeds pay

    xml.refuse_entities(content)
    try:
        # A stream alone: a string, or bytes, may be taken for the name of a file.
        found = feedparser.parse(BytesIO(content), response_headers={"content-location": address})
    except Exception as error:  # it walks over anything, and breaks on some
        raise ValueError(f"breaks the reader of feeds ({type(error).__name__})") from error
    if not found.get("version"):
        raise ValueError("is neither RSS nor Atom")
    return list(found.entries[:MOST_ENTRIES])


class Feed:
    """The listing at one address. What has left it may still be there."""

    is_whole = False
    names_lists = False

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, asking: Asking) -> Collection[Entry]:
        """The feed's pages; raises `FetchError`, and `SourceError` for what is no feed."""
        fetched = asking.document(self._address, ACCEPT)
        if fetched.not_modified:
            return as_known(asking, self._address)
        try:
            items = _items(fetched.content, fetched.location)
        except ValueError as error:
            raise SourceError(f"{self._address} {error}") from None
        base = fetched.location
        if titles := [str(each.get("title") or "") for each in items if not _link(each, base)]:
            asking.pass_over(self._address, astray(titles))
        entries = _entries(items, base)
        return [replace(entry, listing=self._address) for entry in entries]
