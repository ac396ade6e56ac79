"""Who may do what in the bot, by Telegram user id; knows no chat and no command."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What somebody is to the bot; who administers may do what editors may."""

    SUBSCRIBER = "subscriber"
    EDITOR = "editor"
    STAFF = "staff"
    ADMIN = "admin"


class Policy(StrEnum):
    """Who may ask: everybody about everything, everybody about what is public, or members."""

    OPEN = "open"
    PUBLIC = "public"
    MEMBERS = "members"


ROLE_NAMES = ", ".join(Role)
"""The roles as commands and files name them."""

EDITING = frozenset({Role.EDITOR, Role.ADMIN})
"""The roles whose holders may ingest, undo, and see how ingestion goes."""


class Roles(Protocol):
    """Knows the roles of users. They may change at any time: ask before each act."""

    def roles_of(self, user_id: int) -> frozenset[Role]:
        """The roles of a user, none for a stranger."""

    def holders(self, roles: Collection[Role]) -> frozenset[int]:
        """The ids of all who have one of ``roles``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRoles:
    """Roles as the operator lists them."""

    admins: frozenset[int] = frozenset()
    editors: frozenset[int] = frozenset()
    staff: frozenset[int] = frozenset()

    def roles_of(self, user_id: int) -> frozenset[Role]:
        """The lists that hold ``user_id``."""
        return frozenset(role for role, ids in self._lists().items() if user_id in ids)

    def holders(self, roles: Collection[Role]) -> frozenset[int]:
        """Everybody on the lists of ``roles``."""
        lists = self._lists()
        return frozenset().union(*(lists.get(role, frozenset()) for role in roles))

    def _lists(self) -> dict[Role, frozenset[int]]:
        return {Role.ADMIN: self.admins, Role.EDITOR: self.editors, Role.STAFF: self.staff}
