"""Reads folders and files into raw pages; knows nothing of what is inside a page."""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO

from ingest.sources.raw import MAX_PAGE_BYTES, Failure, PageKind, RawPage

KINDS = {
    ".txt": PageKind.TEXT,
    ".md": PageKind.MARKDOWN,
    ".html": PageKind.HTML,
    ".htm": PageKind.HTML,
    ".jsonl": PageKind.ROW,
}
READABLE = ".txt, .md, .html or .jsonl"
_TOO_LARGE = f"is larger than {MAX_PAGE_BYTES // 1_000_000} MB; a briefing is one article"
_OUTSIDE = (
    "is a link to a file outside of the folder, which is not followed; "
    "put the file itself here, or name its folder as a source"
)
_FOLDER_OUTSIDE = (
    "is a link to a folder outside, which is not followed; name that folder as a source"
)
_LOST = "it is a link that leads nowhere"
_CHANGED = "changed while it was read; the next run reads it"


class _RefusedError(Exception):
    """A file that is not read, and why."""


class Files:
    """A folder and all below it, or a single file of a folder (``only``).

    Hidden files and README files are no briefings. A link to a file is read where it leads within
    the folder and is not read anyway; one that leads out of it is refused, as it could publish any
    file of this machine. Links to folders are not followed.
    """

    def __init__(self, root: Path, only: str | None = None) -> None:
        self.name = str(root)
        self.complete = False
        self._root = root
        self._real_root = Path(os.path.realpath(root))
        self._only = only
        self._unsure: set[str] = set()  # keys of files and folders of which not all is known

    def scope(self, key: str) -> bool:
        """Whether a page known by ``key`` was to be seen among ``pages`` if it still exists."""
        file = _file_of(key)
        if self._only is not None and file != self._only:
            return False
        return self._unsure.isdisjoint((file, *map(str, PurePosixPath(file).parents)))

    def pages(self, known: Collection[str] = ()) -> Iterator[RawPage | Failure]:  # noqa: ARG002 - a file is read to tell
        """Yield the pages in the order of their keys; sets ``complete`` at the end."""
        self.complete, self._unsure, unreadable = False, set(), False
        for key, error in self._walk() if self._only is None else [(self._only, None)]:
            try:
                if error:
                    raise error
                yield from self._read(key)
            except _RefusedError as refused:
                self._unsure.add(key)
                yield self._failure(key, str(refused))
            except OSError as error:
                unreadable = True
                self._unsure.add(key)
                yield self._failure(key, f"cannot be read: {error.strerror or error}")
        self.complete = not unreadable

    def settle(self) -> None:
        """Nothing to remember: files are read at each run."""

    def _walk(self) -> list[tuple[str, Exception | None]]:
        """Keys of the readable files, and of what is not read with the reason, sorted."""
        found: list[tuple[str, Exception | None]] = []
        waiting = [self._root]  # folders may lie deeper than Python calls itself
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError as error:
                key = folder.relative_to(self._root).as_posix()
                found.append(("" if folder == self._root else key, error))
                continue
            for entry in entries:
                path = folder / entry.name
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                    waiting.append(path)
                elif entry.is_symlink():
                    found += self._link(path)
                elif not entry.is_dir() and _is_briefing(entry.name):
                    found.append((path.relative_to(self._root).as_posix(), None))
        return sorted(found, key=lambda entry: entry[0])

    def _link(self, path: Path) -> list[tuple[str, Exception | None]]:
        """What a link comes to: nothing when that is read by its own name, or is none of ours."""
        key = path.relative_to(self._root).as_posix()
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            lost = error.errno in (errno.ENOENT, errno.ELOOP)
            return [(key, OSError(0, _LOST) if lost else error)] if _is_briefing(path.name) else []
        target = Path(os.path.realpath(path))
        inside = target.is_relative_to(self._real_root)
        if is_folder:
            hidden = path.name.startswith(".")
            return [] if inside or hidden else [(key, _RefusedError(_FOLDER_OUTSIDE))]
        if not _is_briefing(path.name):
            return []
        is_seen = inside and _is_read(target.relative_to(self._real_root))
        return [] if is_seen else [(key, None)]

    def _read(self, key: str) -> Iterator[RawPage | Failure]:
        if not key.isprintable():
            self._unsure.add(key)
            yield self._failure(key, "the file's name cannot be printed; rename it")
            return
        path = self._root / key
        kind = KINDS[path.suffix.lower()]
        with os.fdopen(_opened(path), "rb") as file:
            before = os.fstat(file.fileno())
            self._check_place(path, before)
            if kind is PageKind.ROW:
                yield from self._rows(key, file)
            else:
                content = file.read(MAX_PAGE_BYTES + 1)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise _RefusedError(_CHANGED)
        if kind is not PageKind.ROW:
            yield self._page(key, kind, content)

    def _check_place(self, path: Path, opened: os.stat_result) -> None:
        """Raise unless the file that was opened is one of the folder's, whatever links led to it.

        It is compared with what stands there now: a link may be changed while it is followed.
        """
        if not stat.S_ISREG(opened.st_mode):
            raise OSError("it is not an ordinary file")
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(self._real_root):
            raise _RefusedError(_OUTSIDE)
        if not os.path.samestat(opened, target.stat()):
            raise _RefusedError(_CHANGED)

    def _page(self, key: str, kind: PageKind, content: bytes) -> RawPage | Failure:
        if len(content) > MAX_PAGE_BYTES:
            return self._failure(key, _TOO_LARGE)
        location = (self._root / _file_of(key)).as_uri()
        return RawPage(source=self.name, key=key, location=location, kind=kind, content=content)

    def _rows(self, file_key: str, file: BinaryIO) -> Iterator[RawPage | Failure]:
        seen: set[str] = set()
        for number, line in enumerate(_lines(file), start=1):
            if not line.strip():
                continue
            line_key = f"{file_key}#line-{number}"
            try:
                id_ = _row_id(line)
            except ValueError as error:
                self._unsure.add(file_key)  # the row may be any of those known before
                yield self._failure(line_key, str(error))
                continue
            key = f"{file_key}#{id_}" if id_ else line_key
            if key in seen:
                yield self._failure(line_key, f"its id {id_!r} stands on an earlier line as well")
                continue
            seen.add(key)
            yield self._page(key, PageKind.ROW, line.strip())

    def _failure(self, key: str, error: str) -> Failure:
        return Failure(source=self.name, key=key if key.isprintable() else ascii(key), error=error)


def _is_briefing(name: str) -> bool:
    lower = name.lower()
    return not lower.startswith((".", "readme")) and Path(lower).suffix in KINDS


def _is_read(inside: PurePath) -> bool:
    """Whether a file at this place of the folder is read by its own name."""
    return _is_briefing(inside.name) and not any(
        part.startswith(".") for part in inside.parent.parts
    )


def _opened(path: Path) -> int:
    """Open a file for reading; on a pipe to which nobody writes one would wait for ever."""
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK)


def _file_of(key: str) -> str:
    """The file's part of a key; only the keys of rows have another."""
    row = re.match(r"(.*?\.jsonl)#", key, re.IGNORECASE | re.DOTALL)
    return row[1] if row else key


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file without its byte order mark; of a line too long only the beginning."""
    first = True
    while line := file.readline(MAX_PAGE_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_PAGE_BYTES:
            rest = file.readline(MAX_PAGE_BYTES + 1)
        yield line.removeprefix(codecs.BOM_UTF8) if first else line
        first = False


def _row_id(line: bytes) -> str:
    """The id that a row gives itself, "" without one; raise ValueError for what is no row."""
    if len(line) > MAX_PAGE_BYTES:
        raise ValueError(_TOO_LARGE)
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("this line is not UTF-8 text; save the file as UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("this line is not valid JSON; write one object a line") from None
    if not isinstance(row, dict):
        raise ValueError("this line is not a JSON object; write one object a line")
    id_ = row.get("id")
    if id_ is None:
        return ""
    if isinstance(id_, bool) or not isinstance(id_, str | int) or not str(id_).strip():
        raise ValueError("'id' must be a whole number or a text that is not empty")
    return str(id_).strip()
