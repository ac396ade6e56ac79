"""A day or a run of days that words name, seen from any day; reads no text."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vectorstore.domain import Days, Span

# Before this no briefing was written.
EARLIEST = date(1900, 1, 1)
_NEXT_CENTURY = 2100
# Within this many days each comes again: a weekday, and a day or month that has no year.
WEEK, YEAR = 7, 365
_DAY = timedelta(days=1)
_LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What some words name.

    ``span`` covers the words. ``last`` gives the last such days that had begun by a day, None for
    none. ``cycle`` is the number of days after which they come again, 0 for what does not.
    ``dated`` says that a year is given, without which nothing lies in the future; ``bounded`` that
    the words give both its ends.
    """

    span: Span
    last: Callable[[date], Days | None]
    cycle: int = 0
    dated: bool = False
    bounded: bool = False

    def first_after(self, day: date) -> Days | None:
        """The first such days that begin on ``day`` or later; those there are when there is one."""
        found = self.last(day + timedelta(days=max(0, self.cycle - 1)))
        return found if not self.cycle or (found and found.first >= day) else None

    def part(self, index: int, parts: int, span: Span) -> Moment:
        """The ``index``-th of equal ``parts`` of the moment, named by ``span``."""

        def last(day: date) -> Days | None:
            whole = self.last(day)
            part = _part(whole, index, parts) if whole else None
            if whole and part and part.first > day and self.cycle:
                whole = self.last(whole.first - _DAY)
                part = _part(whole, index, parts) if whole else None
            return part

        return replace(self, span=span, last=last)

    def ended(self, span: Span) -> Moment:
        """The last one that is over, named by ``span``: "last May"."""

        def last(day: date) -> Days | None:
            found = self.last(day)
            running = found is not None and day in found
            return self.last(found.first - _DAY) if found and running else found

        return replace(self, span=span, last=last)

    def within(self, days: Days, span: Span) -> Moment | None:
        """The moment as it falls into ``days``, named by ``span``; None if it does not."""
        found = self.last(days.last)
        inside = found and found.first in days
        return once(span, found) if found and inside else None


def once(span: Span, days: Days, *, dated: bool = False) -> Moment:
    """A moment that does not come again."""
    return Moment(span=span, last=lambda _: days, dated=dated)


def between(first: Moment, last: Moment, today: date) -> Days | None:
    """From the one moment to the other, the last time that was; None if that is no run."""
    start = first.last(today)
    end = last.first_after(start.first) if start else None
    if first.cycle and (last.dated or not last.cycle or (start and not end)):
        end = last.last(today)  # the end is known: the beginning is the last one before it
        start = first.last(end.first) if end else None
    if not start or not end or start.first > end.last:
        return None
    return Days(first=start.first, last=end.last)


def one_day(year: int, month: int, day: int) -> Days | None:
    """That day, None when the calendar has none such."""
    known = EARLIEST.year <= year < _NEXT_CENTURY and 1 <= month <= 12
    if not known or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Days(first=date(year, month, day), last=date(year, month, day))


def months(year: int, first: int, count: int = 1) -> Days:
    """The run of ``count`` months from the ``first`` month of a year, which may be 0 or 13."""
    start, end = (divmod(year * 12 + first - 1 + ahead, 12) for ahead in (0, count))
    return Days(
        first=date(start[0], start[1] + 1, 1),
        last=date(end[0], end[1] + 1, 1) - _DAY,
    )


def week_of(day: date, back: int = 0) -> Days:
    """The week, Monday to Sunday, of a day, or one as many weeks ``back``."""
    monday = day - timedelta(days=day.weekday() + 7 * back)
    return Days(first=monday, last=monday + timedelta(days=6))


def every_year(named: Callable[[int], Days | None]) -> Callable[[date], Days | None]:
    """The last of what each year has once, as ``named`` by year (leap days: every fourth)."""

    def last(day: date) -> Days | None:
        found = (named(year) for year in range(day.year, max(day.year - 9, EARLIEST.year), -1))
        return next((days for days in found if days and days.first <= day), None)

    return last


def every_week(weekday: int, length: int = 1) -> Callable[[date], Days | None]:
    """The last run of ``length`` days that began on a weekday (0 is Monday)."""

    def last(day: date) -> Days:
        first = day - timedelta(days=(day.weekday() - weekday) % 7)
        return Days(first=first, last=first + timedelta(days=length - 1))

    return last


def _part(days: Days, index: int, parts: int) -> Days:
    """Thirds, quarters, halves: of months in a longer run that is a year, else of days."""
    if days.last - days.first > _LONGEST_MONTH:
        size = 12 // parts
        return months(days.first.year, days.first.month + index * size, size)
    length = (days.last - days.first).days + 1
    ends = [round(length * end / parts) for end in (index, index + 1)]
    first = days.first
    return Days(first=first + timedelta(days=ends[0]), last=first + timedelta(days=max(*ends) - 1))
