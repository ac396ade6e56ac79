"""Puts the questions of a set to the product and to the plain pipeline; judges no answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

from benchmarks.answering import PUBLIC
from benchmarks.langchain_chroma_pipeline import Pipeline
from benchmarks.offsets import Origin
from benchmarks.scores import Piece
from benchmarks.texts import Row
from benchmarks.workshop import DAY, published
from bot.answering import Newsroom
from bot.domain import Answer, Citation
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import LANGUAGES, Document, Span, Statement, Tier
from vectorstore.embeddings import SentenceEmbeddings
from vectorstore.publication import Vectors
from vectorstore.retriever import BriefingRetriever, QueryEncoder, Restriction

# Tutorials show a chat model the four nearest chunks: LangChain's default.
CHUNKS_SHOWN = 4
EVERYTHING = frozenset(Tier)


class Engine(Protocol):
    """What answers questions: the product's newsroom, or a test's that lies."""

    def answer(
        self, question: str, *, tiers: frozenset[Tier], language: str, today: date
    ) -> Answer:
        """As `bot.answering.Newsroom` has it."""


@dataclass(frozen=True, slots=True)
class _Given:
    """An encoder of one question, whose vector is known."""

    vector: Vectors

    def encode_query(self, text: str) -> Vectors:  # noqa: ARG002 - there is only one
        """The vector."""
        return self.vector


OpenEngine = Callable[[Corpus, QueryEncoder, Actors], Engine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, our answer, the pipeline's chunks, and what each of them took.

    ``shown`` is what our answer shows, line by line, with what else carries the same words, in
    offsets of the set's text. ``bodies`` are the published texts by version.
    """

    set: str
    row: Row
    answer: Answer
    shown: list[Piece]
    chunks: list[Piece]
    bodies: dict[str, str]
    embedding_seconds: float
    seconds: float
    chunks_seconds: float

    @property
    def quotes(self) -> tuple[Citation, ...]:
        """Every quotation that leaves the house, those of the nearest things too."""
        return self.answer.citations + self.answer.nearest


class Ours:
    """The product over one data directory, through its public doors.

    Whatever it finds, says and knows is placed by offsets of ``sources``, the texts by the id of
    their briefing that the data directory was made from.
    """

    def __init__(
        self,
        data_dir: Path,
        encoder: SentenceEmbeddings,
        open_engine: OpenEngine,
        sources: Mapping[str, str],
    ) -> None:
        self._data_dir, self._encoder, self._sources = data_dir, encoder, sources
        self._corpus = Corpus(data_dir)
        self._engine = open_engine(self._corpus, encoder, Actors.load())

    @cached_property
    def documents(self) -> dict[str, Document]:
        """What is published, by the briefing's id."""
        return {document.briefing.id: document for document in published(self._data_dir)}

    def statements(self, document: str) -> list[Statement]:
        """Who says what in a document."""
        origin = self._origins[document]
        return [replace(s, span=origin.of(s.span)) for s in self.documents[document].statements]

    def search(
        self, question: str, vector: Vectors, language: str | None, limit: int
    ) -> list[Piece]:
        """The passages that the product's retriever finds, best first; in one language or all."""
        languages = (language,) if language else LANGUAGES
        restriction = Restriction(tiers=EVERYTHING, languages=languages)
        retriever = BriefingRetriever(
            corpus=self._corpus, encoder=_Given(vector), restriction=restriction, limit=limit
        )
        return [
            self._piece(
                found.metadata["briefing"],
                Span(start=found.metadata["start"], end=found.metadata["end"]),
                found.page_content,
            )
            for found in retriever.invoke(question)
        ]

    def pieces(self, document: str) -> list[Span]:
        """Where the passages of a document lie in it."""
        origin = self._origins[document]
        return [origin.of(span) for span in self.documents[document].passages]

    def asked(self, name: str, rows: Iterable[Row], plain: Pipeline) -> Iterator[Asked]:
        """Each question put to both systems, with an embedding of it in between.

        A row may name its own ``today`` and ``tier``.
        """
        self._engine.answer("?", tiers=PUBLIC, language="en", today=DAY)  # opens the index
        for row in rows:
            question = row["question"]
            tier = Tier(row.get("tier", Tier.SUBSCRIBERS))
            today = date.fromisoformat(row["today"]) if row.get("today") else DAY
            began = time.perf_counter()
            self._encoder.encode_query(question)
            embedded = time.perf_counter()
            answer = self._engine.answer(
                question,
                tiers=PUBLIC if tier is Tier.PUBLIC else EVERYTHING,
                language=row["lang"],
                today=today,
            )
            answered = time.perf_counter()
            vector = self._encoder.encode_query(question)
            chunks = plain.search(question, vector, None, CHUNKS_SHOWN)
            yield Asked(
                set=name,
                row=row,
                answer=answer,
                shown=self._shown(answer),
                chunks=chunks,
                bodies=self._bodies,
                embedding_seconds=embedded - began,
                seconds=answered - embedded,
                chunks_seconds=time.perf_counter() - answered,
            )

    def close(self) -> None:
        """Let go of the index."""
        self._corpus.close()

    @cached_property
    def _bodies(self) -> dict[str, str]:
        return {d.briefing.version: d.briefing.text for d in self.documents.values()}

    @cached_property
    def _origins(self) -> dict[str, Origin]:
        bodies = {id: document.briefing.text for id, document in self.documents.items()}
        return {id: Origin(self._sources.get(id, body), body) for id, body in bodies.items()}

    def _shown(self, answer: Answer) -> list[Piece]:
        by_number = {citation.number: citation for citation in answer.citations}
        cited = [by_number[n] for line in answer.lines for n in (line.citation, *line.also)]
        return [
            self._piece(each.briefing, Span(start=each.start, end=each.end), each.quote)
            for each in cited
        ]

    def _piece(self, document: str, span: Span, text: str) -> Piece:
        return Piece(document=document, span=self._origins[document].of(span), text=text)


@contextmanager
def opened(
    data_dir: Path,
    encoder: SentenceEmbeddings,
    open_engine: OpenEngine = Newsroom,
    sources: Mapping[str, str] | None = None,
) -> Iterator[Ours]:
    """The product over a data directory until the block ends; without sources, the bodies are."""
    with closing(Ours(data_dir, encoder, open_engine, sources or {})) as ours:
        yield ours
