"""Reads a page of plain text, as an author typed it or as a browser copied it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, takewhile

from ingest.extraction.bodies import one_line, paragraphs, tidy, wrap_width, wrapped
from ingest.extraction.dossiers import split
from ingest.extraction.draft import Content, ExtractionError
from ingest.extraction.furniture import Part, is_title_like, part_of, strip

# A line drawn between parts of a text.
_RULE = re.compile(r"[-*_=~–—•·#\s]+$")


def read(text: str, dossiers: Collection[str], title: str | None = None) -> Content:
    """What a text says; its first line is the title unless ``title`` is known already.

    Raise ExtractionError when there is no title.
    """
    lines = ["" if _RULE.fullmatch(line) else line.strip() for line in tidy(text).split("\n")]
    header = _header(lines)
    printed = _title(lines[header:])
    if title is None:
        title = one_line(" ".join(printed))
        if not (header or _has_furniture(lines) or is_title_like(title)):
            raise ExtractionError(
                "has no title; write it on the first line, without a full stop, or in front matter"
            )
    elif one_line(" ".join(printed)) != title:
        printed = []
    article = strip(paragraphs(lines[header + len(printed) :], part_of))
    return Content(
        title=title,
        paragraphs=article.paragraphs,
        dossiers=split(article.dossiers, dossiers),
        preview=article.preview,
    )


def _header(lines: Sequence[str]) -> int:
    """How many lines stand before the title."""
    neighbour = False
    for number, line in enumerate(lines):
        part = part_of(line)
        if line and part is None and not neighbour:
            return number
        if line:
            neighbour = part is Part.NEIGHBOUR
    return len(lines)


def _title(lines: Sequence[str]) -> Sequence[str]:
    """The lines of the title: the first, and those it was wrapped to before a blank line."""
    block = list(takewhile(lambda line: line and part_of(line) is None, lines))
    width = wrap_width(lines)
    whole = all(wrapped(*pair, width) for pair in pairwise(block))
    more = any(lines[len(block) :])
    return block if whole and more and is_title_like(" ".join(block)) else block[:1]


def _has_furniture(lines: Sequence[str]) -> bool:
    return any(part_of(line) in (Part.DOSSIERS, Part.INVITATION) for line in lines)
