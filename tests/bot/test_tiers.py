"""Random lives of a newsroom: nobody is ever shown what is not, or no longer, for them.

`make crash` makes the sweep in full; here is a slice of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
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

from bot.digest.composing import MOST_WORDS
from bot.editing import EditorsDesk
from tests.bot.doors import DOORS, Visit
from tests.bot.front_doors import (
    FOR_ALL_TO_READ,
    FRONT_DOORS,
    TOLD_OF_WHAT_IS_GONE,
    cite,
    correction_push,
)
from tests.bot.world import EVERYTHING, Office
from tests.databases import url_of
from vectorstore.domain import Tier

SEQUENCES = int(os.environ.get("SEQUENCES", "40"))
A_SHARE = 250  # sequences that one process makes without a break
STEPS = 6
READERS = ("of everything", "of what is public")
EVERY_DOOR = (*DOORS, *FRONT_DOORS)
USERS = st.sampled_from((1, 2))
TIERS = st.sampled_from(Tier)
SWEEP = settings(
    stateful_step_count=STEPS,
    phases=(Phase.generate, Phase.shrink),  # a counterexample says enough
    database=None,
    suppress_health_check=(HealthCheck.too_slow,),
)
Counts = Counter[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who comes to a door, having heard of the briefing of that number, gone or not."""

    door: Callable[[Visit], str]
    user: int
    group: bool
    heard_of: int


ASKERS = st.lists(
    st.builds(Asker, st.sampled_from(EVERY_DOOR), USERS, st.booleans(), st.integers(0, 9)),
    min_size=2,
    max_size=10,
)


class Life(RuleBasedStateMachine):
    """Whatever is done in a newsroom, and after each deed some who ask.

    ``seen`` counts by door and reader: visits, those of somebody to whom something published was
    barred, and those that were shown something.
    """

    briefings = Bundle("briefings")

    def __init__(self, office: Office, seen: Counts, patched: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.patched = patched
        self._opened = ExitStack()
        self.world = self._opened.enter_context(office.world())
        self.seen = seen

    def teardown(self) -> None:
        self._opened.close()

    @initialize(target=briefings, words=st.sampled_from((30, MOST_WORDS)))
    def there_are_three(self, words: int) -> object:
        """One for everybody, one for subscribers, of whom there is one, and its translation.

        Of ``words`` a digest has room for all, or for one and the titles of others.
        """
        self.patched.setattr("bot.digest.composing.MOST_WORDS", words)
        self.world.grant(1)
        for user in (1, 2):
            cite(self.world, user)
        return multiple(*self.world.secrets)

    @rule(target=briefings, tier=TIERS, askers=ASKERS)
    def publish(self, tier: Tier, askers: list[Asker]) -> str:
        id = self.world.publish(tier)
        self.ask(askers)
        return id

    @rule(target=briefings, id=briefings, tier=TIERS, askers=ASKERS)
    def translate(self, id: str, tier: Tier, askers: list[Asker]) -> str:
        edition = self.world.translate(id, tier)
        self.ask(askers)
        return edition

    @rule(id=briefings, askers=ASKERS)
    def move(self, id: str, askers: list[Asker]) -> None:
        """To the other tier; what was withdrawn is published again."""
        now = self.world.tiers.get(id)
        self.world.put(id, next(tier for tier in Tier if tier is not now))
        self.ask(askers)

    @rule(id=briefings, askers=ASKERS)
    def withdraw(self, id: str, askers: list[Asker]) -> None:
        if id in self.world.tiers:
            self.world.withdraw(id)
        first = replace(askers[0], door=correction_push)  # whoever comes later may be told nothing
        self.ask([first, *askers])

    @rule(user=USERS, askers=ASKERS)
    def grant(self, user: int, askers: list[Asker]) -> None:
        self.world.grant(user)
        self.ask(askers)

    @precondition(lambda self: self.world.members)
    @rule(user=USERS, askers=ASKERS)
    def revoke(self, user: int, askers: list[Asker]) -> None:
        self.world.revoke(user)
        self.ask(askers)

    @rule(askers=ASKERS)
    def ask(self, askers: list[Asker]) -> None:
        for asker in askers:
            self._ask(asker)

    def _ask(self, asker: Asker) -> None:
        world, access, door, user = self.world, self.world.access, asker.door, asker.user
        tiers = access.tiers_before_others(user) if asker.group else access.tiers_of(user)
        secrets = list(world.secrets.values())
        about = secrets[asker.heard_of % len(secrets)]
        said = door(Visit(world=world, user=user, group=asker.group, tiers=tiers, secret=about))
        before_others = asker.group or door in FOR_ALL_TO_READ
        allowed = world.allowed(user, group=before_others)
        if door in TOLD_OF_WHAT_IS_GONE:
            allowed |= world.was_readable(user, group=before_others)
        leaked = {each for each in secrets if each in said} - allowed
        assert not leaked, (door.__name__, user, asker.group, leaked)
        reader = READERS[tiers != EVERYTHING]
        self.seen[door.__name__, "visits", reader] += 1
        self.seen[door.__name__, "barred", reader] += len(world.tiers) > len(allowed)
        self.seen[door.__name__, "shown", reader] += any(each in said for each in allowed)


@pytest.mark.parametrize("share", range(-(-SEQUENCES // A_SHARE)))
def test_nobody_is_shown_what_is_not_for_them(
    home: Path,
    idle_desk: EditorsDesk,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    share: int,
) -> None:
    monkeypatch.setattr("bot.telegram.sharing._PAUSE", 0)
    monkeypatch.setattr("bot.following.press.GRACE", timedelta(0))
    postgres = request.getfixturevalue("postgres") if url_of(home) else None
    office, seen = Office(home, idle_desk, postgres), Counts()

    @seed(share)
    def life() -> Life:
        return Life(office, seen, monkeypatch)

    sequences = min(A_SHARE, SEQUENCES - share * A_SHARE)
    run_state_machine_as_test(life, settings=settings(SWEEP, max_examples=sequences))
    for door in EVERY_DOOR:
        for what in ("visits", "barred", "shown"):
            by_readers = [seen[door.__name__, what, reader] for reader in READERS]
            least = sequences // 80 or what == "visits"  # a slice may find nothing behind a door
            assert sum(by_readers) >= least, (door.__name__, what, by_readers)
    assert sum(seen[door.__name__, "shown", READERS[0]] for door in EVERY_DOOR) >= sequences // 4
