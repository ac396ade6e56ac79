"""An index folder that is hurt is found out, and one that is no longer needed goes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.entries import SUBSCRIBERS, entry, nearest, sealed
from vectorstore.folders import MANIFEST, damage, index_folder, seal, sweep
from vectorstore.index import Index, IndexFolderError
from vectorstore.lexical import LexicalFile

# Damage


def overwrite(name: str, content: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        files = list(folder.rglob(name))
        assert files, f"no {name} to damage"
        for file in files:
            file.write_bytes(content(file.read_bytes()))

    return damage


def delete(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in list(folder.rglob(name)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


DAMAGES = {
    "an empty index_metadata.pickle": overwrite("index_metadata.pickle", lambda _: b""),
    "half of the graph": overwrite("data_level0.bin", lambda whole: whole[: len(whole) // 2]),
    "no graph": delete("*.bin"),
    "half of Chroma's database": overwrite("chroma.sqlite3", lambda w: w[: len(w) // 2]),
    "an empty Chroma database": overwrite("chroma.sqlite3", lambda _: b""),
    "no Chroma database": delete("chroma.sqlite3"),
    "no vectors": delete("chroma"),
    "half of the words": overwrite("lexical.sqlite3", lambda whole: whole[: len(whole) // 2]),
    "empty words": overwrite("lexical.sqlite3", lambda _: b""),
    "no words": delete("lexical.sqlite3"),
    "no manifest": delete("manifest.json"),
    "half a manifest": overwrite("manifest.json", lambda whole: whole[: len(whole) // 2]),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many passages that Chroma writes its graph out."""
    folder = tmp_path_factory.mktemp("large") / "1"
    return sealed(folder, (entry(f"v{number}") for number in range(1200)))


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_noticed(tmp_path: Path, large: Path, what: str) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    DAMAGES[what](folder)
    with pytest.raises(IndexFolderError) as raised, closing(Index(folder)) as index:
        index.verify()
    assert "Traceback" not in str(raised.value)
    assert str(raised.value).strip()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[: len(whole) // 2],
    "zeroed": lambda whole: bytes(len(whole)),
    "a bit flipped": lambda w: (
        w[: len(w) // 2] + bytes([w[len(w) // 2] ^ 4]) + w[len(w) // 2 + 1 :]
    ),
    "gone": lambda _: b"",
}


@pytest.mark.parametrize("way", WAYS)
def test_harm_to_any_file_is_noticed_before_its_content_is_used_and_the_file_is_named(
    tmp_path: Path, large: Path, way: str
) -> None:
    files = [path.relative_to(large) for path in large.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {
        "manifest.json",
        "lexical.sqlite3",
        "chroma.sqlite3",
        "data_level0.bin",
        "index_metadata.pickle",
    }
    for name in files:
        folder = shutil.copytree(large, tmp_path / name.name)
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(WAYS[way](whole))
        if way == "gone":
            (folder / name).unlink()
        elif not whole:
            continue  # nothing of an empty file can be lost
        with pytest.raises(IndexFolderError) as raised:
            Index(folder)
        said = str(raised.value)
        assert said.endswith(f"{name.name} is {'missing' if way == 'gone' else 'damaged'}")
        assert damage(folder) == said


def test_reading_changes_nothing_and_leaves_nothing_behind(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    small = sealed(tmp_path / "1", [entry("a"), entry("b", tier=SUBSCRIBERS)])
    for folder in (small, large):
        for _ in range(3):
            with closing(Index(folder)) as index:
                index.verify()
        assert damage(folder) is None
    assert not list(tmp_path.glob("briefing-index-*"))


def test_what_a_killed_reader_copied_is_deleted_by_the_next(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    command = [sys.executable, "-c", _READ, str(large)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        (copy,) = tmp_path.iterdir()
        reader.kill()
    assert copy.exists()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        assert copy not in tmp_path.iterdir()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=pipe, check=True)
        assert len(list(tmp_path.iterdir())) >= 1, "nobody deletes the copy of a living reader"
        reader.kill()


@pytest.mark.parametrize("what", ["empty words", "no words", "no vectors", "no Chroma database"])
def test_nothing_is_copied_from_a_folder_that_lacks_half(
    tmp_path: Path, large: Path, what: str
) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    DAMAGES[what](folder)

    def publish() -> None:
        Index.copy(folder, tmp_path / "2").seal("model")
        Index(tmp_path / "2").verify()

    with pytest.raises(IndexFolderError):
        publish()


def test_an_undamaged_folder_verifies(large: Path) -> None:
    with closing(Index(large)) as index:
        index.verify()


def test_a_passage_that_only_the_words_know_is_noticed(large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    with closing(LexicalFile(folder, writable=True)) as words:
        words.insert("public-en", "en", [("extra:0-1", "extra", "title", "text")])
    manifest = json.loads((folder / "manifest.json").read_text())
    seal(folder, {name: manifest[name] for name in ("model", "shards")})
    with closing(Index(folder)) as index, pytest.raises(IndexFolderError, match="public-en"):
        index.verify()


# Deleting

_READ = """
import sys, pathlib
from vectorstore.index import Index
index = Index(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_folder_that_another_process_reads_is_deleted_only_afterwards(tmp_path: Path) -> None:
    folder = sealed(index_folder(tmp_path, 1), [entry("a")])
    command = [sys.executable, "-c", _READ, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        sweep(tmp_path, kept=[])
        assert nearest(folder, entry("a").vector) == ["a:0-9"]
        reader.kill()
    sweep(tmp_path, kept=[1])
    assert folder.exists()
    sweep(tmp_path, kept=[])
    assert not folder.exists()


def test_a_folder_that_was_never_finished_is_deleted(tmp_path: Path) -> None:
    folder = index_folder(tmp_path, 1)
    index = Index.create(folder)
    index.add([entry("a")])
    sweep(tmp_path, kept=[2])
    assert not folder.exists()
    with pytest.raises(IndexFolderError):
        Index(folder)
    assert not folder.exists(), "a reader writes nothing"


def test_an_index_of_an_older_version_says_so_in_a_sentence(large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    with closing(sqlite3.connect(folder / "lexical.sqlite3")) as words:
        words.execute('DROP TABLE "public-en/names"')
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest.pop("files")  # which it did not note either
    (folder / MANIFEST).write_text(json.dumps(manifest))
    for opened in (lambda: Index(folder), lambda: Index.copy(folder, tmp_path / "2")):
        with pytest.raises(IndexFolderError, match="an older version"):
            opened()
