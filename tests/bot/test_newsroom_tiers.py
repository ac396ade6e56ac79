"""Whole answers to those who may read all, and to those who may not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bot.corpora import EVERYTHING, PUBLIC, Desk, cited
from vectorstore.domain import Tier

SECRETS = [
    "What did Russia say about the ceasefire?",
    "Что сказала Россия 24 апреля 2024 года?",
    "Échange de prisonniers à Karasor",
    "What happened in Karasor?",
    "What did Russia say on 24 April 2024?",
    "What did Medvedev say about the ceasefire in Karasor?",
    "What was said on 24 April 2024?",
]


@pytest.mark.parametrize("question", SECRETS)
def test_the_public_is_shown_nothing_of_subscribers_text(samples: Desk, question: str) -> None:
    answer = samples.ask(question, tiers=PUBLIC)
    assert not [c for c in cited(answer) if "karasor" in c.url.lower()]


@pytest.mark.parametrize("question", SECRETS)
def test_the_public_is_answered_as_if_subscribers_text_did_not_exist(
    samples: Desk, without_secrets: Desk, question: str
) -> None:
    known, unknown = samples.ask(question), without_secrets.ask(question)
    assert (known.found, known.reason) == (unknown.found, unknown.reason)
    assert [c.quote for c in cited(known)] == [c.quote for c in cited(unknown)]


@pytest.mark.parametrize("question", SECRETS[:5])
def test_subscribers_are_shown_both(samples: Desk, question: str) -> None:
    answer = samples.ask(question, tiers=EVERYTHING)
    assert [c for c in cited(answer) if "karasor" in c.url.lower()]
    assert samples.ask("What did Iran say about the corridor?", tiers=EVERYTHING).found


def test_listings_keep_to_the_tiers_too(samples: Desk) -> None:
    public = samples.newsroom.latest(tiers=PUBLIC, limit=99)
    assert {briefing.tier for briefing in public} == {Tier.PUBLIC}
    assert len(samples.newsroom.latest(tiers=EVERYTHING, limit=99)) == len(public) + 3
    assert [briefing.day for briefing in public] == sorted(
        (briefing.day for briefing in public), reverse=True
    )
    for source in samples.newsroom.sources(tiers=PUBLIC, language="en"):
        assert date(2024, 4, 24) not in {source.first, source.last}
        assert not [name for name in source.dossiers if "ceasefire" in name.lower()]


@pytest.mark.parametrize(
    ("language", "dossier"),
    [
        ("en", "Natural disasters and humanitarian aid"),
        ("fr", "Catastrophes naturelles et aide humanitaire"),
        ("ru", "Стихийные бедствия и гуманитарная помощь"),
    ],
)
def test_a_source_counts_each_story_once_and_names_dossiers_in_the_readers_language(
    samples: Desk, language: str, dossier: str
) -> None:
    site, folder = samples.newsroom.sources(tiers=PUBLIC, language=language)
    assert (site.stories, folder.stories) == (3, 1)
    assert site.languages == folder.languages == ("en", "fr", "ru")
    assert dossier in folder.dossiers
    assert len(folder.dossiers) == 3
