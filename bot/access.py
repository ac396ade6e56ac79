"""Who may read and do what: the operator's lists and the members' roles; knows no chat."""

from __future__ import annotations

from collections.abc import Collection

from bot.records.members import Members
from bot.roles import GivenRoles, Policy, Role
from vectorstore.domain import Tier

_PUBLIC = frozenset({Tier.PUBLIC})
_EVERYTHING = frozenset(Tier)
_NOTHING: frozenset[Tier] = frozenset()


class Access:
    """Asked before each act, for roles may change at any time. Raises `CatalogError`."""

    def __init__(self, members: Members, given: GivenRoles, policy: Policy) -> None:
        self._members = members
        self._given = given
        self._policy = policy

    def roles_of(self, user_id: int) -> frozenset[Role]:
        """The roles of a user, none for a stranger."""
        member = self._members.of(user_id)
        return self._given.roles_of(user_id) | (member.roles if member else frozenset())

    def holders(self, roles: Collection[Role]) -> frozenset[int]:
        """The ids of all who have one of ``roles``."""
        wanted = frozenset(roles)
        found = {member.user for member in self._members.all() if member.roles & wanted}
        return self._given.holders(roles) | found

    def tiers_of(self, user_id: int) -> frozenset[Tier]:
        """What a user may read; nothing for a stranger where only members may ask."""
        if self._policy is Policy.OPEN or self.roles_of(user_id):
            return _EVERYTHING
        return _PUBLIC if self._policy is Policy.PUBLIC else _NOTHING

    def tiers_before_others(self, user_id: int) -> frozenset[Tier]:
        """What a user may be shown where others read along, as in a group."""
        everybodys = _EVERYTHING if self._policy is Policy.OPEN else _PUBLIC
        return self.tiers_of(user_id) & everybodys
