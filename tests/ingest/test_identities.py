"""What a page is called: its id and its story, from its path, its address or its row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.given import front, row


@pytest.mark.parametrize(
    ("key", "id_", "story"),
    [
        ("rail.md", "rail", "rail"),
        ("2024-05-15-rail.en.md", "2024-05-15-rail.en", "2024-05-15-rail"),
        ("rail_RU.txt", "rail_RU", "rail"),
        ("sub/rail-fr.txt", "sub--rail-fr", "sub--rail"),
        ("en/rail.md", "en--rail", "rail"),
        ("брифинг/е\u0301.md", "брифинг--е\u0301", "брифинг--е\u0301"),
    ],
)
def test_a_file_is_named_by_its_path_and_its_story_by_what_translations_share(
    key: str, id_: str, story: str
) -> None:
    draft = front("title: T", key)
    if "\u0301" in key:  # a combining accent is no letter: a hash makes up for it
        assert draft.id_hint.startswith("брифинг--е-")
    else:
        assert (draft.id_hint, draft.story) == (id_, story)


def test_paths_that_differ_in_lost_signs_keep_different_ids() -> None:
    keys = [
        "a b.md",
        "a-b.md",
        "a+b.md",
        "-a-b.md",
        "a/b.md",
        "???.md",
        "!!!.md",
        f"{'x' * 300}.md",
    ]
    ids = [front("title: T", key).id_hint for key in keys]
    assert len(set(ids)) == len(ids)
    assert all(id_ and not id_.startswith(("-", ".")) and len(id_) < 120 for id_ in ids)


def test_a_row_without_an_id_is_named_by_its_address_or_its_line() -> None:
    assert row("c.jsonl#line-3", id=None).id_hint == "c--line-3"
    assert row("c.jsonl#line-3", id=None, url="https://b.example/x").id_hint == "b.example-x"


@pytest.mark.parametrize(
    "url",
    [
        "http://Briefings.example:80/en/2024/05/rail-corridor/",
        "https://www.briefings.example/en/2024/05/rail-corridor#top",
        "https://briefings.example/en/2024/05/rail-corridor?utm_source=x&fbclid=y",
    ],
)
def test_an_address_names_its_page_however_it_is_written(url: str) -> None:
    id_ = front(f"title: T\nurl: {url}").id_hint
    assert id_ == "briefings.example-en-2024-05-rail-corridor"


def test_addresses_of_different_pages_give_different_ids() -> None:
    urls = [f"https://b.example/{path}" for path in ("?p=1", "?p=2", "p=1", "a%20b", "a-b", "a?b")]
    assert len({front(f"title: T\nurl: {url}").id_hint for url in urls}) == len(urls)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_an_id_made_of_a_path_is_safe_to_print_and_the_same_again(name: str) -> None:
    key = f"{name.replace('/', '')}.md"
    id_ = front("title: T", key).id_hint
    assert id_ == front("title: T", key).id_hint
    assert id_
    assert all(char.isalnum() or char in "-._" for char in id_)
