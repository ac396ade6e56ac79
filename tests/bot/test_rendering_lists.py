"""What a reader sees of the briefings and sources there are."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import SourceSummary
from bot.listing import latest_page, sources_page
from tests.bot.scripted import COVERS, briefing, citation, found, line
from tests.bot.showing import QUOTE, read, shown, shown_page


def test_a_story_is_listed_once_in_the_readers_language_where_we_have_it() -> None:
    briefings = [
        briefing("new", "en"),
        briefing("new", "ru"),
        briefing("old", "en"),
        briefing("older", "en"),
    ]
    rows = "".join(text for text, _ in read(latest_page(briefings, "ru", 2))).splitlines()
    day = "20 сентября 2023\u202fг."
    assert rows == ["Последние обзоры", f"• new in ru — {day}", f"• old in en — {day}"]


@pytest.mark.parametrize(
    ("language", "title", "row"),
    [
        ("en", "A summit – 19-20/09/23", "A summit – 19-20/09/23 — 19–20 September 2023"),
        ("en", "A summit — 20 September 2023", "A summit — 20 September 2023"),
        (
            "en",
            "A summit, September 19th and 20th, 2023",
            "A summit, September 19th and 20th, 2023",
        ),
        ("en", "A summit in September 2023", "A summit in September 2023 — 20 September 2023"),
        (
            "en",
            "A summit of 120 — 2 Sept. 2023",
            "A summit of 120 — 2 Sept. 2023 — 20 September 2023",
        ),
        ("fr", "Un sommet – 20 septembre 2023", "Un sommet – 20 septembre 2023"),
        ("ru", "Un sommet – 20 septembre 2023", "Un sommet – 20 septembre 2023"),
        ("ru", "Саммит 20 сентября 2023 г.", "Саммит 20 сентября 2023 г."),
    ],
)
def test_a_row_names_its_day_once(language: str, title: str, row: str) -> None:
    covers = COVERS if "19" in title else None
    some = [briefing("summit", language, title=title, covers=covers)]
    assert shown_page(latest_page(some, language, 1)).splitlines()[1] == f"• {row}"
    answer = found(
        line(QUOTE), language=language, citations=[citation(1, title=title, covers=covers)]
    )
    assert shown(answer).splitlines()[-1] == f"[1] {row}"


def test_sources_are_summed_up() -> None:
    summary = SourceSummary(
        name="site",
        stories=1200,
        languages=("en", "fr"),
        first=date(2023, 9, 1),
        last=date(2024, 1, 2),
        dossiers=("Georgia", "Karabakh <peace>"),
    )
    [(text, _)] = read(sources_page([summary], "en"))
    assert text.splitlines()[0] == "site"
    assert text.splitlines()[1].startswith(
        "1,200 briefings · English and French · 1 September 2023"
    )
    assert text.splitlines()[2:] == ["Dossiers we follow:", "• Georgia", "• Karabakh <peace>"]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_an_empty_newsroom_says_so(language: str) -> None:
    assert read(latest_page([], language, 5)) == read(sources_page([], language)) != []
