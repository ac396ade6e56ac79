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
        ("en", "Ada Lind was quoted by NRK as saying that it was over.", "Ada Lind"),
        ("en", "Norway has long insisted that it had not known.", "Norway"),
        ("fr", "La Norvège a une nouvelle fois assuré n'avoir rien su.", "Norvège"),
        ("en", "Ada Lind opposed the war but said that it was over.", "Ada Lind"),
        ("en", "The Norwegian army has since said it was ready.", "Norwegian army"),
        ("en", "Ada Lind once told The Washington Post that she sang.", "Ada Lind"),
        ("en", "“We stay,” read a statement published by the Norwegian army.", "Norwegian army"),
    ],
)
def test_the_speaker_is_clear(language: str, text: str, speaker: str) -> None:
    assert {who for who, _ in said(text, language)} == {speaker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Lind maintained a lead over the man who was second."),
        ("en", "The Norwegian Coast Guard called off its search."),
        ("fr", "Luc Morvan lance le programme du port."),
        ("en", "Bo Ross played again. “No,” said a 31-year-old striker."),
        ("en", "Bo Ross played again. A 31-year-old said it was fine."),
        ("fr", "Luc Morvan a joué. « Non », a dit un attaquant de 31 ans."),
        ("fr", "Claire Vasseur a joué. « Non », a dit le joueur de 31 ans."),
    ],
)
def test_nobody_is_guessed(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        (
            "en",
            "Norwegian President Bo Ross came. The Norwegian leader said he was glad. He said so.",
            ["Bo Ross"],
        ),
        (
            "en",
            "Norwegian Prime Minister Bo Ross came. “No,” the premier said.",
            ["Bo Ross"],
        ),
        (
            "en",
            "Norway's army said that it was ready. It added that Sweden was far.",
            ["Norway's army", "Norway's army"],
        ),
        ("fr", "Ada Lind, analyste, doute. Selon l'analyste, tout est fini.", ["Ada Lind"]),
        ("fr", "Luc Morvan a parlé. Pour lui, le port peut fermer.", ["Luc Morvan"]),
        ("fr", "Luc Morvan a parlé. L'alliance, a-t-il dit, va tenir.", ["Luc Morvan"]),
    ],
)
def test_descriptions_mean_whom_the_text_is_about(
    language: str, text: str, speakers: list[str]
) -> None:
    assert [who for who, _ in said(text, language)] == speakers


def test_it_is_nobody_where_another_has_spoken_since() -> None:
    text = "Norway's army said it was ready. Some experts said no to it. It added a word."
    assert "It added" not in " ".join(words for _, words in said(text, "en"))


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "Ada Lind is the spokeswoman of the Norwegian army. She said yes to it.", "NO"),
        (
            "en",
            "The head of Norway's royal office, Bo Ross, came. Ross said that it was late.",
            "NO",
        ),
        ("en", "Bo Ross, the vice-president of XYZ Norway, said that it was late.", None),
        (
            "fr",
            "Ada Lind est la porte-parole de l'armée norvégienne. Elle a dit oui au port.",
            "NO",
        ),
        ("fr", "Luc Morvan, président de XYZ Norvège, a dit oui au port.", None),
    ],
)
def test_what_a_text_says_of_somebody_tells_their_side(
    language: str, text: str, side: str | None
) -> None:
    found = extract(text, language, actors=ACTORS).statements
    assert [s.actor for s in found] == [side]
