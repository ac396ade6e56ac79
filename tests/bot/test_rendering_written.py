"""What a reader sees of a model's sentences, and what everybody can read."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from bot.domain import LineKind
from tests.bot.scripted import citation, found, line
from tests.bot.showing import QUOTE, ZAKHAROVA, links, shown


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Written by a language model from the sources below."),
        ("fr", "Rédigé par un modèle de langage à partir des sources ci-dessous."),
        ("ru", "Написано языковой моделью по источникам, указанным ниже."),
    ],
)
def test_written_sentences_flow_each_with_its_markers_and_say_who_wrote_them(
    language: str, note: str
) -> None:
    answer = found(
        line("It rains.", LineKind.GENERATED, 1),
        line("It snows.", LineKind.GENERATED, 2, also=(1,)),
        language=language,
    )
    first, second, *_ = shown(answer).split("\n\n")
    assert first == "It rains.\u00a0[1] It snows.\u00a0[2][1]"
    assert second == note
    assert [text for text, _ in links(answer)][:3] == ["[1]", "[2]", "[1]"]


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Without the language model, which gave no usable answer."),
        ("fr", "Sans le modèle de langage, qui n’a pas donné de réponse utilisable."),
        ("ru", "Без языковой модели: она не дала пригодного ответа."),
    ],
)
def test_an_answer_says_in_a_line_that_the_model_failed(language: str, note: str) -> None:
    answer = found(line(QUOTE, **ZAKHAROVA), language=language)
    assert note not in shown(answer)
    assert shown(replace(answer, fallback=True)).count(note) == 1


# Readable by everyone


@pytest.mark.parametrize("kind", [LineKind.QUOTE, LineKind.REPORTED, LineKind.PASSAGE])
@pytest.mark.parametrize("words", ["שלום עולם", "السلام عليكم", "abc \u202e def"])
def test_words_from_right_to_left_turn_nothing_beside_them(kind: LineKind, words: str) -> None:
    said = line(words, kind, speaker=words if kind is not LineKind.PASSAGE else "", role="")
    text = shown(found(said, citations=[citation(1, title=words)]))
    assert words in text
    parts = text.split("\u2068")
    assert len(parts) > 2
    assert all(words in part.partition("\u2069")[0] for part in parts[1:])
    assert words not in "".join(part.partition("\u2069")[2] for part in parts[1:])


def test_other_words_are_marked_with_nothing() -> None:
    text = shown(found(line(QUOTE, **ZAKHAROVA), language="ru"))
    assert not {"\u2068", "\u2069"} & set(text)


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_an_answer_reads_as_plain_text_without_links_or_signs(language: str) -> None:
    """What is copied, or read aloud, tells who, what, when and where without them."""
    text = shown(found(line(QUOTE, **ZAKHAROVA), language=language))
    assert text.index(str(ZAKHAROVA["speaker"])) < text.index(QUOTE) < text.index("Briefing 1")
    assert "2023" in text
    assert not [char for char in text if unicodedata.category(char) in ("So", "Sk", "Co")]
