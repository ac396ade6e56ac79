"""When a digest is owed, by the wall clock of its reader; knows no digest and no reader.

A digest belongs to a local date. What is owed is computed from the date, the zone and what the
ledger holds, never from a timer that fired, so that neither a restart nor a clock change skips or
repeats one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# After downtime a digest still comes this late, and no later.
LATE = timedelta(hours=6)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """At what time of which days (1 is Monday), in which zone."""

    at: time
    zone: ZoneInfo
    days: frozenset[int]

    def moment(self, day: date) -> datetime | None:
        """When the digest of a local date is due, in UTC; None when it has none.

        A time that the clocks skip is due as much later as they skip; one that comes twice is due
        the first time. A date that a zone skipped whole (Samoa, 30 December 2011) has no digest.
        """
        if day.isoweekday() not in self.days:
            return None
        due = datetime.combine(day, self.at, self.zone).astimezone(UTC)
        return due if due.astimezone(self.zone).date() == day else None

    def owed(self, now: datetime, held: Collection[date]) -> date | None:
        """The local date whose digest is to be sent ``now``, unless it is one of those ``held``."""
        today = now.astimezone(self.zone).date()
        for day in (today, today - _DAY):  # late in the evening, and six hours after it
            due = self.moment(day)
            if due and due <= now < due + LATE:
                return None if day in held else day
        return None

    def following(self, now: datetime) -> datetime | None:
        """When the next one after ``now`` is due, in the reader's zone; None when no day is."""
        today = now.astimezone(self.zone).date()
        for ahead in range(9):  # a week, and a day that a zone skips
            due = self.moment(today + ahead * _DAY)
            if due and due > now:
                return due.astimezone(self.zone)
        return None
