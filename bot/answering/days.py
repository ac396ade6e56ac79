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
# From one day to another of a month: "14-16 May", "du 14 au 16 mai", «с 14 по 16 мая».
_ORDINAL = r"(?:st|nd|rd|th|er|-?го|-?е)?"
_TO = r"\s*(?:[-–—]|(?:to|and|until|au|et|по|до|и)\s)(?:the\s|le\s)?\s*"
_RANGE = re.compile(rf"(?:[^\W\d_]+\s+)?\d\d?{_ORDINAL}{_TO}\d")
# Names that are words of the language too are months only after one of these, or with a figure.
_WORDS_TOO = {"may", "march", "mars", "mai"}
_IN_MONTH = re.compile(
    r"\b(?:in|since|during|of|last|this|until|from|before|after|for|by"
    r"|en|de|depuis|avant|après|fin|début|mi|courant|dès|jusqu['’]en)[\s-]+$",
    re.IGNORECASE,
)


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
    open_ended = len(found) == 1 and not _RANGE.match(found[0][1].of(text))
    if open_ended and _SINCE.search(before):
        days = Days(first=days.first, last=max(today, days.last))
    elif open_ended and _BEFORE.search(before) and days.first > _EARLIEST:
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
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    return _run(year, int(match["month"]), match["first"], int(match["day"]))


def _named(match: re.Match[str], today: date) -> Days | None:
    name = (match["month"] or "").lower()
    if not name:
        year = int(match["only_year"])
        return Days(first=date(year, 1, 1), last=date(year, 12, 31))
    month = _months()[name]
    if match[0].lower() in _WORDS_TOO and not _IN_MONTH.search(match.string[: match.start()]):
        return None
    first = match["first"] or (match["us_day"] if match["us_last"] else None)
    day = int(match["day"] or match["us_last"] or match["us_day"] or 0)
    year = int(match["year"] or 0) or _year_of_end(match) or _last_year_of(month, day or 1, today)
    if day:
        return _run(year, month, first, day)
    return Days(
        first=date(year, month, 1), last=date(year, month, calendar.monthrange(year, month)[1])
    )


def _year_of_end(match: re.Match[str]) -> int:
    """The year printed only with the end of a run that begins here; 0 where there is none."""
    to = re.compile(_TO, re.IGNORECASE).match(match.string, match.end())
    end = _written().match(match.string, to.end()) if to else None
    if not end or not end["month"] or not end["year"]:
        return 0
    before, after = (_months()[name["month"].lower()] for name in (match, end))
    return int(end["year"]) - (before > after)


def _last_year_of(month: int, day: int, today: date) -> int:
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _run(year: int, month: int, first: str | None, last: int) -> Days | None:
    """The days from ``first``, if that is given and earlier, to ``last`` of a month."""
    start = int(first) if first else last
    earlier, day = _day(year, month, min(start, last)), _day(year, month, last)
    return Days(first=earlier.first, last=day.last) if earlier and day else day


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        return Days(first=date(year, month, day), last=date(year, month, day))
    except ValueError:
        return None


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d/.-])(?:(?P<iso_year>\d{4})-(?P<iso_month>\d\d?)-(?P<iso_day>\d\d?)"
        rf"|(?:(?P<first>\d\d?){_TO})?(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.]"
        r"(?P<year>\d{4}|\d\d))(?![\d/-])",
        re.IGNORECASE,
    )


@cache
def _written() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?:(?P<first>\d\d?){_ORDINAL}{_TO})?(?P<day>\d\d?){_ORDINAL}\s+(?:of\s+)?)?"
        rf"(?P<month>{names})(?!\w)"
        rf"(?:\s+(?P<us_day>\d\d?){_ORDINAL}(?!\d)(?:{_TO}(?P<us_last>\d\d?){_ORDINAL}(?!\d))?)?"
        r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?:\s+г(?:ода|оду|\.))?)?"
        r"|(?:(?<=\bin )|(?<=\bsince )|(?<=\ben )|(?<=\bdepuis )|(?<=\bв )|(?<=\bс ))"
        r"(?P<only_year>(?:19|20)\d\d)(?!\w)(?:\s+год[уа])?",
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
