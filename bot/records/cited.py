"""What was cited to whom, to tell them when it is corrected; knows no answer and no page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from bot.records.schema import cited
from vectorstore.catalog.database import transaction

_UNTOLD = cited.c.told_in.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a briefing's version that somebody was shown in a chat, in an answer.

    ``speaker`` and ``actor`` are who was shown to say them, None where nobody was.
    """

    user: int
    chat: int
    asked_at: datetime
    language: str
    briefing: str
    version: str
    quote: str
    speaker: str | None = None
    actor: str | None = None


class Cited:
    """What was cited. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def versions(self) -> set[str]:
        """The versions of which something was cited whose asker has been told of no change."""
        query = select(cited.c.version).where(_UNTOLD).distinct()
        with transaction(self._engine) as connection:
            return set(connection.scalars(query))

    def of_versions(self, wanted: Collection[str]) -> list[Quoted]:
        """What was cited of some versions to those who were told of no change, oldest first."""
        return self._where(cited.c.version.in_(wanted) & _UNTOLD)

    def of(self, user: int) -> list[Quoted]:
        """What was cited to somebody, oldest first."""
        return self._where(cited.c.user == user)

    def settle(self, told: Iterable[Quoted], generation: int) -> None:
        """Note that the chats of what was cited are told what became of it in a generation.

        Of these words of these versions they are told nothing more; of any others they are.
        """
        words = {(each.chat, each.version, each.quote) for each in told}
        with transaction(self._engine) as connection:
            for chat, version, quote in words:
                here = (cited.c.chat == chat, cited.c.version == version, cited.c.quote == quote)
                settled = update(cited).where(*here, _UNTOLD).values(told_in=generation)
                connection.execute(settled)

    def owe(self, chat: int, generation: int) -> None:
        """Note that a chat has not been told after all what became of it in a generation."""
        here = (cited.c.chat == chat, cited.c.told_in == generation)
        with transaction(self._engine) as connection:
            connection.execute(update(cited).where(*here).values(told_in=None))

    def expire(self, before: datetime) -> None:
        """Erase what was cited before a moment."""
        with transaction(self._engine) as connection:
            connection.execute(delete(cited).where(cited.c.asked_at < before))

    def _where(self, wanted: Any) -> list[Quoted]:
        query = select(cited).where(wanted).order_by(cited.c.number)
        with transaction(self._engine) as connection:
            return [_quoted(row) for row in connection.execute(query)]


def insert_into(connection: Connection, some: Sequence[Quoted]) -> None:
    """Keep what an answer cited."""
    if rows := [{name: getattr(each, name) for name in Quoted.__slots__} for each in some]:
        connection.execute(insert(cited), rows)


def erase_from(connection: Connection, user: int) -> None:
    """Erase what was cited to somebody."""
    connection.execute(delete(cited).where(cited.c.user == user))


def _quoted(row: Row[Any]) -> Quoted:
    values = {name: getattr(row, name) for name in Quoted.__slots__}
    return Quoted(**values)
