"""Reads what a page prints with its pictures; knows nothing of the article's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.extraction import head
from ingest.extraction.bodies import one_line
from vectorstore.domain import Picture

# Classes of a caption or a credit besides ``figcaption``: of WordPress before HTML 5, and usual.
_CAPTION = re.compile(
    r"wp-caption-text|wp-element-caption|(?:image|photo|picture|media|figure)[-_]?(?:caption|credit)"
    r"|caption-text",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credits?|copyright|photographer|(?:image|photo)[-_]?(?:credit|source)")
# The end of a caption that says whose picture it is: "(Photo: AFP)", "© Jane Doe", «Фото: ТАСС».
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?»”\"')\]])\s|\s?[(\[—–|/]|(?=\s?©))\s*"
    r"(?P<credit>(?:(?:photo(?:graph)?|image|picture|crédits?|credits?|фото|снимок)"
    r"(?: (?:credit|photo|by|de))?\s?:|©)\s?[^:\n]{2,80}?)[\s)\].]*$",
    re.IGNORECASE,
)
_LONGEST = 1000
# A gallery has some dozens.
MOST = 50


def is_caption(element: HtmlElement) -> bool:
    """Whether an element's words belong to a picture and not to the text around it."""
    classes = (element.get("class") or "").split()
    return element.tag == "figcaption" or any(map(_CAPTION.fullmatch, classes))


def of_page(tree: HtmlElement) -> tuple[Picture, ...]:
    """The captions and credits of the page's pictures, each once, in order; at most `MOST`."""
    found = list(dict.fromkeys(_printed(tree)))
    said = {words for each in found for words in (each.caption, each.credit)}
    told = (
        each for each in _linked(tree) if said.isdisjoint(filter(None, (each.caption, each.credit)))
    )
    return tuple((*found, *dict.fromkeys(told))[:MOST])


def _printed(tree: HtmlElement) -> Iterator[Picture]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or not is_caption(element):
            continue
        beside = any(each.tag in ("nav", "aside", "footer") for each in element.iterancestors())
        within = any(is_caption(each) for each in element.iterancestors())
        if not beside and not within and _has_picture(element):
            yield from _parted(element)


def _has_picture(caption: HtmlElement) -> bool:
    """Whether a picture stands in the caption's figure: tables and quotations have some, too."""
    holder = caption.getparent()
    pictures = ".//img | .//picture | .//video | .//amp-img"
    return holder is not None and bool(holder.xpath(pictures))


def _parted(element: HtmlElement) -> Iterator[Picture]:
    marked = [
        each
        for each in element.iterdescendants()
        if any(map(_CREDIT_CLASS.fullmatch, (each.get("class") or "").lower().split()))
    ]
    credit = one_line(" ".join(each.text_content() for each in marked[:1]))
    whole = one_line(element.text_content())
    caption = whole.replace(credit, "", 1).strip(" |·—–-") if credit else whole
    yield from _picture(caption, credit)


def _linked(tree: HtmlElement) -> Iterator[Picture]:
    """What the page's JSON-LD says of the article's own pictures; one word is a file's name."""
    for article in head.articles(tree):
        for node in head.of_article(article, "image", tree):
            if isinstance(node, dict):
                said = (node.get("caption"), node.get("creditText"))
                caption, credit = (one_line(each) if isinstance(each, str) else "" for each in said)
                yield from _picture(caption if " " in caption else "", credit)


def _picture(caption: str, credit: str) -> Iterator[Picture]:
    if not 0 < len(caption) + len(credit) <= _LONGEST:
        return
    if not credit and (said := _CREDIT.search(caption)):
        caption, credit = caption[: said.start()], said["credit"]
    yield Picture(caption=caption.strip(), credit=credit.strip())
