"""How well passages answer a question, over the samples."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.answering.evidence import MOST_SENTENCES
from bot.answering.question import Question, understand
from bot.answering.relevance import Relevance
from tests.bot.corpora import EVERYTHING, PUBLIC, TODAY, Desk
from tests.vectorstore.store import briefing, publish
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, View
from vectorstore.domain import Hit, Passage, Tier
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
        is_bearer=lambda _described, _language: False,
        day_of=lambda _words, _language: None,
        fallback="en",
        today=TODAY,
    )


def relevant(
    question: Question,
    view: View,
    embeddings: SentenceEmbeddings,
    tiers: frozenset[Tier] = PUBLIC,
) -> Relevance:
    return Relevance(question, view, tiers, embeddings.encode_query(question.text), ACTORS)


def best(question: Question, view: View, embeddings: SentenceEmbeddings) -> tuple[float, Hit]:
    """The best passage for a question and by how much it passes the bar."""
    relevance = relevant(question, view, embeddings)
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


def test_the_share_of_the_questions_words_is_weighed_by_their_rarity(
    view: View, embeddings: SentenceEmbeddings
) -> None:
    relevance = relevant(asked("corridor locomotive"), view, embeddings)
    assert relevance.coverage("A locomotive in the corridor.") == pytest.approx(1)
    assert relevance.coverage("Nothing of the kind.") == 0
    assert relevance.coverage("locomotives") > relevance.coverage("corridors") > 0


def test_a_question_without_words_is_covered_by_nothing(
    view: View, embeddings: SentenceEmbeddings
) -> None:
    assert relevant(asked("?"), view, embeddings).coverage("anything") == 0


def test_whether_a_word_is_known_depends_on_what_the_asker_may_read(
    view: View, embeddings: SentenceEmbeddings
) -> None:
    question = asked("prisoners xyzzy")
    assert relevant(question, view, embeddings).coverage("prisoners") == pytest.approx(0.5)
    assert relevant(question, view, embeddings, EVERYTHING).coverage("prisoners") > 0.5


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("How many people died in the flood?", "en", "seven people died"),
        ("How many people died in the flood?", "fr", "sept personnes ont péri"),
        ("Сколько человек погибло при наводнении?", "en", "seven people died"),
    ],
)
def test_the_sentence_that_answers_is_among_the_first_in_any_language(
    view: View, embeddings: SentenceEmbeddings, text: str, language: str, words: str
) -> None:
    [body] = (
        each.briefing
        for each in view.documents.values()
        if "floods" in each.briefing.url and each.briefing.language == language
    )
    relevance = relevant(asked(text), view, embeddings)
    told = [
        each
        for span in view.documents[body.version].passages
        for each in relevance.sentences(Passage(briefing=body, span=span))
    ]
    best = sorted(told, key=lambda each: -each[0])[:MOST_SENTENCES]
    assert any(words in span.of(body.text) for _, span in best)


def test_without_vectors_the_words_still_tell_which_sentence_says_most(
    tmp_path: Path, embeddings: SentenceEmbeddings
) -> None:
    body = briefing("a", "The line is long. Two trains a day may pass. Snow is expected.")
    publish(tmp_path, body)  # by an encoder whose vectors do not compare with the question's
    with closing(Corpus(tmp_path)) as corpus, corpus.view() as view:
        with closing(sqlite3.connect(tmp_path / "catalog.sqlite3")) as database:
            database.execute("UPDATE vectors SET sentences = NULL")
            database.commit()
        relevance = relevant(asked("How many trains pass?"), view, embeddings)
        [passage] = (
            Passage(briefing=body, span=span) for span in view.documents[body.version].passages
        )
        shares = [share for share, _ in relevance.sentences(passage)]
    assert shares[1] > shares[0] == shares[2] == 0
