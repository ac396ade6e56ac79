"""The hand-annotated attribution set keeps its own conventions; knows nothing of extraction."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from vectorstore.actors import Actors
from vectorstore.domain import LANGUAGES, StatementKind

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "benchmarks" / "attribution"
SETS = ROOT.parent / "shared" / "eval"
FIELDS = {"set", "id", "lang", "start", "end", "half", "statements"}
STATEMENT_FIELDS = {"start", "end", "speaker", "actor", "kind"}
MARKS = frozenset("\"'«»“”„")
PAUSES = frozenset(",—–-")  # where an attribution interrupts a quote inside its marks
PUNCTUATION = " \u00a0\u202f\n.,;:!?…"

Row = dict[str, Any]


def _rows(language: str) -> list[Row]:
    lines = (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = [row for language in LANGUAGES for row in _rows(language)]
STATEMENTS = [(row, each) for row in ROWS for each in row["statements"]]


@pytest.fixture(scope="module")
def documents() -> dict[str, Row]:
    found = {}
    for name in sorted({row["set"] for row in ROWS}):
        path = SETS / name / "corpus.jsonl"
        if not path.is_file():
            pytest.skip(f"the texts of the set {name} are not beside the repository ({path})")
        corpus = map(json.loads, path.read_text("utf-8").splitlines())
        found.update({document["id"]: document for document in corpus})
    return found


# ---------------------------------------------------------------- without the texts
def test_there_are_at_least_sixty_paragraphs_in_three_languages() -> None:
    counts = Counter(row["lang"] for row in ROWS)
    assert set(counts) == set(LANGUAGES)
    assert min(counts.values()) >= 20
    assert sum(counts.values()) >= 60


def test_a_file_holds_its_own_language() -> None:
    assert all(row["lang"] == language for language in LANGUAGES for row in _rows(language))


def test_rows_hold_offsets_and_names_and_no_text() -> None:
    assert all(set(row) == FIELDS for row in ROWS)
    assert all(set(each) == STATEMENT_FIELDS for _, each in STATEMENTS)
    assert all(len(each["speaker"]) <= 80 for _, each in STATEMENTS)


def test_statements_stand_inside_their_paragraph_in_order() -> None:
    for row in ROWS:
        starts = [each["start"] for each in row["statements"]]
        assert starts == sorted(starts)
        for each in row["statements"]:
            assert row["start"] <= each["start"] < each["end"] <= row["end"], row["id"]


def test_no_statement_is_annotated_twice() -> None:
    keys = [
        (row["id"], *(each[field] for field in ("start", "end", "speaker", "kind")))
        for row, each in STATEMENTS
    ]
    assert len(keys) == len(set(keys))


def test_quotes_never_overlap() -> None:
    for row in ROWS:
        spans = sorted((s["start"], s["end"]) for s in row["statements"] if s["kind"] == "quote")
        ends = [end for _, end in spans]
        assert all(end < start for end, (start, _) in zip(ends, spans[1:], strict=False)), row["id"]


def test_paragraphs_of_a_document_do_not_overlap() -> None:
    spans = defaultdict(list)
    for row in ROWS:
        spans[row["id"]].append((row["start"], row["end"]))
    for found in spans.values():
        assert len(found) <= 2
        assert all(a[1] <= b[0] for a, b in zip(sorted(found), sorted(found)[1:], strict=False))


def test_the_halves_share_no_document_and_are_of_one_size() -> None:
    halves = defaultdict(set)
    for row in ROWS:
        halves[row["half"]].add(row["id"])
    assert set(halves) == {"tuning", "held-out"}
    assert not halves["tuning"] & halves["held-out"]
    assert abs(len(halves["tuning"]) - len(halves["held-out"])) <= 3


def test_no_translated_story_is_annotated_in_two_languages() -> None:
    stories = {
        (row["id"].split("-", 2)[2], row["lang"]) for row in ROWS if row["set"] == "ntrex_news"
    }
    assert len(stories) == len({story for story, _ in stories})


def test_kinds_and_actors_are_the_products_own() -> None:
    kinds = {each["kind"] for _, each in STATEMENTS}
    actors = {each["actor"] for _, each in STATEMENTS} - {None}
    assert kinds == {kind.value for kind in StatementKind}
    assert actors <= Actors.load().codes


def test_a_statement_has_a_speaker_or_an_actor() -> None:
    assert all(each["speaker"] or each["actor"] for _, each in STATEMENTS)


def test_some_paragraphs_hold_no_statement_in_every_language() -> None:
    for language in LANGUAGES:
        silent = [row for row in _rows(language) if not row["statements"]]
        assert 1 / 8 <= len(silent) / len(_rows(language)) <= 1 / 4


# ---------------------------------------------------------------- beside the texts
def test_paragraphs_are_whole_and_inside_their_document(documents: dict[str, Row]) -> None:
    for row in ROWS:
        document = documents[row["id"]]
        text = document["text"]
        assert document["lang"] == row["lang"]
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert not text[: row["start"]] or text[row["start"] - 1].isspace(), row["id"]
        assert not text[row["end"] :] or text[row["end"]].isspace(), row["id"]


def test_quotes_begin_and_end_at_quotation_marks(documents: dict[str, Row]) -> None:
    for row, each in STATEMENTS:
        if each["kind"] == "quote":
            text = documents[row["id"]]["text"]
            assert _marked(text, each["start"], each["end"]), (row["id"], each["start"])


def test_spans_begin_and_end_with_words(documents: dict[str, Row]) -> None:
    for row, each in STATEMENTS:
        words = documents[row["id"]]["text"][each["start"] : each["end"]]
        assert words == words.strip(), (row["id"], each["start"])


def test_speakers_are_named_in_their_document(documents: dict[str, Row]) -> None:
    for row, each in STATEMENTS:
        document = documents[row["id"]]
        told = f"{document['title']} {document['text']}"
        # a Russian name may stand in another case: its stem must be there
        endings = 2 if row["lang"] == "ru" else 0
        for word in each["speaker"].split():
            assert word[: max(len(word) - endings, 1)] in told, (row["id"], each["speaker"])


def _marked(text: str, start: int, end: int) -> bool:
    """Whether a mark stands at both ends, or at one, and at the other an attribution breaks in."""
    before = text[:start].rstrip()[-1:]
    after = text[end:].lstrip(PUNCTUATION)[:1]
    opened, closed = before in MARKS, after in MARKS
    interrupted = opened and text[end : end + 1] in PAUSES
    resumed = closed and before in PAUSES
    return (opened and closed) or interrupted or resumed
