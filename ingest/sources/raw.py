"""What every source gives: raw pages, one article each; knows nothing of what is inside a page."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

# The longest briefings are some 100 kB of text; a page of 10 MB is a mistake (a database dump, a
# video with a wrong name) and would hold the memory of the whole run.
MAX_PAGE_BYTES = 10_000_000


class PageKind(StrEnum):
    """What the bytes of a page are written in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    ROW = "row"
    POST = "post"  # what a CMS says about one post, as JSON; see `ingest.sources.posts`


class SourceError(Exception):
    """What the user named cannot be read at all; the message says what to give instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The bytes of one article as the source gave them.

    ``source`` is the canonical name of the source, ``key`` where in it the page stands
    (``sub/page.md``; for a row ``corpus.jsonl#<id>``, or ``corpus.jsonl#line-<n>`` without an id;
    a web page's address; ``post/<id>``) and ``location`` the address of its file, or of the page.

    The rest is what a web source knows besides, "" or None where it does not: the ``id`` that the
    briefing has had since it was first read, at whatever address; the ``charset`` that the server
    gave; the ``story`` that other editions of it have already; its publication ``day`` and the
    addresses of its translations (``alternates``), for pages that do not say so themselves.
    ``has_whole`` says that the whole text is held, for subscribers: a preview is no replacement.
    """

    source: str
    key: str
    location: str
    kind: PageKind
    content: bytes
    id: str = ""
    charset: str = ""
    story: str = ""
    day: date | None = None
    alternates: tuple[str, ...] = ()
    has_whole: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 over kind and content, in hex: equal when there is nothing new to extract.

        The address of a web page counts as well: it may move and stay as it is.
        """
        address = self.location if self.location.startswith(("http://", "https://")) else ""
        said = self.kind.value.encode() + b"\0" + self.content + address.encode()
        return hashlib.sha256(said).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that could not be read, and why, in one sentence."""

    source: str
    key: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A page that the source knows to be as it was when it was last read, without reading it."""

    source: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A published page that others name as their translation: ``story`` is what they share.

    ``before`` is its story so far, ``source`` whichever source it is of.
    """

    source: str
    key: str
    story: str
    before: str


Found = RawPage | Unchanged | Failure | Joined


class Source(Protocol):
    """Where pages come from."""

    @property
    def name(self) -> str:
        """Canonical name of the source."""

    @property
    def complete(self) -> bool:
        """Whether everything was read, once ``pages`` is exhausted, so that what is gone may go."""

    def pages(self, known: Collection[str] = ()) -> Iterator[Found]:
        """Yield the pages one by one, in a stable order; a bad page is a Failure, never raised.

        ``known`` are the keys of pages that need not be read again unless they have changed:
        only those may come as `Unchanged`. What they say of other pages comes as `Joined`.
        """

    def scope(self, key: str) -> bool:
        """Whether a page known by ``key`` was to be seen among ``pages`` if it still exists."""

    def settle(self) -> None:
        """Remember how far the source was read, once all that it gave has been published.

        Called after a run has succeeded, never in a dry run: what this remembers need not be
        fetched again. Pages that could not be published are asked for again all the same.
        """
