"""What came in from Telegram, kept until it is dealt with; knows nothing of what an update says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, delete, select, update

from bot.records.schema import inbox
from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import add


class Stage(StrEnum):
    """How far an update has come.

    One that is ``replying`` may have been answered, if the process died before it could note that.
    """

    RECEIVED = "received"
    REPLYING = "replying"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An update that is not dealt with; ``attempts`` counts how often somebody began to."""

    update: int
    content: str
    stage: Stage
    attempts: int


class Inbox:
    """The updates, by their ids; safe to use from several threads. Raises `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def receive(self, update: int, content: str, now: datetime) -> bool:
        """Keep an update; False when it is already here, or was."""
        row = {
            "update": update,
            "content": content,
            "state": Stage.RECEIVED,
            "attempts": 0,
            "received_at": now,
        }
        with transaction(self._engine) as connection:
            return add(connection, inbox, row)

    def begin(self, update: int) -> None:
        """Somebody begins to deal with an update."""
        self._change(update, attempts=inbox.c.attempts + 1)

    def replying(self, number: int) -> None:
        """From here on the sender may have had a reply; what is done with stays so."""
        waiting = (inbox.c.update == number, inbox.c.state == Stage.RECEIVED)
        with transaction(self._engine) as connection:
            connection.execute(update(inbox).where(*waiting).values(state=Stage.REPLYING))

    def done(self, update: int) -> None:
        """It is dealt with; what it said is erased, its id kept."""
        self._change(update, state=Stage.DONE, content="")

    def left(self) -> list[Letter]:
        """What a process that died has left, oldest first."""
        query = select(inbox).where(inbox.c.state != Stage.DONE).order_by(inbox.c.number)
        with transaction(self._engine) as connection:
            return [
                Letter(
                    update=row.update,
                    content=row.content,
                    stage=Stage(row.state),
                    attempts=row.attempts,
                )
                for row in connection.execute(query)
            ]

    def prune(self, before: datetime) -> None:
        """Forget the ids of what was dealt with and came in before a moment."""
        old = delete(inbox).where(inbox.c.state == Stage.DONE, inbox.c.received_at < before)
        with transaction(self._engine) as connection:
            connection.execute(old)

    def _change(self, number: int, **values: object) -> None:
        with transaction(self._engine) as connection:
            connection.execute(update(inbox).where(inbox.c.update == number).values(**values))
