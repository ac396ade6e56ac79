"""Finds passages by meaning and by words together, for those who may read them; writes no answer.

Each language is searched apart, in the vectors and in the words, and its two rankings are fused
by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009). Across languages those nearest in the
vectors are put in order by their nearest sentence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.corpus import Corpus, View
from vectorstore.domain import LANGUAGES, Briefing, Days, Hit, Tier
from vectorstore.language import detect
from vectorstore.lexical import sounds, terms
from vectorstore.publication import Vectors

# The constant of reciprocal rank fusion, as in the paper.
RANK_CONSTANT = 60
# In another language only names and figures can match. On 768 questions of news asked across
# languages the first five held the right text for .95 with vectors alone, for .96 with this weight.
NAMES_WEIGHT = 0.3
# Candidates of each ranking: enough that what both know is in both.
POOL = 50
# Passages in another language whose sentences are looked at, for 2 ms. With 50, Recall@5 of 323
# sentences of news was higher by up to .01 in four pairs of languages, lower by .003 in one.
READ = 30
# Below this a difference of two vectors is rounding.
TINY = 1e-6


@runtime_checkable  # LangChain's retrievers are pydantic models, which check their fields
class QueryEncoder(Protocol):
    """What turns a question into a vector of shape (d,), of length 1."""

    def encode_query(self, text: str) -> Vectors:
        """The question's vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What a search is confined to; None means no limit of that kind.

    ``days`` asks for briefings published in, or covering a day of, that run of days; ``stories``
    for any edition of these.
    """

    tiers: frozenset[Tier]
    languages: tuple[str, ...] = LANGUAGES
    days: Days | None = None
    stories: frozenset[str] | None = None
    briefing: str | None = None

    @property
    def narrows(self) -> bool:
        """Whether only some briefings of a shard may be searched."""
        return not (self.days is None and self.stories is None and self.briefing is None)

    def admits(self, briefing: Briefing) -> bool:
        """Whether this briefing may be searched."""
        return (
            briefing.tier in self.tiers
            and briefing.language in self.languages
            and (self.days is None or _meets(briefing, self.days))
            and (self.stories is None or briefing.story in self.stories)
            and (self.briefing is None or self.briefing == briefing.id)
        )


def search(
    view: View,
    vector: Vectors,
    question: str,
    language: str,
    restriction: Restriction,
    limit: int,
) -> list[Hit]:
    """Up to ``limit`` passages for a question asked in ``language``, best first.

    ``vector`` (d,) is the question's embedding. Every language's best come before any language's
    next best, so that an answer in another language is not lost behind the asker's own.
    """
    hits = [
        hit
        for searched in restriction.languages
        for hit in _search_language(view, vector, question, language, restriction, searched)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, -(hit.similarity or 0.0)))[:limit]


def _search_language(
    view: View,
    vector: Vectors,
    question: str,
    asked_in: str,
    restriction: Restriction,
    language: str,
) -> list[Hit]:
    own = language == asked_in
    find = view.index.matching if own else view.index.naming
    wanted = terms(question, language) if own else sounds(question, asked_in)
    near: dict[str, float] = {}
    matching: dict[str, float] = {}
    for tier in sorted(restriction.tiers):
        among = _admitted(view, restriction, tier, language)
        for neighbour in view.index.nearest(tier, language, vector, POOL, among):
            near[neighbour.id] = neighbour.similarity
        for match in find(tier, language, wanted, POOL, among):
            matching[match.id] = match.score
    by_meaning = _best(near)
    if not own:
        by_meaning = _by_sentences(view, vector, by_meaning, restriction.tiers, language)
    fused = _fuse((by_meaning, 1.0), (_best(matching), 1.0 if own else NAMES_WEIGHT))
    return [
        Hit(passage=view.passage(id), score=score, similarity=near.get(id))
        for id, score in fused.items()
    ]


def _by_sentences(
    view: View, vector: Vectors, ids: list[str], tiers: frozenset[Tier], language: str
) -> list[str]:
    """The ``ids``, best first, the first ones in order of the sentence nearest to the question.

    That is for a question asked in another language. What the texts of a language have in common
    outweighs the little that a sentence without a name says, so that question and sentences are
    compared by how they differ from the language's mean. Of 323 sentences of news the first five
    then held the right text for .91 instead of .87 from Russian to English, .96 instead of .92
    from French, no pair of languages lost (benchmarks/README.md); of 790 questions of XQuAD-R,
    from which nothing was chosen, with ``READ`` at 50, for .96 instead of .95, and from English to
    Russian for .954 instead of .958.
    """
    first = ids[:READ]
    inner = view.inner_vectors(first)
    if not first or len(inner) < len(first):
        return ids  # nothing, or some were embedded before their sentences were
    mean = view.index.mean(tiers, language)
    asked = _unit(vector - mean)
    nearness = {id: (_unit(inner[id] - mean) @ asked).max() for id in first}
    return sorted(first, key=lambda id: -nearness[id]) + ids[READ:]


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), TINY)
    return unit


def _admitted(view: View, restriction: Restriction, tier: Tier, language: str) -> list[str] | None:
    if not restriction.narrows:
        return None
    versions = [
        briefing.version
        for briefing in (document.briefing for document in view.readable({tier}))
        if briefing.language == language and restriction.admits(briefing)
    ]
    return view.index.ids(tier, language, versions)


def _best(ranking: dict[str, float]) -> list[str]:
    """The ids of the highest scores, best first."""
    best = sorted(ranking.items(), key=lambda item: (-item[1], item[0]))
    return [id for id, _ in best[:POOL]]


def _fuse(*rankings: tuple[list[str], float]) -> dict[str, float]:
    """The ids of some rankings, each with its weight, by their fused score."""
    fused: dict[str, float] = defaultdict(float)
    for ranking, weight in rankings:
        for rank, id in enumerate(ranking, start=1):
            fused[id] += weight / (RANK_CONSTANT + rank)
    return fused


def _meets(briefing: Briefing, days: Days) -> bool:
    covers = briefing.covers
    if covers and covers.first <= days.last and days.first <= covers.last:
        return True
    return briefing.day is not None and briefing.day in days


class BriefingRetriever(BaseRetriever):
    """The search as a LangChain retriever: passages as documents, with all a citation needs."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    corpus: Corpus
    encoder: QueryEncoder
    restriction: Restriction
    limit: int = 5

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        vector = self.encoder.encode_query(query)
        language = detect(query) or LANGUAGES[0]
        with self.corpus.view() as view:
            hits = search(view, vector, query, language, self.restriction, self.limit)
        return [_langchain_document(hit) for hit in hits]


def _langchain_document(hit: Hit) -> LangChainDocument:
    briefing, span = hit.passage.briefing, hit.passage.span
    return LangChainDocument(
        id=f"{briefing.version}:{span.start}-{span.end}",
        page_content=hit.passage.text,
        metadata={
            "briefing": briefing.id,
            "version": briefing.version,
            "title": briefing.title,
            "url": briefing.url,
            "day": briefing.day.isoformat() if briefing.day else None,
            "language": briefing.language,
            "dossiers": list(briefing.dossiers),
            "tier": briefing.tier.value,
            "start": span.start,
            "end": span.end,
            "score": hit.score,
            "similarity": hit.similarity,
        },
    )
