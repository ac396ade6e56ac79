"""The shared values keep their own promises."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.store import briefing
from vectorstore.domain import Days, Picture, Span, Tier

CHANGES = {
    "id": "other",
    "url": "https://news.example/other",
    "title": "Another day",
    "language": "fr",
    "day": date(2024, 5, 2),
    "covers": Days(first=date(2024, 5, 1), last=date(2024, 5, 2)),
    "dossiers": ("Rail",),
    "tier": Tier.SUBSCRIBERS,
    "actor": "RU",
    "preview": True,
    "text": "Other words.",
    "authors": ("Ada Lind",),
    "pictures": (Picture(caption="The harbour", credit="Ada Lind"),),
}
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_a_reader_can_see_makes_a_new_version(name: str) -> None:
    first = briefing("a", "Words.")
    assert replace(first, **{name: CHANGES[name]}).version != first.version


def test_every_field_but_where_it_was_read_counts_for_the_version() -> None:
    names = {field.name for field in fields(briefing("a", "Words."))}
    assert names - CHANGES.keys() == {"source", "story", "version"}


def test_a_folder_that_was_moved_makes_no_new_version() -> None:
    here = replace(briefing("a", "Words."), url="file:///here/a.md", source="/here")
    assert replace(here, url="file:///there/a.md", source="/there").version == here.version


def test_a_title_cannot_pass_for_the_text() -> None:
    one = replace(briefing("a", "b"), title="c")
    assert replace(one, title="b", text="c").version != one.version


@given(days, days, days)
def test_days_hold_both_their_ends_and_all_between(a: date, b: date, day: date) -> None:
    run = Days(first=min(a, b), last=max(a, b))
    assert a in run
    assert b in run
    assert (day in run) == (run.first <= day <= run.last)


def test_days_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="comes after"):
        Days(first=date(2024, 5, 2), last=date(2024, 5, 1))


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_spans_overlap_when_they_share_a_character(a: int, n: int, b: int, m: int) -> None:
    one, other = Span(start=a, end=a + n), Span(start=b, end=b + m)
    shared = set(range(a, a + n)) & set(range(b, b + m))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        briefing("a", "Words.").title = "Others"  # type: ignore[misc] # which is the point
