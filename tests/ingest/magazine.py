"""A site without WordPress on loopback: articles, with a feed and a sitemap that list them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from tests.web_server.server import WebServer

TEXT = (
    "The ministers of both countries met in Vienna on Monday and spoke for several hours. "
    "They agreed to open the railway line again before the end of the year."
)


class Magazine:
    """Serves articles; `feed` and `sitemap` list what they are told to."""

    def __init__(self, site: WebServer) -> None:
        self.site = site
        self.edition = 0

    def write(self, path: str, title: str = "A day", text: str = TEXT, **more: str) -> str:
        """Put up an article, or another edition of it; gives its address."""
        self.edition += 1
        head = f"<title>{escape(title)}</title>{more.get('head', '')}"
        body = f"<main><article><h1>{escape(title)}</h1><p>{text}</p></article></main>"
        page = (
            f"<html lang='{more.get('lang', 'en')}'><head>{head}</head><body>{body}</body></html>"
        )
        etag = more.get("etag", f'"{self.edition}"')
        self.site.page(path, page, etag=etag)
        return self.site.at(path)

    def feed(self, *paths: str, path: str = "/feed", etag: str = "") -> str:
        """Put up an RSS feed; gives its address."""
        day = format_datetime(datetime(2024, 5, 1, 23, 30, tzinfo=UTC))
        items = "".join(
            f"<item><title>t</title><link>{escape(self._address(p))}</link>"
            f"<pubDate>{day}</pubDate></item>"
            for p in paths
        )
        rss = f"<rss version='2.0'><channel><title>M</title>{items}</channel></rss>"
        self.site.page(path, rss, content_type="application/rss+xml", etag=etag)
        return self.site.at(path)

    def sitemap(self, *paths: str, path: str = "/sitemap.xml", **lastmod: str) -> str:
        """Put up a sitemap; ``lastmod`` is for all of its pages. Gives its address."""
        hint = f"<lastmod>{lastmod['lastmod']}</lastmod>" if lastmod else ""
        urls = "".join(f"<url><loc>{escape(self._address(p))}</loc>{hint}</url>" for p in paths)
        self.site.page(
            path,
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>",
            content_type="application/xml",
        )
        return self.site.at(path)

    def _address(self, path: str) -> str:
        return path if ":" in path else self.site.at(path)
