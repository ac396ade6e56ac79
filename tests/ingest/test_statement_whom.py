"""Whom a text is about: behind datelines, clauses and ages; and clauses that no "that" opens."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors

ACTORS = Actors.load()


def said(text: str, language: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement, in order."""
    return [(s.speaker, s.span.of(text)) for s in extract(text, language, actors=ACTORS).statements]


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("en", "NORRICK, Oct 3 (Wire) - "),
        ("en", "NORRICK (Wire) — "),
        ("fr", "3 octobre 2012. - "),
        ("fr", "3 octobre 2012, Norvège. - "),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(language: str, dateline: str) -> None:
    first = {"en": "Norway said that it would go.", "fr": "La Norvège a dit qu'elle irait."}
    words = {"en": "Norway", "fr": "Norvège"}
    text = dateline + first[language]
    assert said(text, language) == [(words[language], first[language])]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "fr",
            "3 mai 2012. - Luc Morvan (Nord), qui barrait, a viré. Il a dit : « Non. »",
            "Luc Morvan",
        ),
        ("fr", "Avocat du port, Luc Morvan a plaidé. Il a dit : « Non. »", "Luc Morvan"),
        ("fr", "Luc Morvan a joué. « Non », a dit l'attaquant de 31 ans.", "Luc Morvan"),
        ("fr", "« Non », a répété mardi à Moscou le ministre russe Ivan Petrov.", "Ivan Petrov"),
        ("fr", "La sénatrice Ada Lind qui dirige le port a dit que tout allait bien.", "Ada Lind"),
        ("en", "Bo Ross played again. “No,” said the 31-year-old striker.", "Bo Ross"),
        ("en", "Senator Ada Lind who runs the port said that all was well.", "Ada Lind"),
        ("en", "Ada Lind maintained the port could stay open.", "Ada Lind"),
        ("en", "Ada Lind went on to say the port was open.", "Ada Lind"),
        ("en", "“We stay,” read a statement published by the Norwegian army.", "Norwegian army"),
    ],
)
def test_the_speaker_is_clear(language: str, text: str, speaker: str) -> None:
    assert {who for who, _ in said(text, language)} == {speaker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Lind maintained a lead over the man who was second."),
        ("en", "Bo Ross played again. “No,” said a 31-year-old striker."),
        ("en", "Bo Ross played again. A 31-year-old said it was fine."),
        ("fr", "Luc Morvan a joué. « Non », a dit un attaquant de 31 ans."),
        ("fr", "Claire Vasseur a joué. « Non », a dit le joueur de 31 ans."),
    ],
)
def test_nobody_is_guessed(language: str, text: str) -> None:
    assert said(text, language) == []
