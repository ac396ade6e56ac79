"""What was cited to whom, to tell them when it is corrected; knows no answer and no page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from bot.records.schema import cited
from vectorstore.catalog.database import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a briefing's version that somebody was shown in a chat, in an answer."""

    user: int
    chat: int
    asked_at: datetime
    language: str
    briefing: str
    version: str
    quote: str


class Cited:
    """What was cited. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def versions(self) -> set[str]:
        """The versions of which something was cited."""
        with transaction(self._engine) as connection:
            return set(connection.scalars(select(cited.c.version).distinct()))

    def of_versions(self, wanted: Collection[str]) -> list[Quoted]:
        """What was cited of some versions, oldest first."""
        return self._where(cited.c.version.in_(wanted))

    def of(self, user: int) -> list[Quoted]:
        """What was cited to somebody, oldest first."""
        return self._where(cited.c.user == user)

    def settle(self, chat: int, briefing: str) -> None:
        """Forget what was cited of a briefing in a chat: they have been told."""
        self._erase(cited.c.chat == chat, cited.c.briefing == briefing)

    def forget(self, user: int) -> None:
        """Erase what was cited to somebody."""
        self._erase(cited.c.user == user)

    def expire(self, before: datetime) -> None:
        """Erase what was cited before a moment."""
        self._erase(cited.c.asked_at < before)

    def _where(self, wanted: Any) -> list[Quoted]:
        query = select(cited).where(wanted).order_by(cited.c.number)
        with transaction(self._engine) as connection:
            return [_quoted(row) for row in connection.execute(query)]

    def _erase(self, *where: Any) -> None:
        with transaction(self._engine) as connection:
            connection.execute(delete(cited).where(*where))


def insert_into(connection: Connection, some: Sequence[Quoted]) -> None:
    """Keep what an answer cited."""
    if rows := [{name: getattr(each, name) for name in Quoted.__slots__} for each in some]:
        connection.execute(insert(cited), rows)


def _quoted(row: Row[Any]) -> Quoted:
    values = {name: getattr(row, name) for name in Quoted.__slots__}
    return Quoted(**values)
