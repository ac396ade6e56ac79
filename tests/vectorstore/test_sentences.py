"""Sentences as spans: where they end in three languages, and what is never parted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.domain import LANGUAGES
from vectorstore.sentences import WHOLE_QUOTATION, sentences


def cut(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["At 1:22 p.m., the ministry spoke.", "It ended at 3 p.m.", "Then J. Smith left."]),
        ("en", ["Mr. Brown met the U.S. President.", "No. 5 was signed.", "No.", "He left."]),
        ("en", ["It met civilians […], and left.", "It was over […].", "Next."]),
        ("en", ["He left (see p. 5).", "It went (as he said.)", "Then he came."]),
        ("en", ["It was signed on 20 Sept. 2023 in Baku.", "It’s so.", "Let’s go."]),
        ("en", ["“Is it so?” he asked.", "“Dissolve and disarm!”", "An objective remains."]),
        ("en", ["He said: “We must go. We will win.”", "She agreed."]),
        ("en", ['Others said: "Stop. Go."', "Then he left."]),
        ("en", ["Does it belong to them?“, such as those.", "While others left."]),
        ("fr", ["M. Dupont et Mme Roy ont dit oui.", "J.-P. Martin est parti."]),
        ("fr", ["Il part le 20 sept. 2023.", "Selon l’art. 5 du traité, p. 12, non."]),
        (
            "fr",
            ["« C’est fini ! », a-t-il dit.", "« Nous partons. Nous gagnerons. »", "Puis rien."],
        ),
        ("fr", ["Il dit «\u202fNon.\u202f»", "Puis il part."]),
        ("ru", ["В 2023 г. Россия заявила.", "И. И. Иванов согласен, т. е. за."]),
        ("ru", ["С. В. Лавров заявил: «Мы идём. Мы победим».", "Она согласилась."]),
        ("ru", ["«Это всё!» — сказал он.", "Площадь им. Ленина закрыта."]),
        ("ru", ["«Мы готовы, — заявил Песков. — Но условия те же».", "Конец."]),
        ("ru", ["20 сент. 2023 г. он уехал.", "См. также заявление МИД."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), language) == expected


def test_words_that_follow_a_wrongly_closed_quotation_are_not_put_in_its_sentence() -> None:
    first = (
        "Russia called for consistency in these terms: “The Ministry calls on the Council to take "
        "steps. But what should we do with the recognition?“, such as those of Dimitri Peskov."
    )
    second = (
        "While Turkey justified it in these terms: “legitimate concerns” as its President said."
    )
    assert cut(f"{first} {second}", "en") == [first, second]


def test_a_quotation_that_never_closes_does_not_swallow_the_page() -> None:
    sentence = "It was to “disarm the formations and to leave."
    rest = ["It was said twice.", "It was a “plan” of terror.", "Then it ended."]
    assert cut(" ".join([sentence, *rest]), "en") == [sentence, *rest]


def test_a_long_quotation_is_cut_at_its_sentences() -> None:
    said = ["“We go on."] + ["We will go on and on and on."] * 30 + ["We will win.”"]
    assert len(" ".join(said)) > WHOLE_QUOTATION
    assert cut(" ".join(said), "en") == said


def test_offsets_count_characters_not_bytes() -> None:
    text = "😀 ici. Les 😀😀 vont. E\u0301te\u0301\u00a0: fini."
    assert cut(text, "fr") == ["😀 ici.", "Les 😀😀 vont.", "E\u0301te\u0301\u00a0: fini."]


def test_a_line_break_ends_a_sentence() -> None:
    assert cut("A heading\n\nThe text of it", "en") == ["A heading", "The text of it"]


WORDS = st.sampled_from(
    [
        *("Baku", "said", "no", "p.m.", "J.", "U.S.", "M.", "г.", "т. е.", "«", "»", "“", "”", '"'),
        *("„", "[…]", "…", "?", "!", ".", ",", "(", ")", "—", "– non", "«\u202foui\u202f»", "Ёлка"),
        *(
            "e\u0301te\u0301",
            "\u00a0",
            "\u202f",
            "😀",
            "👩‍🚒",
            "\n",
            "\n\n",
            "\r\n",
            "2023",
            "’",
            "l’art.",
        ),
    ]
)
TEXTS = st.lists(WORDS, max_size=60).flatmap(
    lambda words: st.sampled_from([" ", "", "\u00a0"]).map(lambda glue: glue.join(words))
)


@settings(deadline=None)
@given(TEXTS | st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_every_printed_character_is_in_one_sentence_in_order(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
