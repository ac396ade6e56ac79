"""Reads what the head of a web page and its markup for machines say about the article."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml.html import HtmlElement

from ingest.extraction.bodies import one_line
from ingest.extraction.titles import covered, plausible
from ingest.sources.addresses import is_home, is_web_address

_DAY_NAMES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "publication_date",
    "publish-date",
    "sailthru.date",
    "parsely-pub-date",
)
_ARTICLE = re.compile(r"\w*(?:Article|Posting|Report)")
# A node of JSON-LD that only names another has its ``@id``, and perhaps a type or a name.
_FEW_KEYS = 4
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")


def address(tree: HtmlElement) -> str | None:
    """The canonical address that the page gives itself; an address of the whole site is none."""
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    found = [*links, *meta(tree, "og:url")]
    return next((url.strip() for url in found if _is_article(url.strip())), None)


def alternates(tree: HtmlElement) -> tuple[str, ...]:
    """The addresses of the page's translations."""
    urls = tree.xpath("//*[self::link or self::a][@hreflang]/@href")
    return tuple(dict.fromkeys(url.strip() for url in urls if _is_article(url.strip())))


def language(tree: HtmlElement) -> str | None:
    """The language code that the page declares, without its region."""
    declared = one_line(tree.xpath("string(/html/@lang | /html/@*[local-name()='lang'])"))
    return re.split("[-_]", declared)[0].lower() or None


def title(tree: HtmlElement) -> str | None:
    """The title: the heading that the head confirms, or the likeliest, without the site's name."""
    shared = meta(tree, "og:title")
    announced = [*shared, *_texts(tree, "//title")]
    names = [_without_site(name, meta(tree, "og:site_name")) for name in announced]
    great = [each for each in _texts(tree, "//h1") if any(n.startswith(each) for n in announced)]
    small = [each for each in _texts(tree, "//h2 | //h3") if each in names]
    inner = _texts(tree, "//*[self::main or self::article]//h1")
    outer = _texts(tree, "//h1[not(ancestor::header)]")
    of_head, of_tab = names[: len(shared)], names[len(shared) :]
    great.sort(key=len, reverse=True)  # the site's own name may head its titles, too
    return next(iter([*great, *small, *inner, *of_head, *outer, *of_tab]), None)


def _texts(tree: HtmlElement, path: str) -> list[str]:
    found = [one_line(element.text_content()) for element in tree.xpath(path)]
    return [text for text in found if text]


def day(tree: HtmlElement) -> date | None:
    """The day of publication that the page's markup states; none is guessed from its text.

    Many sites state the moment in UTC and in their own time: then the day is that of their own.
    """
    stated = [value for name in _DAY_NAMES[:1] for value in meta(tree, name)]
    stated += [str(value) for value in _linked_data(tree, "datePublished")]
    stated += [value for name in _DAY_NAMES[1:] for value in meta(tree, name)]
    stated += tree.xpath("//*[@itemprop='datePublished']/@*[name()='datetime' or name()='content']")
    times = tree.xpath("//time[not(ancestor::nav or ancestor::aside or ancestor::footer)]")
    stated += [time.get("datetime") or time.text_content() for time in times]
    first = next((value for value in stated if _day(value)), "")
    moment = _moment(first)
    if moment and not moment.utcoffset():
        moments = (found for value in stated if (found := _moment(value)))
        local = (found for found in moments if found == moment and found.utcoffset())
        first = next((found.isoformat() for found in local), first)
    return _day(first)


def is_locked(tree: HtmlElement) -> bool:
    """Whether the page says to machines that it is not free to read."""
    free = [str(value).lower() for value in _linked_data(tree, "isAccessibleForFree")]
    return "false" in free or "locked" in meta(tree, "article:content_tier")


def meta(tree: HtmlElement, name: str) -> list[str]:
    """The contents of the ``meta`` elements of this name or property, in order."""
    return [
        content
        for element in tree.iter("meta")
        if name in (element.get("property", "").lower(), element.get("name", "").lower())
        and (content := one_line(element.get("content") or ""))
    ]


def _is_article(url: str) -> bool:
    return is_web_address(url) and not is_home(url)


def _without_site(name: str, sites: list[str]) -> str:
    for site in sites:
        if name.endswith(site):
            name = name.removesuffix(site).rstrip(" |·•—–-:»")
    return name.rsplit(" | ", 1)[0]


def _moment(value: str) -> datetime | None:
    """A moment that says how far it is from UTC."""
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else None


def _day(value: str) -> date | None:
    try:
        if iso := _ISO.match(value):
            found = date.fromisoformat(iso[1])
            return found if plausible(found) else None
    except ValueError:
        return None
    days = covered(one_line(value))
    return days.last if days else None


def _linked_data(tree: HtmlElement, key: str) -> Iterator[Any]:
    """The values of ``key`` wherever they stand in the page's JSON-LD."""
    yield from (node[key] for node in _nodes(tree) if key in node)


def articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles in the page's JSON-LD, the page's own before those that it mentions."""
    for node in _nodes(tree):
        if any(isinstance(k, str) and _ARTICLE.fullmatch(k) for k in listed(node.get("@type"))):
            yield node


def of_article(article: dict[str, Any], key: str, tree: HtmlElement) -> Iterator[Any]:
    """The values of ``key``; for one that only names a node, what is said of that elsewhere."""
    for value in listed(article.get(key)):
        id_ = value.get("@id") if isinstance(value, dict) and len(value) < _FEW_KEYS else None
        same = (node for node in _nodes(tree) if id_ and node.get("@id") == id_)
        yield max(same, key=len, default=value)


def listed(value: Any) -> list[Any]:
    """A value of JSON-LD, which may be one or a list, as a list."""
    return value if isinstance(value, list) else [value]


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects in the page's JSON-LD, each before those within it."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = deque([json.loads(script, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            found = waiting.popleft()
            if isinstance(found, dict):
                yield found
                waiting += found.values()
            elif isinstance(found, list):
                waiting += found
