"""Whom a text introduces, and whose words a whole text is."""

from __future__ import annotations

import pytest

from ingest.statements import author_of, extract
from tests.ingest.accounts import ACTORS, said


def test_an_authors_text_is_the_authors_but_for_the_words_of_others() -> None:
    text = "We will rebuild. “Never,” said Sergey Lavrov. We are ready."
    owners = {s.span.of(text): s.actor for s in said(text, author="AM")}
    assert owners == {"We will rebuild.": "AM", "Never": None, "We are ready.": "AM"}


# Whom a text introduces


def people(text: str, language: str = "en") -> list[tuple[str, str, str | None, bool]]:
    """Name, role, actor and privacy of everybody introduced."""
    found = extract(text, language, actors=ACTORS).people
    assert all(each.name in each.span.of(text) and each.role in text for each in found)
    return [(each.name, each.role, each.actor, each.private) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Maria Zakharova, spokesperson for the Russian MFA, arrived in Minsk.",
         [("Maria Zakharova", "spokesperson for the Russian MFA", "RU", False)]),
        ("en", "The train of Armenian Prime Minister Nikol Pashinyan was late.",
         [("Nikol Pashinyan", "Armenian Prime Minister", "AM", False)]),
        ("en", "They waited for French President Macron.",
         [("Macron", "French President", "FR", False)]),
        ("en", "A letter from Robert Kocharyan, former president of Armenia, was read.",
         [("Robert Kocharyan", "former president of Armenia", None, True)]),
        ("en", "Pope Francis said that “we must talk”.", [("Francis", "Pope", None, True)]),
        ("en", "“I was lucky,” Medvedev said. On Monday Daniil Medvedev plays again.",
         [("Daniil Medvedev", "", None, False)]),
        ("fr", "Le ministre russe des Affaires étrangères, Sergueï Lavrov, est arrivé.",
         [("Sergueï Lavrov", "ministre russe des Affaires étrangères", "RU", False)]),
        ("fr", "On attend Robert Mueller, conseiller chargé d’enquêter sur l’ingérence russe.",
         [("Robert Mueller", "conseiller chargé d’enquêter sur l’ingérence russe", None, False)]),
        ("ru", "В Минск прибыл министр иностранных дел России Сергей Лавров.",
         [("Сергей Лавров", "министр иностранных дел России", "RU", False)]),
        ("ru", "Автор книги — политолог Борис Навасардян.",
         [("Борис Навасардян", "политолог", None, True)]),
        ("en", "Lastly, the train left Moscow.", []),
    ],
)  # fmt: skip
def test_a_text_introduces_people(
    language: str, text: str, expected: list[tuple[str, str, str | None, bool]]
) -> None:
    assert people(text, language) == expected


@pytest.mark.parametrize(
    ("language", "title", "author"),
    [
        ("en", "Statement by the Ministry of Foreign Affairs of Armenia on the border", "AM"),
        ("en", "Speech by Prime Minister of Armenia Nikol Pashinyan at the UN", "AM"),
        ("en", "Full text of Russian President Vladimir Putin's address", "RU"),
        ("en", "Joint statement by Armenia and France", None),
        ("en", "Letter from Yerevan", None),
        ("en", "Statement by the Kremlin draws criticism", None),
        ("en", "Message of hope from the mountains", None),
        ("fr", "Déclaration du ministère russe des Affaires étrangères sur la frontière", "RU"),
        ("fr", "Discours du président de la République française, Emmanuel Macron", "FR"),
        ("fr", "Déclaration commune de la France et de l’Arménie", None),
        ("fr", "Déclaration de guerre", None),
        ("ru", "Заявление МИД России", "RU"),
        ("ru", "Обращение президента Азербайджана Ильхама Алиева к народу", "AZ"),
        ("ru", "Совместное заявление России и Китая", None),
    ],
)
def test_a_title_may_say_whose_words_a_text_is(
    language: str, title: str, author: str | None
) -> None:
    assert author_of(title, "…", language, ACTORS) == author


def test_a_report_on_a_speech_is_not_the_speech() -> None:
    title = "Speech by Prime Minister of Armenia Nikol Pashinyan"
    own, report = "We will build a road.", "Nikol Pashinyan said: “We will build a road.”"
    assert author_of(title, own, "en", ACTORS) == "AM"
    assert author_of(title, report, "en", ACTORS) is None
    [words] = said(own, author="AM", title=title)
    assert (words.actor, words.speaker, words.role) == (
        "AM", "Nikol Pashinyan", "Prime Minister of Armenia",
    )  # fmt: skip
