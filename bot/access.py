"""Who may read and do what: the operator's lists and the members' roles; knows no chat."""

from __future__ import annotations

from collections.abc import Collection

from bot.records.members import Member, Members
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
        return self.roles_with(user_id, self._members.of(user_id))

    def roles_with(self, user_id: int, member: Member | None) -> frozenset[Role]:
        """The roles of a user who is known as ``member``, None for a stranger."""
        return self._given.roles_of(user_id) | (member.roles if member else frozenset())

    def holders(self, roles: Collection[Role]) -> frozenset[int]:
        """The ids of all who have one of ``roles``."""
        wanted = frozenset(roles)
        found = {member.user for member in self._members.all() if member.roles & wanted}
        return self._given.holders(roles) | found

    def tiers_of(self, user_id: int) -> frozenset[Tier]:
        """What a user may read; nothing for a stranger where only members may ask."""
        if self._policy is Policy.OPEN:
            return _EVERYTHING
        return self.tiers_with(self.roles_of(user_id), private=True)

    def tiers_before_others(self, user_id: int) -> frozenset[Tier]:
        """What a user may be shown where others read along, as in a group."""
        return self.tiers_of(user_id) & self._everybodys()

    def tiers_with(self, roles: Collection[Role], *, private: bool) -> frozenset[Tier]:
        """What somebody who has ``roles`` may be shown, in private or where others read along."""
        if self._policy is Policy.OPEN or roles:
            tiers = _EVERYTHING
        else:
            tiers = _PUBLIC if self._policy is Policy.PUBLIC else _NOTHING
        return tiers if private else tiers & self._everybodys()

    def _everybodys(self) -> frozenset[Tier]:
        return _EVERYTHING if self._policy is Policy.OPEN else _PUBLIC
