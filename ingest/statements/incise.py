"""Quotations that the newsroom interrupts inside their marks: « …, a déclaré X, … ».

French and Russian («…, — сказал X, — …») print it so; English closes the marks first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.statements.link import Link
from ingest.statements.links import links
from ingest.statements.quotations import Quotation, quotations
from ingest.statements.sentence import Sentence, reading
from ingest.statements.subjects import clitic
from vectorstore.actors import Actors
from vectorstore.domain import Span

_LEFT = {"fr": ",.-", "ru": "-"}
_TRIMMED = " \u00a0\u202f,;—–-"


@dataclass(frozen=True, slots=True)
class Incise:
    """The inside of a quotation, the link that interrupts it, and the words on either side."""

    inside: Sentence
    link: Link
    spans: tuple[Span, ...]


def incised(sentence: Sentence, quotation: Quotation, actors: Actors) -> Incise | None:
    """How ``quotation`` is interrupted by its own attribution, or None when it is not."""
    left = _LEFT.get(sentence.language)
    if left is None:
        return None
    inside = reading(
        sentence.body,
        sentence.language,
        quotation.span,
        sentence.paragraph,
        actors,
        _nested(sentence, quotation),
    )
    for link in links(inside, actors):
        if not link.inverted or link.negated or not link.cue_at:
            continue
        if inside.letters[_ahead(inside, link)] not in left:
            continue
        if link.end < len(inside.tokens) and inside.letters[link.end] not in ",-.;:":
            continue
        spans = _around(inside, link)
        if spans:
            return Incise(inside, link, spans)
    return None


def _nested(sentence: Sentence, quotation: Quotation) -> list[Quotation]:
    """The closed quotations within a Russian one: «…, — сказал глава «Норда» Ян Новак. — …»."""
    if sentence.language != "ru":
        return []
    start = quotation.span.start
    return [
        replace(inner, span=_moved(inner.span, start), outer=_moved(inner.outer, start))
        for inner in quotations(quotation.span.of(sentence.body))
        if not (inner.open or inner.carries)
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(start=span.start + by, end=span.end + by)


def _around(inside: Sentence, link: Link) -> tuple[Span, ...]:
    body = inside.body
    first = _trimmed(body, inside.span.start, inside.tokens[_ahead(inside, link)].start)
    if first is None:
        return ()
    stop = _resumed(inside, link.end)
    after = inside.tokens[stop].end if stop < len(inside.tokens) else inside.span.end
    second = _trimmed(body, after, inside.span.end)
    return (first, second) if second else (first,)


def _resumed(inside: Sentence, end: int) -> int:
    """The position of the mark behind which the quotation goes on.

    Behind a comma in Russian that is a dash: «…, — сказал X, отвечая на вопрос. — …».
    """
    if inside.language != "ru" or inside.letters[end : end + 1] != ",":
        return end
    dash = inside.letters.find("-", end)
    return dash if dash >= 0 else len(inside.letters)


def _ahead(inside: Sentence, link: Link) -> int:
    """The position before the cue and its clitic ("« …, s'est emporté X »")."""
    before = link.cue_at - 1
    return before - (before > 0 and clitic(inside, before))


def _trimmed(body: str, start: int, end: int) -> Span | None:
    while start < end and body[start] in _TRIMMED:
        start += 1
    while end > start and body[end - 1] in _TRIMMED:
        end -= 1
    return Span(start=start, end=end) if end - start > 1 else None
