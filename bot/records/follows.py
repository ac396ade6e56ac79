"""Whom and what readers follow, and when they want to hear nothing; knows no statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from bot.records.schema import followers, follows
from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import add


class Followed(StrEnum):
    """What can be followed."""

    ACTOR = "actor"
    PERSON = "person"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One thing that is followed; ``name`` is an actor's code, or a name as it is printed."""

    number: int
    user: int
    kind: Followed
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody who follows.

    What appeared until ``told_until`` they have been told of, or were not following yet. ``mute``
    are the hours in which they want to hear nothing, ``22:00-07:00`` in ``zone`` or "". Who is not
    ``active`` has blocked the bot. ``language`` is the one they last wrote in about it.
    """

    user: int
    told_until: datetime
    mute: str
    zone: str
    active: bool
    language: str | None


class Follows:
    """What is followed, by reader. Methods raise `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, user: int, kind: Followed, name: str, zone: str, language: str, now: datetime
    ) -> bool:
        """Follow something from now on; False when it is followed already.

        ``zone`` is that of a reader who has not named one.
        """
        follower = {"user": user, "told_until": now, "mute": "", "zone": zone, "active": True}
        with transaction(self._engine) as connection:
            add(connection, followers, follower | {"language": language})
            return add(connection, follows, {"user": user, "kind": kind, "name": name})

    def remove(self, user: int, number: int) -> bool:
        """Follow it no longer; False when this reader does not follow it."""
        mine = (follows.c.user == user, follows.c.number == number)
        with transaction(self._engine) as connection:
            return connection.execute(delete(follows).where(*mine)).rowcount == 1

    def of(self, user: int) -> list[Follow]:
        """What a reader follows, in the order in which they began to."""
        query = select(follows).where(follows.c.user == user).order_by(follows.c.number)
        with transaction(self._engine) as connection:
            return [_follow(row) for row in connection.execute(query)]

    def follower(self, user: int) -> Follower | None:
        """A reader who follows, or once did."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(followers).where(_is(user))).one_or_none()
            return _follower(row) if row else None

    def behind(self, moment: datetime) -> Sequence[Follower]:
        """The active followers who have not been told of what appeared at ``moment``."""
        query = select(followers).where(followers.c.active, followers.c.told_until < moment)
        with transaction(self._engine) as connection:
            return [_follower(row) for row in connection.execute(query)]

    def told(self, user: int, until: datetime) -> None:
        """Note that a reader knows what appeared until then."""
        self._note(user, told_until=until)

    def mute(self, user: int, hours: str, zone: str) -> None:
        """Note when a follower wants to hear nothing."""
        self._note(user, mute=hours, zone=zone)

    def speak(self, user: int, language: str) -> None:
        """Note in which language a follower wants to be told."""
        self._note(user, language=language)

    def leave(self, user: int) -> None:
        """Note that somebody has blocked the bot."""
        self._note(user, active=False)

    def come_back(self, user: int, now: datetime) -> None:
        """Note that somebody who had blocked the bot writes again; what they missed is over."""
        with transaction(self._engine) as connection:
            gone = (_is(user), ~followers.c.active)
            if connection.scalar(select(func.count()).select_from(followers).where(*gone)):
                back = update(followers).where(_is(user)).values(active=True, told_until=now)
                connection.execute(back)

    def _note(self, user: int, **values: object) -> None:
        with transaction(self._engine) as connection:
            connection.execute(update(followers).where(_is(user)).values(**values))


def erase_from(connection: Connection, user: int) -> None:
    """Erase what a reader follows."""
    connection.execute(delete(follows).where(follows.c.user == user))
    connection.execute(delete(followers).where(_is(user)))


def _is(user: int) -> Any:
    return followers.c.user == user


def _follow(row: Row[Any]) -> Follow:
    return Follow(**{**row._mapping, "kind": Followed(row.kind)})


def _follower(row: Row[Any]) -> Follower:
    return Follower(**row._mapping)
