"""Opens sources on the web: each asks through one fetcher, and all share one memory of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ingest.sources.discovery import SourceKind, discover
from ingest.sources.feeds import Feed
from ingest.sources.following import OnePage, Pages
from ingest.sources.listing import Listing
from ingest.sources.memory import Memory
from ingest.sources.raw import Source
from ingest.sources.sitemaps import SiteMap
from ingest.sources.wordpress import WordPress
from ingest.sources.wordpress_api import Api
from ingest.web.fetcher import Fetcher
from vectorstore.catalog import Remembered, SourceBook

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

    def discover(self, url: str) -> Remembered:
        """The source that ``url`` leads to; raises `SourceError`."""
        found = discover(url, self._fetcher)
        now = datetime.now(UTC)
        return Remembered(name=found.name, kind=found.kind, address=found.address, added_at=now)

    def open(self, row: Remembered) -> Source:
        """The source that is described; nothing is asked for yet."""
        if row.kind == SourceKind.WORDPRESS:
            api = Api(row.address, self._fetcher, self._login(row.address))
            return WordPress(row.name, api, self._fetcher, self._memory)
        return Pages(row.name, _listing(row), self._fetcher, self._memory)

    def _login(self, address: str) -> Login | None:
        parts = urlsplit(address)
        return self._logins.get(parts.netloc) or self._logins.get(parts.hostname or "")


def _listing(row: Remembered) -> Listing:
    if row.kind == SourceKind.FEED:
        return Feed(row.address)
    return SiteMap(row.address) if row.kind == SourceKind.SITEMAP else OnePage(row.address)
