"""Says each thing once: of what overlaps in one document, the words that say it best.

Knows statements alone, no question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.answering.leading import GOES_ON, lead_of
from vectorstore.domain import Document, Statement, StatementKind
from vectorstore.speakers import Said

# A quotation of fewer words says nothing alone.
SCRAP_WORDS = 4
# What follows a quotation in its sentence, if it is longer, tells of something else.
TAIL_WORDS = 3


def without_repeats(said: Iterable[Said]) -> list[Said]:
    """Each thing said once: the quotation rather than the sentence that tells of it.

    Of a scrap of a quotation (“concerned”) the sentence, which alone says what it is about; so too
    where the sentence goes on to tell of another act ("praised “the result” while ruling out aid").
    """
    by_document: dict[Document, list[Said]] = defaultdict(list)
    for each in said:
        by_document[each.document].append(each)
    return [each for some in by_document.values() for each in _once(some)]


def _once(said: Sequence[Said]) -> list[Said]:
    """Of one document's statements those that say each thing best."""
    reports = [each for each in said if each.statement.kind is StatementKind.REPORTED]
    quotes = [each for each in said if each.statement.kind is StatementKind.QUOTE]
    fuller = [each for each in reports if _says_more(each, quotes)]
    quotes = [each for each in quotes if not _told(each, fuller)]
    return [*quotes, *(each for each in reports if not _told(each, quotes))]


def _says_more(report: Said, quotes: Sequence[Said]) -> bool:
    """Whether a sentence says more than the quotations in it with what leads to them."""
    body = report.document.briefing.text
    held = [each.statement for each in quotes if _told(each, [report])]
    if not held or not all(_is_part(each, body) for each in held):
        return False
    tail = body[max(each.span.end for each in held) : report.statement.span.end].split()
    return len(tail) > TAIL_WORDS or not all(_is_clear(each, body) for each in held)


def _told(said: Said, others: Iterable[Said]) -> bool:
    """Whether one of ``others`` of its document holds what ``said`` says, from the same side."""
    return any(
        other.statement.span.overlaps(said.statement.span) and _same_side(other, said)
        for other in others
    )


def _is_part(statement: Statement, body: str) -> bool:
    """Whether a quotation is but a part of a sentence."""
    goes_on = GOES_ON.match(statement.span.of(body))
    within = goes_on and statement.attribution.end <= statement.span.start
    return bool(within) or not _is_clear(statement, body)


def _is_clear(statement: Statement, body: str) -> bool:
    """Whether a quotation says something with what leads to it."""
    words = statement.span.of(body).split()
    alone = not GOES_ON.match(statement.span.of(body)) or lead_of(statement, body)
    return len(words) >= SCRAP_WORDS and bool(alone)


def _same_side(one: Said, other: Said) -> bool:
    """Whether both are the words of one speaker, or of one actor's speakers."""
    same_speaker = one.statement.speaker == other.statement.speaker
    return same_speaker or (one.actor is not None and one.actor == other.actor)
