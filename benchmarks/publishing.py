"""How soon a published briefing answers, while a reader in another process asks all the time."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import Any

from benchmarks import texts
from benchmarks.answering import PUBLIC
from benchmarks.children import BenchmarkError, python
from benchmarks.encoders import Known
from benchmarks.figures import Figure, percentile, within
from benchmarks.workshop import DAY, Workshop, embedded_texts, publish
from bot.answering import Newsroom
from ingest.passages import cut
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import Briefing, Document, Tier
from vectorstore.embeddings import open_embeddings
from vectorstore.settings import StoreSettings, read_settings

ROUNDS = 5
PLACES = ("Vorsk", "Tamrin", "Oldeca", "Perizh", "Kunmar", "Sadova")
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
        rounds = [_publish_one(workshop, data_dir, place, reader) for place in PLACES[:ROUNDS]]
        command = _whole_command(workshop, data_dir, PLACES[ROUNDS], reader)
        reader.during(0.5)
    until = percentile([waited for waited, _ in rounds], 50)
    yield Figure(
        section="publish",
        what=f"published → answerable, {10 * workshop.passages:,} passages, median of {ROUNDS}",
        value=until,
        unit="s",
        against=percentile([writing for _, writing in rounds], 50),
        baseline="of which the writer needs",
        promise=within(2, until, "s"),
    )
    value, against = command
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


def _publish_one(
    workshop: Workshop, data_dir: Path, place: str, reader: _Reader
) -> tuple[float, float]:
    """Seconds until the new briefing was cited, and until the writer had finished."""
    document = _document(place)
    new = embedded_texts([document])
    vectors = workshop.encoder.encode_passages(new)  # made before the clock starts
    known = Known(workshop.encoder.fingerprint, dict(zip(new, vectors, strict=True)))
    began = time.monotonic()
    publish(data_dir, [document], known)
    written = time.monotonic()
    answered = reader.until_cited(document.briefing.id)
    return answered - began, written - began


def _whole_command(
    workshop: Workshop, data_dir: Path, place: str, reader: _Reader
) -> tuple[float, float]:
    """Seconds of the command until the answer, and of a script that only loads and encodes."""
    document = _document(place)
    briefing = document.briefing
    row = {"id": briefing.id, "title": briefing.title, "lang": "en", "text": briefing.text}
    source = texts.write(workshop.folder / "one.jsonl", [row])
    began = time.monotonic()
    python("-m", "ingest", str(source), data_dir=data_dir)
    answered = reader.until_cited(briefing.id)
    only = workshop.folder / "one.json"
    only.write_text(json.dumps(embedded_texts([document])), "utf-8")
    return answered - began, python("-m", "benchmarks.bare_encoder", str(only), "1").seconds


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


@dataclass(slots=True)
class _Reader:
    """What the reading process answers."""

    answers: Any
    heard: list[Asked] = field(default_factory=list)

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
    """A process that asks the same questions over and over until the block ends."""
    spawn = get_context("spawn")
    answers, stop = spawn.Queue(), spawn.Event()
    asked = [*known, *(f"What burned down in {p}?" for p in PLACES)]
    process = spawn.Process(target=_ask, args=(data_dir, asked, answers, stop), daemon=True)
    process.start()
    reader = _Reader(answers)
    try:
        reader.heard.append(answers.get(timeout=PATIENCE_SECONDS))
        yield reader
    finally:
        stop.set()
        reader.during(0.5)  # or the process waits for its last answers to be taken
        process.join(PATIENCE_SECONDS)


def _ask(data_dir: Path, questions: Sequence[str], answers: Any, stop: Any) -> None:
    """Ask as the bot does: with a corpus that watches for new generations."""
    corpus = Corpus(data_dir)
    newsroom = Newsroom(corpus, open_embeddings(read_settings(StoreSettings)), Actors.load())
    newsroom.warm_up()
    newsroom.answer(questions[0], tiers=PUBLIC, language="en", today=DAY)
    corpus.watch()
    while not stop.is_set():
        for question in questions:
            began, error, cited = time.monotonic(), "", frozenset[str]()
            try:
                answer = newsroom.answer(question, tiers=PUBLIC, language="en", today=DAY)
                cited = frozenset(citation.briefing for citation in answer.citations)
            except Exception as failure:  # whatever it is, an asker would have seen it
                error = repr(failure)
            ended = time.monotonic()
            answers.put(Asked(question, ended, ended - began, cited, error))
    corpus.close()
