"""French forms of press reviews: agencies, communiqués, asides, infinitives that tell of speech."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def quotes(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each quotation."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "fr", actors=ACTORS).statements
        if s.kind is StatementKind.QUOTE
    ]


def reported(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each report."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "fr", actors=ACTORS).statements
        if s.kind is StatementKind.REPORTED
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # an infinitive that goes on
        ("Et Luc Morvan de rappeler que le port « des mots ».", "Luc Morvan"),
        ("Le ministre allemand Karl Meier de conclure : « Des mots. »", "Karl Meier"),
        ("Et Claire Vasseur de se féliciter : « Des mots. »", "Claire Vasseur"),
        ("Et Claire Vasseur de mettre en garde : « Des mots. »", "Claire Vasseur"),
        # whose view a relative clause tells
        ("Le vote a été annulé par le maire Luc Morvan, pour qui « des mots ».", "Luc Morvan"),
        ("Le vote irrite Claire Vasseur, selon qui « des mots ».", "Claire Vasseur"),
        # those who heard it, and where it stands
        ("« Des mots », a déclaré à des journalistes étrangers le ministre Luc Morvan.",
         "Luc Morvan"),
        ("« Des mots », a réagi sur X la députée Claire Vasseur.", "Claire Vasseur"),
        # a title behind the office
        ("Le chef de l'Église syriaque, le patriarche Luc Morvan, a qualifié le vote de « mots ».",
         "Luc Morvan"),
        # verbs
        ("Luc Morvan a réaffirmé que le port avait « des mots ».", "Luc Morvan"),
        ("Luc Morvan s'en est pris aux « mots » de ses rivaux.", "Luc Morvan"),
        ("Luc Morvan a balayé l'idée, la rejetant comme « des mots ».", "Luc Morvan"),
    ],
)  # fmt: skip
def test_the_words_are_the_speakers(text: str, speaker: str) -> None:
    assert [(name, words.lower().rstrip(".")) for name, words in quotes(text)] in (
        [(speaker, "des mots")],
        [(speaker, "mots")],
    )


def test_an_infinitive_without_a_subject_goes_on_with_who_spoke() -> None:
    text = "« Rien n'est prêt », regrette Luc Morvan. Et d'ajouter : « Les grues manquent. »"
    assert quotes(text) == [
        ("Luc Morvan", "Rien n'est prêt"),
        ("Luc Morvan", "Les grues manquent."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # somebody else has been named since
        "« Rien n'est prêt », regrette Luc Morvan. Paul Ferrand arrive. Et d'ajouter : « Oui. »",
        # an infinitive of doing, and a name that is the object of one
        "Et Luc Morvan de partir avec « Les Heures lentes » sous le bras.",
        "« Rien n'est prêt », regrette Luc Morvan. Et de partir avec « Les Heures lentes ».",
        # whose view it is cannot be told
        "Le journal de Luc Morvan et le film, pour qui « rien n'est prêt », sortent lundi.",
        # those who were asked are not who asked
        "Anne, dont le « Carnet » a paru, a demandé aux sénateurs verts Luc Morvan et Paul Ferrand "
        "de venir.",
    ],
)
def test_nobody_is_given_words_that_are_not_plainly_theirs(text: str) -> None:
    assert [words for _, words in quotes(text) if words != "Rien n'est prêt"] == []


def test_few_quoted_words_are_told_with_their_clause() -> None:
    text = "Luc Morvan s'est dit « très inquiet » par l'état du port."
    assert quotes(text) == [("Luc Morvan", "très inquiet")]
    assert reported(text) == [("Luc Morvan", text)]


def test_a_verb_beside_quotations_reports_what_a_clause_tells() -> None:
    assert reported("Luc Morvan a enchaîné que le port rouvrirait.") != []
    assert reported("Luc Morvan a enchaîné trois victoires.") == []
