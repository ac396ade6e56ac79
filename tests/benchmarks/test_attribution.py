"""Extracted statements compared with annotated ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.answers import mouths, wrong_mouth
from benchmarks.attributing import by_hand, judged, mined, names_person
from benchmarks.interview import Asked
from bot.domain import Answer, Line, LineKind
from vectorstore.actors import Actors
from vectorstore.domain import Span, Statement, StatementKind


@pytest.fixture(scope="module")
def actors() -> Actors:
    return Actors.load()


def said(
    start: int, end: int, speaker: str, actor: str | None = None, kind: str = "quote"
) -> Statement:
    return Statement(
        actor=actor,
        speaker=speaker,
        role="",
        kind=StatementKind(kind),
        cue="said",
        via="",
        span=Span(start=start, end=end),
        attribution=Span(start=end, end=end + 1),
    )


def true(start: int, end: int, speaker: str, actor: str | None, kind: str) -> dict[str, Any]:
    return {"start": start, "end": end, "speaker": speaker, "actor": actor, "kind": kind}


def paragraph(*statements: dict[str, Any]) -> dict[str, Any]:
    where = {"set": "s", "id": "a", "lang": "en", "start": 100, "end": 300, "half": "tuning"}
    return where | {"statements": list(statements)}


def figures(row: dict[str, Any], found: list[Statement], actors: Actors) -> dict[str, Any]:
    """The figures of quotes and of reported speech in English."""
    results = by_hand(list(judged([row], lambda _: found, actors)))
    return {r.what.split()[-1]: dict(r.ours) for r in results if " en " in r.what}


def test_half_of_the_shorter_span_and_the_same_speaker_make_it_right(actors: Actors) -> None:
    row = paragraph(
        true(100, 140, "Maria Zakharova", "RU", "quote"),
        true(200, 240, "Olaf Scholz", "DE", "quote"),
    )
    found = [said(120, 150, "Zakharova", "RU"), said(232, 260, "Olaf Scholz", "DE")]
    assert figures(row, found, actors)["quote"] == {
        "precision": 1.0,  # the second touches its speaker's words, but too little to be right
        "recall": 0.5,
        "actor right": 1.0,
        "wrong": 0.0,
    }


def test_a_statement_in_another_mouth_or_in_nobodys_is_wrong(actors: Actors) -> None:
    row = paragraph(true(100, 140, "Maria Zakharova", "RU", "quote"))
    found = [
        said(100, 140, "Maria Zakharova", "UA"),
        said(100, 140, "Sergey Lavrov", "RU"),
        said(250, 260, "Maria Zakharova", "RU"),
        said(400, 410, "Sergey Lavrov", "RU"),  # outside the paragraph: not judged
    ]
    assert figures(row, found, actors)["quote"] == {
        "precision": pytest.approx(1 / 3),
        "recall": 1.0,
        "actor right": 0.0,
        "wrong": 1.0,
    }


def test_quotes_and_reported_speech_are_counted_apart(actors: Actors) -> None:
    row = paragraph(true(100, 140, "Turkey", "TR", "reported"))
    found = [said(100, 140, "Ankara", "TR", "reported"), said(110, 130, "Ankara", "TR")]
    assert figures(row, found, actors) == {
        "reported": {"precision": 1.0, "recall": 1.0, "actor right": 1.0, "wrong": 0.0},
        "quote": {"precision": 1.0, "recall": 1.0},
    }


def test_a_mined_quote_given_to_another_counts_against_precision(actors: Actors) -> None:
    rows = [
        {"actor": "Iranian President Hassan Rouhani", "relevant": [_at(100, 140)]},
        {"actor": "Holy See", "relevant": [_at(200, 240)]},
        {"actor": "Elizabeth Warren", "relevant": [_at(300, 340)]},
        {"actor": "Ri Yong Ho", "relevant": [_at(400, 440)]},
    ]
    found = [
        said(100, 140, "Rouhani"),
        said(200, 240, "the Vatican", "VA"),
        said(300, 340, "Biden"),
        said(400, 440, "Ri"),
    ]
    (result,) = mined("news", rows, lambda _: found, actors)
    assert result.ours == {"precision": 0.75, "recall": 0.75}


def test_a_mined_label_may_be_what_the_speaker_belongs_to(actors: Actors) -> None:
    rows = [{"actor": "Easton Choir", "relevant": [_at(0, 10)]}]
    member = replace(said(0, 10, "Ada Lind"), role="Easton Choir")
    (result,) = mined("news", rows, lambda _: [member], actors)
    assert result.ours == {"precision": 1.0, "recall": 1.0}
    (result,) = mined("news", rows, lambda _: [replace(member, role="a choir")], actors)
    assert result.ours == {"precision": 0.0, "recall": 0.0}


def _at(start: int, end: int) -> dict[str, Any]:
    return {"id": "a", "start": start, "end": end}


@pytest.mark.parametrize("name", ["Donald Tusk", "Iranian President Hassan Rouhani", "Захарова"])
def test_a_name_of_a_person_is_one(actors: Actors, name: str) -> None:
    assert names_person(name, actors)


@pytest.mark.parametrize("name", ["Russia", "the Kremlin", "UN diplomats", "МИД России", ""])
def test_a_name_of_a_country_or_an_office_is_no_persons(actors: Actors, name: str) -> None:
    assert not names_person(name, actors)


def line(speaker: str, actor: str | None) -> Line:
    return Line(
        text="…",
        kind=LineKind.QUOTE,
        actor=actor,
        speaker=speaker,
        role="",
        via="",
        day=None,
        citation=1,
    )


@pytest.mark.parametrize(
    ("asked", "speaker", "actor", "wrong"),
    [
        ("Russia", "Zakharova", "RU", False),
        ("Russia", "a spokesperson", None, False),
        ("Russia", "Zelensky", "UA", True),
        ("Syria / Walid al-Moualem", "al-Moualem", None, False),
        ("United States and European Union", "Ursula von der Leyen", "EU", False),
        ("Maria Zakharova", "Мария Захарова", None, False),
        ("Nadim Houry", "Ole Solvang", None, True),
        ("Nadim Houry", "the researcher", None, False),
        ("Ri Yong Ho", "Ri", None, False),
        ("Donald Trump", "Трамп", "US", False),
        ("Donald Trump", "Лавров", "RU", True),
    ],
)
def test_a_line_is_in_the_wrong_mouth_when_its_speaker_cannot_be_the_one_asked_for(
    actors: Actors, asked: str, speaker: str, actor: str | None, wrong: bool
) -> None:
    assert wrong_mouth(asked, [line(speaker, actor)], actors) is wrong


@pytest.mark.parametrize(
    ("asked", "role", "wrong"),
    [
        ("Labour Party", "Labour Party leader", False),
        ("Labour Party", "leader of the Green Party", True),
        ("Donald Trump", "spokesman for Donald Trump", True),
    ],
)
def test_a_body_speaks_by_those_who_bear_an_office_of_it(
    actors: Actors, asked: str, role: str, wrong: bool
) -> None:
    said = replace(line("Ada Lind", None), role=role)
    assert wrong_mouth(asked, [said], actors) is wrong


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("What do Norway and China argue about the cable?", 0.0),
        ("Que disent la Norvège et la Chine du câble ?", 0.0),
        ("Что говорят Норвегия и Китай о кабеле?", 0.0),
        ("What does Norway say about Japan and China?", 1.0),
        ("What does Norway say about China?", 1.0),
    ],
)
def test_whoever_a_question_names_in_one_breath_with_its_actor_is_asked_for(
    actors: Actors, question: str, wrong: float
) -> None:
    row = {"actor": "Norway", "question": question, "lang": "en"}
    asked = Asked(
        set="a set",
        row=row,
        answer=Answer(
            question=question,
            language="en",
            found=True,
            reason=None,
            lines=(line("China", "CN"),),
            citations=(),
            nearest=(),
            seconds=0.0,
        ),
        shown=[],
        chunks=[],
        bodies={},
        embedding_seconds=0.0,
        seconds=0.0,
        chunks_seconds=0.0,
    )
    [result] = mouths([asked], actors)
    assert result.ours["answers"] == wrong
