"""What editors see of what is published and of its history, and that looking creates nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.commands import REPORT, ROOT, SCRIPTED, command
from tests.ingest.desk import WORDS, Desk
from vectorstore.publication import writing

# Reading what is published


def test_list_gives_what_the_contract_says(base: Desk) -> None:
    listed = command(base.data, "list", "--json").json
    assert [each["id"] for each in listed] == ["en", "row", "secret"]
    assert listed[0] == {
        "id": "en",
        "title": "A day",
        "url": (base.folder / "en.md").as_uri(),
        "day": "2024-05-01",
        "language": "en",
        "tier": "public",
        "source": str(base.folder),
    }
    assert listed[2]["tier"] == "subscribers"
    assert len(command(base.data, "list").out.splitlines()) == 3


def test_show_gives_spans_of_its_own_text(base: Desk) -> None:
    shown = command(base.data, "show", "en", "--json").json
    assert shown["text"] == WORDS
    spans = [shown["text"][span["start"] : span["end"]] for span in shown["passages"]]
    assert "".join("".join(spans).split()) == "".join(WORDS.split())
    for statement in shown["statements"]:
        assert shown["text"][statement["start"] : statement["end"]].strip()
    assert WORDS in command(base.data, "show", "en").out


def test_what_is_not_published_cannot_be_shown(base: Desk) -> None:
    ended = command(base.data, "show", "nothing", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "No briefing 'nothing' is published; see: python -m ingest list\n"


def test_before_the_first_run_the_list_is_empty_and_says_what_to_do(tmp_path: Path) -> None:
    assert command(tmp_path / "a", "list", "--json").json == []
    assert "python -m ingest FOLDER" in command(tmp_path / "b", "list").out


def test_a_reader_that_stops_reading_is_no_error(base: Desk) -> None:
    pipe = f"{sys.executable} -m ingest list | true; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(
        ["bash", "-c", pipe],
        env=os.environ | {"DATA_DIR": str(base.data), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


# Nothing is created by looking


@pytest.mark.parametrize("arguments", [["list"], ["show", "x"], ["runs"], ["--dry-run", "FOLDER"]])
def test_an_empty_data_folder_stays_empty(base: Desk, tmp_path: Path, arguments: list[str]) -> None:
    given = [base.folder if each == "FOLDER" else each for each in arguments]
    ended = command(tmp_path / "data", *given, "--json")
    assert ended.code == (2 if arguments[0] == "show" else 0), ended.err
    assert not (tmp_path / "data").exists()
    if "FOLDER" in arguments:
        assert {each["change"] for each in ended.json["plan"]} == {"added"}
        assert ended.json["generation"] is None


def test_a_dry_run_is_no_run_and_waits_for_none(base: Desk) -> None:
    with writing(base.data):
        before = {path: path.stat().st_mtime_ns for path in sorted(base.data.rglob("*"))}
        ended = command(base.data, base.folder, "--dry-run", "--json")
        assert ended.json.keys() == REPORT | {"plan"}
        after = {path: path.stat().st_mtime_ns for path in sorted(base.data.rglob("*"))}
    assert {p for p in before | after if before.get(p) != after.get(p)} <= {
        base.data / f"catalog.sqlite3{end}" for end in ("-wal", "-shm")
    }


# The history


def test_every_run_is_in_the_history_those_that_failed_with_their_sentence(desk: Desk) -> None:
    desk.write("new.md", title="News")
    (desk.folder / "empty.md").touch()
    assert command(desk.data, desk.folder, "--trigger", "timer", module=SCRIPTED).code == 1
    assert command(desk.data, "no-such-folder").code == 2
    assert command(desk.data, "rollback", "1", "--trigger", "telegram").code == 0
    assert command(desk.data, "rollback", "7").code == 2
    told = command(desk.data, "runs", "--json").json
    assert [(run["command"], run["trigger"]) for run in told] == [
        ("rollback", "command"),
        ("rollback", "telegram"),
        ("ingest", "command"),
        ("ingest", "timer"),
        ("ingest", "command"),
    ]
    assert told[0]["error"] == "Generation 7 is not kept; there are 1, 2."
    assert (told[1]["before"], told[1]["generation"], told[1]["error"]) == (2, 1, "")
    assert told[2]["error"].startswith("'no-such-folder' does not exist")
    assert (told[3]["added"], told[3]["unchanged"]) == (1, 3)
    assert [Path(each["source"]).name for each in told[3]["failed"]] == ["empty.md"]
    assert told[3]["sources"] == [str(desk.folder)]
    lines = command(desk.data, "runs").out
    assert "1 added, 3 unchanged, 1 → 2 (timer)" in lines
    assert "    'no-such-folder' does not exist" in lines


def test_help_says_what_becomes_of_an_undone_change_and_hides_the_trigger(tmp_path: Path) -> None:
    said = " ".join(command(tmp_path, "rollback", "--help").out.split())
    assert "stays undone" in said
    assert "--again" in said
    assert "--trigger" not in said
