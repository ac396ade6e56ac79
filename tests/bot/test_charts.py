"""Pictures of timelines and comparisons: when there is one, and what it says in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.charts import Picture, chart
from bot.domain import Answer, Count, Kind, Question
from tests.bot.corpora import Desk
from tests.bot.scripted import ACTORS, ScriptedNewsroom, actor_name, found, line
from tests.telegram_server.server import TelegramServer


def counted(kind: Kind, *counts: tuple[str, date, int], language: str = "en") -> Answer:
    codes = tuple(dict.fromkeys(who for who, _, _ in counts if who in ACTORS))
    asked = Question(text="?", search="?", language=language, kind=kind, actors=codes)
    some = tuple(Count(who=who, day=day, statements=n) for who, day, n in counts)
    return replace(found(line("words"), language=language), asked=asked, counts=some)


def days(who: str, *counts: int) -> list[tuple[str, date, int]]:
    return [(who, date(2023, 9, 1 + at), n) for at, n in enumerate(counts)]


def drawn(answer: Answer) -> Picture:
    picture = chart(answer, actor_name)
    assert picture is not None
    with Image.open(BytesIO(picture.png)) as image:
        assert image.format == "PNG"
        assert image.width > image.height > 400
    return picture


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        (
            "en",
            "Statements in the briefings, by day.\n"
            "Russia — 1 Sept (2), 2 Sept (3), 3 Sept (1)\nTurkey — 1 Sept (4), 3 Sept (1)",
        ),
        (
            "fr",
            "Déclarations dans les synthèses, par jour.\n"
            "Russie — 1 sept. (2), 2 sept. (3), 3 sept. (1)\nTurquie — 1 sept. (4), 3 sept. (1)",
        ),
        (
            "ru",
            "Высказывания в обзорах по дням.\n"
            "Россия — 1 сент. (2), 2 сент. (3), 3 сент. (1)\nТурция — 1 сент. (4), 3 сент. (1)",
        ),
    ],
)
def test_a_picture_says_in_its_caption_what_it_shows(language: str, caption: str) -> None:
    counts = [*days("RU", 2, 3, 1), *days("TR", 4, 0, 1)]
    assert drawn(counted(Kind.COMPARISON, *counts, language=language)).caption == caption


def test_a_person_is_called_as_printed_in_capitals_too() -> None:
    counts = [*days("EDI RAMA", 2, 3, 1), *days("RU", 2, 1)]
    caption = drawn(counted(Kind.COMPARISON, *counts)).caption
    assert "\nEDI RAMA — 1 Sept (2), 2 Sept (3), 3 Sept (1)\nRussia — 1 Sept (2)" in caption


def test_many_days_are_months() -> None:
    counts = [("RU", date(2023, month, day), 1) for month in (8, 9, 10) for day in range(1, 10)]
    caption = drawn(counted(Kind.TIMELINE, *counts)).caption
    assert "Russia — Aug 2023 (9), Sept 2023 (9), Oct 2023 (9)" in caption


def test_days_of_several_years_are_months() -> None:
    counts = [("RU", date(year, 9, 1), 3) for year in (2021, 2022, 2023)]
    assert "Sept 2021 (3), Sept 2022 (3)" in drawn(counted(Kind.TIMELINE, *counts)).caption


@pytest.mark.parametrize(
    "answer",
    [
        counted(Kind.TIMELINE, *days("RU", 1, 1, 1)),
        counted(Kind.TIMELINE, *days("RU", 9, 9)),
        counted(Kind.COMPARISON, *days("RU", 9, 9, 9)),
        counted(Kind.TIMELINE, *[("RU", date(2023, 9, 1), 50)]),
        replace(found(line("words")), asked=None),
    ],
    ids=["few", "two days", "nobody to compare with", "one day", "no question"],
)
def test_what_text_says_better_has_no_picture(answer: Answer) -> None:
    assert chart(answer, actor_name) is None


def test_every_statement_on_it_is_counted_and_no_other(samples: Desk) -> None:
    answer = samples.ask("How did Turkey's position change?")
    assert answer.asked is not None
    assert answer.asked.kind is Kind.TIMELINE
    assert {count.who for count in answer.counts} == {"TR"}
    shown = {(line.day, line.text) for line in answer.lines if line.day}
    assert sum(count.statements for count in answer.counts) >= len(shown)
    assert {day for day, _ in shown} <= {count.day for count in answer.counts}
    assert samples.ask("What did Turkey say?").counts == ()


async def test_a_timeline_comes_with_its_picture(
    telegram: TelegramServer, bot: object, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["how?"] = counted(Kind.TIMELINE, *days("Maria Orlova", 2, 3, 4))
    user = telegram.user(7)
    await user.send("how?")
    text, picture = [await user.chat.wait_for_message(60) for _ in range(2)]
    assert picture.kind == "photo"
    assert "words" in text.text
    assert picture.text.startswith("Statements in the briefings, by day.\nMaria Orlova — 1 Sept")
