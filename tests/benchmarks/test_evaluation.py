"""``python -m benchmarks.evaluate`` on our own questions, with an honest and a lying newsroom."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import evaluate, texts
from benchmarks.golden_set import NAME, questions
from benchmarks.interview import OpenEngine
from benchmarks.langchain_chroma_pipeline import chunks
from bot.answering import Newsroom
from bot.domain import Answer, Reason
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import LANGUAGES, Tier
from vectorstore.retriever import QueryEncoder

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evaluation")


@pytest.fixture
def run(kept: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def evaluated(open_engine: OpenEngine = Newsroom) -> tuple[int, dict[str, Any]]:
        code = evaluate.main(["--sets", NAME, "--json", "--keep", str(kept)], open_engine)
        return code, json.loads(capsys.readouterr().out)

    return evaluated


def result(document: dict[str, Any], section: str, what: str) -> dict[str, Any]:
    (found,) = (
        row for row in document["results"] if (row["section"], row["what"]) == (section, what)
    )
    return found


def test_an_honest_newsroom_is_faithful_and_judged_beside_the_plain_pipeline(run: Run) -> None:
    code, document = run()
    assert code == evaluate.FAITHFUL
    assert result(document, "fidelity", NAME)["ours"] == {"true quotes": 1.0}
    expected = result(document, NAME, "as expected: all")
    assert expected["n"] == len(questions())
    assert (
        0
        < expected["ours"]["all"]
        == pytest.approx(1 - len(document["failures"]) / expected["n"], abs=1e-4)
    )
    assert set(result(document, NAME, "words shown")["plain"]) == {*LANGUAGES, "all"}
    assert result(document, "time", NAME)["ours"]["p50 ms"] > 0


class Liar:
    """A newsroom that turns one word of each quotation round."""

    def __init__(self, corpus: Corpus, encoder: QueryEncoder, actors: Actors) -> None:
        self._newsroom = Newsroom(corpus, encoder, actors)

    def answer(
        self, question: str, *, tiers: frozenset[Tier], language: str, today: date
    ) -> Answer:
        answer = self._newsroom.answer(question, tiers=tiers, language=language, today=today)
        citations = [replace(each, quote=each.quote[::-1]) for each in answer.citations]
        return replace(answer, citations=tuple(citations))


class Silent:
    """A newsroom that never has anything to say."""

    def __init__(self, *_: object) -> None:
        pass

    def answer(
        self, question: str, *, tiers: frozenset[Tier], language: str, today: date
    ) -> Answer:
        return Answer(
            question=question,
            language=language,
            found=False,
            reason=Reason.NO_COVERAGE,
            lines=(),
            citations=(),
            nearest=(),
            seconds=0.0,
        )


def test_a_lying_newsroom_fails_the_run(run: Run) -> None:
    code, document = run(Liar)
    assert code == evaluate.UNFAITHFUL
    assert result(document, "fidelity", NAME)["ours"]["true quotes"] < 1


def test_a_silent_newsroom_is_right_where_there_is_no_coverage_alone(run: Run) -> None:
    code, document = run(Silent)
    assert code == evaluate.FAITHFUL
    silence = next(row for row in document["results"] if row["section"] == "abstention")["ours"]
    assert (silence["R"], silence["silence R"]) == (0, 1)
    failed = {row["id"] for row in document["failures"]}
    uncovered = {
        row["id"] for row in questions() if row["expect"]["reason"] in (None, "no_coverage")
    } & {row["id"] for row in questions() if not row["answerable"]}
    assert failed == {row["id"] for row in questions()} - uncovered


def test_sets_that_are_not_there_are_skipped_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(texts, "SETS", tmp_path)
    assert evaluate.main(["--sets", "ntrex_news"]) == evaluate.COULD_NOT_RUN
    assert "ntrex_news is skipped" in " ".join(capsys.readouterr().err.split())


def test_our_own_questions_are_of_every_kind_in_every_language() -> None:
    rows = questions()
    assert len({row["id"] for row in rows}) == len(rows)
    kinds = {row["kind"] for row in rows}
    for language in LANGUAGES:
        own = [row for row in rows if row["lang"] == language]
        assert len(own) >= 30
        assert {row["kind"] for row in own} == kinds
        assert {row["expect"]["reason"] for row in own} >= {
            Reason.NO_COVERAGE,
            Reason.SPEAKER_NOT_QUOTED,
            Reason.OUTSIDE_DAYS,
        }
        silent = sum(not row["answerable"] for row in own)
        assert 0.15 * len(own) <= silent <= 0.35 * len(own)


@pytest.mark.parametrize("text", ["", "short", "word " * 700, "x" * 2500, "a\n\n" * 900])
def test_chunks_of_the_plain_pipeline_lie_where_they_say_and_lose_no_word(text: str) -> None:
    spans = list(chunks(text))
    assert all(0 < span.end - span.start <= 1000 for span in spans)
    held = {at for span in spans for at in range(span.start, span.end)}
    assert all(text[at].isspace() for at in set(range(len(text))) - held)
