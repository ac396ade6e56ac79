"""Bodies with long names, papers of bodies, and media that tell something themselves."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors

ACTORS = Actors.load()


def said(text: str, language: str) -> list[tuple[str, str | None]]:
    """Speaker and side of each statement, in order."""
    return [(s.speaker, s.actor) for s in extract(text, language, actors=ACTORS).statements]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Institute of Volcanology and Seismology (Ivolsis) said that it was the first.",
            ("Institute of Volcanology and Seismology", None),
        ),
        (
            "The Norwegian Ministry of Culture and Sport (KUD), which met on Friday, said no more.",
            ("Norwegian Ministry of Culture and Sport", "NO"),
        ),
        (
            "Norrick and Easton Police said that four men were held.",
            ("Norrick and Easton Police", None),
        ),
        (
            "Bo Ross of the Ann and Mary Lind Foundation said that sprays were safe.",
            ("Bo Ross", None),
        ),
        ("Human Rights Watch said that both sides had lied.", ("Human Rights Watch", None)),
        ("N&S stated that it would close the line.", ("N&S", None)),
        ("Ukraine's air force said that two drones had come.", ("Ukraine's air force", "UA")),
        ("On Tuesday evening Norway denied it all again.", ("Norway", "NO")),
        (
            "Two boats sank, according to a news release from the Norrick Police Department.",
            ("Norrick Police Department", None),
        ),
        (
            "Two boats sank, according to data from the Norwegian Foreign Ministry.",
            ("Norwegian Foreign Ministry", "NO"),
        ),
        (
            "According to a report published on Monday by the Norwegian army, two boats sank.",
            ("Norwegian army", "NO"),
        ),
        (
            "The boat started to leak, and one man died, according to The Times.",
            ("The Times", None),
        ),
        ("Two boats sank, Norrick Times reported.", ("Norrick Times", None)),
    ],
)
def test_an_english_body_is_named_in_full(text: str, speaker: tuple[str, str | None]) -> None:
    assert said(text, "en") == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Selon la chaîne Nord TV, deux bateaux ont coulé.", ("Nord TV", None)),
        ("Selon l'AFP, deux bateaux ont coulé.", ("AFP", None)),
        ("Deux bateaux ont coulé, rapporte mardi Le Figaro.", ("Le Figaro", None)),
        ("Le Monde révèle que deux bateaux ont coulé.", ("Le Monde", None)),
        (
            "Deux bateaux ont coulé, selon un communiqué de presse du ministère russe des Ports.",
            ("ministère russe des Ports", "RU"),
        ),
        ("L'Observatoire du port a annoncé que la digue tenait.", ("Observatoire du port", None)),
    ],
)
def test_a_french_body_is_named_in_full(text: str, speaker: tuple[str, str | None]) -> None:
    assert said(text, "fr") == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two boats sank, according to a report of an attack by night."),
        ("en", "According to Norrick Times, experts said that two boats had sunk."),
        ("en", "Plankton, also called green dust, grows in the sea."),
        ("fr", "Selon Reuters, des experts ont déclaré que deux bateaux avaient coulé."),
        ("fr", "Deux bateaux ont coulé, selon la presse."),
    ],
)
def test_what_media_pass_on_is_not_theirs(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "A statement from the Norwegian army said that all was well.", "Norwegian army"),
        ("en", "A report by Sea Watch said that all was well.", "Sea Watch"),
        ("en", "The UN report said that all was well.", "UN"),
        ("en", "A report from Norway's army during the storm said all was well.", "Norway's army"),
        ("fr", "Un communiqué de l'armée norvégienne dit que tout va bien.", "armée norvégienne"),
        ("fr", "Un rapport publié par l'ONU dit que tout va bien.", "ONU"),
        ("fr", "Le rapport final du Port-Nord conclut que tout va bien.", "Port-Nord"),
        ("fr", "Un sondage de l'ONU réalisé en mai révèle que tout va bien.", "ONU"),
    ],
)
def test_a_document_speaks_for_its_maker(language: str, text: str, speaker: str) -> None:
    assert [who for who, _ in said(text, language)] == [speaker]


def test_a_report_from_a_country_is_not_the_countrys() -> None:
    assert said("A report from Norway said that all was well.", "en") == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "fr",
            "Des responsables norvégiens ont dit que tout allait bien.",
            ("responsables norvégiens", "NO"),
        ),
        (
            "fr",
            "Un haut responsable norvégien a dit que oui.",
            ("haut responsable norvégien", "NO"),
        ),
        (
            "fr",
            "Le ministère russe des Ports a publié un communiqué accusant le port de fraude.",
            ("ministère russe des Ports", "RU"),
        ),
        ("en", "They spoke with Nordas again. Nordas said that all was well.", ("Nordas", None)),
    ],
)
def test_who_speaks_is_told(language: str, text: str, speaker: tuple[str, str | None]) -> None:
    assert said(text, language) == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They spoke with House Liberals. Liberals said that all was well."),
        ("fr", "Le port a publié une lettre de Luc Morvan accusant la ville de fraude."),
    ],
)
def test_who_is_one_of_many_is_nobody(language: str, text: str) -> None:
    assert said(text, language) == []
