"""Whether a printed role can be the office that is asked for, within a language and across."""

from __future__ import annotations

import pytest

from bot.answering.bearers import description_in
from bot.answering.offices import can_be, described, office_in
from vectorstore.actors import Actors
from vectorstore.language import detect

ACTORS = Actors.load()


def is_bearer(asked: str, role: str, side: str | None = None) -> bool:
    description = described(asked, detect(asked) or "en", ACTORS)
    return can_be(description, role, detect(role) or "en", side, ACTORS)


@pytest.mark.parametrize(
    ("asked", "role", "side"),
    [
        ("the French ambassador", "French ambassador to China", "FR"),
        ("the French ambassador", "ambassadeur de France en Chine", "FR"),
        ("посол Франции", "ambassadeur de France en Chine", "FR"),
        ("глава МИД Франции", "ministre français des Affaires étrangères", "FR"),
        ("the foreign minister of North Korea", "North Korea's top diplomat", "KP"),
        ("the UN secretary general", "Secretary-General", "UN"),
        ("генсек ООН", "UN Secretary-General", "UN"),
        ("le président de l'Union des cheminots", "directeur de l'Union des cheminots", None),
        ("the head of the railway union", "head of the Railway Union (RU)", None),
        ("the governor of Iowa", "Foreign Minister and governor of Iowa", None),
        ("the Turkish foreign minister", "Turkish Foreign Ministry", "TR"),
        ("the Italian prime minister", "premier ministre italien", "IT"),
    ],
)
def test_one_office_in_other_words_is_the_same(asked: str, role: str, side: str | None) -> None:
    assert is_bearer(asked, role, side)


@pytest.mark.parametrize(
    ("asked", "role", "side"),
    [
        ("the French ambassador", "Chinese ambassador to France", "CN"),
        ("the French ambassador", "French President", "FR"),
        ("the French president", "the French president's spokesman", "FR"),
        ("the Iranian leader", "Iranian foreign minister", "IR"),
        ("the Kremlin spokesperson", "spokesperson for the Russian MFA", "RU"),
        ("the defence minister", "ministre de la Santé", "FR"),
        ("the mayor of Paris", "maire de Lyon", "FR"),
        ("the head of the railway union", "head of the Football Union", None),
        ("the president of France", "former French president", "FR"),
        ("министр обороны России", "заместитель министра обороны России", "RU"),
    ],
)
def test_another_office_is_not_taken_for_it(asked: str, role: str, side: str | None) -> None:
    assert not is_bearer(asked, role, side)


@pytest.mark.parametrize(
    "text",
    [
        "The first train left after the flood",
        "Le premier train est parti après la crue",
        "После паводка",
        "Первый поезд",
    ],
)
def test_words_that_only_look_like_an_office_name_none(text: str) -> None:
    assert office_in(text) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the French ambassador say about gas?", "the French ambassador"),
        ("What did the US ambassador to China accuse Beijing of?", "ambassador to China"),
        ("Que dit l'ambassadeur de France sur le gaz ?", "ambassadeur de France"),
        ("Что сказал посол Франции о газе?", "посол Франции"),
        ("В чём посол США в Китае обвинил Пекин?", "посол США в Китае"),
        ("Why did it close, according to the mayor of Lyon?", "the mayor of Lyon"),
    ],
)
def test_the_words_that_describe_the_speaker_are_found(question: str, words: str) -> None:
    span = description_in(question, ACTORS.mentions(question))
    assert span
    assert words in span.of(question)
    assert not {"gas", "gaz", "газе", "accuse", "обвинил"} & set(span.of(question).split())


@pytest.mark.parametrize(
    "question",
    ["What did Russia tell the ambassador?", "Where is the ambassador?", "Combien de morts ?"],
)
def test_whoever_is_not_to_speak_is_not_described(question: str) -> None:
    assert description_in(question, ACTORS.mentions(question)) is None
