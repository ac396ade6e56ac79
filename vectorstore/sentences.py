"""Cuts a text into sentences, as spans; knows three languages, and nothing of who speaks in them.

sentencex proposes the boundaries. It loses track when a quotation is closed with the wrong mark and
does not know some abbreviations, so quotation marks are hidden from it and its boundaries are
checked here: none falls inside a short quotation, before a lower-case word or after an initial.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from sentencex import get_sentence_boundaries

from vectorstore.domain import Passage, Span

# A quotation of up to this many characters (about 80 words) is never cut: half a quotation reads
# like the newsroom's own words. A longer one is cut at its sentences, or it would fill a passage.
WHOLE_QUOTATION = 500

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[«»“”„‟\"]")
# What sentencex would pair, an apostrophe within a word excepted.
_HIDDEN = re.compile(r"[«»“”„‟\"‘`]|(?<!\w)['’]|['’](?!\w)")
# Where it finds no end: behind a bracket that closes after a full stop.
_BRACKETED = re.compile(r"[.!?…]\)\s+(?=[A-ZÀ-ÖØ-ÞА-ЯЁ«“„\"(])")
# What no sentence begins with: punctuation, or a word in lower case behind at most an opening mark.
_GOES_ON = re.compile(r"[,;:.!?)\]}%…-]|[\s–—«“„\"'‘(\[]*[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ]")
# As many characters as an abbreviation before a boundary has.
_CONTEXT = 16
_INITIAL = re.compile(r"(?:^|[\s(\[«“„\"-])(?!I\.$)[A-ZÀ-ÞА-ЯЁ]\.$")
# Abbreviations that a number follows, in any of the languages.
_NUMBERED = re.compile(
    r"(?<![\w-])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janv|févr|avr|juin|juil|août|déc"
    r"|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек"
    r"|nos?|arts?|figs?|vol|chap|ch|pp?|approx|ca?|env|ст|стр|рис|гл|табл)\.$",
    re.IGNORECASE,
)
# Abbreviations that a name or an explanation follows.
_NAMED = {
    "en": re.compile(
        r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|Rev|Hon|St|vs"
        r"|[Ee]\.g|[Ii]\.e)\.$"
    ),
    "fr": re.compile(r"\b(?:MM?|Mmes?|Mlles?|Dr|Pr|Me|Mgr|Ste?|[Cc]f|[Pp]\. ex)\.$"),
    "ru": re.compile(
        r"(?<![\w-])(?:им|ул|просп|пл|обл|пос|акад|проф|ген|полк|адм|тов|св|г-н|г-жа|[Сс]м|[Сс]р"
        r"|[Нн]апр|Дж|[Тт]\.\s?[екн]|[Тт])\.$"
    ),
}


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Trimmed spans of the sentences of ``text``, in order; together they hold all but white space.

    A line break always ends a sentence. ``language`` is one of ``domain.LANGUAGES``.
    """
    return tuple(
        span
        for paragraph in _PARAGRAPH.finditer(text)
        for span in _in_paragraph(paragraph[0], paragraph.start(), language)
    )


def sentences_of(passage: Passage) -> list[Span]:
    """The sentences of a passage as spans of the body."""
    start = passage.span.start
    return [
        Span(start=start + span.start, end=start + span.end)
        for span in sentences(passage.text, passage.briefing.language)
    ]


def _in_paragraph(paragraph: str, offset: int, language: str) -> Iterator[Span]:
    start = 0
    for end in (*_boundaries(paragraph, language), len(paragraph)):
        piece = paragraph[start:end]
        if words := piece.strip():
            first = offset + start + len(piece) - len(piece.lstrip())
            yield Span(start=first, end=first + len(words))
        start = end


def _boundaries(paragraph: str, language: str) -> Iterator[int]:
    """Where a new sentence starts: sentencex's proposals that hold against the printed text."""
    marks = [(mark.start(), _opens(paragraph, mark.start())) for mark in _MARK.finditer(paragraph)]
    whole = _quotations(marks)
    opens = dict(marks)
    for proposed in _proposed(paragraph, language):
        at = _after_closing(paragraph, proposed, opens)
        before, after = paragraph[max(0, at - _CONTEXT) : at], paragraph[at : at + _CONTEXT]
        if not (_within(at, whole) or _runs_on(before.rstrip(), after.lstrip(), language)):
            yield at


def _proposed(paragraph: str, language: str) -> list[int]:
    found = get_sentence_boundaries(language, _HIDDEN.sub(" ", paragraph))
    bracketed = [match.end() for match in _BRACKETED.finditer(paragraph)]
    return sorted({*(sentence["start_index"] for sentence in found), *bracketed})


def _after_closing(paragraph: str, at: int, marks: Mapping[int, bool]) -> int:
    """The boundary ``at``, moved so that closing quotation marks stay with what they close."""
    first = last = at
    while first and (paragraph[first - 1].isspace() or first - 1 in marks):
        first -= 1
    while last < len(paragraph) and (paragraph[last].isspace() or last in marks):
        last += 1
    closed = [mark + 1 for mark in range(first, last) if not marks.get(mark, True)]
    return closed[-1] if closed else first


def _runs_on(before: str, after: str, language: str) -> bool:
    """Whether a sentence goes on from what stands before a boundary to what stands after it."""
    if not before or not after or _GOES_ON.match(after):
        return True
    if after[0].isdigit() and _NUMBERED.search(before):
        return True
    return bool(_INITIAL.search(before) or _NAMED[language].search(before))


def _opens(paragraph: str, at: int) -> bool:
    """Whether the quotation mark at ``at`` opens; “ is often printed where ” was meant."""
    mark = paragraph[at]
    if mark in "«„‟":
        return True
    if mark in "»”":
        return False
    before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
    glued = bool(before) and not before.isspace() and before not in "([{—–-«„"
    return not glued or (mark == "“" and after.isalnum())


def _quotations(marks: Iterable[tuple[int, bool]]) -> list[tuple[int, int]]:
    """From the opening to the closing mark of each quotation that stays whole, none in another."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for at, opens in marks:
        if opens:
            opened.append(at)
        elif opened:
            first = opened.pop()
            if at - first <= WHOLE_QUOTATION:
                while found and found[-1][0] > first:
                    found.pop()
                found.append((first, at))
    return found


def _within(at: int, quotations: list[tuple[int, int]]) -> bool:
    """Whether a cut at ``at`` would part a quotation."""
    found = bisect_left(quotations, (at, 0)) - 1
    return found >= 0 and at <= quotations[found][1]
