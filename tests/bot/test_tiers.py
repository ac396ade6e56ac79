"""Random lives of a newsroom: nobody is ever shown what is not, or no longer, for them.

`make crash` makes the sweep in full; here is a slice of it.
"""

from __future__ import annotations

import os
import random
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import records
from bot.access import Access
from bot.answering import Newsroom
from bot.answering.composing import nothing
from bot.digest.composing import Composer
from bot.domain import Answer, Further, Kind, Question, Reason
from bot.following.clipping import Clipper
from bot.records.follows import Follow, Followed
from bot.roles import GivenRoles, Policy, Role
from bot.sharing import shortened, with_lines
from ingest.reading import PageReader
from tests.databases import url_of
from tests.vectorstore.store import HashEncoder, briefing, page
from vectorstore.actors import Actors
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier
from vectorstore.publication import Change
from vectorstore.publisher import Publisher

SEQUENCES = int(os.environ.get("SEQUENCES", "3"))
ACTIONS = 6
USERS = (1, 2, 3)
DAY = date(2024, 5, 1)
NOW = datetime(2024, 5, 2, tzinfo=UTC)
LONG_AGO = datetime(2024, 4, 30, tzinfo=UTC)
NOTHING = nothing(
    Question(text="", search="", language="en", kind=Kind.STATEMENT), Reason.NO_COVERAGE
)
FOLLOWS = [Follow(number=1, user=1, kind=Followed.ACTOR, name="GE")]


@dataclass
class World:
    """A newsroom and, beside it, what ought to be so: tiers of briefings, roles of users."""

    data: Path
    chance: random.Random
    access: Access
    kept: records.Records
    corpus: Corpus
    reader: PageReader = field(default_factory=lambda: PageReader(set()))
    encoder: HashEncoder = field(default_factory=HashEncoder)
    tiers: dict[str, Tier] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    before: list[tuple[Answer, Further]] = field(default_factory=list)

    def act(self) -> None:
        actions = [self.publish, self.move, self.withdraw, self.grant, self.revoke]
        self.chance.choice(actions if self.tiers else [self.publish])()

    def publish(self, tier: Tier | None = None) -> None:
        id = f"b{len(self.secrets)}"
        self.tiers[id] = tier or self.chance.choice(list(Tier))
        self.secrets[id] = f"zorv{self.chance.randrange(10**6):06}x"
        self._put(id)

    def move(self) -> None:
        id = self.chance.choice(sorted(self.tiers))
        self.tiers[id] = next(tier for tier in Tier if tier is not self.tiers[id])
        self._put(id)

    def withdraw(self) -> None:
        id = self.chance.choice(sorted(self.tiers))
        del self.tiers[id]
        self._change(Change(gone=[id]))

    def grant(self) -> None:
        user = self.chance.choice(USERS)
        self.members.add(user)
        self.kept.members.grant(user, Role.SUBSCRIBER, NOW)

    def revoke(self) -> None:
        user = self.chance.choice(USERS)
        self.members.discard(user)
        self.kept.members.revoke(user, Role.SUBSCRIBER)

    def _put(self, id: str) -> None:
        secret = self.secrets[id]
        said = f"“We will build {secret},” said Maria Ostrova, spokesperson for the Georgian MFA."
        made = briefing(
            id, f"The ministers met in Tbilisi. {said} Everybody spoke of {secret}.",
            title=f"A day of {secret}", tier=self.tiers[id], day=DAY,
            dossiers=(f"File {secret}",),
        )  # fmt: skip
        document = self.reader.document(made)
        assert document.statements
        self._change(Change(documents=[document], pages=[page(made)]))

    def _change(self, change: Change) -> None:
        with closing(Catalog.open(self.data, url_of(self.data))) as catalog:
            Publisher(self.data, catalog).publish(change, self.encoder)

    def forbidden(self, user: int, *, group: bool) -> set[str]:
        """The secrets that somebody must not be shown now."""
        everything = user in self.members and not group
        return {
            secret
            for id, secret in self.secrets.items()
            if id not in self.tiers or (self.tiers[id] is Tier.SUBSCRIBERS and not everything)
        }


def shown(answer: Answer) -> str:
    """All of an answer but the question itself."""
    return repr([
        answer.lines, answer.citations, answer.nearest, answer.silent,
        [shown(part) for part in answer.parts],
    ])  # fmt: skip


def everything_shown(
    world: World, newsroom: Newsroom, composer: Composer, tiers: frozenset[Tier]
) -> str:
    questions = [
        "What did Georgia say?",
        "What did Maria Ostrova say?",
        "Summarise the briefings of 1 May 2024",
        *(f"What did Georgia say about {secret}?" for secret in world.secrets.values()),
    ]
    answered = [
        newsroom.answer(question, tiers=tiers, language="en", today=DAY) for question in questions
    ]
    answers = [shown(each) for each in answered]
    lists = [
        newsroom.latest(tiers=tiers, limit=50),
        newsroom.sources(tiers=tiers, language="en"),
        newsroom.dossiers(tiers=tiers, language="en"),
        newsroom.examples(tiers=tiers, language="en", today=DAY),
    ]
    with world.corpus.view() as view:
        clipper = Clipper(newsroom.speakers, Actors.load().name)
        news = clipper.clip(view, FOLLOWS, LONG_AGO, tiers=tiers, language="en")
    digest = composer.of_day(DAY, tiers=tiers, language="en")
    looked_around = [profiles(newsroom, tiers), commands(newsroom, tiers), cards(answered)]
    return repr([answers, ways_on(world, newsroom, answered[:2], tiers), lists, digest, news,
                 looked_around])  # fmt: skip


def profiles(newsroom: Newsroom, tiers: frozenset[Tier]) -> str:
    """Who somebody is, as `/about` shows it."""
    told = [
        newsroom.about(who, tiers=tiers, language="en", today=DAY)
        for who in ("Georgia", "Maria Ostrova")
    ]
    return repr([[replace(each, latest=NOTHING), shown(each.latest)] for each in told])


def commands(newsroom: Newsroom, tiers: frozenset[Tier]) -> str:
    """What the commands answer, with the words below a picture."""
    found = [
        newsroom.answer(text, tiers=tiers, language="en", today=DAY, kind=kind)
        for text, kind in (("Georgia", Kind.TIMELINE), ("Georgia, Turkey", Kind.COMPARISON))
    ]
    return repr([[shown(each), each.counts] for each in found])


def ways_on(world: World, newsroom: Newsroom, answers: list[Answer], tiers: frozenset[Tier]) -> str:
    """Where buttons lead: under answers of now, and under those of whoever could read it all."""
    said: list[object] = []
    for answer in answers:
        further = newsroom.further(answer, tiers=tiers)
        said += [named(further), *followed_up(newsroom, further, tiers)]
        said.append(newsroom.editions(cited(answer), "en", tiers=tiers))
    for answer, further in world.before:
        said += followed_up(newsroom, further, tiers)
        said.append(newsroom.editions(cited(answer), "en", tiers=tiers))
    everything = frozenset(Tier)
    question = "What did Georgia say about the building?"
    answer = newsroom.answer(question, tiers=everything, language="en", today=DAY)
    world.before = [*world.before, (answer, newsroom.further(answer, tiers=everything))][-3:]
    return repr(said)


def cited(answer: Answer) -> set[str]:
    return {citation.briefing for citation in answer.citations}


def named(further: Further) -> str:
    """What the buttons say."""
    asked = [further.more, further.earlier, *further.compare]
    return repr([(each.people, each.actors, each.days) for each in asked if each])


def followed_up(newsroom: Newsroom, further: Further, tiers: frozenset[Tier]) -> list[str]:
    asked = [further.more, further.earlier, *further.compare]
    return [shown(newsroom.go_on(each, tiers=tiers)) for each in asked if each]


def cards(answers: list[Answer]) -> str:
    """What an inline query offers of the answers, in short and line by line."""
    alone = [with_lines(each, [line]) for each in answers for line in each.lines]
    return repr([shown(each) for each in [*map(shortened, answers), *alone]])


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_nobody_is_shown_what_is_not_for_them(home: Path, seed: int) -> None:
    actors, url = Actors.load(), url_of(home)
    with records.opened(home, 90, url) as kept, closing(Corpus(home, url)) as corpus:
        access = Access(kept.members, GivenRoles(), Policy.PUBLIC)
        world = World(home, random.Random(seed), access, kept, corpus)
        newsroom = Newsroom(corpus, world.encoder, actors)
        composer = Composer(corpus, actors, newsroom.speakers)
        for tier in Tier:
            world.publish(tier)
        found = 0
        for _ in range(ACTIONS):
            world.act()
            for user, group in ((1, False), (2, False), (1, True)):
                tiers = access.tiers_before_others(user) if group else access.tiers_of(user)
                said = everything_shown(world, newsroom, composer, tiers)
                leaked = {each for each in world.forbidden(user, group=group) if each in said}
                assert not leaked, (seed, user, group, leaked)
                found += any(secret in said for secret in world.secrets.values())
        assert found, "a newsroom that shows nothing leaks nothing either"
