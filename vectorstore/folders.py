"""Where the index of a generation lies, whether it is whole, who reads it, and when it may go.

Opens none. Light to import: a run with nothing to publish sweeps as well.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import BinaryIO

from vectorstore.domain import StoreError

MANIFEST = "manifest.json"
_COPY = "briefing-index-"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
_NO_ROOM_SAID = ("disk is full", "No space left", "quota exceeded")  # SQLite's and Rust's words


class NoRoomError(StoreError):
    """There is no place on the disk for what must be written."""


def lacks_room(error: BaseException) -> bool:
    """Whether it was for want of room that files could not be written."""
    said = str(error)
    return getattr(error, "errno", None) in _NO_ROOM or any(each in said for each in _NO_ROOM_SAID)


def index_folder(data_dir: Path, generation: int) -> Path:
    """Where a generation's index lives."""
    return data_dir / "index" / f"{generation:06}"


def index_folders(data_dir: Path) -> list[Path]:
    """The index folders that are there, published or not."""
    return [path for path in (data_dir / "index").glob("*") if path.is_dir()]


def seal(folder: Path, manifest: Mapping[str, object]) -> None:
    """Write ``manifest``, with the hash of every file and of itself; ``folder`` is complete now."""
    whole = {**manifest, "files": _hashes(folder)}
    whole["hash"] = _hash_of(whole)
    (folder / MANIFEST).write_text(json.dumps(whole, indent=1), encoding="utf-8")


def damage(folder: Path) -> str | None:
    """What is wrong with the files of a sealed folder, or None when they are as they were sealed.

    A folder that was sealed without hashes has nothing to compare with: ask `has_hashes`.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        sealed = dict(manifest.get("files", {}))
        if sealed and manifest.pop("hash", None) != _hash_of(manifest):
            return f"{MANIFEST} is damaged"
        found = _hashes(folder)
    except OSError as error:
        return unreadable(error)
    except (ValueError, AttributeError, TypeError):
        return f"{MANIFEST} is damaged"
    return next(
        (
            f"{name} is {'damaged' if name in found else 'missing'}"
            for name, digest in sealed.items()
            if found.get(name) != digest
        ),
        None,
    )


def unreadable(error: OSError) -> str:
    """What is wrong with a file of an index that cannot be read."""
    name = Path(error.filename).name if error.filename else "a file"
    if isinstance(error, FileNotFoundError):
        return f"{name} is missing"
    return f"{name} cannot be read: {error.strerror or error}"


def has_hashes(folder: Path) -> bool:
    """Whether a folder says what its files were; the first versions of this product did not."""
    try:
        return b'"files"' in (folder / MANIFEST).read_bytes()
    except OSError:
        return True  # and `damage` says what is the matter


@contextmanager
def reading(folder: Path) -> Iterator[BinaryIO]:
    """Hold a sealed folder open: `sweep` leaves it alone meanwhile, in whichever process.

    Gives its manifest; raises `OSError` when there is none.
    """
    with (folder / MANIFEST).open("rb") as manifest:
        fcntl.flock(manifest, fcntl.LOCK_SH)
        yield manifest


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a folder for one reader, which may do with it what it likes.

    Chroma writes to what it only reads; so what was sealed stays as it was, may lie on a disk that
    cannot be written, and may come to harm while it is read. The copy goes with the block, or when
    the next one is made after a reader was killed. Its place is that of the system's temporary
    files (``TMPDIR``). Raises `NoRoomError`, or `OSError` when ``folder`` cannot be read.
    """
    _clear_up()
    with _room():
        copy = Path(mkdtemp(prefix=_COPY))
    lock = os.open(copy, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        for path in (folder / MANIFEST, *(folder.rglob("*"))):
            _copy(path, copy / path.relative_to(folder))
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        os.close(lock)


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


def _copy(path: Path, to: Path) -> None:
    if path.is_file():
        with _room():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not lacks_room(error):
            raise
        raise NoRoomError(
            f"The index cannot be opened, for its copy finds no room in {gettempdir()} "
            f"({error.strerror}). Make room there, or name another folder in TMPDIR."
        ) from error


def _clear_up() -> None:
    """Delete the copies of readers that are no more."""
    for manifest in Path(gettempdir()).glob(f"{_COPY}*/{MANIFEST}"):
        copy = manifest.parent
        try:
            lock = os.open(copy, os.O_RDONLY)
        except OSError:  # gone meanwhile, or somebody else's
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(copy, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(lock)


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): _hash(path) for path in files if path != folder / MANIFEST
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of(manifest: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
