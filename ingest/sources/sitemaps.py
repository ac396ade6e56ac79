"""Reads sitemaps and indexes of sitemaps: all pages of a site; follows none of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.sources.addresses import clean, is_home, is_list, same
from ingest.sources.heads import absolute
from ingest.sources.listing import Asking, Entry, as_known, astray, day_of
from ingest.sources.raw import SourceError
from ingest.web import xml

ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.5"
# As many files an index may name, and one index within another at the most.
MOST_FILES = 500
_DEPTH = 3
_TOO_MANY = (
    f"{{}} leads to more than {MOST_FILES} other sitemaps, or to some more than {_DEPTH} deep; "
    "name those that list articles as sources"
)
# The files in which WordPress and its Yoast plugin list what is no article.
_NO_ARTICLES = re.compile(
    r"/wp-sitemap-(?:taxonomies|users|posts-page)-"
    r"|/(?:category|post_tag|tag|author|page|post_format)-sitemap\d*\.xml"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """One file: the pages that it lists, or the other files; ``astray`` are no web addresses."""

    entries: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()


def parse(content: bytes, address: str) -> Sitemap:
    """What a sitemap lists of its own site; raises ValueError, saying why, for what is none."""
    root = xml.parse(xml.unpacked(content))
    is_index = _name(root) == "sitemapindex"
    if not is_index and _name(root) != "urlset":
        raise ValueError("is not a sitemap")
    listed = [each for each in root if _name(each) in ("sitemap", "url")]
    printed = [_text(each, "loc") for each in listed]
    lost = tuple(link for link in printed if not absolute(link, address))
    if is_index:
        files = dict.fromkeys(url for link in printed if (url := _own(link, address)))
        return Sitemap(files=tuple(files), astray=lost)
    entries = {entry.url: entry for each in listed if (entry := _entry(each, address))}
    return Sitemap(entries=tuple(entries.values()), astray=lost)


class SiteMap:
    """The listing that begins at one address: one file, or an index and the files it names."""

    is_whole = True
    names_lists = True

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, asking: Asking) -> Collection[Entry]:
        """The site's pages; raises `FetchError`, and `SourceError` for what is no sitemap."""
        entries: dict[str, Entry] = {}
        waiting, seen = [(self._address, 1)], {self._address}
        while waiting:
            address, depth = waiting.pop(0)
            found = self._file(asking, address)
            if found.astray:
                asking.pass_over(address, astray(found.astray))
            for entry in found.entries:
                if not is_home(entry.url) and not is_list(entry.url):
                    entries.setdefault(entry.url, entry)
            new = [f for f in found.files if f not in seen and not _NO_ARTICLES.search(f)]
            if new and (depth == _DEPTH or len(seen) + len(new) > MOST_FILES):
                # What is not read would look as if it were not there any more.
                raise SourceError(_TOO_MANY.format(self._address))
            seen.update(new)
            waiting += [(file, depth + 1) for file in new]
        return entries.values()

    def _file(self, asking: Asking, address: str) -> Sitemap:
        fetched = asking.document(address, ACCEPT)
        if fetched.not_modified:
            return Sitemap(entries=tuple(as_known(asking, address)))
        try:
            found = parse(fetched.content, address)
        except ValueError as error:
            raise SourceError(f"{address} {error}") from None
        return found


def _entry(element: etree._Element, address: str) -> Entry | None:
    url = _own(_text(element, "loc"), address)
    if url is None:
        return None
    translations = (
        absolute(str(link.get("href") or ""), address)
        for link in element.iter("{*}link")
        if link.get("hreflang") and link.get("rel") == "alternate"
    )
    alternates = tuple(dict.fromkeys(clean(each) for each in translations if each))
    return Entry(
        url=clean(url),
        listing=address,
        hint=_text(element, "lastmod"),
        day=day_of(_text(element, "publication_date")),
        alternates=(*alternates, clean(url)) if alternates else (),
    )


def _own(link: str, address: str) -> str | None:
    """A link of a sitemap, if it leads to the site itself: a sitemap speaks for no other."""
    url = absolute(link, address)
    return url if url and _host(url) == _host(address) else None


def _host(url: str) -> str:
    return same(url).partition("/")[0]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element, name: str) -> str:
    return next(_texts(element, name), "")


def _texts(element: etree._Element, name: str) -> Iterator[str]:
    for found in element.iter(f"{{*}}{name}"):
        if found.text and found.text.strip():
            yield found.text.strip()
