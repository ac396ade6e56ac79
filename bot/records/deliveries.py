"""The ledger of what is pushed: each delivery once, whatever crashes and however many send.

A delivery is ``sending`` from before Telegram is called until its answer is known. One whose answer
never came is ``unknown``: it may have arrived, so nobody sends it again; people are told instead.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Row,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.records.schema import cited, deliveries
from vectorstore.catalog.database import CatalogError, transaction

_ERASED = "erased"
# A date is over everywhere this long after it was anywhere, and then a digest may be hours late.
_OVER = timedelta(days=3)
# What became of older ones nobody asks, and no digest looks back so far.
KEPT = timedelta(days=30)
# No call to Telegram takes this long: whoever was sending is gone.
LOST_AFTER = timedelta(minutes=5)


class State(StrEnum):
    """How far a delivery has come.

    One that is ``unmade`` stands for an attempt to make it that failed, and keeps nobody from
    making it after all.
    """

    UNMADE = "unmade"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to push: the ``part`` of what ``kind`` and ``key`` name, to one chat."""

    number: int
    kind: str
    key: str
    chat: int
    part: int
    content: str
    state: State
    messages: tuple[int, ...]
    error: str
    made_at: datetime


class Deliveries:
    """The ledger; safe to use from several threads and processes. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def plan(self, kind: str, key: str, chat: int, parts: Sequence[str], now: datetime) -> bool:
        """Note what is to be sent; False, and nothing is noted, when it already was.

        The attempts before it that failed are forgotten.
        """
        place = {"kind": kind, "key": key, "chat": chat}
        rows = [
            _row(place, number, State.PENDING, now) | {"content": content}
            for number, content in enumerate(parts)
        ]
        unmade = delete(deliveries).filter_by(**place, state=State.UNMADE)
        return self._add(rows, unmade)

    def fail_to_make(self, kind: str, key: str, chat: int, attempt: int, now: datetime) -> bool:
        """Note the failure of an attempt, counted from 1; False when it already was."""
        place = {"kind": kind, "key": key, "chat": chat}
        return self._add([_row(place, -attempt, State.UNMADE, now)])

    def unmade(self, since: datetime) -> list[Delivery]:
        """The failed attempts since a moment at what has not been made yet, oldest first."""
        return self._where(deliveries.c.state == State.UNMADE, deliveries.c.made_at >= since)

    def keys(self, kind: str, since: datetime) -> dict[int, set[str]]:
        """By chat, the keys under which something of a kind was noted since a moment."""
        query = select(deliveries.c.chat, deliveries.c.key).distinct()
        query = query.where(deliveries.c.kind == kind, deliveries.c.made_at >= since)
        query = query.where(deliveries.c.state != State.UNMADE)
        found: dict[int, set[str]] = {}
        with transaction(self._engine) as connection:
            for chat, key in connection.execute(query):
                found.setdefault(chat, set()).add(key)
        return found

    def last(self, kind: str, chat: int) -> datetime | None:
        """When the last thing of a kind was made that a chat got, or may have got, or will get."""
        query = select(func.max(deliveries.c.made_at)).where(
            deliveries.c.kind == kind,
            deliveries.c.chat == chat,
            deliveries.c.state.not_in((State.FAILED, State.UNMADE)),
        )
        with transaction(self._engine) as connection:
            at: datetime | None = connection.execute(query).scalar()
            return at

    def pending(self) -> list[Delivery]:
        """What waits to be sent, oldest first."""
        return self._where(deliveries.c.state == State.PENDING)

    def of(self, chat: int) -> list[Delivery]:
        """What a chat got or was to get, as far as it is kept, oldest first."""
        return self._where(deliveries.c.chat == chat, deliveries.c.error != _ERASED)

    def unknown(self, since: datetime) -> list[Delivery]:
        """What was made since a moment and may or may not have arrived, oldest first."""
        return self._where(deliveries.c.state == State.UNKNOWN, deliveries.c.made_at >= since)

    def since(self, moment: datetime) -> Counter[State]:
        """What became of messages since a moment, and how many wait."""
        changed = (deliveries.c.changed_at >= moment) | (deliveries.c.state == State.PENDING)
        query = select(deliveries.c.state, func.count()).where(changed)
        silent = (deliveries.c.state == State.SENT) & (deliveries.c.messages == "[]")
        with transaction(self._engine) as connection:
            rows = connection.execute(query.where(~silent).group_by(deliveries.c.state))
            return Counter({State(state): count for state, count in rows})

    def begin(self, number: int, now: datetime) -> bool:
        """Take a pending delivery, to send it; False when somebody else has."""
        return self._move(number, State.PENDING, State.SENDING, now)

    def sent(self, number: int, messages: Sequence[int], now: datetime) -> None:
        """Telegram took it, as these messages; what it said is erased."""
        known = json.dumps(list(messages))
        self._move(number, State.SENDING, State.SENT, now, messages=known, content="")

    def put_back(self, number: int, now: datetime) -> None:
        """Telegram certainly did not take it; it waits again."""
        self._move(number, State.SENDING, State.PENDING, now)

    def fail(self, number: int, error: str, now: datetime) -> None:
        """It will not be sent, and is erased; ``error`` says why."""
        self._move(number, State.SENDING, State.FAILED, now, error=error, content="")

    def lose(self, number: int, error: str, now: datetime) -> None:
        """Whether Telegram took it is not known; ``error`` says why."""
        self._move(number, State.SENDING, State.UNKNOWN, now, error=error, content="")

    def settle(self, now: datetime, late: timedelta) -> None:
        """Close what can no longer be sent well.

        Who was sending and is gone leaves its deliveries unknown; what has been waiting for longer
        than ``late`` is not news any more.
        """
        lost = (
            State.SENDING,
            LOST_AFTER,
            deliveries.c.changed_at,
            State.UNKNOWN,
            "the bot stopped",
        )
        old = (State.PENDING, late, deliveries.c.made_at, State.FAILED, "it waited too long")
        with transaction(self._engine) as connection:
            for before, age, since, after, error in (lost, old):
                connection.execute(
                    update(deliveries)
                    .where(deliveries.c.state == before, since < now - age)
                    .values(state=after, error=error, content="", changed_at=now)
                )

    def withdraw(self, kind: str, key: str, chat: int) -> None:
        """Take back what is still to be sent of one thing."""
        mine = (deliveries.c.kind == kind, deliveries.c.key == key, deliveries.c.chat == chat)
        with transaction(self._engine) as connection:
            waiting = deliveries.c.state == State.PENDING
            connection.execute(delete(deliveries).where(*mine, waiting))

    def expire(self, now: datetime) -> None:
        """Forget what is old, and what `erase_from` has left once nothing is owed under it."""
        erased = (deliveries.c.state == State.FAILED, deliveries.c.error == _ERASED)
        with transaction(self._engine) as connection:
            connection.execute(delete(deliveries).where(*erased, _past(now)))
            connection.execute(delete(deliveries).where(deliveries.c.made_at < now - KEPT))

    def move_chat(self, before: int, after: int) -> None:
        """What waits for a chat, and what was cited there, goes to the one that it has become.

        What has the same key there keeps it; that of the former chat is then named by both.
        """
        taken = select(deliveries.c.key).where(deliveries.c.chat == after)
        waiting = (deliveries.c.chat == before, deliveries.c.state == State.PENDING)
        own = deliveries.c.key + f" {before}"
        with transaction(self._engine) as connection:
            keys = set(connection.scalars(taken))
            renamed = update(deliveries).where(*waiting, deliveries.c.key.in_(keys))
            connection.execute(renamed.values(key=own))
            connection.execute(update(deliveries).where(*waiting).values(chat=after))
            connection.execute(update(cited).where(cited.c.chat == before).values(chat=after))

    def _add(self, rows: Sequence[Mapping[str, Any]], *before: Executable) -> bool:
        """Add rows once ``before`` is done; False, and nothing is done, where one is there."""
        try:
            with transaction(self._engine) as connection:
                for change in before:
                    connection.execute(change)
                connection.execute(insert(deliveries), rows)
        except CatalogError as error:
            if isinstance(error.__cause__, IntegrityError):
                return False
            raise
        return True

    def _move(self, number: int, before: State, after: State, now: datetime, **noted: str) -> bool:
        change = (
            update(deliveries)
            .where(deliveries.c.number == number, deliveries.c.state == before)
            .values(state=after, changed_at=now, **noted)
        )
        with transaction(self._engine) as connection:
            return connection.execute(change).rowcount == 1

    def _where(self, *where: ColumnElement[bool]) -> list[Delivery]:
        query = select(deliveries).where(*where)
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(deliveries.c.number))
            return [_delivery(row) for row in rows]


def erase_from(connection: Connection, chat: int, now: datetime) -> None:
    """Erase what a chat got and was to get.

    The keys of the last days are left for as long as anything could be owed under them again:
    who is erased is not sent the same twice.
    """
    mine = deliveries.c.chat == chat
    empty = {"content": "", "messages": "[]", "error": _ERASED, "state": State.FAILED}
    connection.execute(delete(deliveries).where(mine, _past(now)))
    connection.execute(update(deliveries).where(mine).values(empty))


def _row(place: Mapping[str, Any], part: int, state: State, now: datetime) -> dict[str, Any]:
    """A row that says nothing yet."""
    told = {"content": "", "messages": "[]", "error": "", "made_at": now, "changed_at": now}
    return {**place, "part": part, "state": state, **told}


def _past(now: datetime) -> ColumnElement[bool]:
    return deliveries.c.made_at < now - _OVER


def _delivery(row: Row[Any]) -> Delivery:
    values = {name: getattr(row, name) for name in Delivery.__slots__}
    values["state"] = State(values["state"])
    values["messages"] = tuple(json.loads(values["messages"]))
    return Delivery(**values)
