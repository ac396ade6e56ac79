"""Members and the invitations that make them; knows no Telegram.

A member is known by the numeric id of their Telegram account alone: names can be changed at will.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from bot.records.schema import invites, members
from bot.roles import Role
from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import add

# Make the invitations of whom we have forgotten, and those that a console prints.
NOBODY, CONSOLE = 0, -1
_TOKEN_BYTES = 32  # 256 bits; 43 characters of A-Za-z0-9_-, Telegram's limit is 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A Telegram user whom we know.

    ``language`` is that in which they were last answered, None before they wrote. ``active`` is
    False while they have the bot blocked.
    """

    user: int
    name: str
    roles: frozenset[Role]
    joined_at: datetime
    language: str | None = None
    active: bool = True

    def is_as_met(self, name: str, language: str) -> bool:
        """Whether nothing is new when somebody of this name writes in a language."""
        return (self.name, self.language, self.active) == (name, language, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many of some members are new, have new roles, or had them all."""

    new: int
    changed: int
    same: int


class Members:
    """The members; safe to use from several threads and processes. Raises `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, user: int) -> Member | None:
        """The member with this id, None for a stranger."""
        with transaction(self._engine) as connection:
            return _find(connection, user)

    def all(self) -> list[Member]:
        """All members, in the order in which they joined."""
        query = select(members).order_by(members.c.joined_at, members.c.user)
        with transaction(self._engine) as connection:
            return [_member(row) for row in connection.execute(query)]

    def grant(self, user: int, role: Role, now: datetime, name: str = "") -> Member:
        """Give a role to somebody, who becomes a member if they were none."""
        with transaction(self._engine) as connection:
            return _grant(connection, user, role, now, name)

    def grant_all(self, wanted: Iterable[Member], now: datetime) -> Taken:
        """Give each the roles that they have in ``wanted``, all of them or nobody."""
        changes: Counter[str] = Counter()
        with transaction(self._engine) as connection:
            for each in sorted(wanted, key=lambda member: member.user):  # so that no two wait
                known = _find(connection, each.user)  # for one another
                for role in sorted(each.roles):
                    _grant(connection, each.user, role, now, "" if known else each.name)
                kind = "new" if known is None else "changed" if each.roles - known.roles else "same"
                changes[kind] += 1
        return Taken(new=changes["new"], changed=changes["changed"], same=changes["same"])

    def revoke(self, user: int, role: Role) -> bool:
        """Take a role away; False when they did not have it."""
        with transaction(self._engine) as connection:
            member = _hold(connection, user)
            if member is None or role not in member.roles:
                return False
            _set(connection, user, roles=_listed(member.roles - {role}))
        return True

    def meet(self, user: int, name: str, language: str, now: datetime) -> None:
        """Note that somebody has written: how they are called, and what they speak."""
        with transaction(self._engine) as connection:
            member = _find(connection, user)
            if member is None:
                _add(connection, user, name, now)
            elif member.is_as_met(name, language):
                return
            _set(connection, user, name=name, language=language, active=True)

    def part(self, user: int) -> None:
        """Note that a member has blocked the bot."""
        with transaction(self._engine) as connection:
            _set(connection, user, active=False)

    # Invitations

    def invite(
        self, role: Role, *, uses: int, expires_at: datetime, made_by: int, now: datetime
    ) -> str:
        """A new token that gives a role ``uses`` times; only its hash is kept."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        row = {
            "token": _hash(token),
            "role": role,
            "uses": uses,
            "expires_at": expires_at,
            "made_by": made_by,
            "made_at": now,
        }
        with transaction(self._engine) as connection:
            connection.execute(insert(invites), [row])
        return token

    def redeem(self, token: str, user: int, now: datetime, name: str = "") -> Role | None:
        """Give ``user`` the role of an invitation; None when it is unknown, used up or expired.

        Who has the role already keeps it, and uses nothing up. The console's make an administrator
        only as long as there is none.
        """
        mine = invites.c.token == _hash(token)
        left = update(invites).where(mine, invites.c.uses > 0, invites.c.expires_at > now)
        with transaction(self._engine) as connection:
            # The update first: it takes the write lock, so that of many racers one sees the last.
            taken = connection.execute(left.values(uses=invites.c.uses - 1)).rowcount == 1
            found = connection.execute(select(invites).where(mine)).one_or_none()
            if found is None:
                return None
            role, member = Role(found.role), _find(connection, user)
            if member is not None and role in member.roles:
                if taken:
                    connection.execute(update(invites).where(mine).values(uses=invites.c.uses + 1))
                return role
            if not taken or (found.made_by == CONSOLE and _is_held(connection, Role.ADMIN)):
                return None
            _grant(connection, user, role, now, name)
        return role

    def withdraw(self, made_by: int) -> None:
        """Let nobody redeem what somebody has made."""
        with transaction(self._engine) as connection:
            connection.execute(delete(invites).where(invites.c.made_by == made_by))


def erase_from(connection: Connection, user: int) -> None:
    """Erase a member; their invitations are then nobody's."""
    connection.execute(delete(members).where(members.c.user == user))
    connection.execute(update(invites).where(invites.c.made_by == user).values(made_by=NOBODY))


def _grant(connection: Connection, user: int, role: Role, now: datetime, name: str) -> Member:
    _add(connection, user, name, now)
    member = _hold(connection, user)
    assert member is not None  # noqa: S101 - it was added in this very transaction
    _set(connection, user, roles=_listed(member.roles | {role}), name=name or member.name)
    found = _find(connection, user)
    assert found is not None  # noqa: S101 - as above
    return found


def _add(connection: Connection, user: int, name: str, now: datetime) -> None:
    row = {"user": user, "name": name, "roles": "[]", "active": True, "joined_at": now}
    add(connection, members, row)  # who is a member already stays as they are


def _hold(connection: Connection, user: int) -> Member | None:
    """The member, whom nobody else changes before this transaction ends."""
    connection.execute(update(members).where(members.c.user == user).values(user=user))
    return _find(connection, user)


def _set(connection: Connection, user: int, **values: object) -> None:
    connection.execute(update(members).where(members.c.user == user).values(**values))


def _is_held(connection: Connection, role: Role) -> bool:
    """Whether anybody has a role."""
    query = select(members.c.user).where(members.c.roles.contains(json.dumps(role)))
    return connection.execute(query.limit(1)).first() is not None


def _find(connection: Connection, user: int) -> Member | None:
    row = connection.execute(select(members).where(members.c.user == user)).one_or_none()
    return _member(row) if row else None


def _member(row: Row[Any]) -> Member:
    values = dict(row._mapping)
    values["roles"] = frozenset(Role(name) for name in json.loads(values["roles"]))
    return Member(**values)


def _listed(roles: Iterable[Role]) -> str:
    return json.dumps(sorted(roles))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
