"""What the head of a page says of where else to look; knows nothing of the article on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from lxml import etree

from ingest.sources.addresses import is_web_address

# Only marks of a page that is one article; sites give "website" to lists and to themselves.
_ARTICLE = re.compile(
    rb"article:published_time|\"datePublished\"|itemprop=[\"']?datePublished"
    rb"|\"@type\"\s*:\s*\[?\s*\"(?:News|Blog|Report|Analysis)?(?:Article|Posting)\""
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|title)\b", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# Servers that know no better call every file one of these.
_ANY_TYPES = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml")
_BEGINNING = 4096


def is_web_page(content: bytes, content_type: str) -> bool:
    """Whether the bytes are HTML, whatever their server calls them."""
    if b"\0" in content[:_BEGINNING] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if content_type in _HTML_TYPES:
        return not content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))
    return content_type in _ANY_TYPES and _PAGE.search(content[:_BEGINNING]) is not None


def is_article(content: bytes) -> bool:
    """Whether a page is an article as far as it says; False when it says that it is a list."""
    tree = _tree(content)
    metas = [] if tree is None else tree.iter("meta")
    kinds = [each.get("content") for each in metas if each.get("property") == "og:type"]
    return _ARTICLE.search(content) is not None or all(kind == "article" for kind in kinds)


def language(content: bytes) -> str:
    """The code of the language that a page declares, without its region; "" for none."""
    tree = _tree(content)
    declared = "" if tree is None else str(tree.xpath("string(/html/@lang)"))
    return re.split("[-_]", declared.strip())[0].lower()


def translations(content: bytes, base: str) -> tuple[str, ...]:
    """The addresses of a page in all its languages, as its head gives them."""
    found = links(content, base)
    urls = (link["href"] for link in found if link.get("rel") == "alternate" and "hreflang" in link)
    return tuple(dict.fromkeys(urls))


def links(content: bytes, base: str) -> Iterator[Mapping[str, str]]:
    """The attributes of a page's ``link`` elements that lead to a web address, made absolute."""
    tree = _tree(content)
    for element in () if tree is None else tree.iter("link"):
        named = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if address := absolute(named.get("href", ""), base):
            yield named | {"href": address}


def absolute(link: str, base: str) -> str | None:
    """The web address that ``link`` on the page ``base`` leads to, None when to none."""
    try:
        url = urljoin(base, link.strip())
    except ValueError:
        return None
    return url if link.strip() and is_web_address(url) else None


def _tree(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError):
        return None
