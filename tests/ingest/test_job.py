"""What a run does with what it finds: nothing is lost, nothing is there twice, all is reported."""

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

LINE = "\u2028"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three briefings, published."""
    desk = Desk(tmp_path / "news", tmp_path / "data")
    desk.write("a.md")
    desk.write("b.md", title="Another day")
    desk.write("sub/c.txt", title="A third day")
    assert counts(desk.run()) == (3, 0, 0, 0, 0)
    return desk


# The difference


def test_a_second_run_has_nothing_to_publish(desk: Desk) -> None:
    report = desk.run()
    assert counts(report) == (0, 0, 3, 0, 0)
    assert (report.passages, report.embedded, report.generation) == (0, 0, 1)
    assert len(desk.changes) == 1


def test_the_difference_is_added_updated_and_removed(desk: Desk) -> None:
    before = desk.published()
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.write("d.md", title="A fourth day")
    assert counts(desk.run()) == (1, 1, 1, 1, 0)
    after = desk.published()
    assert after.keys() == {"a", "d", "sub--c"}
    assert "Paris" in after["a"]["text"]
    assert after["sub--c"] == before["sub--c"]


def test_spans_are_those_of_the_text(desk: Desk) -> None:
    for shown in desk.published().values():
        spans = [shown["text"][span["start"] : span["end"]] for span in shown["passages"]]
        assert spans
        assert all(span == span.strip() != "" for span in spans)
        assert "".join("".join(spans).split()) == "".join(shown["text"].split())


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk) -> None:
    desk.write("a.md", "Other words stand here now, and they are in English as well.")
    (desk.folder / "b.md").unlink()
    (desk.folder / "broken.md").mkdir()
    before, files = desk.published(), sorted(desk.data.rglob("*"))
    planned = desk.plan()
    assert desk.published() == before
    assert sorted(desk.data.rglob("*")) == files
    assert counts(planned) == counts(desk.run())


def test_an_id_is_the_same_over_versions_and_runs(desk: Desk) -> None:
    ids = desk.published().keys()
    for word in ("Paris", "Rome"):
        desk.write("a.md", WORDS.replace("Vienna", word))
        desk.run()
        assert desk.published().keys() == ids
    desk.write("a.md")
    assert counts(desk.run()) == (0, 1, 2, 0, 0)


def test_another_model_publishes_even_when_nothing_changed(desk: Desk) -> None:
    report = desk.run(model="other")
    assert counts(report) == (0, 0, 3, 0, 0)
    assert report.generation == 2


def test_a_page_touched_without_another_word_is_unchanged(desk: Desk) -> None:
    path = desk.folder / "a.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes) == 1


def test_a_better_reading_reads_every_page_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "READING", f"{planning.READING}-next")
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes[-1].documents) == 3
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes) == 2


# The plan


def test_a_plan_names_every_briefing_and_the_words_that_differ(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna on Monday", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.write("d.md", "Four words of English.", title="New")
    planned = {each.briefing: each for each in desk.plan().plan or ()}
    changes = {id: (p.change, p.words_added, p.words_removed) for id, p in planned.items()}
    words = len(WORDS.split())
    assert changes == {
        "a": ("updated", 1, 3),
        "b": ("removed", 0, words + 2),
        "d": ("added", 5, 0),
        "sub--c": ("unchanged", 0, 0),
    }
    assert planned["b"].title == "Another day"


def test_a_plan_says_when_no_word_of_a_briefing_differs(desk: Desk) -> None:
    desk.write("a.md", date="2024-05-01")
    desk.run()
    desk.write("a.md", date="2024-05-02")
    lines = list(desk.plan().lines())
    assert [line for line in lines if line.startswith("~")] == [
        "~ a  A day (the same words; its address, day, dossiers or the like have changed)"
    ]


def test_a_long_plan_is_shortened_for_a_person(desk: Desk) -> None:
    for number in range(50):
        desk.write(f"n{number:02}.md", f"{WORDS} {number}", title=f"Day {number}")
    lines = list(desk.plan().lines())
    assert lines[0] == (
        "Dry run, nothing was changed. "
        "It would be: 50 added, 0 updated, 3 unchanged, 0 removed, 0 failed."
    )
    assert "+ n00  Day 0 (+32 -0 words)" in lines
    assert lines[-1] == "+ and 30 more are added"
    assert len(lines) == 22


# Removals


def test_more_than_a_fifth_of_a_source_is_not_removed_unasked(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", desk.data)
    for number in range(10):
        other.write(f"n{number}.md", f"{WORDS} {number}")
    other.run()
    for number in range(3):
        (other.folder / f"n{number}.md").unlink()
    other.write("new.md", title="News")
    refused = other.run(other.folder, desk.folder)
    assert counts(refused) == (1, 0, 10, 0, 1)
    assert errors(refused) == {
        "": "3 of its 10 briefings are no longer there, more than a fifth; none of them was "
        "removed. If they are to go, run this again with --allow-removals"
    }
    assert {"n0", "n1", "n2", "new"} <= desk.published().keys()
    assert counts(other.plan()) == (0, 0, 8, 0, 1)
    assert counts(other.run(allow_removals=True)) == (0, 0, 8, 3, 0)
    assert "n0" not in desk.published()


def test_two_briefings_may_always_go(desk: Desk) -> None:
    (desk.folder / "a.md").unlink()
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (0, 0, 1, 2, 0)


def test_a_page_that_gives_itself_another_id_is_no_removal(desk: Desk) -> None:
    for name in ("a.md", "b.md", "sub/c.txt"):
        desk.write(name, id=f"new-{name[0]}")
    assert counts(desk.run()) == (3, 0, 0, 3, 0)


# What was undone


def test_what_a_rollback_undid_stays_undone_until_it_changes(desk: Desk) -> None:
    before = desk.published()
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.write("d.md", title="A fourth day")
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (1, 1, 1, 1, 0)
    desk.roll_back(1)
    for _ in range(2):
        report = desk.run()
        assert counts(report) == (0, 0, 1, 0, 0)
        assert report.undone == 3
        assert desk.published() == before
    desk.write("a.md", WORDS.replace("Vienna", "Rome"))
    assert counts(desk.run()) == (0, 1, 1, 0, 0)
    assert desk.published().keys() == before.keys()
    assert "Rome" in desk.published()["a"]["text"]


def test_what_was_undone_is_published_when_it_is_asked_for_again(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.run()
    desk.roll_back(1)
    assert counts(desk.plan(again=True)) == (0, 1, 1, 1, 0)
    assert counts(desk.run(again=True)) == (0, 1, 1, 1, 0)
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 2, 0, 0), 0)


def test_the_undone_text_in_other_bytes_stays_undone(desk: Desk) -> None:
    path = desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.run()
    desk.roll_back(1)
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 2, 0, 0), 1)
    assert "Vienna" in desk.published()["a"]["text"]


def test_going_forward_again_undoes_nothing(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.run()
    desk.roll_back(1)
    desk.roll_back(2)
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 3, 0, 0), 0)
    desk.write("a.md")
    assert counts(desk.run()) == (0, 1, 2, 0, 0)


def test_a_briefing_that_came_back_goes_when_its_page_returns_and_goes(desk: Desk) -> None:
    text = (desk.folder / "b.md").read_bytes()
    (desk.folder / "b.md").unlink()
    desk.run()
    desk.roll_back(1)
    assert counts(desk.run()) == (0, 0, 2, 0, 0)
    (desk.folder / "b.md").write_bytes(text)
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (0, 0, 2, 1, 0)


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


# Bad pages


def test_bad_pages_are_listed_and_all_others_ingested(desk: Desk) -> None:
    (desk.folder / "empty.md").write_bytes(b"")
    (desk.folder / "folder.md").mkdir()
    (desk.folder / "gone.md").symlink_to(desk.folder / "nowhere.md")
    (desk.folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    with (desk.folder / "large.txt").open("wb") as large:
        large.truncate(50_000_000)
    (desk.folder / "untitled.md").write_text("---\ntitle:\n---\n", encoding="utf-8")
    (desk.folder / "date.md").write_text(f"---\ntitle: T\ndate: 2024-99-99\n---\n{WORDS}", "utf-8")
    (desk.folder / "yaml.md").write_text(f"---\ntitle: [T\n---\n{WORDS}", encoding="utf-8")
    desk.write("access.md", access="everybody")
    desk.write("good.md", title="Good")
    report = desk.run()
    assert report.added == 1
    assert report.removed == 0
    bad = {path.name for path in desk.folder.iterdir()} - {"a.md", "b.md", "sub", "good.md"}
    assert errors(report).keys() == bad - {"folder.md"}  # a folder is no page, whatever its name
    assert all(error and "\n" not in error for error in errors(report).values())
    assert desk.published().keys() == {"a", "b", "sub--c", "good"}


def test_a_page_in_another_encoding_is_read_or_named(desk: Desk) -> None:
    text = "Le ministère des Affaires étrangères a été « très déçu » de la réponse, dit-on ici."
    (desk.folder / "latin.txt").write_bytes(f"Une journée\n\n{text}".encode("cp1252"))
    russian = "Министры встретились в Вене и договорились открыть железную дорогу до конца года."
    (desk.folder / "cp1251.txt").write_bytes(f"Переговоры\n\n{russian}".encode("cp1251"))
    (desk.folder / "utf16.txt").write_bytes(f"A day\n\n{WORDS}".encode("utf-16"))
    report = desk.run()
    assert report.added + len(report.failed) == 3
    for shown in desk.published().values():
        assert "\ufffd" not in shown["text"]
        assert "\x00" not in shown["text"]


@pytest.mark.parametrize(
    "text",
    ["\ud800 alone", "nul \x00 inside", f"line{LINE}separator", "\u202e turned", "🇦🇲 🎈" * 9],
)
def test_strange_characters_in_a_row_lose_no_other_row(desk: Desk, text: str) -> None:
    rows = [
        {"id": "strange", "title": f"T {text}", "text": f"{WORDS} {text} {WORDS}"},
        {"id": "plain", "title": "T", "text": WORDS},
    ]
    lines = "\n".join(map(json.dumps, rows))
    (desk.folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    report = desk.run()
    shown = desk.published()
    assert "plain" in shown
    assert ("strange" in shown) == (not report.failed)


def test_a_broken_line_of_a_jsonl_file_loses_no_briefing(desk: Desk) -> None:
    rows = [json.dumps({"id": f"r{n}", "title": "T", "text": f"{WORDS} {n}"}) for n in range(4)]
    path = desk.folder / "rows.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    desk.run()
    path.write_text("\n".join([rows[0], rows[1][:40], rows[3]]), encoding="utf-8")
    report = desk.run()
    assert counts(report) == (0, 0, 5, 0, 1)
    assert list(errors(report)) == ["rows.jsonl#line-2"]
    assert {"r0", "r1", "r2", "r3"} <= desk.published().keys()
    path.write_text("\n".join([rows[0], rows[3]]), encoding="utf-8")
    assert counts(desk.run()) == (0, 0, 5, 2, 0)


@pytest.mark.parametrize("breaks", ["unreadable", "untitled"])
def test_a_published_page_that_breaks_stays_as_it_was(desk: Desk, breaks: str) -> None:
    before = desk.published()
    path = desk.folder / "a.md"
    path.unlink()
    if breaks == "unreadable":
        path.symlink_to("nowhere")
    else:
        path.write_bytes(b"")
    report = desk.run()
    assert counts(report) == (0, 0, 2, 0, 1)
    assert desk.published() == before
    path.unlink()
    assert counts(desk.run()) == (0, 0, 2, 1, 0)


def test_a_page_that_our_reader_trips_over_is_one_failure(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(text: str, language: str) -> None:
        raise RecursionError("maximum depth")

    monkeypatch.setattr("ingest.reading.cut", trip)
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    before = desk.published()
    report = desk.run()
    assert errors(report) == {"a.md": "cannot be read (RecursionError: maximum depth)"}
    assert counts(report) == (0, 0, 2, 0, 1)
    assert desk.published() == before


# What authors note


@pytest.mark.parametrize(
    ("noted", "code"), [("RU", "RU"), ("ru", "RU"), ("Russia", "RU"), ("Nobody Known", None)]
)
def test_an_author_noted_in_words_is_an_actors_code(
    desk: Desk, noted: str, code: str | None
) -> None:
    desk.write("own.md", actor=noted)
    desk.run()
    shown = desk.published()["own"]
    assert shown["actor"] == code
    assert {each["actor"] for each in shown["statements"]} == ({code} if code else set())
