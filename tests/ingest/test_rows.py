"""Rows of a .jsonl file as pages: their keys, their prints, and those that are broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.sources import MAX_PAGE_BYTES, PageKind
from ingest.sources.opening import open_source
from tests.ingest.sourced import read, rows


def test_rows_are_keyed_by_their_id_or_else_by_their_line(tmp_path: Path) -> None:
    file = rows(tmp_path / "c.jsonl", {"id": "x#1", "title": "T"}, "", {"title": "U"}, {"id": 7})
    source = open_source(str(file))
    pages, failures = read(source)
    assert list(pages) == ["c.jsonl#x#1", "c.jsonl#line-3", "c.jsonl#7"]
    assert not failures
    assert json.loads(pages["c.jsonl#line-3"].content) == {"title": "U"}
    assert pages["c.jsonl#7"].location == file.resolve().as_uri()
    assert pages["c.jsonl#7"].kind is PageKind.ROW
    assert source.complete


def test_a_row_has_the_same_fingerprint_whatever_ends_its_line(tmp_path: Path) -> None:
    unix, windows = tmp_path / "u.jsonl", tmp_path / "w.jsonl"
    unix.write_bytes(b'{"id": "a"}\n{"id": "b"}')
    windows.write_bytes(b'\xef\xbb\xbf{"id": "a"}\r\n{"id": "b"}\r\n')
    prints = [
        [page.fingerprint for page in read(open_source(str(file)))[0].values()]
        for file in (unix, windows)
    ]
    assert len(prints[0]) == 2
    assert prints[0] == prints[1]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "b", ', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not valid JSON"),
        ('{"id": ["b"]}', "'id' must be"),
        ('{"id": true}', "'id' must be"),
        ('{"id": ""}', "'id' must be"),
    ],
)
def test_a_broken_row_fails_by_its_line_and_nothing_of_its_file_may_be_removed(
    tmp_path: Path, line: str, says: str
) -> None:
    rows(tmp_path / "c.jsonl", {"id": "a"}, line, {"id": "c"})
    (tmp_path / "d.txt").write_text("text")
    source = open_source(str(tmp_path))
    pages, failures = read(source)
    assert list(pages) == ["c.jsonl#a", "c.jsonl#c", "d.txt"]
    assert list(failures) == ["c.jsonl#line-2"]
    assert says in failures["c.jsonl#line-2"]
    assert not source.scope("c.jsonl#b")
    assert source.scope("gone.txt")
    assert source.complete


def test_broken_rows_of_one_kind_fail_with_one_sentence(tmp_path: Path) -> None:
    rows(tmp_path / "c.jsonl", "{", "}", "nonsense")
    _, failures = read(open_source(str(tmp_path)))
    assert len(failures) == 3
    assert len(set(failures.values())) == 1


def test_a_row_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_bytes('{"id": "é"}\n'.encode("latin-1") + b'{"id": "b"}\n')
    pages, failures = read(open_source(str(tmp_path)))
    assert list(pages) == ["c.jsonl#b"]
    assert "not UTF-8" in failures["c.jsonl#line-1"]


def test_the_second_row_of_one_id_fails_and_the_first_stays(tmp_path: Path) -> None:
    rows(tmp_path / "c.jsonl", {"id": "1", "title": "first"}, {"id": 1, "title": "second"})
    pages, failures = read(open_source(str(tmp_path)))
    assert b"first" in pages["c.jsonl#1"].content
    assert failures == {"c.jsonl#line-2": "its id '1' stands on an earlier line as well"}


def test_a_row_over_the_limit_fails_and_the_next_is_read(tmp_path: Path) -> None:
    long = json.dumps({"id": "a", "text": "x" * (2 * MAX_PAGE_BYTES)})
    rows(tmp_path / "c.jsonl", long, {"id": "b"})
    source = open_source(str(tmp_path))
    pages, failures = read(source)
    assert list(pages) == ["c.jsonl#b"]
    assert "larger than 10 MB" in failures["c.jsonl#line-1"]
    assert not source.scope("c.jsonl#a")


def test_a_single_file_speaks_for_its_own_keys_alone(tmp_path: Path) -> None:
    file = rows(tmp_path / "c.jsonl", {"id": "a"})
    source = open_source(str(file))
    read(source)
    assert source.scope("c.jsonl#gone")
    assert not source.scope("d.jsonl#x")
    assert not source.scope("c.txt")
    assert not source.scope("sub/c.jsonl#a")
