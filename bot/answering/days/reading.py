"""Reads the days a question names as one run: joins, opens and bounds the moments found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answering.days.happening import Happening, happenings
from bot.answering.days.moments import EARLIEST, Moment, between, week_of
from bot.answering.days.relative import relative_moments
from bot.answering.days.wording import (
    LEAD,
    ONWARDS,
    OPENER,
    OPENING,
    PART,
    PARTS,
    TO,
    folded,
)
from bot.answering.days.written import calendar_moments
from vectorstore.domain import Days, Span

_JOIN = re.compile(TO)
_WITHIN = re.compile(r"\s+(?:of\s+|in\s+|de\s+|на\s+|в\s+)?(?:the\s+|la\s+)?")
_LAST_ONE = re.compile(r"(?<!\w)(?:last|прошл\w+|минувш\w+)\s+$")
_LAST_ONE_AFTER = re.compile(r"\s+(?:dernier|passe)(?!\w)")
# Nothing lies in the future but what has a year.
_NEXT = re.compile(r"(?<!\w)(?:next|upcoming|coming|следующ\w+|будущ\w+)\s+$")
_NEXT_AFTER = re.compile(
    r"\s+(?:prochaine?|next\s+year|de\s+l'an(?:nee)?\s+prochaine?"
    r"|(?:следующ|будущ)его\s+года)(?!\w)"
)
_WEEK_OF = re.compile(r"(?<!\w)(?:week|semaine|недел[яюеи])\s+(?:of|du|с)\s+(?:the\s+)?$")
_NOW = re.compile(
    r"\s*(?:[-–—]|(?<!\w)(?:to|until|till|up\s+to|jusqu'a|a|до|по)(?!\w))\s*"
    r"(?:now|date|the\s+present|present|maintenant|ce\s+jour|сих\s+пор|настоящее\s+время"
    r"|настоящего\s+времени)(?!\w)"
)
_GAP = re.compile(r"\s+(?:(?:of|on|in|from|du|de|d'|le|en|от|в|во)\s*)?(?:the\s+|le\s+)?")
_NOUN_AFTER = re.compile(r"\s+[a-z]")
_CONTEXT = 60  # characters before a moment that may belong to it


@dataclass(frozen=True, slots=True)
class Asked:
    """The days a question names and where it names them.

    ``open`` tells which end the words leave open: "since", "before" or neither, "".
    """

    days: Days
    spans: tuple[Span, ...]
    open: str = ""


def asked_days(text: str, today: date) -> Asked | None:
    """The days ``text`` is about, seen from ``today``; None when it names none.

    A day without a year is the last one that was, and lies never in the future; two days are the
    run from one to the other.
    """
    found = named_days(text, today)
    if not found:
        return None
    spans = tuple(span for each in found for span in each.spans)
    low = max((each.days.first for each in found if each.open == "since"), default=None)
    high = min((each.days.last for each in found if each.open == "before"), default=None)
    if low and high and low <= high:
        return Asked(Days(first=low, last=high), spans)
    days = Days(
        first=min(each.days.first for each in found), last=max(each.days.last for each in found)
    )
    return Asked(days, spans, found[0].open if len(found) == 1 else "")


def named_days(text: str, today: date) -> list[Asked]:
    """Each day or run of days that ``text`` names, in order."""
    seen = folded(text)
    runs = list(_runs(seen, text, today))
    told = happenings(seen, text, [run.span for run in runs]) if runs else []
    return [asked for run in runs if (asked := _asked(seen, run, told, today))]


@dataclass(frozen=True, slots=True)
class _Run:
    """Days named by the words of a span; ``bounded`` when the words give both ends."""

    days: Days
    span: Span
    dated: bool
    bounded: bool


def _runs(seen: str, text: str, today: date) -> Iterator[_Run]:
    moments = list(_moments(seen, text, today))
    while moments:
        first = moments.pop(0)
        if moments and _JOIN.fullmatch(seen, first.span.end, moments[0].span.start):
            days = between(first, moments[0], today)
            if days:
                last = moments.pop(0)
                span = Span(start=first.span.start, end=last.span.end)
                yield _Run(days, span, last.dated or bool(first.dated and not last.cycle), True)
                continue
        days = first.last(today)
        if days:
            now = _NOW.match(seen, first.span.end)
            span = replace(first.span, end=now.end()) if now else first.span
            run = Days(first=days.first, last=max(today, days.last)) if now else days
            yield _Run(run, span, first.dated, bool(now) or first.bounded)


def _moments(seen: str, text: str, today: date) -> Iterator[Moment]:
    """All moments of a text in order, none in another, each with the words that part it."""
    found = [*calendar_moments(seen, text, today), *relative_moments(seen, text, today)]
    found.sort(key=lambda moment: (moment.span.start, -moment.span.end))
    kept: list[Moment] = []
    for moment in found:
        if kept and moment.span.start < kept[-1].span.end:
            continue
        if not moment.dated and _is_next(seen, moment.span):
            continue
        if kept and (inside := _inside(seen, kept[-1], moment, today)):
            kept[-1] = inside
        else:
            kept.append(_parted(seen, moment, today))
    yield from kept


def _is_next(seen: str, span: Span) -> bool:
    before = _NEXT.search(seen, max(0, span.start - _CONTEXT), span.start)
    return bool(before or _NEXT_AFTER.match(seen, span.end))


def _inside(seen: str, first: Moment, then: Moment, today: date) -> Moment | None:
    """The one day of the other days beside it: "Monday last week"."""
    week = then.last(today)
    if not first.cycle or then.cycle or then.dated or not week or week.first == week.last:
        return None
    if not _WITHIN.fullmatch(seen, first.span.end, then.span.start):
        return None
    return first.within(week, Span(start=first.span.start, end=then.span.end))


def _parted(seen: str, moment: Moment, today: date) -> Moment:
    """The moment, or the part of it that the words before it name: "early May", "mi-mai"."""
    start = moment.span.start
    days = moment.last(today)
    if not days:
        return moment
    if days.first == days.last:
        week = _WEEK_OF.search(seen, max(0, start - _CONTEXT), start)
        return _week_of(moment, week.start()) if week else moment
    ended = moment.cycle and (
        _LAST_ONE.search(seen, max(0, start - _CONTEXT), start)
        or _LAST_ONE_AFTER.match(seen, moment.span.end)
    )
    if ended:
        words = Span(start=min(start, ended.start()), end=max(moment.span.end, ended.end()))
        return moment.ended(words)
    part = PART.search(seen, max(0, start - _CONTEXT), start)
    if not part:
        return moment
    index, parts = next(which for which in PARTS if part[f"p{which[0]}_{which[1]}"])
    return moment.part(index, parts, Span(start=part.start(), end=moment.span.end))


def _week_of(moment: Moment, start: int) -> Moment:
    def last(day: date) -> Days | None:
        found = moment.last(day)
        return week_of(found.first) if found else None

    return replace(moment, span=Span(start=start, end=moment.span.end), last=last)


def _asked(seen: str, run: _Run, told: Sequence[Happening], today: date) -> Asked | None:
    """The run as the words before it open or bound it; None for one that is yet to come."""
    days = run.days
    if not run.dated:
        if days.first > today:
            return None
        days = Days(first=days.first, last=min(days.last, today))
    start, end = run.span.start, run.span.end
    lowest = max(0, start - _CONTEXT)
    opener = OPENER.search(seen, lowest, start)
    lead = opener or LEAD.search(seen, lowest, start)
    span = Span(start=lead.start() if lead else start, end=end)
    event = next((each for each in told if _GAP.fullmatch(seen, each.span.end, start)), None)
    if run.bounded:
        return Asked(days, (span,))
    if event and not opener:
        return _opened(days, event.relation, (event.preposition, span), today)
    kind = next(kind for kind in OPENING if opener[kind]) if opener else ""
    if kind == "from":
        onwards = ONWARDS.match(seen, end)
        span = replace(span, end=onwards.end()) if onwards else span
        counted = any(map(str.isdigit, run.span.of(seen)))
        kind = "since" if onwards or counted else ""
    if kind == "after" and opener and opener[0].endswith("the ") and _NOUN_AFTER.match(seen, end):
        kind = "since"  # "after the May 2024 agreement": some time in May
    return _opened(days, kind, (span,), today)


def _opened(days: Days, kind: str, spans: tuple[Span, ...], today: date) -> Asked:
    """What lies since, after, before or until some days.

    What was said later on a day is after it, and briefings tell no hours: the day itself counts.
    """
    if kind == "after" and days.first != days.last:
        first = max(days.first, min(days.last + timedelta(days=1), max(today, days.last)))
        return Asked(Days(first=first, last=max(today, first)), spans, "since")
    if kind in ("since", "after"):
        return Asked(Days(first=days.first, last=max(today, days.last)), spans, "since")
    last = days.first - timedelta(days=1) if kind == "before" else days.last
    if kind in ("before", "until") and last >= EARLIEST:
        return Asked(Days(first=EARLIEST, last=last), spans, "before")
    return Asked(days, spans)
