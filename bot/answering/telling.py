"""What is told of some days in the briefings of others; knows no question's words.

A briefing of 6 April may say what happened, or was said, on the 3rd.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.answering.days import Asked, named_days
from bot.answering.evidence import Evidence, with_speaker
from vectorstore.domain import Briefing, Days, Document
from vectorstore.sentences import sentences
from vectorstore.speakers import Said

# A day without a year is of the month before it is told of, or of none.
TOLD_WITHIN = timedelta(days=31)
# Characters between a cue and its day ("said on"), and between a day and a speaker ("at 11:45 a.m.,
# the").
_BESIDE, _HOUR = 5, 25


def appeared_after(briefing: Briefing, days: Days) -> bool:
    """Whether a briefing appeared on or soon after some days, which are no longer a time."""
    if briefing.day is None or days.last - days.first > TOLD_WITHIN:
        return False
    return days.first <= briefing.day <= days.last + TOLD_WITHIN


def tells_of(said: Said, days: Days) -> bool:
    """Whether what attributes a statement says that it was made on some of ``days``.

    The day stands behind the cue ("revealed on 5 April that") or opens the sentence before whoever
    speaks; a day in the words themselves is what they are about.
    """
    statement, briefing = said.statement, said.document.briefing
    if briefing.day is None or not appeared_after(briefing, days):
        return False
    start = min(statement.span.start, statement.attribution.start)
    text = briefing.text[start : max(statement.span.end, statement.attribution.end)]
    cue = text.find(statement.cue) if statement.cue else -1
    behind = cue + len(statement.cue)
    speaker = text.find(statement.speaker)
    return any(
        (cue >= 0 and 0 <= span.start - behind <= _BESIDE)
        or (span.start <= _BESIDE and 0 <= speaker - span.end <= _HOUR)
        for each in _named(text, briefing.day, days)
        for span in each.spans
    )


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
    if briefing.day is None or not appeared_after(briefing, days):
        return False
    return bool(_named(text, briefing.day, days))


def _named(text: str, today: date, days: Days) -> list[Asked]:
    """The days of ``days`` that a text of ``today`` names."""
    return [
        each
        for each in named_days(text, today)
        if not each.open and days.first <= each.days.first and each.days.last <= days.last
    ]
