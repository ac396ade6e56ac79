"""How well passages answer a question, over the samples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answering.question import Question, understand
from bot.answering.relevance import Relevance
from tests.bot.corpora import EVERYTHING, PUBLIC, TODAY, Desk
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import Hit, Span
from vectorstore.embeddings import SentenceEmbeddings
from vectorstore.retriever import Restriction, search

ACTORS = Actors.load()


@pytest.fixture
def view(samples: Desk) -> Iterator[View]:
    with samples.corpus.view() as current:
        yield current


def asked(text: str) -> Question:
    return understand(
        text,
        actors=ACTORS,
        is_speaker=lambda _: False,
        day_of=lambda _words, _language: None,
        fallback="en",
        today=TODAY,
    )


def best(question: Question, view: View, embeddings: SentenceEmbeddings) -> tuple[float, Hit]:
    """The best passage for a question and by how much it passes the bar."""
    relevance = Relevance(question, view, PUBLIC)
    vector = embeddings.encode_query(question.text)
    within = Restriction(tiers=PUBLIC)
    hits = search(view, vector, question.text, question.language, within, 40)
    return max(((relevance.of(hit), hit) for hit in hits), key=lambda item: item[0])


@pytest.mark.parametrize(
    "text",
    [
        "How many observers were turned away from polling stations?",
        "Combien d'observateurs ont été refoulés des bureaux de vote ?",
        "Сколько наблюдателей не пустили на участки?",
    ],
)
def test_what_the_briefings_tell_passes_the_bar(
    view: View, embeddings: SentenceEmbeddings, text: str
) -> None:
    score, hit = best(asked(text), view, embeddings)
    assert score > 0
    assert "mziskari" in hit.passage.briefing.url


@pytest.mark.parametrize(
    "text",
    [
        "Which team won the basketball final?",
        "Quelle est la recette de la ratatouille ?",
        "Сколько стоит билет в зоопарк?",
    ],
)
def test_what_they_do_not_tell_does_not(
    view: View, embeddings: SentenceEmbeddings, text: str
) -> None:
    assert best(asked(text), view, embeddings)[0] < 0


def test_the_share_of_the_questions_words_is_weighed_by_their_rarity(view: View) -> None:
    relevance = Relevance(asked("corridor locomotive"), view, PUBLIC)
    assert relevance.coverage("A locomotive in the corridor.") == pytest.approx(1)
    assert relevance.coverage("Nothing of the kind.") == 0
    assert relevance.coverage("locomotives") > relevance.coverage("corridors") > 0


def test_a_question_without_words_is_covered_by_nothing(view: View) -> None:
    assert Relevance(asked("?"), view, PUBLIC).coverage("anything") == 0


def test_whether_a_word_is_known_depends_on_what_the_asker_may_read(view: View) -> None:
    question = asked("prisoners xyzzy")
    assert Relevance(question, view, PUBLIC).coverage("prisoners") == pytest.approx(0.5)
    assert Relevance(question, view, EVERYTHING).coverage("prisoners") > 0.5


def test_the_telling_sentence_holds_the_words_asked_for(view: View) -> None:
    body = "The line is long. Two trains a day may pass. Snow is expected."
    spans = [Span(start=0, end=17), Span(start=18, end=44), Span(start=45, end=62)]
    relevance = Relevance(asked("How many trains pass?"), view, PUBLIC)
    assert relevance.telling(body, spans, "en") == 1


def test_across_languages_names_and_figures_tell(view: View) -> None:
    body = "Il pleut. Nadejda Kroutoïarova a cité 38 observateurs. Il neige."
    spans = [Span(start=0, end=9), Span(start=10, end=54), Span(start=55, end=64)]
    relevance = Relevance(asked("О чём Крутоярова: 38 наблюдателей?"), view, PUBLIC)
    assert relevance.telling(body, spans, "fr") == 1
