"""Finds out what a web address is: a WordPress site, a feed, a sitemap or one page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from ingest.sources import feeds, heads, sitemaps
from ingest.sources.addresses import clean, is_home, is_list, is_web_address, same
from ingest.sources.raw import SourceError
from ingest.web import Fetched, FetchError, GoneError, PermanentError, xml
from ingest.web.addresses import shown
from ingest.web.fetcher import Fetcher

_API = "https://api.w.org/"
_API_LINK = re.compile(r"<([^>]+)>\s*;[^,]*\brel=\"?https://api\.w\.org/\"?")
_API_PATH = re.compile(r"(?:index\.php/)?wp-json/?$|(?:index\.php)?\?rest_route=/?$")
_MAPS = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_COMMENTS = re.compile(r"comment|коммент", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|rss|feed|rdf:|urlset|sitemapindex)|\x1f\x8b")
_WITH_NAME = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*@", re.IGNORECASE)
_NOTHING = (
    "{} is neither a WordPress site nor an article, and leads to no feed and no sitemap; "
    "give the address of one of these"
)


class SourceKind(StrEnum):
    """What a source on the web is."""

    WORDPRESS = "wordpress"
    SITEMAP = "sitemap"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A source on the web: ``name`` is what its pages are kept under, ``address`` what is read."""

    kind: SourceKind
    name: str
    address: str


def discover(url: str, fetcher: Fetcher) -> Discovered:
    """What ``url`` is: the best that it leads to, by the order of `SourceKind`.

    An article, wherever it is published, is that page alone. Raises `SourceError`.
    """
    if _WITH_NAME.match(url):
        raise SourceError(
            f"{shown(url)} was written with a name before the host, which hides where an address "
            "leads; leave it out. Logins stand in SITE_LOGINS"
        )
    if not is_web_address(url):
        raise SourceError(f"{shown(url)} is not a web address; write https://…")
    try:
        page = fetcher.get(clean(url))
    except GoneError as error:
        if not is_home(url):
            raise SourceError(str(error)) from None
        page = None  # some sites have no first page, and yet a feed
    except FetchError as error:
        raise SourceError(str(error)) from None
    address = clean(url) if page is None or not page.moved else page.location
    found = page and (_itself(page, address) or _one_of_many(page, address))
    found = found or next(_of_site(page, address, fetcher), None)
    if found is None:
        raise SourceError(_NOTHING.format(url))
    return found


def _itself(page: Fetched, address: str) -> Discovered | None:
    """A feed, a sitemap, an API: what is no page for readers."""
    if page.content_type.endswith("json") and _is_api(page):
        return _wordpress(address)
    if not _XML.match(page.content):
        return None
    for kind, parse in ((SourceKind.SITEMAP, sitemaps.parse), (SourceKind.FEED, feeds.parse)):
        try:
            parse(page.content, address)
        except ValueError:
            continue
        return Discovered(kind=kind, name=address, address=address)
    return None


def _one_of_many(page: Fetched, address: str) -> Discovered | None:
    """A page deep in a site: an article, a site below another, or the list of a section."""
    if is_home(address):
        return None
    for root in _announced(page, address):
        if same(_site_of(root, "")) == same(address):
            return _wordpress(root)
    if not heads.is_web_page(page.content, page.content_type):
        raise SourceError(_no_page(page, address))
    lists = is_list(address) or not heads.is_article(page.content)
    if lists and (feed := next(_feeds(page, address), None)):
        return Discovered(kind=SourceKind.FEED, name=feed, address=feed)
    return Discovered(kind=SourceKind.PAGE, name=address, address=address)


def _no_page(page: Fetched, address: str) -> str:
    """Why what is no page for readers cannot be read as a feed or sitemap, either."""
    if _XML.match(page.content):
        try:
            xml.parse(xml.unpacked(page.content))
        except ValueError as error:
            return f"{address} {error}"
    kind = page.content_type or "no kind of page"
    if "html" in kind:
        return (
            f"{address} is no web page, though its server says so; give the address of an article"
        )
    return f"{address} is {kind}, not a web page; give the address of an article"


def _of_site(page: Fetched | None, address: str, fetcher: Fetcher) -> Iterator[Discovered]:
    """What a site's first page leads to, best first."""
    usual = (urljoin(address, "wp-json/"), urljoin(address, "?rest_route=/"))
    for root in dict.fromkeys((*(_announced(page, address) if page else ()), *usual)):
        answer = _had(root, fetcher)
        if answer and _is_api(answer):
            yield _wordpress(root, address)
    for feed in _feeds(page, address) if page else ():
        if (answer := _had(feed, fetcher)) and _itself(answer, feed):
            yield Discovered(kind=SourceKind.FEED, name=feed, address=feed)
    robots = _had(urljoin(address, "/robots.txt"), fetcher)
    told = _MAPS.findall(robots.content.decode("utf-8", "replace")) if robots else []
    maps = [url for each in told if (url := heads.absolute(each, address))]
    for one in (*maps, urljoin(address, "/sitemap.xml"), urljoin(address, "/sitemap_index.xml")):
        answer = _had(one, fetcher)
        if answer and (found := _itself(answer, one)) and found.kind is SourceKind.SITEMAP:
            yield found


def _announced(page: Fetched, address: str) -> Iterator[str]:
    """The roots of REST APIs that a page names, in its headers or its head."""
    told = [each[1] for each in _API_LINK.finditer(page.headers.get("link", ""))]
    told += [e["href"] for e in heads.links(page.content, address) if e.get("rel") == _API]
    yield from (url for each in told if (url := heads.absolute(each, address)))


def _feeds(page: Fetched, address: str) -> Iterator[str]:
    """The feeds that a page offers, but for those of comments."""
    for link in heads.links(page.content, address):
        offered = "alternate" in link.get("rel", "").split() and link.get("type") in feeds.TYPES
        if offered and not _COMMENTS.search(link.get("title", "") + link["href"]):
            yield clean(link["href"])


def _wordpress(root: str, home: str = "") -> Discovered:
    return Discovered(kind=SourceKind.WORDPRESS, name=_site_of(root, home), address=root)


def _site_of(root: str, home: str) -> str:
    """The address of the site that has its API at ``root``."""
    site, found = _API_PATH.subn("", root)
    return (site if found else home or root).rstrip("/")


def _is_api(page: Fetched) -> bool:
    try:
        found = json.loads(page.content)
    except (ValueError, RecursionError):
        return False
    spaces = found.get("namespaces") if isinstance(found, dict) else None
    return isinstance(spaces, list) and "wp/v2" in spaces


def _had(url: str, fetcher: Fetcher) -> Fetched | None:
    """What is at ``url``, None when there is nothing that can be had."""
    try:
        return fetcher.get(url)
    except PermanentError:
        return None
    except FetchError as error:
        raise SourceError(str(error)) from None
