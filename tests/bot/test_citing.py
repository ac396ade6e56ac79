"""Links that open a page at the very words, against the way browsers look for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.citing import link
from tests.bot.browser import resolved
from vectorstore.domain import Span

URL = "https://news.example/page/"


def opens_at(body: str, words: str, *, nth: int = 0, title: str = "") -> str:
    """The link to the ``nth`` occurrence of ``words``, after a browser has followed it there."""
    start = [match.start() for match in re.finditer(re.escape(words), body)][nth]
    address = link(URL, body, Span(start=start, end=start + len(words)), title)
    offset = len(title) + 1
    assert resolved(address, f"{title}\n{body}") == (start + offset, start + offset + len(words))
    return address


def test_a_short_quotation_stands_in_the_link_whole() -> None:
    assert opens_at("He spoke of “a door left ajar”.", "a door left ajar") == (
        f"{URL}#:~:text=a%20door%20left%20ajar"
    )


@pytest.mark.parametrize(
    "words",
    [
        "ready, willing",
        "twenty-two",
        "oil & gas",
        "50% = half?",
        "a #hashtag",
        "«наши железнодорожники»",
        "l’Élysée",
        "d'une ligne",
        "a+b/c",
    ],
)
def test_what_has_a_meaning_in_a_link_is_encoded(words: str) -> None:
    address = opens_at(f"They were {words} all along.", words)
    directive = address.partition(":~:text=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_.~%]+", directive)
    assert unquote(directive) == words


def test_a_long_quotation_is_named_by_both_its_ends() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    address = opens_at(f"Before {words} after.", words)
    assert unquote(address).endswith(
        "text=word0 word1 word2 word3 word4,word55 word56 word57 word58 word59"
    )


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_words_that_stand_there_again_are_told_apart_by_their_neighbours(nth: int) -> None:
    opens_at("Baku said “never”. Yerevan said “never”. Tbilisi said “never”.", "never", nth=nth)


@pytest.mark.parametrize("nth", [0, 1])
def test_words_whose_nearest_neighbours_are_alike_get_more_of_them(nth: int) -> None:
    clause = "and then the ministry said once more in a statement that"
    opens_at(f"First, {clause} peace is near. Second, {clause} peace is near.", "peace", nth=nth)


@pytest.mark.parametrize("nth", [0, 1])
def test_the_same_line_twice_is_told_apart_where_it_can_be(nth: int) -> None:
    body = "One said: “No comment.”\nNo comment.\nAnother: silence."
    opens_at(body, "No comment.", nth=nth)


def test_the_headline_is_not_taken_for_the_quotation() -> None:
    opens_at(
        "The adviser said: “Dissolve and disarm!”",
        "Dissolve and disarm",
        title="Dissolve and disarm",
    )


def test_a_word_within_another_is_not_taken_for_the_quotation() -> None:
    opens_at("They were unready then. We are ready now.", "ready")


def test_a_quotation_over_several_paragraphs_is_opened_by_its_ends() -> None:
    words = "We came.\nWe saw the line and all who work on it.\nWe left."
    address = opens_at(f"He said: “{words}” Then he left.", words)
    assert "%0A" not in address


def test_lines_of_few_words_are_opened_too() -> None:
    opens_at("Yes\nNo\nYes", "Yes\nNo")


@pytest.mark.parametrize("words", ["First words", "last words"])
def test_the_first_and_the_last_words_of_a_page_are_opened(words: str) -> None:
    opens_at("First words then others and the last words", words)


def test_a_page_that_has_a_fragment_keeps_it() -> None:
    body, span = "He spoke of peace.", Span(start=12, end=17)
    assert link(f"{URL}#part", body, span) == f"{URL}#part:~:text=peace"
    assert link(f"{URL}#part:~:text=old", body, span) == f"{URL}#part:~:text=peace"


def test_without_an_address_or_words_there_is_nothing_to_open() -> None:
    assert link("", "He spoke of peace.", Span(start=12, end=17)) == ""
    assert link(URL, "He spoke.  ", Span(start=9, end=11)) == URL


TOKENS = ["да", "нет", "peace", "door", "a-b", "l’an", "№5", "“no”", "x,", "&", "50%", "-", "«да»"]
LINES = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=30).map(" ".join)


@given(st.lists(LINES, min_size=1, max_size=4), st.data())
def test_any_words_are_opened_that_a_page_has_once(lines: list[str], data: st.DataObject) -> None:
    numbers = iter(range(10_000))
    body = re.sub(r"\S+", lambda word: f"{word[0]}{next(numbers)}", "\n".join(lines))
    words = list(re.finditer(r"\S+", body))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    opens_at(body, body[words[first].start() : words[last].end()])


@given(LINES, st.integers(2, 5), st.data())
def test_any_words_are_opened_that_stand_between_others_each_time(
    words: str, times: int, data: st.DataObject
) -> None:
    body = "\n".join(f"Speaker {nth}: “{words}” ({nth})." for nth in range(times))
    nth = data.draw(st.integers(0, times - 1))
    start = [match.end() for match in re.finditer(r": “", body)][nth]
    found = resolved(link(URL, body, Span(start=start, end=start + len(words))), f"\n{body}")
    assert found == (start + 1, start + 1 + len(words))
