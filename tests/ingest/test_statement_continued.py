"""Quotations that stand alone: more of what was said before, an answer, or nobody's."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def quotes(text: str, language: str) -> list[tuple[str, str]]:
    """Speaker and words of each quotation."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, language, actors=ACTORS).statements
        if s.kind is StatementKind.QUOTE
    ]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Peter Stone said that the port would open. “We are ready for the ships.”",
         "Peter Stone"),
        ("en", "Peter Stone asked that the port be opened. “We are ready for the ships.”",
         "Peter Stone"),
        ("fr", "Luc Morvan a assuré que le port ouvrirait. « Nous sommes prêts à accueillir. »",
         "Luc Morvan"),
    ],
)  # fmt: skip
def test_a_whole_sentence_in_marks_goes_on_with_what_was_told(
    language: str, text: str, speaker: str
) -> None:
    assert [name for name, _ in quotes(text, language)] == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # who asks is not who answers
        ("en", "Peter Stone asked the driver about the port. “We never saw any of the ships.”"),
        ("fr", "Luc Morvan a demandé au chauffeur où il allait. « Je rentre chez moi à pied. »"),
        # an answer
        ("en", "Peter Stone told the driver to leave. “No.”"),
        ("fr", "Luc Morvan a promis au chauffeur de revenir. « Jamais ! »"),
        # somebody else speaks within what was said
        ("en", "Peter Stone said that a driver had warned him. “The bridge is about to fall.”"),
        ("fr", "Luc Morvan raconte qu'un chauffeur a dit non. « Le pont va tomber cette nuit. »"),
        # the next sentence says whose words these are
        ("en", "Peter Stone said that he was staying. “We want you to leave us alone.” These words "
         "were painted on his door."),
        ("fr", "Luc Morvan a assuré qu'il resterait. « Nous voulons que tu partes. » Ces mots "
         "étaient peints sur sa porte."),
        # another paragraph
        ("en", "Peter Stone said that he was staying.\n\n“We want you to leave us alone.”"),
    ],
)  # fmt: skip
def test_a_quotation_alone_is_not_given_to_whoever_was_reported_before(
    language: str, text: str
) -> None:
    assert quotes(text, language) == []


def test_a_quotation_alone_goes_on_with_the_quotation_before_it() -> None:
    text = "“We are ready,” Peter Stone said. “No.” “The ships are here.”"
    assert [name for name, _ in quotes(text, "en")] == ["Peter Stone"] * 3
