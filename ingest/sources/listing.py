"""What a feed or a sitemap gives: addresses of pages, with what it says of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from ingest.web import Fetched
from vectorstore.catalog import Fetch

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that is listed: its address, the ``listing`` it stands in, and what that says of it.

    ``hint`` stands for its last change, ``alternates`` are the addresses of all its translations.
    """

    url: str
    listing: str = ""
    hint: str = ""
    day: date | None = None
    alternates: tuple[str, ...] = ()


class Asking(Protocol):
    """How a listing gets its own documents; see `ingest.sources.following`."""

    def document(self, url: str, accept: str) -> Fetched:
        """What is at ``url``, or that it is as it was last time; raises `FetchError`."""

    def known(self, listing: str) -> Iterable[Fetch]:
        """The addresses that stood in the listing when it was last read."""

    def pass_over(self, listing: str, error: str) -> None:
        """Have the report say what of the listing is not read, and why."""


class Listing(Protocol):
    """Something that names pages.

    ``is_whole`` says that it names all: what it does not name is not there any more.
    ``names_lists`` says that it may name pages that are no articles.
    """

    is_whole: bool
    names_lists: bool

    def read(self, asking: Asking) -> Collection[Entry]:
        """The pages that are listed, each once; raises `FetchError` or `SourceError`."""


def as_known(asking: Asking, listing: str) -> list[Entry]:
    """The entries of a listing that is as it was."""
    known = asking.known(listing)
    return [Entry(url=each.url, listing=listing, hint=each.hint) for each in known]


def astray(names: Sequence[str]) -> str:
    """What is said of entries that lead to no web page, by the ``names`` they have."""
    return f"{len(names)} of its entries have no web address, the first is {names[0]!r:.100}"


def day_of(printed: str) -> date | None:
    """The day of a moment as RSS or Atom print it, in the time zone that is printed with it."""
    try:
        if _ISO_DAY.match(printed):
            return date.fromisoformat(printed[:10])
        moment: datetime = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.date()
