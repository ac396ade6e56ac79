"""Finds the days a question asks about; knows no briefing.

Month names come from CLDR, in the forms that a language prints with and without a day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

from vectorstore.domain import LANGUAGES, Days, Span

_RELATIVE = {
    "today": 0, "aujourd'hui": 0, "aujourd’hui": 0, "сегодня": 0,
    "yesterday": 1, "hier": 1, "вчера": 1,
    "позавчера": 2, "avant-hier": 2,
}  # fmt: skip
_LAST_WEEK = (
    r"this week|last week|past week|cette semaine|la semaine dernière"
    r"|на этой неделе|на прошлой неделе"
)
_SINCE = re.compile(
    r"\b(?:since|after|from|depuis|après|после|со?)(?: the| le)?\s*$", re.IGNORECASE
)
_BEFORE = re.compile(r"\b(?:before|until|avant|jusqu['’]au|до)(?: the| le)?\s*$", re.IGNORECASE)
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The days a question names and where it names them."""

    days: Days
    spans: tuple[Span, ...]


def asked_days(text: str, today: date) -> Asked | None:
    """The days ``text`` is about, seen from ``today``; None when it names none.

    A day without a year is the last one that was; two days are the run from one to the other.
    """
    found = sorted(_found(text, today), key=lambda item: item[1].start)
    if not found:
        return None
    days = Days(
        first=min(days.first for days, _ in found), last=max(days.last for days, _ in found)
    )
    before = text[: found[0][1].start]
    if len(found) == 1 and _SINCE.search(before):
        days = Days(first=days.first, last=max(today, days.last))
    elif len(found) == 1 and _BEFORE.search(before) and days.first > _EARLIEST:
        days = Days(first=_EARLIEST, last=days.first - timedelta(days=1))
    return Asked(days=days, spans=tuple(span for _, span in found))


def _found(text: str, today: date) -> Iterator[tuple[Days, Span]]:
    for pattern, read in ((_iso(), _numeric), (_written(), _named)):
        for match in pattern.finditer(text):
            days = read(match, today)
            if days:
                yield days, Span(start=match.start(), end=match.end())
    for match in re.finditer(r"(?<!\w)(?:" + "|".join(_RELATIVE) + r")(?!\w)", text, re.IGNORECASE):
        day = today - timedelta(days=_RELATIVE[match[0].lower()])
        yield Days(first=day, last=day), Span(start=match.start(), end=match.end())
    for match in re.finditer(_LAST_WEEK, text, re.IGNORECASE):
        week = Days(first=today - timedelta(days=7), last=today)
        yield week, Span(start=match.start(), end=match.end())


def _numeric(match: re.Match[str], _today: date) -> Days | None:
    if match["iso_year"]:
        return _day(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    year = int(match["year"] or 0)
    return _day(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))


def _named(match: re.Match[str], today: date) -> Days | None:
    name = (match["month"] or "").lower()
    if not name:
        year = int(match["only_year"])
        return Days(first=date(year, 1, 1), last=date(year, 12, 31))
    month = _months()[name]
    if match[0] == "may":  # the verb
        return None
    day = int(match["day"] or match["us_day"] or 0)
    year = int(match["year"] or 0) or _last_year_of(month, day or 1, today)
    if day:
        return _day(year, month, day)
    return Days(
        first=date(year, month, 1), last=date(year, month, calendar.monthrange(year, month)[1])
    )


def _last_year_of(month: int, day: int, today: date) -> int:
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        return Days(first=date(year, month, day), last=date(year, month, day))
    except ValueError:
        return None


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d/.-])(?:(?P<iso_year>\d{4})-(?P<iso_month>\d\d?)-(?P<iso_day>\d\d?)"
        r"|(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.](?P<year>\d{4}|\d\d))(?![\d/-])"
    )


@cache
def _written() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<day>\d\d?)(?:st|nd|rd|th|er|-?го|-?е)?\s+(?:of\s+)?)?(?P<month>{names})"
        r"(?!\w)(?:\s+(?P<us_day>\d\d?)(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>(?:19|20)\d\d)(?:\s+г(?:ода|оду|\.))?)?"
        r"|(?:(?<=\bin )|(?<=\ben )|(?<=\bв ))(?P<only_year>(?:19|20)\d\d)(?!\w)(?:\s+году)?",
        re.IGNORECASE,
    )


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for number, name in Locale(language).months[context]["wide"].items():
                names[name.lower()] = number
                if language == "ru":  # «в сентябре», «в мае»: a case that CLDR does not list
                    names[name.lower()[:-1] + "е"] = number
    return names
