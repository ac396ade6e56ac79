"""A newsroom and, beside it, what ought to be so: who may be shown which briefing.

Each briefing holds a secret, a word of its own: who is shown the word is shown the briefing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine, delete

from bot import records
from bot.access import Access
from bot.answering import Newsroom
from bot.digest.composing import Composer
from bot.domain import Answer, Further
from bot.editing import EditorsDesk
from bot.following.clipping import Clipper
from bot.records.database import open_records
from bot.records.schema import deliveries
from bot.roles import GivenRoles, Policy, Role
from bot.telegram.languages import Languages
from bot.telegram.parts import Parts
from bot.telegram.within import Within
from ingest.reading import PageReader
from tests.bot.front import Front
from tests.bot.scripted import RULES
from tests.databases import Postgres, keep_in, url_of
from tests.vectorstore.store import HashEncoder, briefing, page
from vectorstore.actors import Actors
from vectorstore.catalog import Catalog
from vectorstore.catalog.database import transaction
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier
from vectorstore.folders import damage
from vectorstore.publication import Change
from vectorstore.publisher import Publisher

NOW = datetime.now(UTC)
DAY = NOW.date()  # what is older is no news
EVERYTHING, PUBLIC = frozenset(Tier), frozenset({Tier.PUBLIC})
DAYS = (DAY, DAY - timedelta(days=1))
_SAID = (
    "“We will build {0} by the river,” said Maria Ostrova, spokesperson for the Georgian MFA. "
    "“Nobody will see {0} by the river,” said Deniz Aydin, spokesperson for the Turkish MFA. "
    "Everybody spoke of {0}."
)
SUBSCRIBED = replace(RULES, subscriber_digest=True)
Tiers = frozenset[Tier]


class Here:
    """Checks a new index in this process: its files are as they were sealed.

    A process of its own for each would take a second, and whoever asks next opens the index.
    """

    def check(self, folder: Path) -> None:
        assert damage(folder) is None

    def close(self) -> None:
        pass


@dataclass(kw_only=True)
class World:
    """A newsroom and, beside it, what ought to be so: tiers of briefings, roles of users."""

    data: Path
    catalog: Catalog
    kept: records.Records
    access: Access
    corpus: Corpus
    newsroom: Newsroom
    composer: Composer
    clipper: Clipper
    front: Front
    engine: Engine
    encoder: HashEncoder
    reader: PageReader
    tiers: dict[str, Tier] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    gone: dict[str, Tier] = field(default_factory=dict)
    before: list[tuple[Answer, Further]] = field(default_factory=list)

    def publish(self, tier: Tier) -> str:
        id = f"b{len(self.secrets)}"
        self.secrets[id] = f"zorv{(len(self.secrets) + 1) * 7919:06}x"
        self.put(id, tier)
        return id

    def put(self, id: str, tier: Tier) -> None:
        self.tiers[id] = tier
        self.gone.pop(id, None)
        secret = self.secrets[id]
        made = briefing(
            id, f"The ministers met in Tbilisi. {_SAID.format(secret)}",
            title=f"A day of {secret}", tier=tier, day=DAYS[int(id[1:]) % len(DAYS)],
            dossiers=(f"File {secret}",),
        )  # fmt: skip
        document = self.reader.document(made)
        assert document.statements
        self._change(Change(documents=[document], pages=[page(made)]))

    def withdraw(self, id: str) -> None:
        self.gone[id] = self.tiers.pop(id)
        self._change(Change(gone=[id]))

    def grant(self, user: int) -> None:
        self.members.add(user)
        self.kept.members.grant(user, Role.SUBSCRIBER, NOW)

    def revoke(self, user: int) -> None:
        self.members.discard(user)
        self.kept.members.revoke(user, Role.SUBSCRIBER)

    def remember(self, question: str) -> Answer:
        """Answer a reader of everything, and keep the last four such with their buttons."""
        answer = self.newsroom.answer(question, tiers=EVERYTHING, language="en", today=DAY)
        further = self.newsroom.further(answer, tiers=EVERYTHING)
        self.before = [*self.before, (answer, further)][-4:]
        return answer

    def _change(self, change: Change) -> None:
        publisher = Publisher(self.data, self.catalog)
        with publisher.begin(self.encoder, verifier=Here()) as edition:
            edition.publish(change)

    def readable(self, tiers: Tiers) -> set[str]:
        """The secrets of what is published for those who read ``tiers``."""
        return {self.secrets[id] for id, tier in self.tiers.items() if tier in tiers}

    def allowed(self, user: int, *, group: bool) -> set[str]:
        """The secrets that somebody may be shown now, by what ought to be so."""
        return self.readable(self.tiers_of(user, group=group))

    def was_readable(self, user: int, *, group: bool) -> set[str]:
        """The secrets of what is withdrawn and somebody might read if it were not."""
        tiers = self.tiers_of(user, group=group)
        return {self.secrets[id] for id, tier in self.gone.items() if tier in tiers}

    def forget_pushes(self) -> None:
        """As if nobody had ever been sent anything unasked."""
        with transaction(self.engine) as connection:
            connection.execute(delete(deliveries))

    def tiers_of(self, user: int, *, group: bool) -> Tiers:
        """What somebody may read now, by what ought to be so."""
        return EVERYTHING if user in self.members and not group else PUBLIC


class Office:
    """Makes worlds alike: the same two briefings are published, and nobody is a member yet.

    What takes long is made once and copied: the tables, and a first index.
    """

    def __init__(self, home: Path, desk: EditorsDesk, postgres: Postgres | None) -> None:
        """``home`` is an empty data folder, in whichever database; ``desk`` one that is idle."""
        self._home, self._desk, self._postgres = home, desk, postgres
        self._actors, self._encoder = Actors.load(), HashEncoder(common=12)
        self._reader = PageReader(set())
        with self._opened(home) as world:
            for tier in Tier:
                world.publish(tier)
        self._tiers, self._secrets = world.tiers, world.secrets

    @contextmanager
    def world(self) -> Iterator[World]:
        data = Path(mkdtemp(prefix="newsroom-", dir=self._home.parent))
        shutil.copytree(self._home, data, dirs_exist_ok=True)
        url = ""
        try:
            if self._postgres:
                url = self._postgres.copy(url_of(self._home))
                keep_in(data, url)
            with self._opened(data) as world:
                world.tiers, world.secrets = dict(self._tiers), dict(self._secrets)
                yield world
        finally:
            shutil.rmtree(data)
            if self._postgres and url:
                self._postgres.drop(url)

    @contextmanager
    def _opened(self, data: Path) -> Iterator[World]:
        url, actors = url_of(data), self._actors
        with ExitStack() as opened:
            catalog = opened.enter_context(closing(Catalog.open(data, url)))
            kept = opened.enter_context(records.opened(data, 90, url))
            corpus = opened.enter_context(closing(Corpus(data, url)))
            access = Access(kept.members, GivenRoles(), Policy.PUBLIC)
            newsroom = Newsroom(corpus, self._encoder, actors)
            composer = Composer(corpus, actors, newsroom.speakers)
            parts = Parts(
                newsroom=newsroom, actor_name=actors.name, desk=self._desk, roles=access,
                records=kept, composer=composer, rules=SUBSCRIBED, corpus=corpus,
                languages=Languages(kept.notes), within=Within(kept.notes),
                speakers=newsroom.speakers,
            )  # fmt: skip
            engine = open_records(data, url)
            opened.callback(engine.dispose)
            front = opened.enter_context(closing(Front(parts)))
            yield World(
                data=data, catalog=catalog, kept=kept, access=access, corpus=corpus,
                newsroom=newsroom, composer=composer, encoder=self._encoder,
                reader=self._reader,
                clipper=Clipper(newsroom.speakers, actors.name),
                front=front, engine=engine,
            )  # fmt: skip
