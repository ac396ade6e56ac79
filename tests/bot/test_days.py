"""The days a question names, as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.days import asked_days
from bot.i18n import voice
from vectorstore.domain import LANGUAGES, Days

TODAY = date(2024, 6, 15)


def asked(text: str) -> str:
    """The days of ``text`` as "first/last", the months of a year's days shortened to one day."""
    found = asked_days(text, TODAY)
    if not found:
        return ""
    first, last = found.days.first, found.days.last
    return f"{first}" if first == last else f"{first}/{last}"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 2024-05-16", "2024-05-16"),
        ("16/05/24", "2024-05-16"),
        ("16.05.2024", "2024-05-16"),
        ("16 May 2024", "2024-05-16"),
        ("the 16th of May", "2024-05-16"),
        ("May 16, 2024", "2024-05-16"),
        ("le 1er mai 2024", "2024-05-01"),
        ("16 мая 2024 года", "2024-05-16"),
        ("15-го мая", "2024-05-15"),
        ("today", "2024-06-15"),
        ("aujourd’hui", "2024-06-15"),
        ("hier", "2024-06-14"),
        ("позавчера", "2024-06-13"),
        ("last week", "2024-06-08/2024-06-15"),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, days: str) -> None:
    assert asked(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("19-20/09/23", "2023-09-19/2023-09-20"),
        ("19–20/09/2023", "2023-09-19/2023-09-20"),
        ("1 to 5 May 2024", "2024-05-01/2024-05-05"),
        ("from 14 to 16 May", "2024-05-14/2024-05-16"),
        ("from 14th to 16th May 2024", "2024-05-14/2024-05-16"),
        ("between 14 and 16 May", "2024-05-14/2024-05-16"),
        ("May 14-16, 2024", "2024-05-14/2024-05-16"),
        ("du 14 au 16 mai", "2024-05-14/2024-05-16"),
        ("du 1er au 5 mai 2024", "2024-05-01/2024-05-05"),
        ("entre le 14 et le 16 mai", "2024-05-14/2024-05-16"),
        ("с 14 по 16 мая", "2024-05-14/2024-05-16"),
        ("с 1 по 5 июня 2024 года", "2024-06-01/2024-06-05"),
        ("from 28 April to 3 May", "2024-04-28/2024-05-03"),
        ("from 28 April to 3 May 2021", "2021-04-28/2021-05-03"),
        ("с 28 декабря по 3 января 2022 года", "2021-12-28/2022-01-03"),
        ("from September 2023 to May 2024", "2023-09-01/2024-05-31"),
    ],
)
def test_a_run_of_days_has_both_its_ends(text: str, days: str) -> None:
    assert asked(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in May 2024", "2024-05-01/2024-05-31"),
        ("in may", "2024-05-01/2024-05-31"),
        ("en mars", "2024-03-01/2024-03-31"),
        ("в мае", "2024-05-01/2024-05-31"),
        ("в сентябре 2023 года", "2023-09-01/2023-09-30"),
        ("in 2023", "2023-01-01/2023-12-31"),
        ("since 14 May", "2024-05-14/2024-06-15"),
        ("depuis 2023", "2023-01-01/2024-06-15"),
        ("с 14 мая", "2024-05-14/2024-06-15"),
        ("before 1 June", "1900-01-01/2024-05-31"),
        ("до 5 мая", "1900-01-01/2024-05-04"),
    ],
)
def test_months_years_and_open_ends_are_runs_of_days(text: str, days: str) -> None:
    assert asked(text) == days


def test_a_day_without_a_year_is_the_last_one_that_was() -> None:
    assert asked("on 15 June") == "2024-06-15"
    assert asked("on 16 June") == "2023-06-16"
    assert asked("in December") == "2023-12-01/2023-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "May Russia attack?",
        "what may happen next",
        "the march in Tbilisi",
        "the weather on Mars",
        "31 June",
        "99/99/99",
        "2024-13-45",
        "",
        "resolution 1325",
        "article 4",
    ],
)
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert asked(text) == ""


DAYS = st.dates(date(2000, 1, 1), TODAY)


@given(DAYS, st.sampled_from(LANGUAGES))
def test_a_day_is_understood_as_the_bot_itself_writes_it(day: date, language: str) -> None:
    found = asked_days(f"? {voice(language).day(day)} ?", TODAY)
    assert found
    assert found.days == Days(first=day, last=day)


@given(DAYS, st.integers(1, 40), st.sampled_from(LANGUAGES))
def test_a_run_of_days_is_understood_as_the_bot_itself_writes_it(
    first: date, length: int, language: str
) -> None:
    days = Days(first=first, last=first + timedelta(days=length))
    found = asked_days(f"? {voice(language).days(days)} ?", date(2025, 1, 1))
    assert found
    assert found.days == days


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    found = asked_days(text, TODAY)
    if found:
        assert found.spans
        assert all(span.of(text) for span in found.spans)
