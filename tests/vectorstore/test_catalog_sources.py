"""Which sources are remembered, and what is known of their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.databases import url_of
from vectorstore.catalog import Catalog, Fetch, Remembered, SourceBook

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def book(home: Path) -> Iterator[SourceBook]:
    with closing(Catalog.open(home, url_of(home))) as catalog:
        yield catalog.sources


def source(name: str) -> Remembered:
    return Remembered(name=name, kind="feed", address=f"{name}/feed", added_at=NOW)


def test_a_source_is_remembered_until_it_is_forgotten(book: SourceBook) -> None:
    book.remember(source("b"))
    book.remember(source("a"))
    book.remember(source("a"))
    assert book.remembered() == [source("a"), source("b")]
    book.succeeded("a", NOW)
    book.leave("b")
    first, second = book.remembered()
    assert (first.succeeded_at, first.leaving) == (NOW, False)
    assert (second.succeeded_at, second.leaving) == (None, True)
    book.forget("b")
    assert [row.name for row in book.remembered()] == ["a"]


def test_what_is_known_of_an_address_is_kept_by_source(book: SourceBook) -> None:
    one = Fetch(url="/1", etag='"a"', listing="/feed", fetched_at=NOW)
    other = Fetch(url="/2", hint="2024-05-01", aside=True, fetched_at=NOW)
    book.note("a", [one, other])
    book.note("b", [one])
    assert book.fetched("a") == {"/1": one, "/2": other}
    newer = Fetch(url="/1", fingerprint="f", fetched_at=NOW)
    book.note("a", [newer], gone=["/2"])
    assert book.fetched("a") == {"/1": newer}
    book.forget("a")
    assert (book.fetched("a"), book.fetched("b")) == ({}, {"/1": one})


def test_an_unknown_source_cannot_leave_or_succeed(book: SourceBook) -> None:
    book.leave("x")
    book.succeeded("x", NOW)
    assert book.remembered() == []


def test_with_nothing_published_nothing_is_held(book: SourceBook) -> None:
    assert (book.held(), book.counts()) == ([], {})
