"""Questions with their answers: what a button under one leads to, and what became of it.

They are kept as long as questions are, and no more of them than fit.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, insert, select, update

from bot.domain import Answer, Further
from bot.records.schema import exchanges
from vectorstore.catalog.database import transaction
from vectorstore.domain import Tier

# About 10 kB each.
MOST_KEPT = 20_000
_KEY_BYTES = 9  # 72 bits, in 12 characters of A-Za-z0-9_-
_answers, _furthers = TypeAdapter(Answer), TypeAdapter(Further)


class Vote(StrEnum):
    """What the asker thinks of an answer; who dislikes it may say why."""

    NONE = ""
    LIKED = "liked"
    DISLIKED = "disliked"
    WRONG_SPEAKER = "wrong_speaker"
    NOT_ASKED = "not_asked"
    MISSING = "missing"
    OUTDATED = "outdated"

    @property
    def is_dislike(self) -> bool:
        """Whether the answer did not serve."""
        return self not in (Vote.NONE, Vote.LIKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question, what was answered, and what could follow.

    ``key`` names it in buttons. ``tier`` is the most that its asker might read then. One that
    ``continues`` another came of a button.
    """

    key: str
    user: int
    chat: int
    asked_at: datetime
    tier: Tier
    text: str
    answer: Answer
    further: Further
    continues: bool = False
    vote: Vote = Vote.NONE
    is_case: bool = False


def new_key() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(_KEY_BYTES)


class Exchanges:
    """The exchanges; safe to use from several threads. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, key: str) -> Exchange | None:
        """The exchange of a button, None when it is no longer kept."""
        return next(self._kept(exchanges.c.key == key), None)

    def by(self, user: int) -> list[Exchange]:
        """All exchanges with somebody, oldest first."""
        return list(self._kept(exchanges.c.user == user))

    def since(self, moment: datetime, most: int) -> list[Exchange]:
        """What was asked since a moment, at most the newest ``most``, oldest first."""
        newest = select(exchanges.c.number).where(exchanges.c.asked_at >= moment)
        newest = newest.order_by(exchanges.c.number.desc()).limit(most)
        with transaction(self._engine) as connection:
            numbers = connection.scalars(newest).all()
        return list(self._kept(exchanges.c.number >= numbers[-1])) if numbers else []

    def cases(self) -> list[Exchange]:
        """Those that are cases of the golden set, oldest first."""
        return list(self._kept(exchanges.c.is_case))

    def vote(self, exchange: Exchange, vote: Vote) -> Exchange:
        """Note what the asker thinks, in the place of what they thought before."""
        self._set(exchange.key, vote=vote)
        return replace(exchange, vote=vote)

    def set_case(self, exchange: Exchange, *, is_case: bool) -> None:
        """Make an exchange a case of the golden set, or one no more."""
        self._set(exchange.key, is_case=is_case)

    def expire(self, before: datetime) -> None:
        """Erase what was asked before a moment, and the oldest of what does not fit."""
        newest_first = select(exchanges.c.number).order_by(exchanges.c.number.desc())
        with transaction(self._engine) as connection:
            over = connection.execute(newest_first.offset(MOST_KEPT).limit(1)).scalar()
        self._erase(exchanges.c.asked_at < before)
        if over is not None:
            self._erase(exchanges.c.number <= over)

    def _kept(self, *where: ColumnElement[bool]) -> Iterator[Exchange]:
        query = select(exchanges).where(*where).order_by(exchanges.c.number)
        with transaction(self._engine) as connection:
            rows = connection.execute(query).all()
        return (exchange for row in rows if (exchange := _exchange(row)))

    def _set(self, key: str, **values: object) -> None:
        with transaction(self._engine) as connection:
            connection.execute(update(exchanges).where(exchanges.c.key == key).values(**values))

    def _erase(self, *where: ColumnElement[bool]) -> None:
        with transaction(self._engine) as connection:
            connection.execute(delete(exchanges).where(*where))


def insert_into(connection: Connection, exchange: Exchange) -> None:
    """Keep an exchange."""
    row = {name: getattr(exchange, name) for name in Exchange.__slots__}
    row["answer"] = _answers.dump_json(exchange.answer).decode()
    row["further"] = _furthers.dump_json(exchange.further).decode()
    connection.execute(insert(exchanges), [row])


def erase_from(connection: Connection, user: int) -> None:
    """Erase all exchanges with somebody."""
    connection.execute(delete(exchanges).where(exchanges.c.user == user))


def _exchange(row: Row[Any]) -> Exchange | None:
    """The exchange of a row; None where another version of the bot wrote it in another shape."""
    values = {name: getattr(row, name) for name in Exchange.__slots__}
    try:
        values["answer"] = _answers.validate_json(row.answer)
        values["further"] = _furthers.validate_json(row.further)
    except ValidationError:
        return None
    values["tier"], values["vote"] = Tier(row.tier), Vote(row.vote)
    return Exchange(**values)
