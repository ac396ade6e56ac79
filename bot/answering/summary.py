"""What a briefing, a dossier or some days are about: how each begins, and who says what in it.

Extractive: every line is a sentence or a statement of the page. Of a question it knows only how
well passages answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from bot.answering.evidence import Evidence, newest_first, opening
from bot.answering.relevance import MARGIN, Relevance
from vectorstore.domain import Briefing, Document, Hit, Statement, StatementKind

MOST_BRIEFINGS = 4
MOST_ON_TOPIC = 3
# A share of words that only rounding keeps from being the whole.
NEARLY_ALL = 0.999
# Lines a summary may have: two minutes' reading.
MOST_LINES = 8
# What was published long after its own day, an archive, is no news.
STALE = timedelta(days=4)


def asked_about(
    documents: Mapping[str, Document], hits: Iterable[Hit], relevance: Relevance
) -> dict[str, Document]:
    """Those of ``documents``, by story, that are on the topic; whose titles say it all, if any."""
    near = [(score, hit) for hit in hits if (score := relevance.of(hit)) >= 0]
    best = max((score for score, _ in near), default=0.0)
    close = [hit.passage.briefing.story for score, hit in near if score >= best - MARGIN]
    stories = set(close[:MOST_ON_TOPIC])
    found = {story: one for story, one in documents.items() if story in stories}
    titled = {story: one for story, one in found.items() if _is_titled(one.briefing, relevance)}
    return titled or found


def _is_titled(briefing: Briefing, relevance: Relevance) -> bool:
    """Whether the title of a briefing says all that is asked about."""
    if relevance.is_own(briefing):
        return relevance.coverage(briefing.title) > NEARLY_ALL
    return relevance.coverage_by_name(briefing.title, briefing.language) == 1


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
