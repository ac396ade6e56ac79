"""Pages that cannot be read: each is named, and no other is lost."""

from __future__ import annotations

import json

import pytest

from tests.ingest.desk import WORDS, Desk, counts, errors

LINE = "\u2028"


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
