"""Who wants a digest, and when; knows nothing of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select

from bot.records.schema import digests
from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import put


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A reader's wish for a digest.

    ``at`` is the time as ``07:30`` in ``zone`` (an IANA name), ``days`` the weekdays as digits, 1
    for Monday. ``quiet`` says whether a day without news gets a digest of one line; None: as the
    newsroom does it.
    """

    user: int
    on: bool
    at: str
    zone: str
    days: str
    quiet: bool | None = None


class Digests:
    """The wishes, by reader. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, user: int) -> Subscription | None:
        """What the reader wishes, None when they never said."""
        query = select(digests).where(digests.c.user == user)
        with transaction(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            return _subscription(row) if row else None

    def all(self) -> dict[int, Subscription]:
        """What each reader who has said so wishes."""
        with transaction(self._engine) as connection:
            return {row.user: _subscription(row) for row in connection.execute(select(digests))}

    def save(self, wish: Subscription) -> None:
        """Keep a reader's wish in place of the one before."""
        row = {name: getattr(wish, name) for name in Subscription.__slots__}
        with transaction(self._engine) as connection:
            put(connection, digests, [row])


def erase_from(connection: Connection, user: int) -> None:
    """Erase a reader's wish."""
    connection.execute(delete(digests).where(digests.c.user == user))


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(**row._mapping)
