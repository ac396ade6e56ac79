"""A source that somebody took off the list: nothing is left of it; asks nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ingest.sources.raw import RawPage
from vectorstore.catalog import SourceBook


class Leaving:
    """Has no pages any more, so that what was read from it goes; then it is forgotten."""

    complete = True

    def __init__(self, name: str, book: SourceBook) -> None:
        self.name = name
        self._book = book

    def pages(self, known: Collection[str] = ()) -> Iterator[RawPage]:  # noqa: ARG002 - none is left
        """Yield nothing."""
        return iter(())

    def scope(self, key: str) -> bool:  # noqa: ARG002 - every page goes
        """Whether a page is gone: each is."""
        return True

    def settle(self) -> None:
        """Forget the source."""
        self._book.forget(self.name)
