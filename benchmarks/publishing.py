"""How soon a published briefing answers, while a reader in another process asks all the time."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import Any

from benchmarks import texts
from benchmarks.answering import PUBLIC
from benchmarks.children import BenchmarkError, python
from benchmarks.figures import Figure, percentile, within
from benchmarks.workshop import DAY, Workshop, embedded_texts
from bot.answering import Newsroom
from ingest.passages import cut
from ingest.progress import Bars
from ingest.running import Ingestion, Order
from ingest.sources.opening import open_source
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import Briefing, Document, Span, Tier
from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.publication import Vectors
from vectorstore.settings import StoreSettings, read_settings

ROUNDS = 50
PLACES = tuple(
    first + last
    for first in ("Vors", "Tamri", "Olde", "Peri", "Kunma", "Sado", "Grobe", "Melvi", "Zusta")
    for last in ("ka", "nov", "dar", "zhet", "burg", "lan")
)
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the reader asked: when it had its answer, and what that cited."""

    question: str
    answered: float
    seconds: float
    cited: frozenset[str]
    error: str


def speed(workshop: Workshop) -> Iterator[Figure]:
    """Seconds from publishing to the first answer, and the questions that failed meanwhile."""
    data_dir = workshop.folder / "growing"
    shutil.rmtree(data_dir, ignore_errors=True)
    shutil.copytree(workshop.large, data_dir)
    with _reading(data_dir, workshop.questions[:2]) as reader:
        calm = [asked.seconds for asked in reader.during(2.0)]
        publishing = _Publishing(workshop, data_dir)
        rounds = [publishing.round(number, reader) for number in range(ROUNDS)]
        value, against = _whole_command(workshop, data_dir, reader)
        reader.during(0.5)
    until = percentile([each.answered for each in rounds], 50)
    yield Figure(
        section="publish",
        what=f"embedded → answerable, {10 * workshop.passages:,} passages, median of {ROUNDS}",
        value=until,
        unit="s",
        against=percentile([each.written for each in rounds], 50),
        baseline="of which the writer needs",
        promise=within(2, until, "s"),
    )
    slow = percentile([each.answered for each in rounds], 95)
    yield Figure(
        section="publish",
        what="the same, 95 % within",
        value=slow,
        unit="s",
        against=percentile([each.before for each in rounds], 50),
        baseline="from the order to the last vector",
    )
    yield Figure(
        section="publish",
        what="python -m ingest of one briefing → answerable",
        value=value,
        unit="s",
        against=against,
        baseline="a script that loads the model and encodes it",
        promise=within(2, value, "s", beyond=against),
    )
    yield Figure(
        section="publish",
        what=f"failed questions of {len(reader.heard):,} asked meanwhile",
        value=float(reader.failed()),
        unit="questions",
        promise=within(0, float(reader.failed()), "questions"),
    )
    yield Figure(
        section="publish",
        what="slowest answer meanwhile",
        value=1000 * max(asked.seconds for asked in reader.heard),
        unit="ms",
        against=1000 * percentile(calm, 50),
        baseline="median answer when nothing is published",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """Seconds until the last vector was made, and from then until it was written and cited."""

    before: float
    written: float
    answered: float


class _Publishing:
    """Publishes one briefing after the other, as a process does that waits for hints."""

    def __init__(self, workshop: Workshop, data_dir: Path) -> None:
        settings = read_settings(StoreSettings).model_copy(update={"data_dir": data_dir})
        self._encoder = _Timed(workshop.encoder)
        self._ingestion = Ingestion(settings, self._encoder)
        self._folder = workshop.folder

    def round(self, number: int, reader: _Reader) -> _Round:
        """Publish a briefing and wait until it is cited."""
        reader.wait_for(number)
        document = _document(PLACES[number])
        order = Order(open_sources=lambda _: [open_source(str(_file(self._folder, document)))])
        with Bars() as bars:
            began = time.monotonic()
            self._ingestion.run(order, bars)
        written = time.monotonic()
        answered = reader.until_cited(document.briefing.id)
        embedded = self._encoder.ended
        return _Round(
            before=embedded - began, written=written - embedded, answered=answered - embedded
        )


class _Timed:
    """The encoder, and when it had made its last vectors."""

    def __init__(self, encoder: SentenceEmbeddings) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.ended = 0.0

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        """As the encoder does."""
        made = self._encoder.encode_parts(texts, parts, progress)
        self.ended = time.monotonic()
        return made


def _whole_command(workshop: Workshop, data_dir: Path, reader: _Reader) -> tuple[float, float]:
    """Seconds of the command until the answer, and of a script that only loads and encodes."""
    reader.wait_for(ROUNDS)
    document = _document(PLACES[ROUNDS])
    source = _file(workshop.folder, document)
    began = time.monotonic()
    python("-m", "ingest", str(source), data_dir=data_dir)
    answered = reader.until_cited(document.briefing.id)
    only = workshop.folder / "one.json"
    only.write_text(json.dumps(embedded_texts([document])), "utf-8")
    return answered - began, python("-m", "benchmarks.bare_encoder", str(only), "1").seconds


def _file(folder: Path, document: Document) -> Path:
    briefing = document.briefing
    row = {"id": briefing.id, "title": briefing.title, "lang": "en", "text": briefing.text}
    return texts.write(folder / f"{briefing.id}.jsonl", [row])


def _document(place: str) -> Document:
    text = (
        f"A warehouse burned down in {place} on Sunday night. Nobody was hurt in the fire, which "
        f"firefighters put out by the morning, the mayor of {place} said."
    )
    briefing = Briefing(
        id=f"fire-{place}",
        source="benchmark",
        story=f"fire-{place}",
        url=f"https://briefings.example/{place}",
        title=f"Warehouse fire in {place}",
        language="en",
        day=DAY,
        covers=None,
        dossiers=(),
        tier=Tier.PUBLIC,
        actor=None,
        preview=False,
        text=text,
    )
    return Document(briefing=briefing, passages=cut(text, "en"))


def _question(place: str) -> str:
    return f"What burned down in {place}?"


@dataclass(slots=True)
class _Reader:
    """What the reading process answers."""

    answers: Any
    waited_for: Any
    heard: list[Asked] = field(default_factory=list)

    def wait_for(self, place: int) -> None:
        """From now on every other question is what burned down in this place."""
        self.waited_for.value = place

    def during(self, seconds: float) -> list[Asked]:
        """The answers of the next so many seconds."""
        first, end = len(self.heard), time.monotonic() + seconds
        while time.monotonic() < end:
            self._listen()
        return self.heard[first:]

    def until_cited(self, briefing: str) -> float:
        """When the briefing was cited first; raises BenchmarkError when it never is."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            asked = self._listen()
            if asked and briefing in asked.cited:
                return asked.answered
        raise BenchmarkError(f"{briefing} was published but is not answered")

    def failed(self) -> int:
        """Questions that raised, or no longer had the answer that they had before."""
        answered: set[str] = set()
        failures = 0
        for asked in self.heard:
            failures += bool(asked.error) or (asked.question in answered and not asked.cited)
            if asked.cited:
                answered.add(asked.question)
        return failures

    def _listen(self) -> Asked | None:
        try:
            asked: Asked = self.answers.get(timeout=0.1)
        except Empty:
            return None
        self.heard.append(asked)
        return asked


@contextmanager
def _reading(data_dir: Path, known: Sequence[str]) -> Iterator[_Reader]:
    """A process that asks without a pause until the block ends."""
    spawn = get_context("spawn")
    answers, stop, waited_for = spawn.Queue(), spawn.Event(), spawn.Value("i", 0)
    arguments = (data_dir, known, waited_for, answers, stop)
    process = spawn.Process(target=_ask, args=arguments, daemon=True)
    process.start()
    reader = _Reader(answers, waited_for)
    try:
        reader.heard.append(answers.get(timeout=PATIENCE_SECONDS))
        yield reader
    finally:
        stop.set()
        reader.during(0.5)  # or the process waits for its last answers to be taken
        process.join(PATIENCE_SECONDS)


def _ask(data_dir: Path, known: Sequence[str], waited_for: Any, answers: Any, stop: Any) -> None:
    """Ask as the bot does: with a corpus that watches for new generations.

    What is waited for comes in turns with what is known, and with what was waited for before.
    """
    corpus = Corpus(data_dir)
    newsroom = Newsroom(corpus, open_embeddings(read_settings(StoreSettings)), Actors.load())
    newsroom.warm_up()
    newsroom.answer(known[0], tiers=PUBLIC, language="en", today=DAY)
    corpus.watch()
    for turn in count():
        if stop.is_set():
            break
        place = waited_for.value
        earlier = [*known, *(_question(PLACES[at]) for at in range(place))]
        for question in (_question(PLACES[place]), earlier[turn % len(earlier)]):
            began, error, cited = time.monotonic(), "", frozenset[str]()
            try:
                answer = newsroom.answer(question, tiers=PUBLIC, language="en", today=DAY)
                cited = frozenset(citation.briefing for citation in answer.citations)
            except Exception as failure:  # whatever it is, an asker would have seen it
                error = repr(failure)
            ended = time.monotonic()
            answers.put(Asked(question, ended, ended - began, cited, error))
    corpus.close()
