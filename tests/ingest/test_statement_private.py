"""Bodies that bear a country's name and do not speak for it: fronts, coalitions, oppositions."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors

ACTORS = Actors.load()


def sides(text: str, language: str) -> list[str | None]:
    """The actor of each statement, in order."""
    return [s.actor for s in extract(text, language, actors=ACTORS).statements]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Syrian Democratic Forces said that the road was open."),
        ("en", "The French National Front said that the vote was void."),
        ("en", "The Georgian National Council, the main opposition alliance, called for a vote."),
        ("en", "The Georgian National Council, a coalition of parties, called for a vote."),
        ("fr", "Les Forces démocratiques syriennes ont annoncé un retrait."),
        (
            "fr",
            "Le Conseil national syrien, principale coalition de l'opposition, a dit son accord.",
        ),
        ("ru", "Сирийские демократические силы заявили, что дорога открыта."),
        ("ru", "Национальный совет Сирии, главная коалиция оппозиции, призвал к единству."),
        ("ru", "Национальный фронт Сирии заявил, что дорога открыта."),
    ],
)
def test_a_private_body_has_no_side(language: str, text: str) -> None:
    assert sides(text, language) == [None]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Russian forces said that the road was open.", "RU"),
        ("en", "The Georgian army, long critical of the opposition, said it was true.", "GE"),
        ("en", "The Georgian army, the opposition's target, said it was true.", "GE"),
        ("en", "Norway's coalition government said that taxes would rise.", "NO"),
        ("en", "Israel's Home Front Command said that schools would open.", "IL"),
        ("fr", "Le gouvernement de coalition norvégien a dénoncé l'accord.", "NO"),
        ("fr", "Le ministère géorgien des Affaires étrangères a dénoncé le front uni.", "GE"),
        ("ru", "Российские войска сообщили, что дорога открыта.", "RU"),
        ("ru", "МИД Грузии, давний противник оппозиции, заявил, что дорога открыта.", "GE"),
    ],
)
def test_a_country_keeps_its_own_voice(language: str, text: str, code: str) -> None:
    assert sides(text, language) == [code]


def test_what_a_text_has_called_private_once_stays_so() -> None:
    text = (
        "The Georgian National Council, the main opposition alliance, called for a vote. "
        "The council said that it would stay. The Georgian National Council said it was ready."
    )
    assert sides(text, "en") == [None, None, None]
