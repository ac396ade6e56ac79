"""A disk that is full or cannot be written: one sentence, and what was published goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.ingest.desk import Desk
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier

ROOT = Path(__file__).parents[2]


def ingest(data: Path, *arguments: str, module: str = "ingest") -> tuple[int, str, str]:
    """The exit code, output and errors of a command over ``data``."""
    ended = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | {"DATA_DIR": str(data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder with one briefing, which is published."""
    home = tmp_path_factory.mktemp("home")
    desk = Desk(home / "news", home / "data")
    desk.write("one.md", "The ministers met in Vienna.", lang="en")
    assert ingest(desk.data, str(desk.folder), module="tests.ingest.scripted")[0] == 0
    return desk


@contextmanager
def mounted(at: Path, *commands: tuple[str, ...]) -> Iterator[None]:
    """Something mounted ``at`` by ``commands``; skips where that is not permitted."""
    for command in commands:
        if subprocess.run(["mount", *command, str(at)], capture_output=True).returncode != 0:
            pytest.skip("nothing may be mounted here: run as root to test other disks")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


@contextmanager
def read_only(data: Path) -> Iterator[None]:
    """``data`` as a folder in which nothing can be written."""
    if os.geteuid() == 0:  # whom permissions do not stop
        with mounted(data, ("--bind", str(data)), ("-o", "remount,ro,bind")):
            yield
        return
    folders = [data, *(path for path in data.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


def found(corpus: Corpus) -> int:
    """How many passages on Vienna the index finds."""
    with corpus.view() as view:
        return len(view.index.matching(Tier.PUBLIC, "en", ["vienna"], 9))


def test_a_folder_that_cannot_be_written_is_read_and_refused_to_writers(
    published: Desk, tmp_path: Path
) -> None:
    data = shutil.copytree(published.data, tmp_path / "data")
    for lock in data.glob("*.lock"):
        lock.unlink()
    with read_only(data):
        with closing(Corpus(data)) as corpus:
            assert found(corpus) == 1
        assert "one" in ingest(data, "list")[1]
        for arguments in ([str(published.folder)], ["rebuild"], ["rollback"]):
            code, out, said = ingest(data, *arguments)
            assert (code, out) == (2, "")
            assert "cannot be written" in said
            assert "DATA_DIR" in said
            assert len(said.splitlines()) == 1


def test_readers_of_a_folder_that_they_cannot_write_see_what_others_publish(
    published: Desk, tmp_path: Path
) -> None:
    data = shutil.copytree(published.data, tmp_path / "data")
    window = tmp_path / "window"
    window.mkdir()
    with (
        mounted(window, ("--bind", str(data)), ("-o", "remount,ro,bind")),
        closing(Corpus(window)) as corpus,
    ):
        assert found(corpus) == 1
        with closing(Catalog.open(data)):  # the writer's files are there while it is
            assert found(corpus) == 1
        more = Desk(tmp_path / "more", data)
        more.write("two.md", "They met in Vienna again.", lang="en")
        assert ingest(data, str(more.folder), module="tests.ingest.scripted")[0] == 0
        assert found(corpus) == 2


@pytest.mark.parametrize("room", [60, 250, 450])
def test_a_disk_without_room_keeps_what_was_published(
    published: Desk, tmp_path: Path, room: int
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    used = sum(path.stat().st_size for path in published.data.rglob("*") if path.is_file())
    size = used // 1024 + 40 + room
    many = Desk(tmp_path / "news", small)
    for number in range(40):
        many.write(f"{number}.md", f"The river rose by {number} metres.\n\n" * 20, lang="en")
    with mounted(small, ("-t", "tmpfs", "-o", f"size={size}k", "tmpfs")):
        shutil.copytree(published.data, small, dirs_exist_ok=True)
        with closing(Corpus(small)) as corpus:
            assert found(corpus) == 1
            command = [str(published.folder), str(many.folder)]
            code, out, said = ingest(small, *command, module="tests.ingest.scripted")
            assert (code, out) == (2, "")
            assert "DATA_DIR" in said
            assert "Traceback" not in said
            assert len(said.splitlines()) == 1
            assert found(corpus) == 1
        assert [path.name for path in (small / "index").iterdir()] == ["000001"]
        with closing(Corpus(small)) as corpus:
            assert found(corpus) == 1
        shutil.copytree(small, tmp_path / "larger")
    assert ingest(tmp_path / "larger", *command, module="tests.ingest.scripted")[0] == 0
