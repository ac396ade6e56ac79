"""Finding the right passage, against the LangChain and Chroma pipeline that tutorials teach.

Both embed with the same weights. A question is asked of one language's texts or of all at once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import texts
from benchmarks.figures import Figure
from benchmarks.langchain_chroma_pipeline import Pipeline
from benchmarks.texts import Row
from benchmarks.workshop import Workshop
from vectorstore.corpus import Corpus
from vectorstore.domain import LANGUAGES, Tier
from vectorstore.retriever import BriefingRetriever, Restriction

SETS = ("ntrex_news", "wikinews_fr", "wikinews_en", "xquad_r_en_ru")
LIMIT = 5
# Questions of one kind in one language that are asked unless all are.
SAMPLE = 60
EVERYWHERE = "any"

Search = Callable[[str, str | None], list[str]]


@dataclass(slots=True)
class Marks:
    """How one pipeline did: the rank of the first right passage of each question, 0 for none."""

    ranks: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of questions with a right passage among the first five."""
        return sum(rank > 0 for rank in self.ranks) / len(self.ranks)

    @property
    def reciprocal_rank(self) -> float:
        """The mean of 1 / rank, of 0 where nothing right was found."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)


def quality(workshop: Workshop, *, every: bool = False) -> Iterator[Figure]:
    """Recall and mean reciprocal rank of each pair of languages, and the time of both."""
    ours_seconds: list[float] = []
    theirs_seconds: list[float] = []
    for name in SETS:
        with TemporaryDirectory(dir=workshop.folder) as folder:
            yield from _of_set(workshop, name, Path(folder), every, ours_seconds, theirs_seconds)
    ours, theirs = _mean_ms(ours_seconds), _mean_ms(theirs_seconds)
    yield Figure(
        section="tutorial",
        what=f"search with the question's embedding, mean of {len(ours_seconds):,}",
        value=ours,
        unit="ms",
        against=theirs,
        baseline="similarity_search",
    )


def _of_set(
    workshop: Workshop,
    name: str,
    folder: Path,
    every: bool,
    ours_seconds: list[float],
    theirs_seconds: list[float],
) -> Iterator[Figure]:
    data_dir, publishing = workshop.of_set(name)
    began = time.perf_counter()
    pipeline = Pipeline(texts.rows(name, "corpus"), workshop.encoder, folder)
    indexing = time.perf_counter() - began
    yield Figure(
        section="tutorial",
        what=f"{name}: indexing with a loaded model, statements included",
        value=publishing,
        unit="s",
        against=indexing,
        baseline="Chroma.from_texts",
    )
    corpus = Corpus(data_dir)

    def search_ours(question: str, language: str | None) -> list[str]:
        return _ours(corpus, workshop, question, language)

    def search_theirs(question: str, language: str | None) -> list[str]:
        return pipeline.search(question, language, LIMIT)

    try:
        for (asked_in, found_in), asked in _pairs(name, every):
            ours, theirs = (
                _marks(search_ours, found_in, asked),
                _marks(search_theirs, found_in, asked),
            )
            ours_seconds += ours.seconds
            theirs_seconds += theirs.seconds
            pair = f"{name} {asked_in} → {found_in} ({len(asked)})"
            for what, value, against in (
                ("Recall@5", ours.recall, theirs.recall),
                ("MRR@5", ours.reciprocal_rank, theirs.reciprocal_rank),
            ):
                yield Figure(
                    section="tutorial",
                    what=f"{pair} {what}",
                    value=value,
                    unit="",
                    against=against,
                    baseline="LangChain + Chroma",
                )
    finally:
        corpus.close()


def _ours(corpus: Corpus, workshop: Workshop, question: str, language: str | None) -> list[str]:
    languages = (language,) if language else LANGUAGES
    restriction = Restriction(tiers=frozenset({Tier.PUBLIC}), languages=languages)
    retriever = BriefingRetriever(
        corpus=corpus, encoder=workshop.encoder, restriction=restriction, limit=LIMIT
    )
    return [document.metadata["briefing"] for document in retriever.invoke(question)]


def _marks(search: Search, found_in: str, asked: Sequence[Row]) -> Marks:
    marks = Marks()
    language = None if found_in == EVERYWHERE else found_in
    for row in asked:
        right = {of["id"] for of in row["relevant"]}
        began = time.perf_counter()
        found = search(row["question"], language)
        marks.seconds.append(time.perf_counter() - began)
        marks.ranks.append(next((i for i, id in enumerate(found, start=1) if id in right), 0))
    return marks


def _pairs(name: str, every: bool) -> list[tuple[tuple[str, str], list[Row]]]:
    """The questions by their own language and the one they are asked of."""
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _asked(name, every):
        # A sentence of the texts finds itself in its own language; only others say something.
        itself = row.get("kind") == "sentence"
        for language in sorted({of["lang"] for of in row["relevant"]}):
            if not (itself and language == row["lang"]):
                pairs[row["lang"], language].append(row)
        if not itself:
            pairs[row["lang"], EVERYWHERE].append(row)
    return sorted(pairs.items())


def _asked(name: str, every: bool) -> list[Row]:
    def kind(row: Row) -> tuple[str, str]:
        return str(row.get("kind")), row["lang"]

    answerable = sorted((row for row in texts.questions(name) if row["answerable"]), key=kind)
    groups = [list(group) for _, group in groupby(answerable, kind)]
    return [row for group in groups for row in (group if every else texts.some(group, SAMPLE))]


def _mean_ms(seconds: Sequence[float]) -> float:
    return 1000 * sum(seconds) / len(seconds)
