"""Where the index of a generation lies, who reads it, and when it may go; opens none.

Light to import: a run with nothing to publish sweeps as well.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MANIFEST = "manifest.json"


def index_folder(data_dir: Path, generation: int) -> Path:
    """Where a generation's index lives."""
    return data_dir / "index" / f"{generation:06}"


def index_folders(data_dir: Path) -> list[Path]:
    """The index folders that are there, published or not."""
    return [path for path in (data_dir / "index").glob("*") if path.is_dir()]


@contextmanager
def reading(folder: Path) -> Iterator[BinaryIO]:
    """Hold a sealed folder open: `sweep` leaves it alone meanwhile, in whichever process.

    Gives its manifest; raises `OSError` when there is none.
    """
    with (folder / MANIFEST).open("rb") as manifest:
        fcntl.flock(manifest, fcntl.LOCK_SH)
        yield manifest


def sweep(data_dir: Path, kept: Iterable[int]) -> None:
    """Delete all index folders but those of the generations ``kept`` and those being read."""
    names = {index_folder(data_dir, generation).name for generation in kept}
    for folder in index_folders(data_dir):
        if folder.name not in names:
            _discard(folder)


def _discard(folder: Path) -> None:
    if not (folder / MANIFEST).exists():  # never sealed, so nobody reads it
        shutil.rmtree(folder)
        return
    with (folder / MANIFEST).open("rb") as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # a later sweep will
            return
        shutil.rmtree(folder)
