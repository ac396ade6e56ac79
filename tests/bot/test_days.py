"""The days a question names, as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.days import EARLIEST, asked_days, latest_words, named_days
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
        ("last week", "2024-06-03/2024-06-09"),
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


LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]


def written(pattern: str, language: str) -> Callable[[date], str]:
    """How a day is written by a pattern of CLDR's."""
    return lambda day: format_date(day, pattern, locale=language)


WITH_YEAR = {
    "iso": lambda day: f"on {day}",
    "figures": lambda day: f"{day:%d/%m/%Y}",
    "points": lambda day: f"{day:%d.%m.%y}",
    "long-en": written("'on' d MMMM y", "en"),
    "american": written("MMMM d, y", "en"),
    "american-short": written("'on' MMM d, y", "en"),
    "with-weekday-en": written("'on' EEEE, d MMMM y", "en"),
    "long-fr": written("'le' d MMMM y", "fr"),
    "short-fr": written("'le' d MMM y", "fr"),
    "with-weekday-fr": written("'le' EEEE d MMMM y", "fr"),
    "long-ru": written("d MMMM y 'года'", "ru"),
    "short-ru": written("d MMM y", "ru"),
}
WITHOUT_YEAR = {
    "figures-fr": lambda day: f"le {day:%d/%m}",
    "en": written("'on' d MMMM", "en"),
    "american": written("'on' MMMM d", "en"),
    "lower-en": lambda day: f"on {format_date(day, 'MMMM d', locale='en').lower()}",
    "fr": written("'le' d MMMM", "fr"),
    "ru": written("d MMMM", "ru"),
}


@pytest.mark.parametrize("form", WITH_YEAR)
@pytest.mark.parametrize("today", [date(2023, 3, 1), date(2025, 8, 20)], ids=["before", "after"])
def test_every_day_of_a_leap_year_is_read_back(form: str, today: date) -> None:
    for day in LEAP_YEAR:
        found = asked_days(f"What was said {WITH_YEAR[form](day)}?", today)
        assert found is not None, day
        assert found.days == Days(first=day, last=day)


@given(st.sampled_from(LEAP_YEAR), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_day_without_a_year_is_never_ahead(day: date, today: date) -> None:
    for form, write in WITHOUT_YEAR.items():
        found = asked_days(f"Что? {write(day)}", today)
        assert found is not None, form
        last = found.days.last
        assert found.days.first == last <= today
        assert (last.month, last.day) == (day.month, day.day)
        if (day.month, day.day) != (2, 29):
            assert (today - last).days <= 365


@given(st.sampled_from(LEAP_YEAR), st.integers(0, 6), st.sampled_from(LANGUAGES))
def test_a_weekday_is_the_last_one_that_was(today: date, back: int, language: str) -> None:
    day = today - timedelta(days=back)
    preposition = {"en": "on ", "fr": "", "ru": "в "}[language]
    name = format_date(day, "EEEE", locale=language)
    name = {"среда": "среду", "пятница": "пятницу", "суббота": "субботу"}.get(name, name)
    found = asked_days(f"{preposition}{name}", today)
    assert found
    assert found.days == Days(first=day, last=day)


@given(
    st.dates(date(2021, 1, 1), date(2025, 12, 31)),
    st.integers(1, 300),
    st.dates(date(2021, 1, 1), date(2026, 12, 31)),
    st.sampled_from(
        [("en", "from {} to {}"), ("en", "between {} and {}"), ("fr", "du {} au {}"),
         ("fr", "entre le {} et le {}"), ("ru", "с {} по {}")]
    ),
)  # fmt: skip
def test_a_run_without_a_year_keeps_its_order(
    first: date, length: int, today: date, form: tuple[str, str]
) -> None:
    language, frame = form
    last = first + timedelta(days=length)
    if (2, 29) in {(first.month, first.day), (last.month, last.day)}:
        return
    ends = [format_date(day, "d MMMM", locale=language) for day in (first, last)]
    found = asked_days(frame.format(*ends), today)
    assert found
    days = found.days
    assert (days.first.month, days.first.day) == (first.month, first.day)
    assert days.last <= today
    assert days.last == today or (days.last.month, days.last.day) == (last.month, last.day)
    assert (days.last - days.first).days <= length + 1  # a leap day may lie between


WORDS = (
    "from to since before after until on in the last this past week month year day days ago May "
    "March mars mai мая марта 14 16 2024 2023 31 0 99 due le du au de depuis il y a derniers "
    "dernière jours semaine l'été с по до после в последние дней назад год Monday lundi среду - – "
    ", . ' / early end of fin début начале yesterday вчера Q1 summer"
)


@given(
    st.lists(st.sampled_from(WORDS.split())).map(" ".join) | st.text(),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
)
def test_any_text_can_be_asked(text: str, today: date) -> None:
    found = asked_days(text, today)
    spans = [*(found.spans if found else ()), *latest_words(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for each in named_days(text, today):
        without_year = not any(figure in text for figure in ("2023", "2024", "99"))
        assert each.days.first >= EARLIEST
        assert not without_year or not text.isascii() or each.days.first <= today


def test_letters_whose_lower_case_is_longer_leave_the_spans_in_place() -> None:
    text = "İİİ ſince Kyiv’s ﬁght: depuis le 14 mai"
    found = asked_days(text, TODAY)
    assert found
    assert [span.of(text) for span in found.spans] == ["depuis le 14 mai"]


def test_nothing_lies_ahead_but_what_has_a_year() -> None:
    assert asked("in June") == "2024-06-01/2024-06-15"
    assert asked("this week") == "2024-06-10/2024-06-15"
    assert asked("from 10 June to 20 June") == "2024-06-10/2024-06-15"
    assert asked("at the end of the year") == ""
    assert asked("next week") == ""
    assert asked("in June 2024") == "2024-06-01/2024-06-30"
    assert asked("in 2025") == "2025-01-01/2025-12-31"


def test_wanting_the_latest_names_no_day() -> None:
    assert latest_words("What is the latest from Moscow?")
    assert asked("What is the latest from Moscow?") == ""
