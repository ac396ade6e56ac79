"""Finds quotations: where marks open and close, also when print has muddled them.

Knows marks alone, not who is quoted. A mark that closes nothing is left alone; a quotation that
nobody closes ends with its paragraph if the next one goes on with an opening mark, or else it is
reported as ``open`` and the caller must not trust more than its first sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vectorstore.domain import Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_MARK = re.compile("[“”„‟«»\"]|(?<![^\\W_])[‘'](?=[^\\W_])|(?<=\\S)[’'](?![^\\W_])")
# One mark may close a quotation and the one inside it: «Это не «наша» война, а «ваша», — сказал он.
_BACK = re.compile(r"\s*,\s*[—–-]\s*[^\W\dA-ZА-ЯЁ]")
# A quotation begins anew behind a colon or a full stop; the newsroom's words stand between dashes.
_ANEW = re.compile(r"[.!?…:]\s*$")
_INTERRUPTED = re.compile(r",\s*[—–-]\s*[^\W\dA-ZА-ЯЁ]|,\s*\w+-(?:t-)?(?:ils?|elles?)\b")
_GAP = 3  # characters between the mark before and the one that begins anew
_SINGLE = "‘’'"
_CLOSED_BY = {"“": '”“"', "„": "“”", "‟": "”", "«": "»", '"': '"”', "”": "”", "‘": "’'", "'": "'’"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks: ``span`` without the marks, ``outer`` with them.

    ``open`` says that no mark closes it; ``carries`` that it goes on in the next paragraph's
    quotation.
    """

    span: Span
    outer: Span
    open: bool = False
    carries: bool = False


# A mark that none of so many closes is closed by none: without an end to the search a paragraph of
# opening marks alone would take hours.
_MARKS_AHEAD = 200


def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of ``text``, in order, never overlapping."""
    dashed = [quotation for line in _DASHED.finditer(text) for quotation in _spoken(line)]
    found = (*dashed, *_marked(_without(text, dashed)))
    return tuple(sorted(found, key=lambda quotation: quotation.span.start))


def _without(text: str, dashed: Sequence[Quotation]) -> str:
    """The text with quotations blotted out."""
    ends = (0, *(quotation.outer.end for quotation in dashed))
    starts = (*(quotation.outer.start for quotation in dashed), len(text))
    kept = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    blots = ["·" * (quotation.outer.end - quotation.outer.start) for quotation in dashed]
    return "".join(piece for pair in zip(kept, (*blots, ""), strict=True) for piece in pair)


# «— Мы готовы, — сказал X. — Пора.»: a line of Russian that a dash opens.
_DASHED = re.compile(r"^[ \t]*(?P<dash>[—–])[ \u00a0]+(?P<said>[А-ЯЁ].*)$", re.MULTILINE)
_CUE = re.compile(r"(?:,|(?P<own>[?!…]|\.{2,3}))[ \u00a0]+[—–][ \u00a0]+(?=[а-яё])")
_RESUMED = re.compile(r"(?P<stop>[.,][ \u00a0]+)[—–][ \u00a0]+(?=\S)")


def _spoken(line: re.Match[str]) -> Iterator[Quotation]:
    """The words of a line that a dash opens, if another parts them from who says them."""
    text, last = line.string, line.start() + len(line[0].rstrip())
    opened, at = line.start("dash"), line.start("said")
    cue = _CUE.search(text, at, last)
    while cue is not None:
        yield _dashed(opened, at, cue.end("own") if cue["own"] else cue.start())
        resumed = _RESUMED.search(text, cue.end(), last)
        if resumed is None:
            return
        opened, at = resumed.end("stop"), resumed.end()
        cue = _CUE.search(text, at, last)
        if cue is None:
            yield _dashed(opened, at, last)


def _dashed(opened: int, start: int, end: int) -> Quotation:
    return Quotation(span=Span(start=start, end=end), outer=Span(start=opened, end=end))


def _marked(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    paragraphs = list(_PARAGRAPH.finditer(text))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1][0].lstrip() if number + 1 < len(paragraphs) else ""
        found.extend(_in_paragraph(paragraph[0], paragraph.start(), following))
    return found


def _in_paragraph(text: str, offset: int, following: str) -> Iterator[Quotation]:
    marks = [(match.start(), match[0]) for match in _MARK.finditer(text)]
    position = 0
    while position < len(marks):
        at, mark = marks[position]
        if not _opens(text, at, mark):
            position += 1
            continue
        close = _closing(text, marks, position)
        if close is not None:
            yield from _quotation(text, offset, at, marks[close][0])
            position = close + 1
            continue
        if mark in _SINGLE:
            position += 1
            continue
        carries = following.startswith(mark)
        following_mark = next((p for p, m in marks[position + 1 :] if _opens(text, p, m)), None)
        end = len(text) if carries or following_mark is None else following_mark
        yield from _quotation(text, offset, at, end, open_=not carries, carries=carries)
        position = len(marks) if end == len(text) else position + 1
        while position < len(marks) and marks[position][0] < end:
            position += 1


def _quotation(
    text: str, offset: int, at: int, end: int, *, open_: bool = False, carries: bool = False
) -> Iterator[Quotation]:
    start = at + 1
    last = end
    while start < last and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while last > start and (text[last - 1].isspace() or text[last - 1] in ",;"):
        last -= 1
    if any(character.isalnum() for character in text[start:last]):
        outer = Span(start=offset + at, end=offset + (end if open_ or carries else end + 1))
        span = Span(start=offset + start, end=offset + last)
        yield Quotation(span=span, outer=outer, open=open_, carries=carries)


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a mark may open: «“„ do, straight and stray ones where a word follows a gap."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "»’":
        return False
    gap = not before or before.isspace() or before in "([{—–-/«“„\"'’"
    if mark in "\"'‘”":
        return gap and bool(after) and not after.isspace()
    return gap or mark in "«„" or not before.isalnum()


def _closing(text: str, marks: list[tuple[int, str]], position: int) -> int | None:
    """Index of the mark that closes the one at ``position``, or None."""
    opener = marks[position][1]
    depth = 1
    best: int | None = None
    early: int | None = None
    nested: list[int] = []
    for index in range(position + 1, min(len(marks), position + _MARKS_AHEAD)):
        at, mark = marks[index]
        if _nests(mark, opener):
            depth += 1
            nested.append(at)
        elif mark in _CLOSED_BY[opener] and not _opens_again(text, at, mark):
            depth -= 1
            best = index
            if depth == 0:
                return index
            if opener in "«„" and early is None and _BACK.match(text, at + 1):
                early = index
        elif opener not in _SINGLE and mark == opener and _opens_again(text, at, mark):
            return best  # a new quotation begins: the first was never closed
    before = [at for at in nested if early is None or at < marks[early][0]]
    if _never_closed(text, marks[position][0], before):
        return None
    return best if early is None else early


def _never_closed(text: str, start: int, nested: list[int]) -> bool:
    """Whether of unbalanced quotations the first is the one without an end.

    Else the last mark closes both the outer one and the one inside: «ООО «Рога и копыта».
    """
    anew = [at for at in nested if _ANEW.search(text, max(start + 1, at - _GAP), at)]
    if not anew:
        return False
    return len(nested) > 1 or _INTERRUPTED.search(text, start, anew[0]) is not None


def _nests(mark: str, opener: str) -> bool:
    """Whether a mark opens a quotation of the same kind inside: only « » and „ “ do."""
    return mark == opener and opener in "«„"


def _opens_again(text: str, at: int, mark: str) -> bool:
    """Whether a mark that could close looks like an opening one ("said “")."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark not in "“\"'":
        return False
    return (not before or before.isspace() or before in "([") and bool(after) and after.isalnum()
