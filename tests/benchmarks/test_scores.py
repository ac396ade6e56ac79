"""The evaluation's measures, on values worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.children import BenchmarkError
from benchmarks.offsets import Origin
from benchmarks.scores import (
    Piece,
    contains,
    covered,
    decided,
    gold_shown,
    gold_whole,
    ndcg,
    reciprocal_rank,
    shared,
)
from vectorstore.domain import Span


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def piece(text: str, start: int, document: str = "a") -> Piece:
    return Piece(document=document, span=span(start, start + len(text)), text=text)


def test_the_reciprocal_rank_is_that_of_the_first_right_one() -> None:
    assert reciprocal_rank([False, False, True, True]) == pytest.approx(1 / 3)
    assert reciprocal_rank([False]) == 0


def test_ndcg_discounts_by_rank_and_compares_with_the_best_order() -> None:
    gained = 1 / math.log2(3) + 1 / math.log2(5)  # ranks 2 and 4
    ideal = 1 + 1 / math.log2(3) + 1 / 2  # three exist
    assert ndcg([False, True, False, True], 3) == pytest.approx(gained / ideal)
    assert ndcg([True, True], 2) == 1
    assert ndcg([False, True, True], 2, limit=1) == 0
    assert ndcg([], 0) == 0


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 5))
def test_ndcg_lies_between_nothing_and_all(right: list[bool], unfound: int) -> None:
    assert 0 <= ndcg(right, right.count(True) + unfound) <= 1 + 1e-9


def test_spans_share_what_they_have_in_common_of_the_shorter() -> None:
    assert shared(span(0, 10), span(8, 12)) == 0.5
    assert shared(span(0, 10), span(2, 4)) == 1
    assert shared(span(0, 10), span(10, 12)) == 0


def test_a_stretch_that_two_pieces_show_counts_once() -> None:
    assert covered(span(10, 20), [span(0, 13), span(12, 14), span(18, 30)]) == 0.6
    assert covered(span(10, 20), [span(0, 20), span(5, 12)]) == 1
    assert covered(span(10, 20), []) == 0


def test_words_are_found_whatever_their_spaces_and_quotation_marks() -> None:
    assert contains("Il a dit : «\u00a0Oui,\n  bien sûr\u00a0»", "oui, bien sûr")
    assert contains("the ‘only’ switch", "the 'only' switch")
    assert not contains("bien sûr", "bien mûr")


def test_gold_is_shown_by_half_of_its_span_or_by_all_that_it_quotes() -> None:
    gold = piece('He said "never again" to them.', 100)
    assert gold_shown(gold, [piece("x" * 15, 100)])
    assert not gold_shown(gold, [piece("x" * 14, 100)])
    assert not gold_shown(gold, [piece("x" * 30, 100, document="b")])
    assert gold_shown(gold, [piece("never again", 0, document="b")])
    assert not gold_shown(gold, [piece("never", 0, document="b")])


def test_gold_is_whole_from_its_first_word_to_its_last() -> None:
    gold = piece("He said “never again” to them.", 100)
    assert gold_whole(gold, [piece('He said "never', 0), piece('again" to them.', 9)])
    assert not gold_whole(gold, [piece("never again", 109)])


def test_decisions_are_counted_for_the_class_that_is_said() -> None:
    counts = decided([True, True, True, False, False], [True, True, False, True, False])
    assert (counts.right, counts.wrong, counts.missed) == (2, 1, 1)
    assert counts.precision == pytest.approx(2 / 3)
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.f1 == pytest.approx(2 / 3)


def test_a_span_of_a_tidied_body_is_found_in_its_source() -> None:
    source, body = "One \u200b\n\n  two\u00a0 three ", "One\n\ntwo three"
    at = body.index("two three")
    assert Origin(source, body).of(span(at, at + 9)).of(source) == "two\u00a0 three"
    assert Origin(source, body).of(span(3, 8)).of(source) == "two"


def test_a_body_with_other_words_has_no_origin_in_a_source() -> None:
    with pytest.raises(BenchmarkError, match="changed the words"):
        Origin("one two", "one three")
