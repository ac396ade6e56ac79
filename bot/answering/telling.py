"""What is told of some days in the briefings of others; knows no question's words.

A briefing of 6 April may say what happened, or was said, on the 3rd.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.answering.days import named_days
from bot.answering.evidence import Evidence, with_speaker
from vectorstore.domain import Briefing, Days, Document
from vectorstore.sentences import sentences
from vectorstore.speakers import Said

# A day without a year is of the month before it is told of, or of none.
TOLD_WITHIN = timedelta(days=31)


def appeared_after(briefing: Briefing, days: Days) -> bool:
    """Whether a briefing appeared on or soon after some days."""
    return briefing.day is not None and days.first <= briefing.day <= days.last + TOLD_WITHIN


def tells_of(said: Said, days: Days) -> bool:
    """Whether a statement, or what attributes it, says that it was made on some days."""
    statement, briefing = said.statement, said.document.briefing
    start = min(statement.span.start, statement.attribution.start)
    end = max(statement.span.end, statement.attribution.end)
    return _names(briefing.text[start:end], briefing, days)


def names_days(evidence: Evidence, days: Days) -> bool:
    """Whether evidence names a day of some days."""
    briefing = evidence.document.briefing
    return _names(evidence.span.of(briefing.text), briefing, days)


def sentences_naming(document: Document, days: Days) -> Iterator[Evidence]:
    """The sentences of a document that name a day of some days."""
    briefing = document.briefing
    for span in sentences(briefing.text, briefing.language):
        if _names(span.of(briefing.text), briefing, days):
            yield with_speaker(document, span)


def nearest_in_time(evidence: Iterable[Evidence], days: Days) -> list[Evidence]:
    """The evidence, what is nearest to some days first."""

    def distance(each: Evidence) -> timedelta:
        day = each.document.briefing.day or date.min
        return max(days.first - day, day - days.last, timedelta())

    return sorted(evidence, key=distance)


def _names(text: str, briefing: Briefing, days: Days) -> bool:
    if not appeared_after(briefing, days) or briefing.day is None:
        return False
    return any(
        days.first <= each.days.first and each.days.last <= days.last
        for each in named_days(text, briefing.day)
        if not each.open
    )
