"""From what a person names, or what is remembered, to a source; asks the web only to find out."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.sources.files import KINDS, READABLE, Files
from ingest.sources.leaving import Leaving
from ingest.sources.raw import Source, SourceError
from vectorstore.catalog import Remembered, SourceBook

if TYPE_CHECKING:
    from ingest.sources.web import Web

FOLDER = "folder"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def open_source(argument: str) -> Files:
    """Return the source that ``argument`` names: a folder or a file; raise SourceError."""
    try:
        path = Path(argument).resolve()
        mode = path.stat().st_mode if argument else 0
    except PermissionError:
        raise SourceError(f"{argument!r} cannot be read; check who may enter its folder") from None
    except (OSError, ValueError, RuntimeError):
        mode = 0
    if stat.S_ISDIR(mode):
        return Files(path)
    if not stat.S_ISREG(mode):
        raise SourceError(
            f"{argument!r} does not exist; give a folder, a {READABLE} file, or a web address, "
            "which begins with https://"
        )
    if path.suffix.lower() not in KINDS:
        raise SourceError(f"{argument!r} is not a {READABLE} file")
    return Files(path.parent, only=path.name)


class Opener:
    """Opens sources for one run; use it as a context manager.

    ``open_web`` is called when a source is on the web, at most once.
    """

    def __init__(self, book: SourceBook, open_web: Callable[[], Web]) -> None:
        self._book = book
        self._open_web = open_web
        self._stack = ExitStack()

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def sources(self, arguments: Collection[str]) -> list[Source]:
        """The sources that are named, or all that are remembered; raises `SourceError`."""
        remembered = self._book.remembered()
        stay = (self.open(row) for row in remembered if not row.leaving)
        found = [self._named(argument) for argument in arguments] if arguments else list(stay)
        names = {source.name for source in found}
        leaving = [row.name for row in remembered if row.leaving and row.name not in names]
        if not found and not leaving:
            raise SourceError(
                "No source is named, and none is remembered; name a folder, a file or a web "
                "address, or have one remembered: python -m ingest add SOURCE"
            )
        return [*found, *(Leaving(name, self._book) for name in leaving)]

    def described(self, argument: str, types: Collection[str] = ()) -> Remembered:
        """What is to be remembered of the source that is named; raises `SourceError`.

        ``types`` are those of a WordPress site's content to read, by default its posts.
        """
        if _is_on_web(argument):
            return self._web.discover(argument, types)
        if types:
            raise SourceError("--type is for WordPress sites; leave it out for a folder")
        files = open_source(argument)
        if not Path(argument).is_dir():
            folder = Path(argument).resolve().parent
            raise SourceError(
                f"{argument!r} is a file, and only folders are remembered: "
                f"python -m ingest add {folder}"
            )
        now = datetime.now(UTC)
        return Remembered(name=files.name, kind=FOLDER, address=files.name, added_at=now)

    def others(self, row: Remembered) -> Mapping[str, int]:
        """What else there is at a source, articles by type; raises `SourceError`."""
        return {} if row.kind == FOLDER else self._web.others(row)

    def open(self, row: Remembered) -> Source:
        """A source that is remembered."""
        return _Folder(row, self._book) if row.kind == FOLDER else self._web.open(row)

    def _named(self, argument: str) -> Source:
        for row in self._book.remembered():
            if argument.rstrip("/") in (row.name, row.address):
                return self.open(row)
        return (
            self.open(self.described(argument)) if _is_on_web(argument) else open_source(argument)
        )

    @cached_property
    def _web(self) -> Web:
        return self._stack.enter_context(self._open_web())


class _Folder(Files):
    """A folder that is remembered, and when it was last read."""

    def __init__(self, row: Remembered, book: SourceBook) -> None:
        super().__init__(Path(row.address))
        self._book = book

    def settle(self) -> None:
        """Note that it was read."""
        if self.complete:
            self._book.succeeded(self.name, datetime.now(UTC))


def _is_on_web(argument: str) -> bool:
    return _ADDRESS.match(argument) is not None
