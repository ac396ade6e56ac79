"""How long a question waits for its answer, against embedding the question and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, at_most, percentile
from benchmarks.workshop import DAY, Workshop
from bot.answering import Newsroom
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier

PUBLIC = frozenset({Tier.PUBLIC})
ROUNDS = 2


def speed(workshop: Workshop) -> Iterator[Figure]:
    """Milliseconds per question at the two sizes, in process and warm."""
    for name, data_dir, size in (
        ("small", workshop.small, workshop.passages),
        ("large", workshop.large, 10 * workshop.passages),
    ):
        answers, embeddings = _timed(workshop, data_dir)
        for share, label in ((50, "median"), (95, "95th percentile")):
            value, against = percentile(answers, share), percentile(embeddings, share)
            yield Figure(
                section="answer",
                what=f"question → answer, {size:,} passages, {label}",
                value=value,
                unit="ms",
                against=against,
                baseline="one query embedding",
                promise=at_most(3, value, against) if name == "large" else None,
            )


def _timed(workshop: Workshop, data_dir: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of answers and of embeddings, one after the other on each question."""
    corpus = Corpus(data_dir)
    newsroom = Newsroom(corpus, workshop.encoder, Actors.load())
    asked = workshop.questions
    answers, embeddings = [], []
    try:
        newsroom.answer(asked[0], tiers=PUBLIC, language="en", today=DAY)
        for question in asked * ROUNDS:
            began = time.perf_counter()
            workshop.encoder.encode_query(question)
            embedded = time.perf_counter()
            newsroom.answer(question, tiers=PUBLIC, language="en", today=DAY)
            answers.append(1000 * (time.perf_counter() - embedded))
            embeddings.append(1000 * (embedded - began))
    finally:
        corpus.close()
    return answers, embeddings
