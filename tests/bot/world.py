"""A newsroom and, beside it, what ought to be so: who may be shown which briefing.

Each briefing holds a secret, a word of its own: who is shown the word is shown the briefing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
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
_SAID = {
    "en": "The ministers met in Tbilisi. "
    "“We will build {0} by the river,” said Maria Ostrova, spokesperson for the Georgian MFA. "
    "“Nobody will see {0} by the river,” said Deniz Aydin, spokesperson for the Turkish MFA. "
    "Everybody spoke of {0}.",
    "fr": "Les ministres se sont réunis à Tbilissi. "
    "« Nous construirons {0} au bord de la rivière », a déclaré Maria Ostrova, porte-parole du "
    "ministère géorgien des Affaires étrangères. « Personne ne verra {0} au bord de la rivière », "
    "a déclaré Deniz Aydin, porte-parole du ministère turc des Affaires étrangères. "
    "Tout le monde a parlé de {0}.",
}
_TITLED = {"en": "A day of {0}", "fr": "Une journée de {0}"}
_FILED = {"en": "File {0}", "fr": "Dossier {0}"}
_COMMON = {"en": "The river", "fr": "La rivière"}  # all are filed there, some there before all
SUBSCRIBED = replace(RULES, subscriber_digest=True)
_SPEAKERS = {"Maria Ostrova", "Deniz Aydin"}
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
    edition_of: dict[str, tuple[str, str]] = field(default_factory=dict)  # story and language
    members: set[int] = field(default_factory=set)
    gone: dict[str, Tier] = field(default_factory=dict)
    before: list[tuple[Answer, Further]] = field(default_factory=list)

    def publish(self, tier: Tier) -> str:
        """A story of its own, in English."""
        id = self._next()
        self.edition_of[id] = id, "en"
        self.put(id, tier)
        return id

    def translate(self, id: str, tier: Tier) -> str:
        """Another edition of a briefing's story, in the other language."""
        edition = self._next()
        story, language = self.edition_of[id]
        self.edition_of[edition] = story, "en" if language == "fr" else "fr"
        self.put(edition, tier)
        return edition

    def put(self, id: str, tier: Tier) -> None:
        self.tiers[id] = tier
        self.gone.pop(id, None)
        secret, (story, language) = self.secrets[id], self.edition_of[id]
        day = DAYS[int(story[1:]) % len(DAYS)]
        dossiers = (self.file_of(secret), _COMMON[language])
        alone = briefing(
            id, _SAID[language].format(secret), title=_TITLED[language].format(secret),
            language=language, tier=tier, day=day,
            dossiers=dossiers[:: -1 if day == DAY else 1],
        )  # fmt: skip
        made = replace(alone, story=story)
        document = self.reader.document(made)
        assert {each.speaker for each in document.statements} >= _SPEAKERS
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

    def _next(self) -> str:
        """The id of a briefing that is still to be published."""
        number = len(self.secrets)
        self.secrets[f"b{number}"] = f"zorv{(number + 1) * 7919:06}x"
        return f"b{number}"

    def _change(self, change: Change) -> None:
        publisher = Publisher(self.data, self.catalog)
        with publisher.begin(self.encoder, verifier=Here()) as edition:
            edition.publish(change)

    def file_of(self, secret: str) -> str:
        """The dossier under which the briefing of that secret is filed, and no other."""
        id = next(id for id, each in self.secrets.items() if each == secret)
        return _FILED[self.edition_of[id][1]].format(secret)

    def stories(self, tiers: Tiers) -> int:
        """How many stories have an edition for those who read ``tiers``."""
        return len({self.edition_of[id][0] for id, tier in self.tiers.items() if tier in tiers})

    def languages(self, ids: Iterable[str], tiers: Tiers) -> set[str]:
        """The languages in which those who read ``tiers`` may read some briefings' stories."""
        stories = {self.edition_of[id][0] for id in ids}
        return {
            language
            for id, (story, language) in self.edition_of.items()
            if story in stories and self.tiers.get(id) in tiers
        }

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
    """Makes worlds alike: the same briefings are published, and nobody is a member yet.

    What takes long is made once and copied: the tables, and a first index.
    """

    def __init__(self, home: Path, desk: EditorsDesk, postgres: Postgres | None) -> None:
        """``home`` is an empty data folder, in whichever database; ``desk`` one that is idle."""
        self._home, self._desk, self._postgres = home, desk, postgres
        self._actors, self._encoder = Actors.load(), HashEncoder(common=12)
        self._reader = PageReader(set())
        with self._opened(home) as world:
            for tier in Tier:
                id = world.publish(tier)
            world.translate(id, Tier.PUBLIC)
            self._first = world

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
                first = self._first
                world.tiers, world.secrets = dict(first.tiers), dict(first.secrets)
                world.edition_of = dict(first.edition_of)
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
