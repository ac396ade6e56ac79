"""An index that is damaged is written anew, and what is no longer needed is swept."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vectorstore.published import BASE, folders, held, publisher
from tests.vectorstore.store import HashEncoder, briefing, publish
from vectorstore.index import IndexFolderError
from vectorstore.publication import BusyError, writing

# Mending


def damage_words(folder: Path) -> None:
    (folder / "lexical.sqlite3").write_bytes(b"")


def damage_vectors(folder: Path) -> None:
    file = folder / "chroma" / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("damage", [damage_vectors, shutil.rmtree])
def test_a_damaged_index_is_found_out_refused_and_written_anew(
    data: Path, damage: Callable[[Path], object]
) -> None:
    damage(data / "index" / "000001")
    sentence = r"^The index of generation 1 cannot be used \(.+\)\..*python -m ingest rebuild$"
    with publisher(data) as ours:
        with pytest.raises(IndexFolderError, match=sentence):
            ours.verify()
        encoder = HashEncoder()
        rebuilt = ours.rebuild(encoder)
        assert encoder.texts == []
        assert rebuilt.generation == 2
        assert rebuilt.embedded == 0
    assert held(data) == {each.id: each for each in BASE}


@pytest.mark.parametrize("damage", [damage_words, damage_vectors, shutil.rmtree])
def test_a_run_over_a_damaged_index_writes_it_anew_by_itself(
    data: Path, damage: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    damage(data / "index" / "000001")
    new = briefing("d", "Words.")
    assert publish(data, new, gone=["b"]).embedded == 1
    assert held(data) == {"a": BASE[0], "c": BASE[2], "d": new}
    (record,) = caplog.records
    assert "it is written anew from the catalog" in record.getMessage()


# Keeping and sweeping


def test_eight_generations_are_kept_and_leftovers_are_swept(data: Path) -> None:
    (data / "index" / "000099" / "chroma").mkdir(parents=True)
    (data / "index" / "notes.txt").write_text("somebody's own")
    for number in range(2, 11):
        publish(data, briefing("a", f"Edition {number}."))
    assert folders(data) == [*(f"{number:06}" for number in range(3, 11)), "notes.txt"]


def test_fewer_generations_are_kept_on_a_small_disk(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    for number in (2, 3, 4, 5):
        publish(data, briefing("a", f"Edition {number}."))
    assert folders(data) == ["000003", "000004", "000005"]


def test_a_killed_run_that_still_holds_its_folder_does_not_stop_the_next(data: Path) -> None:
    shutil.copytree(data / "index" / "000001", data / "index" / "000002")
    command = (
        "import sys, pathlib; from vectorstore.index import Index; "
        "index = Index(pathlib.Path(sys.argv[1])); print(flush=True); sys.stdin.readline()"
    )
    orphan = subprocess.Popen(
        [sys.executable, "-c", command, str(data / "index" / "000002")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with orphan:
        assert orphan.stdout
        orphan.stdout.readline()
        assert publish(data, briefing("d", "Words.")).generation == 3
        orphan.kill()
    publish(data, briefing("d", "Other words."))
    assert folders(data) == ["000001", "000003", "000004"]


def test_a_second_writer_is_refused_at_once_and_welcome_afterwards(tmp_path: Path) -> None:
    command = (
        "import sys, pathlib; from vectorstore.publication import writing\n"
        "with writing(pathlib.Path(sys.argv[1])): print(flush=True); sys.stdin.readline()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", command, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with first:
        assert first.stdout
        first.stdout.readline()
        with pytest.raises(BusyError, match="Another ingestion is running"), writing(tmp_path):
            pass
        first.kill()
    with writing(tmp_path):
        pass
