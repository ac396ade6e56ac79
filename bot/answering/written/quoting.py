"""Finds the quotations of a sentence and whether words stand verbatim in a text; knows no speaker.

Verbatim is letter by letter; only white space and the shape of quotation marks and apostrophes may
differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vectorstore.domain import Span

_OPENING, _CLOSING = "«“„‟‹", "»”›"
_SINGLE_OPENING, _APOSTROPHES = "‘‚", "'’"
_MARKS = re.compile(rf"[{_OPENING}{_CLOSING}{_SINGLE_OPENING}{_APOSTROPHES}\"`]")
_PART = re.compile(rf"\s*(?:{_MARKS.pattern}\s*)+|\s+|[^\s{_MARKS.pattern[1:-1]}]+")


def quotations(text: str) -> list[Span] | None:
    """What stands between the outermost quotation marks; None when a mark has no partner."""
    found: list[Span] = []
    opened: list[tuple[int, bool]] = []  # where, and whether by a single mark
    for match in _MARKS.finditer(text):
        at, single = match.start(), match[0] in _SINGLE_OPENING + _APOSTROPHES
        if single and _is_apostrophe(text, at, bool(opened and opened[-1][1])):
            continue
        if _opens(text, at, opened):
            opened.append((at, single))
        elif not opened or opened[-1][1] != single:
            return None
        else:
            first, _ = opened.pop()
            if not opened:
                found.append(Span(start=first + 1, end=at))
    return None if opened else found


def without(text: str, spans: Iterable[Span]) -> str:
    """``text`` with blanks in the place of ``spans``, so that offsets stay."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def places(words: str, text: str) -> list[Span]:
    """Where ``words`` stand verbatim in ``text``, as whole words; nowhere if they are blank."""
    if not words.strip():
        return []
    pattern = "".join(map(_as_printed, _PART.findall(words.strip())))
    before = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    after = r"(?!\w)" if words.strip()[-1].isalnum() else ""
    return [Span(start=m.start(), end=m.end()) for m in re.finditer(before + pattern + after, text)]


def _as_printed(part: str) -> str:
    """What a run of white space, of marks or of other characters matches."""
    if not _MARKS.search(part):
        return r"\s+" if part.isspace() else re.escape(part)
    count = len(_MARKS.findall(part))
    if part.strip() == part and count == 1:
        return rf"\s*{_MARKS.pattern}\s*" if part not in _APOSTROPHES else _MARKS.pattern
    return rf"\s*(?:{_MARKS.pattern}\s*){{{count}}}"


def _is_apostrophe(text: str, at: int, within_single: bool) -> bool:
    before, after = text[at - 1 : at].isalnum(), text[at + 1 : at + 2].isalnum()
    if text[at] in _SINGLE_OPENING:
        return False
    if before:
        return after or not within_single  # "don't", or "the workers' rights"
    return text[at] == "’" and after  # "’tis"


def _opens(text: str, at: int, opened: list[tuple[int, bool]]) -> bool:
    """Whether the mark at ``at`` opens; “ closes „ too, and straight marks do either."""
    mark = text[at]
    if mark in _CLOSING + "’":
        return False
    if mark in "«„‟‹" + _SINGLE_OPENING:
        return True
    return not opened or not _ends_words(text, at)


def _ends_words(text: str, at: int) -> bool:
    return not text[at - 1 : at].isspace() and not text[at + 1 : at + 2].isalnum()
