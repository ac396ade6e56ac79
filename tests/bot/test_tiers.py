"""Random lives of a newsroom: nobody is ever shown what is not, or no longer, for them.

`make crash` makes the sweep in full; here is a slice of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.editing import EditorsDesk
from tests.bot.doors import DOORS, FOR_ALL_TO_READ, Visit
from tests.bot.world import EVERYTHING, Office
from tests.databases import url_of
from vectorstore.domain import Tier

SEQUENCES = int(os.environ.get("SEQUENCES", "25"))
A_SHARE = 250  # sequences that one process makes without a break
STEPS = 10
READERS = ("of everything", "of what is public")
USERS = st.sampled_from((1, 2))
TIERS = st.sampled_from(Tier)
SWEEP = settings(
    stateful_step_count=STEPS,
    phases=(Phase.generate, Phase.shrink),  # a counterexample says enough
    database=None,
    suppress_health_check=(HealthCheck.too_slow,),
)
SOME_DOORS = st.lists(st.sampled_from(DOORS), min_size=1, max_size=6, unique=True)
Door = Callable[[Visit], str]
Counts = Counter[tuple[str, str, str]]


class Life(RuleBasedStateMachine):
    """Whatever is done in a newsroom, and somebody at a door now and then.

    ``seen`` counts by door and reader: visits, those of somebody to whom something published was
    barred, and those that were shown something.
    """

    briefings = Bundle("briefings")

    def __init__(self, office: Office, seen: Counts) -> None:
        super().__init__()
        self._opened = ExitStack()
        self.world = self._opened.enter_context(office.world())
        self.seen = seen

    def teardown(self) -> None:
        self._opened.close()

    @initialize(target=briefings)
    def there_are_two(self) -> object:
        return multiple(*self.world.secrets)

    @rule(target=briefings, tier=TIERS)
    def publish(self, tier: Tier) -> str:
        return self.world.publish(tier)

    @rule(id=briefings)
    def move(self, id: str) -> None:
        """To the other tier; what was withdrawn is published again."""
        now = self.world.tiers.get(id)
        self.world.put(id, next(tier for tier in Tier if tier is not now))

    @rule(id=briefings)
    def withdraw(self, id: str) -> None:
        if id in self.world.tiers:
            self.world.withdraw(id)

    @rule(user=USERS)
    def grant(self, user: int) -> None:
        self.world.grant(user)

    @precondition(lambda self: self.world.members)
    @rule(user=USERS)
    def revoke(self, user: int) -> None:
        self.world.revoke(user)

    @rule(doors=SOME_DOORS, user=USERS, id=briefings)
    def ask_in_private(self, doors: list[Door], user: int, id: str) -> None:
        for door in doors:
            self._ask(door, user, id, group=False)

    @rule(doors=SOME_DOORS, user=USERS, id=briefings)
    def ask_in_a_group(self, doors: list[Door], user: int, id: str) -> None:
        for door in doors:
            self._ask(door, user, id, group=True)

    @rule(door=st.sampled_from(DOORS), id=briefings)
    def everybody_asks(self, door: Door, id: str) -> None:
        for user, group in ((1, False), (2, False), (1, True)):
            self._ask(door, user, id, group=group)

    def _ask(self, door: Door, user: int, id: str, *, group: bool) -> None:
        world, access = self.world, self.world.access
        tiers = access.tiers_before_others(user) if group else access.tiers_of(user)
        said = door(Visit(world=world, user=user, tiers=tiers, secret=world.secrets[id]))
        allowed = world.allowed(user, group=group or door in FOR_ALL_TO_READ)
        leaked = {each for each in world.secrets.values() if each in said} - allowed
        assert not leaked, (door.__name__, user, group, leaked)
        reader = READERS[tiers != EVERYTHING]
        self.seen[door.__name__, "visits", reader] += 1
        self.seen[door.__name__, "barred", reader] += len(world.tiers) > len(allowed)
        self.seen[door.__name__, "shown", reader] += any(each in said for each in allowed)


@pytest.mark.parametrize("share", range(-(-SEQUENCES // A_SHARE)))
def test_nobody_is_shown_what_is_not_for_them(
    home: Path, idle_desk: EditorsDesk, request: pytest.FixtureRequest, share: int
) -> None:
    postgres = request.getfixturevalue("postgres") if url_of(home) else None
    office, seen = Office(home, idle_desk, postgres), Counts()

    @seed(share)
    def life() -> Life:
        return Life(office, seen)

    sequences = min(A_SHARE, SEQUENCES - share * A_SHARE)
    run_state_machine_as_test(life, settings=settings(SWEEP, max_examples=sequences))
    for door in DOORS:
        for what in ("visits", "barred", "shown"):
            by_readers = [seen[door.__name__, what, reader] for reader in READERS]
            assert sum(by_readers) >= sequences // 20, (door.__name__, what, by_readers)
