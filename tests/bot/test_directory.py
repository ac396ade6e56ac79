"""What one briefing tells of a person answers from the others, for those who may read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import pytest

from bot.answering.composing import nothing
from bot.answering.gate import passed
from bot.answering.holdings import profile_of
from bot.domain import Kind, Question, Reason
from ingest.__main__ import main as ingest
from ingest.reading import PageReader
from tests.bot.corpora import EVERYTHING, PUBLIC, Desk, opened, publish, rows
from tests.vectorstore.store import briefing
from vectorstore.embeddings import SentenceEmbeddings
from vectorstore.people import People
from vectorstore.speakers import Speakers

ROWS = [
    {
        "id": "surname",
        "title": "A bridge over the Arpa",
        "date": "2024-06-10",
        "text": "The bridge was opened on Monday. “The bridge will serve every village,” said "
        "Pashinian in front of it.",
    },
    {
        "id": "office",
        "title": "A visit",
        "date": "2024-06-09",
        "text": "Armenian Prime Minister Nikol Pashinyan came to Ijevan. The visit took an hour.",
        "access": "subscribers",
    },
]


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("people")
    with opened(publish(folder / "data", rows(folder / "rows.jsonl", ROWS)), embeddings) as desk:
        yield desk


def test_a_surname_answers_for_the_country_that_another_briefing_tells(desk: Desk) -> None:
    answer = desk.ask("What did Armenia say about the bridge?", tiers=EVERYTHING)
    [line] = answer.lines
    assert (line.actor, line.speaker, line.role) == ("AM", "Pashinian", "")
    assert answer.citations[0].briefing == "surname"


def test_what_subscribers_read_teaches_the_public_nothing(desk: Desk) -> None:
    answer = desk.ask("What did Armenia say about the bridge?", tiers=PUBLIC)
    assert answer.reason in {Reason.SPEAKER_NOT_QUOTED, Reason.NO_COVERAGE}
    [line] = desk.ask("What did Pashinyan say about the bridge?", tiers=PUBLIC).lines
    assert line.actor is None


def test_the_gate_asks_the_directory_itself(desk: Desk) -> None:
    answer = desk.ask("What did Armenia say about the bridge?", tiers=EVERYTHING)
    pairs = list(zip(answer.lines, answer.citations, strict=True))
    with desk.corpus.view() as view:
        everybody, public = (People(view.readable(tiers)) for tiers in (EVERYTHING, PUBLIC))
        assert passed(pairs, view, EVERYTHING, everybody) == pairs
        assert passed(pairs, view, EVERYTHING, public) == []
        others = [(replace(line, actor="AZ"), source) for line, source in pairs]
        assert passed(others, view, EVERYTHING, everybody) == []


@pytest.mark.parametrize("shown", ["surname", "office"])
def test_show_tells_what_the_readers_of_a_briefing_are_told(
    desk: Desk, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(desk.data_dir))
    with redirect_stdout(StringIO()) as printed:
        assert ingest(["show", shown, "--json"]) == 0
    row = json.loads(printed.getvalue())
    assert all(one["actor"] is None is one["printed_actor"] for one in row["statements"])
    known = [("Nikol Pashinyan", "Armenian Prime Minister", "AM")] if shown == "office" else []
    assert [(one["name"], one["role"], one["actor"]) for one in row["people"]] == known


def test_a_person_whom_print_bends_is_listed_once_in_the_nominative() -> None:
    reader = PageReader(set())
    texts = (
        "Прошёл дождь. «Мы ждём», — заявила заместитель министра иностранных дел Грузии Эка "
        "Мачавариани.",
        "Прошёл снег. По словам заместителя министра иностранных дел Грузии Эки Мачавариани, "
        "«дорога закрыта».",
    )
    held = [
        reader.document(replace(briefing(f"day{nth}", text), language="ru"))
        for nth, text in enumerate(texts)
    ]
    asked = Question(text="?", search="?", language="ru", kind=Kind.STATEMENT, actors=("GE",))
    profile = profile_of(Speakers(held), asked, nothing(asked, Reason.NO_COVERAGE))
    assert [(each.name, each.statements) for each in profile.speakers] == [("Эка Мачавариани", 2)]
