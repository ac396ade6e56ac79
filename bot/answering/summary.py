"""What a briefing, a dossier or some days are about: how each begins, and who says what in it.

Extractive: every line is a sentence or a statement of the page. Knows no question's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.answering.evidence import Evidence, newest_first, opening
from vectorstore.domain import Briefing, Document, Statement, StatementKind

MOST_BRIEFINGS = 4
# Lines a summary may have: two minutes' reading.
MOST_LINES = 8
# What was published long after its own day, an archive, is no news.
STALE = timedelta(days=4)


def summed_up(documents: Iterable[Document]) -> list[Evidence]:
    """Each briefing's opening and the key statement of each actor, newest briefing first."""
    newest = sorted(documents, key=lambda one: newest_first(one.briefing))[:MOST_BRIEFINGS]
    each = MOST_LINES // max(1, len(newest))
    return [line for document in newest for line in gist(document, each)]


def gist(document: Document, most: int) -> Iterator[Evidence]:
    """At most ``most`` lines of a briefing: its opening, then the key statement of each actor."""
    yield opening(document)
    key = sorted(_key_statements(document)[: most - 1], key=lambda one: one.span.start)
    for statement in key:
        yield Evidence(document, statement.span, statement)


def is_news(briefing: Briefing, since: date) -> bool:
    """Whether a briefing that has appeared ``since`` a day tells of that time."""
    return briefing.day is None or briefing.day >= since - STALE


def _key_statements(document: Document) -> list[Statement]:
    """For each actor the longest quote, or else the longest account, the longest first."""
    found: dict[str, Statement] = {}
    for statement in sorted(document.statements, key=_weight, reverse=True):
        seen = any(each.span.overlaps(statement.span) for each in found.values())
        if not seen and (statement.actor or statement.speaker[:1].isupper()):
            found.setdefault(statement.actor or statement.speaker, statement)
    return list(found.values())


def _weight(statement: Statement) -> tuple[bool, int]:
    quoted = statement.kind is StatementKind.QUOTE
    return quoted, statement.span.end - statement.span.start
