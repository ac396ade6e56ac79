"""Pages as Telegram's messages: within its limits, whatever stands in them."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Answer, LineKind
from bot.rendering import Page, Piece, answer_page, plain
from bot.telegram.html import messages
from tests.bot.scripted import actor_name, citation, found, line
from tests.bot.showing import links, read
from tests.telegram_server.entities import MAX_ENTITIES, MAX_TEXT, settle, units

_TRICKY = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from(
        [
            "<b>",
            "&amp;",
            "&",
            "\ud83d",
            "👨‍👩‍👧‍👦",
            "🇫🇷",
            "e\u0301\u0323",
            "\u202e",
            "مرحبا",
            "\n\n",
            "[1]",
            "\x00",
        ]
    ),
)


class Long(str):
    """A text that does not fill the screen when a test fails."""

    def __repr__(self) -> str:
        return f"Long({str(self[:30])!r}… of {len(self)})"


texts = st.one_of(
    st.lists(_TRICKY, max_size=60).map("".join),
    st.tuples(_TRICKY, st.integers(1, 5000)).map(lambda each: Long(each[0] * each[1])),
    st.integers(4000, 4200).map(lambda n: Long("x" * n)),
    st.tuples(
        st.lists(st.sampled_from(["word", "слово", "🙂", "&"]), max_size=9), st.integers(1, 300)
    ).map(lambda each: Long(" ".join(each[0] * each[1]))),
)
some_lines = st.builds(
    line,
    texts,
    st.sampled_from(LineKind),
    st.integers(1, 9),
    actor=st.sampled_from(["RU", "TR", None]),
    speaker=texts,
    role=texts,
    via=texts,
)
answers = st.builds(
    lambda lines, title, language: found(
        *lines,
        language=language,
        citations=[citation(n, title=title, language=language) for n in range(1, 10)],
    ),
    st.lists(some_lines, min_size=1, max_size=8),
    texts,
    st.sampled_from(["en", "fr", "ru"]),
)


def squeezed(text: str) -> str:
    """Without what Telegram trims at the edges of messages, and as UTF-8 can carry it."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return regex.sub(r"[\p{Z}\p{C}]", "", text)


def check_limits(page: Page) -> str:
    """The page's whole text, after Telegram has taken each of its messages."""
    whole = ""
    for text, entities in read(page):
        assert units(text) <= MAX_TEXT
        assert len(entities) <= MAX_ENTITIES
        assert settle(text, entities, MAX_TEXT, "message is too long").text
        whole += text
    return whole


@settings(deadline=None, max_examples=60)
@given(answers)
def test_telegram_takes_any_answer_and_shows_every_line_verbatim(answer: Answer) -> None:
    whole = squeezed(check_limits(answer_page(answer, actor_name)))
    for each in answer.lines:
        assert squeezed(each.text) in whole
        assert f"[{each.citation}]" in whole


@pytest.mark.parametrize("cluster", ["👨‍👩‍👧‍👦", "🇫🇷", "e\u0301\u0323", "각", "👍🏽"])
@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("link", ["", "https://news.example"])
def test_a_word_as_long_as_a_message_is_cut_between_graphemes(
    cluster: str, shift: int, link: str
) -> None:
    parts = [text for text, _ in read(((Piece("x" * shift + cluster * 5000, link=link),),))]
    assert len(parts) > 1
    for part in parts:
        assert part.lstrip("x").replace(cluster, "") == ""


def test_a_grapheme_longer_than_a_message_still_arrives() -> None:
    monster = "e" + "\u0301" * 5000
    assert check_limits(plain(monster)) == monster


def test_three_hundred_lines_keep_their_links_and_their_order() -> None:
    lines = [
        line(f"words of line {n}, " + "and so on, " * 20, number=n, speaker=f"Speaker {n}")
        for n in range(1, 301)
    ]
    answer = found(*lines)
    whole = check_limits(answer_page(answer, actor_name))
    assert re.findall(r"words of line (\d+),", whole) == [str(n) for n in range(1, 301)]
    assert len(links(answer)) == 600


def test_short_lines_with_many_links_are_split_by_entities() -> None:
    answer = found(*(line("x", number=n) for n in range(1, 121)))
    counts = [len(entities) for _, entities in read(answer_page(answer, actor_name))]
    assert len(counts) == 3
    assert max(counts) <= MAX_ENTITIES


def test_a_cut_falls_between_paragraphs_before_it_falls_between_words() -> None:
    page = plain("first " * 500 + "\n\n" + "second " * 500)
    first, second = messages(page)
    assert first.rstrip().endswith("first")
    assert second.startswith("second")


@pytest.mark.parametrize("length", range(4085, 4100))
@pytest.mark.parametrize(("last", "together"), [(" last", "last\u00a0[1]"), ("", "[1]")])
def test_a_citation_is_never_cut_nor_parted_from_the_last_word(
    length: int, last: str, together: str
) -> None:
    text = "x" * (length - len(last)) + last
    page = answer_page(found(line(text, LineKind.PASSAGE)), actor_name)
    assert together in "|".join(text for text, _ in read(page)).split("Sources")[0]


def test_a_page_of_nothing_visible_is_no_message() -> None:
    assert messages(plain(" \n\u200b\u00a0")) == []
