"""Reads who wrote a page, as it says itself; guesses nobody from the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from ingest.extraction import head
from ingest.extraction.bodies import one_line
from ingest.sources.addresses import is_web_address

_NAMES = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author")
_LONGEST = 120
# What a byline says before the name.
_BY = re.compile(
    r"(?:(?:written )?by|(?:écrit )?par|auteure?s?|authors?|автор\w*|текст)\s?:?\s+", re.IGNORECASE
)
_AND = re.compile(r"\s*[,;&]\s*|\s+(?:and|et|и)\s+")
# Who has no name but an account, and what is no name at all.
_NOBODY = re.compile(r"(?:admin(?:istrator)?|root|webmaster|администратор|\S*@\S*)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
# Marked as the author, but for whoever wrote a comment, or another article beside this one.
_OF_OTHERS = (
    "ancestor::nav or ancestor::aside or ancestor::footer"
    " or ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')]"
)
_MARKED = (
    f"//*[@itemprop='author'][not({_OF_OTHERS})]",
    f"//a[contains(concat(' ', @rel, ' '), ' author ')][not({_OF_OTHERS})]",
    f"//*[contains(concat(' ', @class, ' '), ' byline ')][not({_OF_OTHERS})]",
)


def of_page(tree: HtmlElement) -> tuple[str, ...]:
    """The authors that the page gives: to machines, or else beside its article; () for none."""
    told = (
        _linked(tree),
        [name for key in _NAMES for name in head.meta(tree, key)],
        *([_printed(element) for element in tree.xpath(path)] for path in _MARKED),
    )
    return next((found for each in told if (found := names(each))), ())


def names(printed: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order; several in one text are parted where each has two words."""
    return tuple(dict.fromkeys(name for text in printed for name in _parted(one_line(text))))


def _parted(text: str) -> Iterator[str]:
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    parts = [part for part in _AND.split(text) if part]
    several = len(parts) > 1 and all(len(part.split()) > 1 for part in parts)
    for name in parts if several else [text]:
        is_name = 0 < len(name) <= _LONGEST and _LETTER.search(name)
        if is_name and not _NOBODY.fullmatch(name) and not is_web_address(name):
            yield name


def _linked(tree: HtmlElement) -> list[str]:
    """The authors of the first article of the page's JSON-LD that has any."""
    lists = ([*_named(head.of_article(node, "author", tree))] for node in head.articles(tree))
    return next((authors for authors in lists if authors), [])


def _named(authors: Iterable[object]) -> Iterator[str]:
    for each in authors:
        name = each.get("name") if isinstance(each, dict) else each
        yield from (one for one in head.listed(name) if isinstance(one, str))


def _printed(element: HtmlElement) -> str:
    """The name that is marked within an element, or its words; "" for more than a byline."""
    named = element.xpath("(.//*[@itemprop='name'] | .//*[contains(@class, 'fn')])[1]")
    text = (named[0] if named else element).text_content()
    text = one_line(element.get("content") or text)
    return text if len(text) <= _LONGEST else ""
