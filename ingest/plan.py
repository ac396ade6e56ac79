"""The words of a plan: what a run found out, what reads a page, what somebody watching is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.sources import Failure, RawPage
from vectorstore.domain import Briefing, Document

if TYPE_CHECKING:  # those who read pages wait for no SQL
    from vectorstore.catalog import Page


class ReadingError(Exception):
    """A page holds no briefing that can be published; the message says what to mend."""


class Reader(Protocol):
    """What turns raw pages into documents; see `ingest.reading`."""

    def briefing(self, page: RawPage) -> Briefing:
        """The briefing on the page; raises `ReadingError`."""

    def document(self, briefing: Briefing) -> Document:
        """The briefing cut into passages, with its statements; raises `ReadingError`."""


class Watched(Protocol):
    """What somebody watching is shown of it."""

    def fetching(self, done: int, total: int | None) -> None:
        """So many pages have been fetched, of as many as are known to be there."""

    def reading(self, done: int, total: int) -> None:
        """So many of all changed pages have been read."""


@dataclass(slots=True)
class Plan:
    """What publishing the sources as they are now comes to (mutable while they are read).

    ``documents[i]`` was read at ``pages[i]``. Of ``gone`` briefings the page is no longer there.
    ``refreshed`` are pages to note anew, though what is published stays. ``undone`` counts changes
    that somebody undid and that stay undone; ``returned`` are briefings whose removal was undone
    and whose page is back. ``unreadable`` are sources that gave nothing but failures.
    """

    documents: list[Document] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    before: dict[str, Page] = field(default_factory=dict)
    gone: list[Page] = field(default_factory=list)
    refreshed: list[Page] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    undone: int = 0
