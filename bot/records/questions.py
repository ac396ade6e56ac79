"""What was asked, for as long as it may be kept; later only that something was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select, update

from bot.records.schema import questions
from vectorstore.catalog.database import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question; ``reason`` says why nothing was found, None when something was."""

    user: int
    chat: int
    asked_at: datetime
    language: str
    text: str
    reason: str | None


class Questions:
    """The questions asked. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, user: int, day: date) -> int:
        """How many questions somebody asked on a day, in UTC."""
        mine = (questions.c.user == user, questions.c.asked_on == day)
        query = select(func.count()).select_from(questions).where(*mine)
        with transaction(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def of(self, user: int) -> list[Asked]:
        """All that is kept of what somebody asked, oldest first."""
        return self._kept(questions.c.user == user)

    def since(self, moment: datetime) -> list[Asked]:
        """What was asked since a moment, oldest first."""
        return self._kept(questions.c.asked_at >= moment)

    def expire(self, before: datetime, today: date) -> None:
        """Erase what was asked before a moment; it is only counted from now on.

        Of ``today`` it is known whose it was, so that nobody asks more than a day allows.
        """
        old = (questions.c.asked_at < before, questions.c.text != "")
        with transaction(self._engine) as connection:
            connection.execute(update(questions).where(*old).values(chat=None, text=""))
            _erase(connection, questions.c.asked_at < before, questions.c.asked_on < today)

    def _kept(self, *where: ColumnElement[bool]) -> list[Asked]:
        known = (questions.c.user.is_not(None), questions.c.text != "")
        query = select(questions).where(*known, *where)
        with transaction(self._engine) as connection:
            return [_asked(row) for row in connection.execute(query.order_by(questions.c.number))]


def insert_into(connection: Connection, asked: Asked) -> None:
    """Keep a question."""
    row = {name: getattr(asked, name) for name in Asked.__slots__}
    row["asked_on"] = asked.asked_at.astimezone(UTC).date()
    connection.execute(insert(questions), [row])


def erase_from(connection: Connection, user: int) -> None:
    """Erase what somebody asked; it is only counted from now on."""
    _erase(connection, questions.c.user == user)


def _erase(connection: Connection, *where: ColumnElement[bool]) -> None:
    kept = (questions.c.user.is_not(None), *where)  # or each minute rewrote the whole past
    connection.execute(update(questions).where(*kept).values(user=None, chat=None, text=""))


def _asked(row: Row[Any]) -> Asked:
    return Asked(**{name: getattr(row, name) for name in Asked.__slots__})
