"""The lines of a web page as a reader sees them; knows nothing of which of them are the article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.extraction.bodies import one_line
from ingest.extraction.draft import ExtractionError
from ingest.extraction.furniture import is_bare_neighbour
from ingest.extraction.pictures import is_caption

# Elements that do not begin a line of their own.
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s"
    r"|samp|small|span|strike|strong|sub|sup|td|th|time|tt|u|var|wbr"
)
_CELL = ("td", "th")
_UNSEEN = re.compile(r"script|style|noscript|template|iframe|svg|object|button|select|textarea")


# The page of this repository's longest article has some thousand elements, a law with all its
# paragraphs ten thousand; each costs memory and time.
_MOST_ELEMENTS = 100_000
_ENDLESS_PIECE = "has millions of characters in one piece; a briefing is one article"
# A line this long does not stand twice on a page by chance.
LONG = 60
# Some words, and the link that they stand in.
Run = tuple[str, HtmlElement | None]


@dataclass(frozen=True)
class Line:
    """One line or paragraph: its words with the link each stands in, and the element around it."""

    runs: tuple[Run, ...]
    block: HtmlElement

    @cached_property
    def text(self) -> str:
        """The words; a colon stands after "Previous Article" though only markup parts its title."""
        words = [words for words, _ in self.runs]
        first = one_line(words[0])
        if is_bare_neighbour(first) and (rest := one_line("".join(words[1:]))):
            return f"{first}: {rest}"
        return one_line("".join(words)).strip("| ")

    @property
    def is_long(self) -> bool:
        """Whether the line is more than a heading or an item of a menu."""
        return len(self.text) >= LONG

    @cached_property
    def is_beside(self) -> bool:
        """Whether the page itself says that the line is no part of its main text."""
        return any(place.tag in ("nav", "aside", "footer") for place in self.places)

    @property
    def places(self) -> Iterator[HtmlElement]:
        """The elements that the line stands in, the innermost first."""
        yield self.block
        yield from self.block.iterancestors()


def parse(text: str) -> HtmlElement:
    """The tree of a page, or of a piece of one, however broken; raise ValueError without any.

    Raise ExtractionError for markup of which no parser makes a page: it is cut off where it gets
    too deep, and what is below would be lost without a word.
    """
    parser = HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text, parser=parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    for noted in parser.error_log:
        if noted.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            deep = "depth" in noted.message
            raise ExtractionError(
                "has markup that is nested too deeply" if deep else _ENDLESS_PIECE
            )
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise ExtractionError(f"has more than {_MOST_ELEMENTS:,} elements; no article has")
    return tree


def lines(tree: HtmlElement) -> list[Line]:
    """The lines of a page that have words, in order."""
    found = [Line(tuple(runs), block) for block, runs in _flow(next(tree.iter("body"), tree))]
    return [line for line in found if line.text]


def _flow(body: HtmlElement) -> Iterator[tuple[HtmlElement, list[Run]]]:
    """The page's words, parted wherever a new line begins."""
    block: HtmlElement = body
    runs: list[Run] = []
    holders = _holders(body)
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        starts = event == "start"
        if starts and _is_unseen(element):
            walk.skip_subtree()
            continue
        if runs and not _is_inline(element, holders):
            yield block, runs
            runs = []
        if starts and element.tag in _CELL and _is_inline(element, holders):
            runs.append((" | ", None))
        if words := element.text if starts else element.tail:
            block, link = _place(element if starts else element.getparent(), holders)
            runs.append((words, link))
    if runs:
        yield block, runs


def _holders(body: HtmlElement) -> set[HtmlElement]:
    """The elements in which a line of its own begins."""
    holders: set[HtmlElement] = set()
    for element in body.iter():
        if not _INLINE.fullmatch(element.tag):
            holder = element.getparent()
            while holder is not None and holder not in holders:
                holders.add(holder)
                holder = holder.getparent()
    return holders


def _is_inline(element: HtmlElement, holders: Collection[HtmlElement]) -> bool:
    """Whether an element's words stand on the line around it; so do cells of words alone."""
    if element.tag in _CELL:
        return element.getparent() not in holders
    return _INLINE.fullmatch(element.tag) is not None


def _is_unseen(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or "display:none" in style
    return hidden or _UNSEEN.fullmatch(element.tag) is not None or is_caption(element)


def _place(
    holder: HtmlElement, holders: Collection[HtmlElement]
) -> tuple[HtmlElement, HtmlElement | None]:
    """The block that an element's words stand in, and the link when they are its words."""
    link = None
    while _is_inline(holder, holders) and (parent := holder.getparent()) is not None:
        link = holder if holder.tag == "a" else link
        holder = parent
    return holder, link
