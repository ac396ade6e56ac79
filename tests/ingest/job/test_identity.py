"""Whose page is whose: sources beside each other, and what a briefing keeps when it moves."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ingest import planning
from ingest.sources import SourceError
from ingest.sources.files import Files
from tests.ingest.desk import WORDS, Desk, Press, counts, errors
from vectorstore.catalog import Catalog

# Sources


def test_a_source_that_breaks_loses_no_other_and_none_of_its_briefings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "other", desk.data)
    other.write("x.md", title="Elsewhere")

    def broken(self: Files) -> list[tuple[str, OSError | None]]:
        if self.name == str(desk.folder):
            raise SourceError("the server is on fire")
        return walk(self)

    walk = Files._walk
    monkeypatch.setattr(Files, "_walk", broken)
    report = desk.run(desk.folder, other.folder)
    assert counts(report) == (1, 0, 0, 0, 1)
    assert errors(report) == {"": "the server is on fire"}
    assert report.unreadable == (str(desk.folder),)
    assert desk.published().keys() == {"a", "b", "sub--c", "x"}


def test_a_source_is_told_of_success_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Files, "settle", lambda self: told.append(self.name))
    desk.plan()
    monkeypatch.setattr(Press, "publish", lambda *_: 1 / 0)
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    with pytest.raises(ZeroDivisionError):
        desk.run()
    assert told == []
    monkeypatch.undo()
    monkeypatch.setattr(Files, "settle", lambda self: told.append(self.name))
    desk.run()
    assert told == [str(desk.folder)]


def test_a_published_page_that_cannot_be_read_is_never_taken_for_unchanged(desk: Desk) -> None:
    (desk.folder / "a.md").write_bytes(b"")
    desk.run()
    with closing(Catalog.open(desk.data)) as catalog:
        assert {p.key: p.fingerprint for p in catalog.pages(1)}["a.md"] == planning.UNREAD


def test_a_file_of_the_folder_says_nothing_of_the_others(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    (desk.folder / "b.md").unlink()
    assert counts(desk.run(desk.folder / "a.md")) == (0, 1, 0, 0, 0)
    assert desk.published().keys() == {"a", "b", "sub--c"}


def test_the_same_file_by_two_arguments_is_one_briefing(desk: Desk) -> None:
    new = desk.write("d.md", title="A fourth day")
    assert counts(desk.run(new, desk.folder, desk.folder)) == (1, 0, 3, 0, 0)


def test_a_source_of_its_own_leaves_the_others_alone(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(desk.folder / "a.md", other / "x.md")
    assert counts(desk.run(other)) == (1, 0, 0, 0, 0)
    (other / "x.md").unlink()
    assert counts(desk.run(other)) == (0, 0, 0, 1, 0)
    assert desk.published().keys() == {"a", "b", "sub--c"}


def test_a_folder_moved_on_disk_keeps_its_briefings(desk: Desk, tmp_path: Path) -> None:
    versions = {id: shown["version"] for id, shown in desk.published().items()}
    moved = desk.folder.rename(tmp_path / "moved")
    assert counts(desk.run(moved)) == (0, 0, 3, 0, 0)
    shown = desk.published()
    assert {id: each["version"] for id, each in shown.items()} == versions
    assert all(each["source"] == str(moved) for each in shown.values())
    assert all(each["url"].startswith(moved.as_uri()) for each in shown.values())
    (moved / "b.md").unlink()
    assert counts(desk.run(moved)) == (0, 0, 2, 1, 0)


def test_a_copy_of_a_folder_is_told_that_its_ids_are_taken(desk: Desk, tmp_path: Path) -> None:
    copy = shutil.copytree(desk.folder, tmp_path / "copy")
    report = desk.run(copy)
    assert counts(report) == (0, 0, 0, 0, 3)
    assert errors(report)["a.md"] == (
        f"its id 'a' is already that of {desk.folder}/a.md; "
        "give one of them another id in its front matter"
    )
    assert counts(desk.run()) == (0, 0, 3, 0, 0)


# Identity


def test_a_page_moved_with_its_address_is_the_same_briefing(desk: Desk) -> None:
    desk.write("old.md", url="https://news.example/one")
    desk.run()
    (desk.folder / "new").mkdir()
    (desk.folder / "old.md").rename(desk.folder / "new" / "name.md")
    assert counts(desk.run()) == (0, 0, 4, 0, 0)
    assert counts(desk.run()) == (0, 0, 4, 0, 0)
    (desk.folder / "new" / "name.md").unlink()
    assert counts(desk.run()) == (0, 0, 3, 1, 0)


def test_of_two_pages_with_one_id_the_second_is_refused_by_name(desk: Desk) -> None:
    desk.write("x.md", id="twin")
    desk.write("y.md", id="twin")
    for expected in ((1, 0, 3, 0, 1), (0, 0, 4, 0, 1)):
        report = desk.run()
        assert counts(report) == expected
        assert list(errors(report)) == ["y.md"]
        assert f"'twin' is already that of {desk.folder}/x.md" in errors(report)["y.md"]
    (desk.folder / "x.md").unlink()
    assert counts(desk.run())[4] == 0
    assert "twin" in desk.published()


def test_a_page_that_gives_itself_another_id_leaves_no_double(desk: Desk) -> None:
    desk.write("a.md", id="alpha")
    assert counts(desk.run()) == (1, 0, 2, 1, 0)
    assert desk.published().keys() == {"alpha", "b", "sub--c"}
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    (desk.folder / "a.md").unlink()
    assert counts(desk.run()) == (0, 0, 2, 1, 0)
    assert desk.published().keys() == {"b", "sub--c"}


def test_two_pages_may_exchange_their_ids(desk: Desk) -> None:
    desk.write("a.md", id="b")
    desk.write("b.md", id="a", title="Another day")
    assert counts(desk.run())[3:] == (0, 0)
    assert desk.published()["a"]["title"] == "Another day"
    assert counts(desk.run()) == (0, 0, 3, 0, 0)


def test_a_row_keeps_its_id_wherever_it_stands(desk: Desk) -> None:
    rows = [{"id": f"r{n}", "title": f"Day {n}", "text": f"{WORDS} {n}"} for n in range(3)]
    path = desk.folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert counts(desk.run()) == (3, 0, 3, 0, 0)
    path.write_text("\n".join(map(json.dumps, reversed(rows))), encoding="utf-8")
    path.rename(desk.folder / "renamed.jsonl")
    assert counts(desk.run()) == (0, 0, 6, 0, 0)
    assert {"r0", "r1", "r2"} <= desk.published().keys()
