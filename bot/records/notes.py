"""A word or two about a chat that outlive a restart; knows not what they mean to whoever asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, select

from bot.records.schema import notes
from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import put


class Note(StrEnum):
    """What is noted."""

    CHOSEN = "chosen language"
    SPOKEN = "editor's language"
    TOLD = "told of staleness"
    WITHIN = "dossier asked in"


_FILES = ("languages.json", "editors.json")
_FORMER = {"": Note.CHOSEN, "language of ": Note.SPOKEN, "told ": Note.TOLD}
_KEY = re.compile(r"(language of |told |)(-?\d+)")


class Notes:
    """The notes, by chat; held in memory, too, for every message asks for some.

    One process writes them. What reads or writes the database raises `CatalogError`.
    """

    def __init__(self, engine: Engine) -> None:
        """Read what is noted."""
        self._engine = engine
        with transaction(engine) as connection:
            rows = connection.execute(select(notes))
            self._held: dict[tuple[str, int], str] = {(r.kind, r.chat): r.value for r in rows}

    def get(self, note: Note, chat: int) -> str | None:
        """What is noted of a chat, None for nothing; asks no database."""
        return self._held.get((note, chat))

    def of(self, chat: int) -> dict[str, str]:
        """All that is noted of a chat, by kind; asks no database."""
        return {kind: value for (kind, at), value in [*self._held.items()] if at == chat}

    def put(self, note: Note, chat: int, value: str | None) -> None:
        """Note ``value``; None strikes it out."""
        with transaction(self._engine) as connection:
            if value is not None:
                put(connection, notes, [{"kind": note.value, "chat": chat, "value": value}])
            else:
                ours = (notes.c.kind == note, notes.c.chat == chat)
                connection.execute(delete(notes).where(*ours))
        if value is not None:
            self._held[note, chat] = value
        else:
            self._held.pop((note, chat), None)

    def drop(self, chat: int) -> None:
        """Hold in memory no more what was noted of a chat, once it is erased."""
        for kind in self.of(chat):
            self._held.pop((kind, chat), None)


def erase_from(connection: Connection, chat: int) -> None:
    """Erase all that is noted of a chat; whoever holds it is to drop it then."""
    connection.execute(delete(notes).where(notes.c.chat == chat))


def take_over(engine: Engine, folder: Path) -> None:
    """Bring in what earlier versions kept in two files of ``folder``; then the files go."""
    files = [path for name in _FILES if (path := folder / name).exists()]
    rows = [row for path in files for row in _rows(path)]
    if rows:
        with transaction(engine) as connection:
            put(connection, notes, rows)
    with suppress(OSError):  # where nothing can be written, they are read again
        for path in files:
            path.unlink()


def _rows(path: Path) -> Iterator[dict[str, object]]:
    """The notes in a file; none in one that cannot be read."""
    with suppress(OSError, ValueError, AttributeError):
        for key, value in json.loads(path.read_text("utf-8")).items():
            if found := _KEY.fullmatch(key):
                kind = _FORMER[found[1]]
                yield {"kind": kind.value, "chat": int(found[2]), "value": str(value)}
