"""Where an answer can go on: each way leads to words not shown yet, which may be read."""

from __future__ import annotations

import numpy as np
import pytest

from bot.answering.alike import alike
from bot.domain import Further
from tests.bot.corpora import EVERYTHING, PUBLIC, TODAY, Desk, keeps_its_promises
from vectorstore.domain import Tier

QUESTIONS = [
    ("en", "What did Russia say about the rail corridor?"),
    ("fr", "Que dit l'Iran du corridor ?"),
    ("ru", "Что сказал Иран о коридоре?"),
    ("en", "What did Russia say?"),
    ("fr", "Qu'a dit la Turquie ?"),
]


@pytest.mark.parametrize("tiers", [PUBLIC, EVERYTHING], ids=["public", "everything"])
@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_every_way_on_leads_to_words_that_were_not_shown(
    samples: Desk, language: str, question: str, tiers: frozenset[Tier]
) -> None:
    answer = samples.ask(question, language=language, tiers=tiers)
    ways = samples.newsroom.further(answer, tiers=tiers)
    shown = {(each.version, each.start) for each in answer.citations}
    found = [way for way in (ways.more, ways.earlier, *ways.compare) if way]
    assert found
    for way in found:
        more = samples.newsroom.go_on(way, tiers=tiers)
        keeps_its_promises(more, samples.corpus, tiers)
        assert {(each.version, each.start) for each in more.citations} - shown
        assert more.silent == ()
    cited = {each.briefing for each in answer.citations}
    for code in ways.editions:
        editions = samples.newsroom.editions(cited, code, tiers=tiers)
        assert editions
        assert {each.language for each in editions} == {code}
        assert {each.tier for each in editions} <= tiers


def test_more_is_of_the_same_speaker_and_a_comparison_of_both_sides(samples: Desk) -> None:
    answer = samples.ask("What did Russia say about the rail corridor?")
    ways = samples.newsroom.further(answer, tiers=PUBLIC)
    assert ways.more
    assert {line.actor for line in samples.newsroom.go_on(ways.more, tiers=PUBLIC).lines} == {"RU"}
    for way in ways.compare:
        told = samples.newsroom.go_on(way, tiers=PUBLIC)
        assert {line.actor for line in told.lines} == set(way.actors)


def test_earlier_goes_back_day_by_day_to_the_first(samples: Desk) -> None:
    answer = samples.ask("What did Russia say?")
    days = [min(line.day for line in answer.lines if line.day)]
    while way := samples.newsroom.further(answer, tiers=PUBLIC).earlier:
        answer = samples.newsroom.go_on(way, tiers=PUBLIC)
        days.append(min(line.day for line in answer.lines if line.day))
    assert len(days) > 2
    assert days == sorted(set(days), reverse=True)


def test_whoever_asks_in_one_file_stays_in_it(samples: Desk) -> None:
    found = 0
    for file in samples.newsroom.dossiers(tiers=PUBLIC, language="en"):
        for question in ("What did Russia say?", "What did Russia say about the rail corridor?"):
            answer = samples.newsroom.answer(
                question, tiers=PUBLIC, language="en", today=TODAY, dossier=file.name
            )
            ways = samples.newsroom.further(answer, tiers=PUBLIC)
            for way in filter(None, (ways.more, ways.earlier)):
                found += 1
                more = samples.newsroom.go_on(way, tiers=PUBLIC)
                assert more.found
                with samples.corpus.view() as view:
                    briefings = [view.documents[each.version].briefing for each in more.citations]
                assert all(file.name in each.dossiers for each in briefings)
    assert found


def test_what_found_nothing_leads_nowhere(samples: Desk) -> None:
    answer = samples.ask("Who won the football cup?")
    assert not answer.found
    assert samples.newsroom.further(answer, tiers=PUBLIC) == Further()


def test_what_is_for_subscribers_is_offered_to_nobody_else(samples: Desk) -> None:
    """What a subscriber was offered finds nothing of theirs for who is none any more."""
    answer = samples.ask("What did Turkey say about the Karasor talks?", tiers=EVERYTHING)
    ways = samples.newsroom.further(answer, tiers=EVERYTHING)
    for way in (ways.more, ways.earlier, *ways.compare):
        if way:
            keeps_its_promises(samples.newsroom.go_on(way, tiers=PUBLIC), samples.corpus, PUBLIC)


def test_questions_near_each_other_are_one_group() -> None:
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.99, 0.141], [0.6, 0.8]])
    assert alike(vectors) == [[0, 2], [1], [3]]
    assert alike(np.array([])) == []


def test_paraphrases_are_grouped_and_other_subjects_are_not(samples: Desk) -> None:
    questions = [
        "What did Iran say about the corridor?",
        "How many people died in the flood?",
        "what does Tehran say of the corridor",
        "Who leads the observers' mission?",
    ]
    assert samples.newsroom.alike(questions) == [[0, 2], [1], [3]]
