"""Answers questions from the published briefings: understand, find, choose, cite, check.

Knows neither Telegram nor the terminal. Every answer leaves through the gate.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from bot.answering.citing import citation
from bot.answering.evidence import (
    Evidence,
    best_sentence,
    latest,
    on_topic,
    preferred_editions,
    without_repeats,
)
from bot.answering.gate import Cited, passed
from bot.answering.question import Question, language_of, understand
from bot.answering.relevance import Relevance
from bot.domain import Answer, Line, LineKind, Reason, SourceSummary
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Briefing, Hit, Tier
from vectorstore.publication import Vectors
from vectorstore.retriever import QueryEncoder, Restriction, search
from vectorstore.speakers import Said, Speakers

# A digest of an answer fits a phone's screen; more is a click away on the page itself.
MOST_STATEMENTS = 8
MOST_PASSAGES = 3
MOST_NEAREST = 3
POOL = 40
# Passages that answer less well than the best by more than this are left out.
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class _Search:
    """One question being answered: what is asked, over which view, for whom."""

    question: Question
    view: View
    speakers: Speakers
    tiers: frozenset[Tier]
    vector: Vectors
    relevance: Relevance

    @property
    def restriction(self) -> Restriction:
        """What may be searched for this asker."""
        return Restriction(tiers=self.tiers, days=self.question.days)

    def hits(self) -> list[Hit]:
        """The passages that may hold the answer, best first."""
        question = self.question
        return search(
            self.view, self.vector, question.text, question.language, self.restriction, POOL
        )

    def said(self) -> list[Said]:
        """All that those asked about say in what may be read, each story in one edition."""
        everything = [
            *(each for code in self.question.actors for each in self.speakers.of_actor(code)),
            *(each for name in self.question.people for each in self.speakers.of_person(name)),
        ]
        admitted = [each for each in everything if self.restriction.admits(each.document.briefing)]
        return without_repeats(preferred_editions(admitted, self.question.language))


class Newsroom:
    """The answering engine. Blocking, and safe to use from several threads."""

    def __init__(self, corpus: Corpus, encoder: QueryEncoder, actors: Actors) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._actors = actors
        self._speakers: tuple[View, Speakers] | None = None  # of the view they were made from

    def answer(
        self, question: str, *, tiers: frozenset[Tier], language: str, today: date
    ) -> Answer:
        """What the briefings of ``tiers`` say to a question.

        ``language`` is the one to speak when the question's own cannot be told; ``today`` is what
        "yesterday" is counted from.
        """
        began = time.perf_counter()
        try:
            with self._corpus.view() as view:
                found = self._answer(view, question, tiers, language, today)
        except EmptyCorpusError:
            found = _nothing(question, language_of(question, language), Reason.NO_COVERAGE)
        return replace(found, seconds=time.perf_counter() - began)

    def warm_up(self) -> None:
        """Load the model and open the index now, so that the first question does not wait."""
        self._encoder.encode_query("?")
        self._readable(frozenset(Tier))

    def latest(self, *, tiers: frozenset[Tier], limit: int) -> Sequence[Briefing]:
        """At most ``limit`` briefings, newest first."""
        return _newest_first(self._readable(tiers))[:limit]

    def sources(self, *, tiers: frozenset[Tier]) -> Sequence[SourceSummary]:
        """What each source holds, in the order of their names."""
        by_source: dict[str, list[Briefing]] = defaultdict(list)
        for briefing in self._readable(tiers):
            by_source[_publisher(briefing)].append(briefing)
        return [_summary(name, some) for name, some in sorted(by_source.items())]

    def _readable(self, tiers: frozenset[Tier]) -> list[Briefing]:
        try:
            with self._corpus.view() as view:
                return [document.briefing for document in view.readable(tiers)]
        except EmptyCorpusError:
            return []

    def _answer(
        self, view: View, text: str, tiers: frozenset[Tier], fallback: str, today: date
    ) -> Answer:
        speakers = self._speakers_of(view)
        question = understand(
            text,
            actors=self._actors,
            is_speaker=lambda name: bool(speakers.of_person(name)),
            fallback=fallback,
            today=today,
        )
        vector = self._encoder.encode_query(text)
        relevance = Relevance(question, view, tiers)
        asked = _Search(question, view, speakers, tiers, vector, relevance)
        evidence = _words(asked) if question.wants_words else _sentences(asked)
        cited = _renumbered(passed(_composed(evidence), view, tiers))
        if not cited:
            return _not_found(asked)
        return Answer(
            question=text,
            language=question.language,
            found=True,
            reason=None,
            lines=tuple(line for line, _ in cited),
            citations=tuple(source for _, source in cited),
            nearest=(),
            seconds=0.0,
        )

    def _speakers_of(self, view: View) -> Speakers:
        held = self._speakers
        if held is None or held[0] is not view:
            held = self._speakers = (view, Speakers(view.documents.values()))
        return held[1]


def _words(asked: _Search) -> list[Evidence]:
    """The statements of those asked about: on the topic, or of the latest day without one."""
    said = asked.said()
    if not asked.question.topic_terms(asked.question.language):
        chosen = said if asked.question.days else latest(said)
    else:
        ranked = on_topic(said, asked.hits(), asked.relevance)
        best = ranked[0][0] if ranked else 0.0
        chosen = [each for score, each in ranked if score >= best - MARGIN]
    chosen = chosen[:MOST_STATEMENTS]
    return [
        Evidence(each.document, each.statement.span, each.statement)
        for each in sorted(chosen, key=lambda each: _reading_order(asked.question, each))
    ]


def _reading_order(question: Question, said: Said) -> tuple[object, ...]:
    """By actor as asked, newest first, then as the page has it."""
    actor, briefing = said.statement.actor, said.document.briefing
    rank = question.actors.index(actor) if actor in question.actors else len(question.actors)
    age = -(briefing.day or date.min).toordinal()
    return (rank, age, briefing.id, said.statement.span.start)


def _sentences(asked: _Search) -> list[Evidence]:
    """The best sentences of the best passages, each story in one edition."""
    scored = [(asked.relevance.of(hit), hit) for hit in asked.hits()]
    best = max((score for score, _ in scored), default=-1.0)
    near = [(score, hit) for score, hit in scored if score >= max(0.0, best - MARGIN)]
    near.sort(key=lambda item: -item[0])
    chosen = _one_edition((hit for _, hit in near), asked.question.language)[:MOST_PASSAGES]
    found = (
        best_sentence(hit, asked.view.documents[hit.passage.briefing.version], asked.relevance)
        for hit in chosen
    )
    return list({(each.document.briefing.version, each.span): each for each in found}.values())


def _one_edition(hits: Iterable[Hit], language: str) -> list[Hit]:
    """Less the hits of a story's other editions: the asker's language where it is found."""
    some = list(hits)
    edition: dict[str, str] = {}
    for hit in some:
        briefing = hit.passage.briefing
        if briefing.story not in edition or briefing.language == language:
            edition[briefing.story] = briefing.language
    return [
        hit for hit in some if edition[hit.passage.briefing.story] == hit.passage.briefing.language
    ]


def _composed(evidence: Iterable[Evidence]) -> Iterator[Cited]:
    """Each piece of evidence as a line with a citation of its own."""
    for number, each in enumerate(evidence, start=1):
        cited = citation(number, each.document.briefing, each.span)
        statement = each.statement
        yield (
            Line(
                text=cited.quote,
                kind=LineKind(statement.kind.value) if statement else LineKind.PASSAGE,
                actor=statement.actor if statement else None,
                speaker=statement.speaker if statement else "",
                role=statement.role if statement else "",
                via=statement.via if statement else "",
                day=cited.day,
                citation=number,
            ),
            cited,
        )


def _renumbered(cited: Sequence[Cited]) -> list[Cited]:
    """The same lines, numbered without the gaps that the gate may have left."""
    return [
        (replace(line, citation=number), replace(source, number=number))
        for number, (line, source) in enumerate(cited, start=1)
    ]


def _not_found(asked: _Search) -> Answer:
    """Why there is no answer, and the nearest there is."""
    reason, nearest = _why_not(asked)
    cited = passed(_composed(nearest[:MOST_NEAREST]), asked.view, asked.tiers)
    empty = _nothing(asked.question.text, asked.question.language, reason)
    return replace(empty, nearest=tuple(source for _, source in _renumbered(cited)))


def _why_not(asked: _Search) -> tuple[Reason, list[Evidence]]:
    question = asked.question
    if question.days:
        any_day = replace(asked, question=replace(question, days=None))
        elsewhere = _words(any_day) if question.wants_words else _sentences(any_day)
        if elsewhere:
            return Reason.OUTSIDE_DAYS, elsewhere
    if not question.wants_words:
        return Reason.NO_COVERAGE, []
    covered = _sentences(asked)
    if covered:
        return Reason.SPEAKER_NOT_QUOTED, covered
    said = latest(asked.said())
    if said and not question.topic:
        return Reason.SPEAKER_NOT_QUOTED, []
    return Reason.NO_COVERAGE, [Evidence(e.document, e.statement.span, e.statement) for e in said]


def _nothing(question: str, language: str, reason: Reason) -> Answer:
    return Answer(
        question=question,
        language=language,
        found=False,
        reason=reason,
        lines=(),
        citations=(),
        nearest=(),
        seconds=0.0,
    )


def _newest_first(briefings: Iterable[Briefing]) -> list[Briefing]:
    in_order = sorted(briefings, key=lambda briefing: briefing.id)
    return sorted(in_order, key=lambda briefing: briefing.day or date.min, reverse=True)


def _publisher(briefing: Briefing) -> str:
    """What a reader knows a source by: the site, or for files that name none, the folder."""
    return urlsplit(briefing.url).hostname or Path(briefing.source).name or briefing.source


def _summary(name: str, briefings: Sequence[Briefing]) -> SourceSummary:
    days = [briefing.day for briefing in briefings if briefing.day]
    return SourceSummary(
        name=name,
        briefings=len(briefings),
        languages=tuple(sorted({briefing.language for briefing in briefings})),
        first=min(days, default=None),
        last=max(days, default=None),
        dossiers=tuple(sorted({name for briefing in briefings for name in briefing.dossiers})),
    )
