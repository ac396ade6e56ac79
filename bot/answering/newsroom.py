"""Answers questions from the published briefings: understand, find, choose, cite, check.

Knows neither Telegram nor the terminal. Every answer leaves through the gate.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from bot.answering.alike import alike
from bot.answering.asking import language_of
from bot.answering.composing import composed, joined, nothing
from bot.answering.conversation import adds_nothing, continued
from bot.answering.courtesy import plainly
from bot.answering.examples import worth_asking
from bot.answering.further import beside, further
from bot.answering.holdings import names_near, profile_of, sources_of
from bot.answering.inquiry import Inquiry
from bot.answering.parts import parted
from bot.answering.reading import Reading
from bot.answering.relevance import Relevance
from bot.answering.written import Writer, retold
from bot.domain import (
    Answer,
    Dossier,
    Further,
    Kind,
    Profile,
    Question,
    Reason,
    SourceSummary,
)
from bot.listening import Listener
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Briefing, Tier
from vectorstore.retriever import QueryEncoder, Restriction
from vectorstore.speakers import Speakers


class Newsroom:
    """The answering engine. Blocking, and safe to use from several threads.

    With a ``writer`` what is found is told in its sentences, as far as they pass the gate.
    """

    def __init__(
        self,
        corpus: Corpus,
        encoder: QueryEncoder,
        actors: Actors,
        writer: Writer | None = None,
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._actors = actors
        self._writer = writer
        self._readings: dict[frozenset[Tier], Reading] = {}

    def answer(
        self,
        question: str,
        *,
        tiers: frozenset[Tier],
        language: str,
        today: date,
        before: Question | None = None,
        kind: Kind | None = None,
        dossier: str = "",
        verbatim: bool = False,
        listener: Listener[Answer] | None = None,
    ) -> Answer:
        """What the briefings of ``tiers`` say to a question.

        ``language`` is the one to speak when the question's own cannot be told; ``today`` is what
        "yesterday" is counted from; ``before`` is what was asked before in the conversation. With
        ``kind`` the question only names whom and on what ("Russia, Turkey: the corridor").
        ``dossier`` is the file to stay in, unless the question names another; ``verbatim`` does
        without the writer, of whose writing ``listener`` hears what there is so far.
        """
        began = time.perf_counter()
        question = question.encode(errors="replace").decode()  # half a character has no UTF-8
        try:
            with self._corpus.view() as view:
                reading = self._reading(view, tiers)
                writer = None if verbatim else self._writer
                answers = [
                    self._answer_one(reading, each, writer, listener)
                    for each in self._asked(
                        reading, question, language, today, before, kind, dossier
                    )
                ]
                found = answers[0] if len(answers) == 1 else joined(question, answers)
                found = replace(found, question=question)
        except EmptyCorpusError:
            spoken = language_of(question, language)
            asked = Question(text=question, search=question, language=spoken, kind=Kind.STATEMENT)
            found = nothing(asked, Reason.NO_COVERAGE)
        return replace(found, seconds=time.perf_counter() - began)

    def go_on(
        self,
        asked: Question,
        *,
        tiers: frozenset[Tier],
        listener: Listener[Answer] | None = None,
    ) -> Answer:
        """What the briefings of ``tiers`` say to a question that is understood already."""
        began = time.perf_counter()
        try:
            with self._corpus.view() as view:
                found = self._answer_one(self._reading(view, tiers), asked, self._writer, listener)
        except EmptyCorpusError:
            found = nothing(asked, Reason.NO_COVERAGE)
        return replace(found, seconds=time.perf_counter() - began)

    def further(self, answer: Answer, *, tiers: frozenset[Tier]) -> Further:
        """What can follow an answer that was just given to whoever reads ``tiers``."""
        try:
            with self._corpus.view() as view:
                if any(each.version not in view.documents for each in answer.citations):
                    return Further()  # they have changed meanwhile
                reading = self._reading(view, tiers)
                return further(answer, view, tiers, reading.speakers, reading.files)
        except EmptyCorpusError:
            return Further()

    def editions(
        self, briefings: Collection[str], language: str, *, tiers: frozenset[Tier]
    ) -> Sequence[Briefing]:
        """The editions in ``language`` of the stories of some briefings, newest first."""
        readable = self._readable(tiers)
        stories = {briefing.story for briefing in readable if briefing.id in briefings}
        return _newest_first(
            each for each in readable if each.story in stories and each.language == language
        )

    def alike(self, questions: Sequence[str]) -> list[list[int]]:
        """The positions of questions that mean the same, the largest groups first."""
        return alike(np.array([self._encoder.encode_query(each) for each in questions]))

    def warm_up(self) -> None:
        """Load the model and open the index now, so that the first question does not wait."""
        self._encoder.encode_query("?")
        self._readable(frozenset(Tier))

    def latest(self, *, tiers: frozenset[Tier], limit: int) -> Sequence[Briefing]:
        """At most ``limit`` briefings, newest first."""
        return _newest_first(self._readable(tiers))[:limit]

    def sources(self, *, tiers: frozenset[Tier], language: str) -> Sequence[SourceSummary]:
        """What each source holds, as a reader of ``language`` knows it, by their names."""
        try:
            with self._corpus.view() as view:
                return sources_of(view.readable(tiers), language)
        except EmptyCorpusError:
            return []

    def speakers(self, view: View, tiers: frozenset[Tier]) -> Speakers:
        """Who speaks in what those who read ``tiers`` may see of a view."""
        return self._reading(view, tiers).speakers

    def dossiers(self, *, tiers: frozenset[Tier], language: str) -> Sequence[Dossier]:
        """The files that the newsroom follows, as a reader of ``language`` knows them."""
        try:
            with self._corpus.view() as view:
                return self._reading(view, tiers).files.listed(language)
        except EmptyCorpusError:
            return []

    def about(self, who: str, *, tiers: frozenset[Tier], language: str, today: date) -> Profile:
        """What the briefings have of whoever ``who`` names."""
        latest = self.answer(
            who, tiers=tiers, language=language, today=today, kind=Kind.STATEMENT, verbatim=True
        )
        asked = latest.asked or Question(
            text=who, search=who, language=language, kind=Kind.STATEMENT
        )
        try:
            with self._corpus.view() as view:
                speakers = self._reading(view, tiers).speakers
                profile = profile_of(speakers, asked, latest)
                if profile.statements:
                    return profile
                near = names_near(who, speakers, self._actors, asked.language)
                return replace(profile, near=near)
        except EmptyCorpusError:
            return profile_of(Speakers(()), asked, latest)

    def examples(self, *, tiers: frozenset[Tier], language: str, today: date) -> Sequence[str]:
        """A few questions and commands of ``language`` that find an answer here and now."""
        ask = partial(self.answer, tiers=tiers, language=language, today=today, verbatim=True)
        try:
            with self._corpus.view() as view:
                reading = self._reading(view, tiers)
                if language not in reading.examples:
                    reading.examples[language] = worth_asking(
                        reading.files, reading.speakers, self._actors, language, ask
                    )
                return reading.examples[language]
        except EmptyCorpusError:
            return []

    def _readable(self, tiers: frozenset[Tier]) -> list[Briefing]:
        try:
            with self._corpus.view() as view:
                return [document.briefing for document in view.readable(tiers)]
        except EmptyCorpusError:
            return []

    def _asked(
        self,
        reading: Reading,
        text: str,
        fallback: str,
        today: date,
        before: Question | None,
        kind: Kind | None,
        dossier: str,
    ) -> list[Question]:
        """The questions that ``text`` asks, each with what it takes over from the one before."""
        if kind:
            asked = reading.ordered(text, kind, fallback, today)
            return [replace(asked, dossier=reading.files.called_in(asked.language, dossier))]
        found: list[Question] = []
        for part in parted(plainly(text)):
            asked = reading.understood(part, before or fallback, today)
            asked = replace(asked, text=part)  # as it was typed
            if found and adds_nothing(asked):
                continue
            asked = continued(asked, before, same=bool(found))
            own = asked.dossier or reading.files.called_in(asked.language, dossier)
            before = replace(asked, dossier=own)
            found.append(before)
        return found

    def _answer_one(
        self,
        reading: Reading,
        question: Question,
        writer: Writer | None,
        listener: Listener[Answer] | None,
    ) -> Answer:
        tiers = reading.tiers
        if question.dossier not in reading.files.names:  # gone, or no longer for this reader
            question = replace(question, dossier="")
        vector = self._encoder.encode_query(question.search)
        inquiry = Inquiry(
            question=question,
            view=reading.view,
            speakers=reading.speakers,
            actors=self._actors,
            relevance=Relevance(question, reading.view, tiers, vector, self._actors),
            restriction=Restriction(
                tiers=tiers,
                days=question.days,
                stories=reading.files.stories(question.dossier) if question.dossier else None,
            ),
            vector=vector,
        )
        words = inquiry.words()
        people = reading.speakers.people
        lines, citations = composed(words.evidence, reading.view, tiers, people)
        if not lines:
            reason, nearest = inquiry.why_not()
            lines, citations = composed(nearest, reading.view, tiers, people)
            return replace(nothing(question, reason), nearest=citations, nearest_lines=lines)
        found = Answer(
            question=question.text,
            language=question.language,
            found=True,
            reason=None,
            lines=lines,
            citations=citations,
            nearest=(),
            seconds=0.0,
            asked=question,
            silent=words.silent,
            latest=words.latest,
            earlier=words.earlier,
            counts=words.counts,
            beside=beside(inquiry),
        )
        return retold(found, writer, reading.view, self._actors, listener) if writer else found

    def _reading(self, view: View, tiers: frozenset[Tier]) -> Reading:
        held = self._readings.get(tiers)
        if held is None or held.view is not view:
            held = self._readings[tiers] = Reading.of(view, tiers, self._actors)
        return held


def _newest_first(briefings: Iterable[Briefing]) -> list[Briefing]:
    in_order = sorted(briefings, key=lambda briefing: briefing.id)
    return sorted(in_order, key=lambda briefing: briefing.day or date.min, reverse=True)
