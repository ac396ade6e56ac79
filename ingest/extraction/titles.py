"""Reads the days that a title says it covers; the day always stands before a month in figures."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import dateparser

from vectorstore.domain import LANGUAGES, Days

_EARLIEST_YEAR = 1900

_DASH = "[-‐‑‒–—−]"
_TO = rf"\s*(?:{_DASH}|[,&/]|\b(?:and|to|till|until|et|au|и|по|до)\b)\s*"
_LE = r"(?:(?:the|le|er)\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
_YEAR = r"\d{4}|\d\d"
_MONTH = r"[^\W\d_]{3,}\.?"
_FIGURES = (
    # 2023-09-19, 2023-09-19/2023-09-20
    rf"(?:(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d){_TO})?"
    r"(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d)",
    # 16/09/23, 19-20/09/23, 30/09-02/10/23, 30.12.2023–02.01.2024
    rf"(?:(?P<d1>{_DAY})(?:[/.](?P<m1>\d{{1,2}})(?:[/.](?P<y1>{_YEAR}))?)?{_TO}(?:{_DAY}{_TO})*)?"
    rf"(?P<d2>\d{{1,2}})[/.](?P<m2>\d{{1,2}})[/.](?P<y2>{_YEAR})",
)
_WORDS = (
    # 16 September 2023, 19 et 20 septembre 2023, 30 сентября – 2 октября 2023
    rf"(?:(?P<d1>{_DAY})(?:\s+(?P<m1>{_MONTH})(?:\s+(?P<y1>\d{{4}}))?)?{_TO}(?:{_DAY}{_TO})*)?"
    rf"{_LE}(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})\s+(?P<y2>\d{{4}})",
    # September 16, 2023, September 19-20, 2023, September 30 – October 2, 2023
    rf"(?:(?P<m1>{_MONTH})\s+(?P<d1>{_DAY}){_TO})?"
    rf"(?:(?P<m2>{_MONTH})\s+)?(?P<d2>{_DAY}),?\s+(?P<y2>\d{{4}})",
)
# What may stand between the title proper and its days.
_LEAD = (
    r"(?:(?:updated?|as|of|on|from|the|between|situation|mise|à|jour|actualis\w+|point|état|du|au|le"
    r"|les|entre|обновл\w+|актуал\w+|данные|состоянию|по|на|от|за|с)\s+)*"
)
# Days in words end many titles that are no coverage ("The vote of 28 November"): these stand apart.
_APART = rf"(?:^|{_DASH}\s*|[,:;|(«\"]\s*)"
_AFTER = r"\s*(?:г\b\.?|года?\b\.?)?[\s.)»\"]*$"


def _patterns(before: str, dates: str) -> Iterator[re.Pattern[str]]:
    yield re.compile(rf"{before}{_LEAD}{_LE}{dates}{_AFTER}", re.IGNORECASE)
    yield re.compile(rf"^{_LEAD}{_LE}{dates}\s*(?::|{_DASH})\s", re.IGNORECASE)


_PATTERNS = (
    *(each for dates in _FIGURES for each in _patterns(rf"(?:{_APART}|\s)", dates)),
    *(each for dates in _WORDS for each in _patterns(_APART, dates)),
)


def covered(title: str) -> Days | None:
    """The days that ``title`` says it covers; None when it says none, or impossible ones."""
    for pattern in _PATTERNS:
        if match := pattern.search(title):
            return _days(match.groupdict())
    return None


def plausible(day: date) -> bool:
    """Whether a briefing can have come out on ``day``, or cover it."""
    return _EARLIEST_YEAR <= day.year <= date.today().year + 1


def _days(found: dict[str, str | None]) -> Days | None:
    year = _year(found["y2"])
    month = _month(found["m2"] or found["m1"])
    last = _day(year, month, found["d2"])
    if not found.get("d1"):
        return _run(last, last)
    first_month = _month(found["m1"]) if found["m1"] else month
    first_year = _year(found.get("y1"))
    if not first_year:  # 30/12-02/01/24 begins in the year before
        first_year = year - 1 if first_month > month else year
    return _run(_day(first_year, first_month, found["d1"]), last)


def _run(first: date | None, last: date | None) -> Days | None:
    if first is None or last is None or first > last:
        return None
    return Days(first=first, last=last) if plausible(first) and plausible(last) else None


def _day(year: int, month: int, printed: str | None) -> date | None:
    day = int(re.sub(r"\D", "", printed or "0"))
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _year(printed: str | None) -> int:
    if not printed:
        return 0
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def _month(printed: str | None) -> int:
    """The number of a month in figures or words, 0 for what is no month."""
    if not printed:
        return 0
    return int(printed) if printed.isdigit() else _month_in_words(printed.lower().rstrip("."))


@lru_cache(maxsize=256)
def _month_in_words(word: str) -> int:
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    found = dateparser.parse(f"1 {word} 2000", languages=list(LANGUAGES), settings=settings)
    return found.month if found else 0
