"""Figures and dates are the same however three languages write them."""

from __future__ import annotations

import pytest

from bot.answering.written.figures import Day, dates, figures, months


def values(text: str, language: str) -> list[list[float | str]]:
    return [[*sorted(f.values), *(["%"] if f.percent else [])] for f in figures(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("5.5 and 5,500 and 2 340 (71%)", "en", [[5.5], [5500], [2340], [71, "%"]]),
        ("5,5 et 5 500 et 5.500, soit 71 %", "fr", [[5.5], [5500], [5500], [71, "%"]]),
        ("5,5 тысячи, 71 процент, 12 млрд", "ru", [[5500], [71, "%"], [12e9]]),
        ("1.8 million, 12 billion, 1,800,000", "en", [[1.8e6], [12e9], [1.8e6]]),
        ("12 milliards, 1,8 million d’euros", "fr", [[12e9], [1.8e6]]),
        ("eighty-four, ninety one, a thousand", "en", [[84], [91], [1000]]),
        ("two hundred and ten, one man", "en", [[210]]),
        ("quatre-vingt-onze, vingt et un", "fr", [[91], [21]]),
        ("soixante-dix-sept, deux cents, un homme", "fr", [[77], [200]]),
        ("двадцать два, двести, сорок одна, один", "ru", [[22], [200], [41]]),
        ("at 10:15 on 14-15/05/24", "en", [[10], [15], [14], [15], [5], [24]]),
    ],
)
def test_a_figure_is_read_as_its_language_writes_it(
    text: str, language: str, read: list[list[float | str]]
) -> None:
    assert values(text, language) == read


def test_a_share_is_not_a_count_and_millions_are_not_billions() -> None:
    (share,), (count,) = figures("12%", "en"), figures("12", "en")
    (millions,), (billions,) = figures("12 million", "en"), figures("12 billion", "en")
    assert not share.same(count)
    assert not millions.same(billions)
    assert billions.same(figures("12 milliards", "fr")[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 16 May 2024", [Day(16, 5, 2024)]),
        ("May 16, 2024", [Day(16, 5, 2024)]),
        ("14–15 May", [Day(14, 5, None), Day(15, 5, None)]),
        ("le 1er avril", [Day(1, 4, None)]),
        ("12 июня 2024 года", [Day(12, 6, 2024)]),
        ("16 people may 2 days later", []),
    ],
)
def test_a_day_is_read_in_three_languages(text: str, found: list[Day]) -> None:
    assert [day for _, day in dates(text)] == found


def test_a_month_has_its_capital_in_english_where_it_is_also_a_word() -> None:
    assert months("it may march on in June, en avril, в июле") == {6, 4, 7}
