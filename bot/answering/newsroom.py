"""Answers questions from the published briefings: understand, find, choose, cite, check.

Knows neither Telegram nor the terminal. Every answer leaves through the gate.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from bot.answering.asking import language_of
from bot.answering.citing import citation
from bot.answering.evidence import Evidence
from bot.answering.gate import Cited, passed
from bot.answering.inquiry import Inquiry
from bot.answering.question import understand
from bot.answering.relevance import Relevance
from bot.domain import Answer, Line, LineKind, Reason, SourceSummary
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Briefing, Tier
from vectorstore.retriever import QueryEncoder, Restriction
from vectorstore.speakers import Speakers


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
        question = question.encode(errors="replace").decode()  # half a character has no UTF-8
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
        inquiry = Inquiry(
            question=question,
            view=view,
            speakers=speakers,
            actors=self._actors,
            relevance=Relevance(question, view, tiers, vector),
            restriction=Restriction(tiers=tiers, days=question.days),
            vector=vector,
        )
        cited = _checked(inquiry.evidence(), inquiry)
        if not cited:
            return _not_found(inquiry)
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


def _checked(evidence: Iterable[Evidence], inquiry: Inquiry) -> list[Cited]:
    """The evidence as numbered lines that may be shown."""
    return _renumbered(passed(_composed(evidence), inquiry.view, inquiry.restriction.tiers))


def _not_found(inquiry: Inquiry) -> Answer:
    """Why there is no answer, and the nearest there is."""
    reason, nearest = inquiry.why_not()
    question = inquiry.question
    empty = _nothing(question.text, question.language, reason)
    return replace(empty, nearest=tuple(source for _, source in _checked(nearest, inquiry)))


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
