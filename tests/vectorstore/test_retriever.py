"""Search finds by meaning and by words, within what the reader may see and asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever

from tests.vectorstore.store import HashEncoder, briefing, change, publish
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus, View
from vectorstore.domain import Briefing, Days, Hit, Tier
from vectorstore.embeddings import SentenceEmbeddings
from vectorstore.publication import Vectors
from vectorstore.publisher import Publisher
from vectorstore.retriever import BriefingRetriever, Restriction, search

ALL = frozenset(Tier)
PUBLIC = frozenset({Tier.PUBLIC})
BRIEFINGS = (
    briefing("vienna-en", "Ministers met in Vienna.", "They spoke of railways."),
    briefing("vienna-fr", "Les ministres se sont réunis à Vienne.", language="fr"),
    briefing("vienna-ru", "Министры встретились в Вене.", language="ru"),
    briefing("secret", "Ministers met in Vienna in secret.", tier=Tier.SUBSCRIBERS),
    briefing(
        "floods",
        "Floods closed the railway.",
        day=date(2024, 6, 3),
        covers=Days(first=date(2024, 5, 31), last=date(2024, 6, 2)),
    ),
    briefing("undated", "Floods again.", day=None),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish(folder, *BRIEFINGS)
    return folder


@pytest.fixture(scope="module")
def corpus(data: Path) -> Iterator[Corpus]:
    with closing(Corpus(data)) as opened:
        yield opened


@pytest.fixture
def view(corpus: Corpus) -> Iterator[View]:
    with corpus.view() as lent:
        yield lent


def ask(
    view: View, question: str, restriction: Restriction, language: str = "en", limit: int = 99
) -> list[Hit]:
    vector = HashEncoder().encode_query(question)
    return search(view, vector, question, language, restriction, limit)


def ids(hits: list[Hit]) -> set[str]:
    return {hit.passage.briefing.id for hit in hits}


def test_what_both_rankings_know_comes_first(view: View) -> None:
    hits = ask(view, "Ministers met in Vienna", Restriction(tiers=PUBLIC, languages=("en",)))
    assert hits[0].passage.text == "Ministers met in Vienna."
    assert hits[0].score == max(hit.score for hit in hits)
    assert hits[0].similarity == pytest.approx(1, abs=0.3)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_the_fused_score_is_the_sum_of_reciprocal_ranks(view: View) -> None:
    question = "They spoke of railways."
    (best, *_) = ask(view, question, Restriction(tiers=PUBLIC, languages=("en",)))
    assert best.passage.text == question
    near = ask(view, "zzz", Restriction(tiers=PUBLIC, languages=("en",)))
    assert best.score == pytest.approx(2 / 61)
    assert near[0].score == pytest.approx(1 / 61)


def test_every_language_is_asked_and_none_drowns(view: View) -> None:
    hits = ask(view, "Ministers met in Vienna", Restriction(tiers=PUBLIC))
    assert {hit.passage.briefing.language for hit in hits[:3]} == {"en", "fr", "ru"}


def test_the_public_never_sees_what_is_for_subscribers(view: View) -> None:
    assert "secret" in ids(ask(view, "Ministers in secret", Restriction(tiers=ALL)))
    assert "secret" not in ids(ask(view, "Ministers in secret", Restriction(tiers=PUBLIC)))


def test_a_limit_is_kept_and_keeps_the_best(view: View) -> None:
    restriction = Restriction(tiers=ALL)
    all_hits = ask(view, "floods", restriction)
    assert ask(view, "floods", restriction, limit=2) == all_hits[:2]


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        (Restriction(tiers=ALL, languages=("fr",)), {"vienna-fr"}),
        (Restriction(tiers=ALL, languages=()), set()),
        (Restriction(tiers=ALL, stories=frozenset({"vienna-en"})), {"vienna-en"}),
        (Restriction(tiers=ALL, stories=frozenset()), set()),
        (Restriction(tiers=ALL, briefing="undated"), {"undated"}),
        (Restriction(tiers=PUBLIC, briefing="secret"), set()),
        (Restriction(tiers=ALL, languages=("fr",), briefing="vienna-en"), set()),
        (Restriction(tiers=frozenset(), languages=("en",)), set()),
    ],
)
def test_a_restriction_holds_for_every_hit(
    view: View, restriction: Restriction, expected: set[str]
) -> None:
    assert ids(ask(view, "Ministers met in Vienna", restriction)) == expected
    assert ids(ask(view, "Министры в Вене", restriction, "ru")) == expected


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), True),  # the day it was published
        (date(2024, 5, 31), date(2024, 5, 31), True),  # the first day it covers
        (date(2024, 6, 2), date(2024, 6, 2), True),  # the last
        (date(2020, 1, 1), date(2030, 1, 1), True),
        (date(2024, 5, 2), date(2024, 5, 30), False),
        (date(2024, 6, 4), date(2024, 6, 30), False),
    ],
)
def test_days_are_those_of_publication_or_of_what_is_covered(
    view: View, first: date, last: date, *, found: bool
) -> None:
    days = Days(first=first, last=last)
    hits = ask(view, "floods railway", Restriction(tiers=ALL, days=days))
    assert ("floods" in ids(hits)) is found
    assert "undated" not in ids(hits)


# Across languages

ENGLISH = Restriction(tiers=PUBLIC, languages=("en",))
WHOLE = briefing("whole", "Rain fell on the wide valley.")
PART = briefing("part", "Rain fell. Trains ran late, wolves howled, bakers slept, bells rang.")
OTHERS = (briefing("cats", "Cats slept."), briefing("ships", "Ships left. Crews sang."))


class WideEncoder(HashEncoder):
    """One of so many dimensions that texts without a common word are hardly near each other."""

    def __init__(self) -> None:
        super().__init__(dimensions=512)


class WholeEncoder(WideEncoder):
    """One that reads no sentence."""

    def encode_parts(self, *given: Any) -> list[Vectors]:
        return [rows[:1] for rows in super().encode_parts(*given)]


def ask_english(
    folder: Path, made: Sequence[Briefing], question: str, encoder: HashEncoder | None = None
) -> tuple[list[Hit], list[Hit]]:
    """What a question finds in English briefings when it is English, and when it is Russian."""
    encoder = encoder or WideEncoder()
    publish(folder, *made, encoder=encoder)
    vector = encoder.encode_query(question)
    with closing(Corpus(folder)) as corpus, corpus.view() as view:
        own, elsewhere = (
            search(view, vector, question, language, ENGLISH, 99) for language in ("en", "ru")
        )
    return own, elsewhere


def order(hits: list[Hit]) -> list[str]:
    return [hit.passage.briefing.id for hit in hits]


def similarities(hits: list[Hit]) -> dict[str, float]:
    return {hit.passage.briefing.id: hit.similarity or 0.0 for hit in hits}


def test_across_languages_a_passage_stands_where_its_nearest_sentence_does(tmp_path: Path) -> None:
    own, elsewhere = ask_english(tmp_path, [WHOLE, PART, *OTHERS], "rain fell")
    assert order(own)[:2] == ["whole", "part"]
    assert order(elsewhere)[:2] == ["part", "whole"]


def test_the_similarity_of_a_hit_is_its_passages_whoever_asks(tmp_path: Path) -> None:
    own, elsewhere = ask_english(tmp_path, [WHOLE, PART, *OTHERS], "rain fell")
    assert similarities(elsewhere) == similarities(own)


def test_across_languages_what_all_texts_say_brings_none_forward(tmp_path: Path) -> None:
    usual = briefing("usual", "Today said.")
    right = briefing("right", "Today said rain fog frost.")
    others = [briefing(f"b{n}", f"Today said {word}.") for n, word in enumerate("abcdefgh")]
    _, hits = ask_english(tmp_path, [usual, right, *others], "today said rain")
    near = similarities(hits)
    assert near["usual"] > near["right"]
    assert order(hits)[0] == "right"


def test_the_order_for_the_public_does_not_hang_on_what_subscribers_read(tmp_path: Path) -> None:
    secret = [
        briefing(f"s{n}", f"Today said {word}.", tier=Tier.SUBSCRIBERS)
        for n, word in enumerate("abcdefgh")
    ]
    public = [briefing("usual", "Today said."), briefing("right", "Today said rain fog frost.")]
    _, without = ask_english(tmp_path / "1", public, "today said rain")
    _, beside = ask_english(tmp_path / "2", [*public, *secret], "today said rain")
    assert beside == without


def test_passages_whose_sentences_have_no_vectors_are_found_as_a_whole(tmp_path: Path) -> None:
    _, hits = ask_english(tmp_path, [WHOLE, PART, *OTHERS], "rain fell", WholeEncoder())
    assert order(hits)[:2] == ["whole", "part"]


def test_the_only_passage_of_a_language_is_found(tmp_path: Path) -> None:
    _, hits = ask_english(tmp_path, [briefing("only", "Rain.")], "snow")
    assert order(hits) == ["only"]


# LangChain


def test_the_langchain_retriever_gives_documents_that_can_be_cited(
    corpus: Corpus, view: View
) -> None:
    restriction = Restriction(tiers=PUBLIC)
    retriever: BaseRetriever = BriefingRetriever(
        corpus=corpus, encoder=HashEncoder(), restriction=restriction, limit=4
    )
    documents = retriever.invoke("Ministers met in Vienna")
    assert len(documents) == 4
    for found in documents:
        held = view.current(found.metadata["briefing"], found.metadata["version"])
        assert held
        span = slice(found.metadata["start"], found.metadata["end"])
        assert found.page_content == held.text[span]
        assert found.metadata["url"] == held.url
        assert found.metadata["tier"] == "public"
    assert documents[0].metadata["briefing"].startswith("vienna")


def test_with_the_real_model_a_question_finds_its_answer_in_every_language(
    tmp_path: Path, embeddings: SentenceEmbeddings
) -> None:
    made = (
        briefing("water", "Heavy rain flooded the valley and cut the road.", title="Weather"),
        briefing("vote", "The parliament elected a new speaker on Monday.", title="Politics"),
        briefing("eau", "De fortes pluies ont inondé la vallée.", title="Météo", language="fr"),
        briefing("вода", "Сильные дожди затопили долину.", title="Погода", language="ru"),
    )
    with closing(Catalog.open(tmp_path)) as catalog:
        Publisher(tmp_path, catalog).publish(change(*made), embeddings)
    with closing(Corpus(tmp_path)) as corpus, corpus.view() as view:
        for question, language in (
            ("What did the rain do to the valley?", "en"),
            ("Que s'est-il passé dans la vallée ?", "fr"),
            ("Что случилось в долине?", "ru"),
        ):
            vector = embeddings.encode_query(question)
            hits = search(view, vector, question, language, Restriction(tiers=PUBLIC), 3)
            assert ids(hits) == {"water", "eau", "вода"}, question
