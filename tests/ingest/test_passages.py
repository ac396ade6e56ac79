"""Passages as spans: nothing lost, nothing twice, and where a body is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.passages import LONGEST_SENTENCE, MOST_WORDS, TARGET_WORDS, cut
from vectorstore.domain import LANGUAGES
from vectorstore.sentences import sentences


def passages(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in cut(text, language)]


def words(text: str) -> int:
    return len(text.split())


def sentence(number: int, length: int = 20) -> str:
    return f"Sentence {number} tells of the road" + " and of the railway" * (length // 4) + "."


def paragraph(*numbers: int) -> str:
    return " ".join(map(sentence, numbers))


def test_a_short_body_is_one_passage() -> None:
    assert passages("It began.\n\nIt ended.") == ["It began.\n\nIt ended."]


def test_an_empty_body_has_no_passage() -> None:
    assert passages(" \n\n ") == []


def test_a_long_paragraph_is_cut_into_runs_of_whole_sentences_near_the_target() -> None:
    text = paragraph(*range(40))
    found = passages(text)
    assert len(found) > 5
    assert all(abs(words(passage) - TARGET_WORDS) <= 20 for passage in found)
    ends = {span.end for span in sentences(text, "en")}
    assert {span.end for span in cut(text, "en")} <= ends


def test_paragraphs_near_the_target_stay_by_themselves() -> None:
    paragraphs = [paragraph(1, 2, 3), paragraph(4, 5, 6, 7), paragraph(8, 9, 10)]
    assert passages("\n\n".join(paragraphs)) == paragraphs


def test_short_paragraphs_are_put_together() -> None:
    paragraphs = [sentence(number) for number in range(12)]
    found = passages("\n\n".join(paragraphs))
    assert 2 <= len(found) <= 4
    assert all("\n\n" in passage for passage in found)


def test_a_paragraph_is_not_begun_in_the_passage_of_another() -> None:
    long, longer = paragraph(1, 2, 3), paragraph(4, 5, 6, 7, 8, 9)
    found = passages(f"{long}\n\n{longer}")
    assert found[0] == long
    assert " ".join(found[1:]) == longer


def test_a_quotation_is_not_parted_when_a_cut_beside_it_will_do() -> None:
    said = [f"“{sentence(20)}", *map(sentence, range(21, 27)), f"{sentence(27)}”"]
    text = " ".join([sentence(1), sentence(2), sentence(3), *said[:4], said[-1], sentence(4)])
    quotation = text[text.index("“") : text.index("”") + 1]
    assert any(quotation in passage for passage in passages(text))


def test_a_long_sentence_stays_whole() -> None:
    long = sentence(1, LONGEST_SENTENCE - 10)
    assert passages(f"Before it.\n\n{long}\n\nAfter it.")[1] == long


def test_a_sentence_over_the_limit_is_cut_after_its_clauses() -> None:
    clause = "the commission met in the capital on the question of the road, "
    found = passages(clause * 60)
    assert len(found) >= 4
    assert all(words(passage) <= MOST_WORDS for passage in found)
    assert all(passage.endswith(",") for passage in found)


def test_a_run_without_spaces_is_cut_between_letters_and_not_before_an_accent() -> None:
    text = "e\u0301" * 20_000
    found = passages(text)
    assert len(found) > 1
    assert "".join(found) == text
    assert not any(passage.startswith("\u0301") for passage in found)


PIECES = st.sampled_from(
    [
        *(
            "Baku said no.",
            "La route, dit-il,",
            "Дорога закрыта.",
            "«Нет», — сказал он.",
            "J. Smith",
        ),
        *(
            "“We must go.",
            "We will win.”",
            "« Oui\u202f! »",
            '"',
            "«",
            "»",
            "“",
            "т. е. так",
            "2023 г.",
        ),
        *(
            "e\u0301te\u0301",
            "\u00a0",
            "😀",
            "👩‍🚒",
            "\n",
            "\n\n",
            "\r\n",
            "x" * 40,
            "слово " * 30,
            "mot, " * 90,
        ),
    ]
)
BODIES = st.lists(PIECES, max_size=40).map(" ".join)


@settings(deadline=None)
@given(BODIES, st.sampled_from(LANGUAGES))
def test_every_printed_character_is_in_one_passage_in_order(text: str, language: str) -> None:
    spans = cut(text, language)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@settings(deadline=None)
@given(BODIES, st.sampled_from(LANGUAGES))
def test_a_passage_of_several_sentences_keeps_to_the_limit(text: str, language: str) -> None:
    ends = {span.end for span in sentences(text, language)}
    for span in cut(text, language):
        several = sum(1 for end in ends if span.start < end <= span.end) > 1
        assert not several or words(span.of(text)) <= MOST_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_cutting_again_gives_the_same(language: str) -> None:
    text = "\n\n".join(paragraph(*range(number, number + 4)) for number in range(9))
    assert cut(text, language) == cut(text, language)
