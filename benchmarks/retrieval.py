"""How well a question's passage is found, by the language of the question and of the texts.

A passage is right when it is of a relevant document and, where the set says where the answer
stands, overlaps that span. Knows how to search, not how to answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from benchmarks.results import Figures, Result, mean
from benchmarks.scores import Piece, ndcg, reciprocal_rank
from benchmarks.texts import Row
from vectorstore.domain import Span
from vectorstore.publication import Vectors
from vectorstore.retriever import QueryEncoder

EVERYWHERE = "any"
LIMIT = 10


class Searching(Protocol):
    """A system that finds pieces of documents."""

    def search(
        self, question: str, vector: Vectors, language: str | None, limit: int
    ) -> list[Piece]:
        """The best pieces for a question and its vector, best first; in one language or in all."""

    def pieces(self, document: str) -> list[Span]:
        """Where all pieces of a document lie in it."""


def quality(
    name: str, asked: Sequence[Row], encoder: QueryEncoder, ours: Searching, plain: Searching
) -> Iterator[Result]:
    """Recall@5 (a right passage is among the first five), nDCG@10 and MRR of each pair."""
    vectors = {row["id"]: encoder.encode_query(row["question"]) for row in asked}
    for (asked_in, found_in), some in sorted(_pairs(asked).items()):
        yield Result(
            section="retrieval",
            what=f"{name} {asked_in} → {found_in}",
            n=len(some),
            ours=_figures(ours, found_in, some, vectors),
            plain=_figures(plain, found_in, some, vectors),
        )


def _figures(
    system: Searching, found_in: str, asked: Sequence[Row], vectors: Mapping[str, Vectors]
) -> Figures:
    language = None if found_in == EVERYWHERE else found_in
    rankings = []
    for row in asked:
        relevant = [of for of in row["relevant"] if found_in in (EVERYWHERE, of["lang"])]
        found = system.search(row["question"], vectors[row["id"]], language, LIMIT)
        right = [_is_right(piece.document, piece.span, relevant) for piece in found]
        existing = sum(
            _is_right(document, span, relevant)
            for document in sorted({of["id"] for of in relevant})
            for span in system.pieces(document)
        )
        rankings.append((right, existing))
    return {
        "Recall@5": mean([float(any(right[:5])) for right, _ in rankings]),
        "nDCG@10": mean([ndcg(right, existing) for right, existing in rankings]),
        "MRR": mean([reciprocal_rank(right) for right, _ in rankings]),
    }


def _is_right(document: str, span: Span, relevant: Sequence[Row]) -> bool:
    return any(
        of["id"] == document
        and ("start" not in of or span.overlaps(Span(start=of["start"], end=of["end"])))
        for of in relevant
    )


def _pairs(asked: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """The answerable questions by their own language and the one they are asked of."""
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in asked:
        # A sentence of the texts finds itself in its own language; only others say something.
        itself = row.get("kind") == "sentence"
        for language in sorted({of["lang"] for of in row["relevant"]}):
            if not (itself and language == row["lang"]):
                pairs[row["lang"], language].append(row)
        if not itself and row["relevant"]:
            pairs[row["lang"], EVERYWHERE].append(row)
    return pairs
