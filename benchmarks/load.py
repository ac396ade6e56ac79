"""A thousand chats that ask at once: the bot as a process of its own, against the fake Bot API."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.bots import running
from benchmarks.children import BenchmarkError
from benchmarks.figures import Figure, percentile, within
from benchmarks.workshop import DAY, Workshop
from bot.answering import Newsroom
from bot.telegram.app import ANSWERED_AT_ONCE
from tests.telegram_server.transcript import Call
from vectorstore.actors import Actors
from vectorstore.batching import QueriesTogether
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier

CHATS = 1000
TELEGRAMS_LIMIT = 30.0  # messages a second of one bot
_LONGEST = 600.0  # seconds
_LOOK_SECONDS = 0.2
_ENGINE_QUESTIONS = 200


@dataclass
class _Heard:
    """When each chat was answered, and the most memory that the bot held."""

    asked_at: float = 0.0
    waits: dict[int, float] = field(default_factory=dict)
    peak: float = 0.0

    def hear(self, call: Call) -> None:
        if call.method == "sendMessage" and not call.error:
            chat = int(call.params["chat_id"])
            self.waits.setdefault(chat, time.monotonic() - self.asked_at)


def speed(workshop: Workshop) -> Iterator[Figure]:
    """How long a thousand chats wait, and what would answer faster than the bot does."""
    with TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        shutil.copytree(workshop.small, data_dir)
        heard = asyncio.run(_asked(data_dir, workshop.questions))
    waits = list(heard.waits.values())
    if not waits:
        raise BenchmarkError("the bot has answered nobody")
    what = f"{CHATS:,} chats ask at once"
    lost = CHATS - len(waits)
    for name, value, unit in (
        ("median wait", percentile(waits, 50), "s"),
        ("95th percentile", percentile(waits, 95), "s"),
        ("peak memory", heard.peak, "MB"),
    ):
        yield Figure(section="load", what=f"{what}: {name}", value=value, unit=unit)
    yield Figure(
        section="load",
        what=f"{what}: without an answer",
        value=lost,
        unit="chats",
        promise=within(0, lost, "chats"),
    )
    yield Figure(
        section="load",
        what=f"{what}: answers",
        value=len(waits) / max(waits),
        unit="/s",
        against=TELEGRAMS_LIMIT,
        baseline="what Telegram takes of a bot",
    )
    yield from _alone(workshop)


def _alone(workshop: Workshop) -> Iterator[Figure]:
    """The same questions without Telegram and without the records: what the limit is made of."""
    questions = list(islice(cycle(workshop.questions), _ENGINE_QUESTIONS))
    corpus = Corpus(workshop.small)
    together = QueriesTogether(workshop.encoder)
    newsroom = Newsroom(corpus, together, Actors.load())

    def answer(question: str) -> None:
        newsroom.answer(question, tiers=frozenset({Tier.PUBLIC}), language="en", today=DAY)

    def embed(question: str) -> None:
        together.encode_query(question)

    try:
        answer(questions[0])
        for name, work in (("the engine alone", answer), ("query embeddings alone", embed)):
            for threads in (1, ANSWERED_AT_ONCE):
                yield Figure(
                    section="load",
                    what=f"{name}, {threads} at once",
                    value=_rate(work, questions, threads),
                    unit="/s",
                )
    finally:
        corpus.close()


def _rate(work: Callable[[str], None], questions: Sequence[str], threads: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, questions))
    return len(questions) / (time.perf_counter() - began)


async def _asked(data_dir: Path, questions: Sequence[str]) -> _Heard:
    heard = _Heard()
    async with running(data_dir, CHATS) as (telegram, process):
        watching = asyncio.create_task(_watch(process.pid, heard))
        telegram.transcript.listeners.append(heard.hear)
        users = [telegram.user(number) for number in range(1, CHATS + 1)]
        heard.asked_at = time.monotonic()
        for user, question in zip(users, cycle(questions), strict=False):
            await user.send(question)
        with suppress(AssertionError):  # what is lost is counted
            await telegram.wait_until(lambda: len(heard.waits) == CHATS, _LONGEST)
        watching.cancel()
    return heard


async def _watch(pid: int, heard: _Heard) -> None:
    """Note the most memory that a process holds, until cancelled."""
    bot = psutil.Process(pid)
    with suppress(psutil.Error):
        while True:
            heard.peak = max(heard.peak, bot.memory_info().rss / 1e6)
            await asyncio.sleep(_LOOK_SECONDS)
