"""What a statement prints beside its words: the cue, and who passed them on."""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.memory import Known
from ingest.statements.sentence import Sentence
from vectorstore.domain import Span, Statement, StatementKind

_VIA = re.compile(
    r"(?:Z|[Ve][tb]?|\()D?"
    r"(?P<who>M+N*|(?<=Z)[NnA]*[NQ][Nn]*|(?<=ZD)[NnA]*[NQ][Nn]*(?![RA]))"
)


def _via(sentence: Sentence, link: Link, quotation: int | None) -> str:
    """Who passed these words on, as printed; "" where the sentence names nobody.

    It must stand with the speaker, the cue or the quotation, with no other name between.
    """
    letters = sentence.letters
    for match in _VIA.finditer(letters):
        ends = [link.end, link.cue_end, *([quotation + 1] if quotation is not None else [])]
        near = [end for end in ends if end <= match.start() + 1]
        inside = link.start <= match.start() < max(link.cue_at, link.end)
        ahead = match.end() <= link.start and letters[match.end() : link.start] == ","
        after = bool(near) and not set("NCQVe") & set(letters[max(near) : match.start()])
        if inside or ahead or after:
            first, last = match.span("who")
            if first <= link.start < link.end < last:
                first = link.end  # «цитирует Линда «Северная правда»»
            named = link.speaker.span.start  # «написал в Telegram | Ян Линд»
            inside_it = (n for n in range(first + 1, last) if sentence.tokens[n].start == named)
            last = next(inside_it, last)
            return sentence.text(first, last).strip('«»“”" ')
    return ""


def told_by(sentence: Sentence, link: Link, owner: Known, spoken: dict[Link, Known]) -> str:
    """The speaker in whose mouth the text puts this one's words ("Z said that P called it …")."""
    before = [(other, known) for other, known in spoken.items() if other.end <= link.start]
    for other, known in reversed(before):
        apart = ";" in sentence.letters[other.cue_end : link.start]  # a sentence of its own
        source = sentence.letters[other.cue_at] == "S" and other.start <= 1 and not apart
        if known.speaker != owner.speaker and (source or sentence.letters[link.start - 1] == "L"):
            return known.speaker.name
    return ""


def statement(
    sentence: Sentence,
    link: Link,
    known: Known,
    kind: StatementKind,
    span: Span,
    quotation: int | None,
) -> Statement:
    """The words of ``span`` as those of ``known``; ``quotation`` is the position of its token."""
    speaker = known.speaker
    return Statement(
        actor=speaker.actor,
        speaker=speaker.name,
        role=speaker.role,
        kind=kind,
        cue=sentence.text(link.cue_at, link.cue_end),
        via=_via(sentence, link, quotation),
        span=span,
        attribution=known.attribution,
    )
