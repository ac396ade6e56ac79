"""A digest a local date, whatever the clocks of its zone do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import LATE, Rhythm

EVERY_DAY = frozenset(range(1, 8))
ZONES = (
    "UTC",
    "Europe/Paris",
    "Africa/Cairo",
    "America/Santiago",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]


def rhythm(zone: str, at: time = time(7, 30), days: frozenset[int] = EVERY_DAY) -> Rhythm:
    return Rhythm(at=at, zone=ZoneInfo(zone), days=days)


def ticks(first: date, last: date, step: timedelta) -> Iterator[datetime]:
    now = datetime.combine(first, time(), UTC) - timedelta(days=1)
    while now < datetime.combine(last, time(), UTC) + timedelta(days=2):
        yield now
        now += step


def delivered(rhythm: Rhythm, nows: Iterator[datetime]) -> list[tuple[date, datetime]]:
    """The local dates sent, each with the moment, by a bot that looks at each of ``nows``."""
    sent: list[tuple[date, datetime]] = []
    held: set[date] = set()
    for now in nows:
        day = rhythm.owed(now, held)
        if day is not None:
            held.add(day)
            sent.append((day, now))
    return sent


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(1, 45), time(7, 30), time(23, 30)])
def test_each_day_of_a_leap_year_has_one_digest_in_order(zone: str, at: time) -> None:
    when = rhythm(zone, at)
    sent = delivered(when, ticks(YEAR[0], YEAR[-1], timedelta(minutes=15)))
    sent = [(day, now) for day, now in sent if day.year == 2024]
    assert [day for day, _ in sent] == YEAR
    assert all(now.astimezone(when.zone).date() == day for day, now in sent)
    late = {now.astimezone(when.zone).replace(tzinfo=None) - datetime.combine(day, at)
            for day, now in sent}  # fmt: skip
    assert min(late) >= timedelta(0)
    assert max(late) <= timedelta(hours=1, minutes=15), "an hour when the clocks skip it"


def test_a_date_that_a_zone_skipped_has_no_digest() -> None:
    sent = delivered(
        rhythm("Pacific/Apia"), ticks(date(2011, 12, 28), date(2012, 1, 2), timedelta(minutes=10))
    )
    days = [day for day, _ in sent if date(2011, 12, 28) <= day <= date(2012, 1, 2)]
    assert date(2011, 12, 30) not in days
    assert days == sorted(set(days))
    assert len(days) == 5


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    start=st.integers(0, 365),
    down=st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_after_downtime_what_is_less_than_six_hours_late_still_comes_once(
    zone: str, at: time, start: int, down: timedelta
) -> None:
    when = rhythm(zone, at)
    due = when.moment(YEAR[start])
    assert due is not None
    before, after = due - timedelta(minutes=1), due + down
    assert when.owed(before, {YEAR[start] - timedelta(days=1)}) is None
    owed = when.owed(after, set())
    if down < LATE:
        assert owed == YEAR[start]
        assert when.owed(after, {YEAR[start]}) is None
    else:
        assert owed != YEAR[start]


def test_who_moves_to_another_zone_gets_no_date_twice() -> None:
    auckland, honolulu = rhythm("Pacific/Auckland"), rhythm("Pacific/Honolulu")
    held: set[date] = set()
    sent = []
    for now in ticks(date(2024, 5, 1), date(2024, 5, 12), timedelta(minutes=10)):
        where = honolulu if now >= datetime(2024, 5, 6, 3, tzinfo=UTC) else auckland
        day = where.owed(now, held)
        if day:
            held.add(day)
            sent.append(day)
    assert sent == sorted(set(sent))
    assert all(b - a == timedelta(days=1) for a, b in pairwise(sent))


def test_only_the_days_that_were_chosen() -> None:
    weekdays = rhythm("Europe/Paris", days=frozenset({1, 2, 3, 4, 5}))
    sent = delivered(weekdays, ticks(date(2024, 2, 26), date(2024, 3, 10), timedelta(minutes=10)))
    assert {day.isoweekday() for day, _ in sent} == {1, 2, 3, 4, 5}
    saturday = datetime(2024, 3, 2, 12, tzinfo=UTC)
    following = weekdays.following(saturday)
    assert following is not None
    assert following.isoformat() == "2024-03-04T07:30:00+01:00"
    assert rhythm("UTC", days=frozenset()).following(saturday) is None
