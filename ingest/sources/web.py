"""Opens sources on the web: each asks through one fetcher, and all share one memory of a run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from ingest.sources import types
from ingest.sources.discovery import SourceKind, discover
from ingest.sources.feeds import Feed
from ingest.sources.following import OnePage, Pages
from ingest.sources.listing import Listing
from ingest.sources.memory import Memory
from ingest.sources.raw import Source, SourceError
from ingest.sources.sitemaps import SiteMap
from ingest.sources.wordpress import WordPress
from ingest.sources.wordpress_api import POSTS, Api
from ingest.web import FetchError
from ingest.web.fetcher import Fetcher
from vectorstore.catalog import Remembered, SourceBook

T = TypeVar("T")
Login = tuple[str, str]  # a name and a password


class Web:
    """The web as one run sees it; use it as a context manager.

    ``logins`` are by host, or by host and port.
    """

    def __init__(self, fetcher: Fetcher, book: SourceBook, logins: Mapping[str, Login]) -> None:
        self._fetcher = fetcher
        self._memory = Memory(book)
        self._logins = logins

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._fetcher.close()

    def discover(self, url: str, wanted: Collection[str] = ()) -> Remembered:
        """The source that ``url`` leads to, with the types ``wanted``; raises `SourceError`."""
        found = discover(url, self._fetcher)
        row = Remembered(
            name=found.name, kind=found.kind, address=found.address, added_at=datetime.now(UTC)
        )
        if not wanted:
            return row
        if row.kind != SourceKind.WORDPRESS:
            raise SourceError(
                f"{row.name} is a {row.kind}; --type is for the types of content of a WordPress "
                "site. Add it without"
            )
        return replace(row, lists=self._asked(types.routes, row, wanted))

    def others(self, row: Remembered) -> Mapping[str, int]:
        """What else a WordPress site has: articles by type; nothing for any other source."""
        if row.kind != SourceKind.WORDPRESS:
            return {}
        return self._asked(types.others, row, row.lists or (POSTS,))

    def open(self, row: Remembered) -> Source:
        """The source that is described; nothing is asked for yet."""
        if row.kind == SourceKind.WORDPRESS:
            api = Api(row.address, self._fetcher, self._login(row.address))
            return WordPress(row.name, api, self._fetcher, self._memory, row.lists or (POSTS,))
        return Pages(row.name, _listing(row), self._fetcher, self._memory)

    def _asked(
        self, ask: Callable[[Api, Collection[str]], T], row: Remembered, about: Collection[str]
    ) -> T:
        try:
            return ask(Api(row.address, self._fetcher), about)
        except FetchError as error:
            raise SourceError(str(error)) from None

    def _login(self, address: str) -> Login | None:
        parts = urlsplit(address)
        return self._logins.get(parts.netloc) or self._logins.get(parts.hostname or "")


def _listing(row: Remembered) -> Listing:
    if row.kind == SourceKind.FEED:
        return Feed(row.address)
    return SiteMap(row.address) if row.kind == SourceKind.SITEMAP else OnePage(row.address)
