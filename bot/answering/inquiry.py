"""One question at one view of the corpus: the words that answer it, or why there are none.

Composes no lines and trusts nobody's right to read but the tiers it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from bot.answering.attributed import named_in, speaks_in
from bot.answering.bearers import borne_by
from bot.answering.evidence import (
    MOST_SENTENCES,
    SAYING,
    SPEAKER_ALLOWANCE,
    Evidence,
    as_evidence,
    best_sentences,
    latest,
    naming,
    newest_first,
    preferred_editions,
    same_place,
    sentences_that_hold,
    with_speaker,
)
from bot.answering.introducing import introductions
from bot.answering.kinds import performs, tells_why
from bot.answering.numbers import has_figure
from bot.answering.question import topic_terms
from bot.answering.relevance import MARGIN, Relevance
from bot.answering.repeats import without_repeats
from bot.answering.summary import asked_about, summed_up
from bot.answering.telling import (
    appeared_after,
    names_days,
    nearest_in_time,
    sentences_naming,
    tells_of,
)
from bot.answering.words import Words, chosen
from bot.domain import Kind, Question, Reason
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import Days, Document, Hit, Passage
from vectorstore.publication import Vectors
from vectorstore.retriever import Restriction, search
from vectorstore.speakers import Said, Speakers

MOST_PASSAGES = 8
MOST_NEAREST = 3
POOL = 40
# So far below the bar what another edition of the story answers is taken to answer, too.
VOUCHED = 0.02


@dataclass(frozen=True)
class Inquiry:
    """What is asked, over which view, for whom."""

    question: Question
    view: View
    speakers: Speakers
    actors: Actors
    relevance: Relevance
    restriction: Restriction
    vector: Vectors

    def words(self) -> Words:
        """What answers the question, in the order to show it; nothing when nothing does."""
        found = self._words_of_briefings()
        return found if found.evidence or not self.question.days else self._words_of_days()

    def _words_of_briefings(self) -> Words:
        """What answers in the briefings of the days asked for, if any are."""
        question = self.question
        if question.kind is Kind.SUMMARY:
            return Words(tuple(self._summary()))
        if question.wants_words:
            found = self._words()
            return found if found.evidence else Words(tuple(self._attributed()))
        if question.who and (known := introductions(question.who, self._stories().values())):
            return Words(tuple(known))
        found = self._words() if question.anyone or question.kind is Kind.TIMELINE else Words()
        return found if found.evidence else Words(tuple(self._sentences()))

    def answering(self) -> list[Passage]:
        """The passages on the topic that answer it, whoever speaks in them, best first."""
        hits = self._without_translations()
        return [hit.passage for hit in hits if self.relevance.of(hit) >= 0]

    def why_not(self) -> tuple[Reason, list[Evidence]]:
        """Why nothing answers the question, and the nearest there is."""
        reason, nearest = self._why_not()
        return reason, nearest[:MOST_NEAREST]

    def _why_not(self) -> tuple[Reason, list[Evidence]]:
        question = self.question
        if question.days:
            anywhere = self._on_any_day()
            elsewhere = list(anywhere.words().evidence)
            if elsewhere:
                if not topic_terms(question, question.language) and question.wants_words:
                    elsewhere = anywhere._everything_said()
                return Reason.OUTSIDE_DAYS, nearest_in_time(elsewhere, question.days)
        if question.anyone and question.act:
            beside = self._sentences(whatever=True)
            return Reason.SPEAKER_NOT_QUOTED if beside else Reason.NO_COVERAGE, beside
        if not question.wants_words:
            return Reason.NO_COVERAGE, []
        has_topic = bool(topic_terms(question, question.language))
        named = self._naming() if question.strangers or not has_topic else []
        covered = named or self._sentences()
        if covered:
            return Reason.SPEAKER_NOT_QUOTED, covered
        return Reason.NO_COVERAGE, [
            as_evidence(one) for some in self._said() for one in latest(some)
        ]

    def _everything_said(self) -> list[Evidence]:
        return [as_evidence(each) for some in self._said() for each in some]

    def _words_of_days(self) -> Words:
        """What answers in other days' briefings and itself names the days asked for.

        A briefing of 6 April may tell of what was said on the 3rd.
        """
        question, anywhere = self.question, self._on_any_day()
        if question.days is None or question.anyone:
            return Words()
        if not question.wants_words:
            return Words(tuple(self._sentences_of_days(question.days)))
        hits = anywhere._hits if topic_terms(question, question.language) else None
        return chosen(question, anywhere._said(question.days), hits, self.relevance)

    def _sentences_of_days(self, days: Days) -> list[Evidence]:
        """Sentences that name the days asked for, of the newest briefings that may do so."""
        anywhere = self._on_any_day()
        if topic_terms(self.question, self.question.language):
            return [each for each in anywhere.words().evidence if names_days(each, days)]
        stories = anywhere._stories().values()
        documents = [one for one in stories if appeared_after(one.briefing, days)]
        newest = sorted(documents, key=lambda one: newest_first(one.briefing))
        found = (each for document in newest for each in sentences_naming(document, days))
        return list(islice(found, MOST_SENTENCES))

    def _on_any_day(self) -> Inquiry:
        return replace(
            self,
            question=replace(self.question, days=None),
            restriction=replace(self.restriction, days=None),
        )

    # ---------------------------------------------------------------- statements
    def _words(self) -> Words:
        """The statements of each of those asked about, as many of one as of another."""
        question = self.question
        hits = self._hits if topic_terms(question, question.language) else None
        return chosen(question, self._said(), hits, self.relevance)

    def _said(self, days: Days | None = None) -> list[list[Said]]:
        """All that each of those asked about says in what may be read, a story in one edition.

        With ``days`` only what is said to have been said on them.
        """
        question, speakers = self.question, self.speakers
        said: list[list[Said]] = (
            [borne_by(question.role, question.language, speakers, self.actors)]
            if question.role
            else [
                *(speakers.of_actor(code) for code in question.actors),
                *(speakers.of_person(name) for name in question.people),
            ]
        )
        if not question.wants_words:
            said = [speakers.everything()]
        return [without_repeats(self._editions(some, days)) for some in said]

    def _editions(self, said: Iterable[Said], days: Days | None) -> list[Said]:
        admitted = [
            each
            for each in said
            if self.restriction.admits(each.document.briefing)
            and (not days or tells_of(each, days))
        ]
        return preferred_editions(admitted, self.question.language)

    # ---------------------------------------------------------------- sentences
    @cached_property
    def _hits(self) -> list[Hit]:
        """The passages that may hold the answer, best first."""
        asked, vector, only = self.question, self.vector, self.restriction
        hits = search(self.view, vector, asked.search, asked.language, only, POOL)
        self.relevance.compare(hits)
        return hits

    def _sentences(self, *, whatever: bool = False) -> list[Evidence]:
        """The best sentences of the best passages, each story in one edition.

        Where it is asked who did something they tell of that, or there are none, unless
        ``whatever`` is near will do.
        """
        question = self.question
        if not any(map(str.isalpha, question.topic)):
            return []  # "?" or "12" is near to anything
        scored = self._scored()
        best = max((score for score, _ in scored), default=-1.0)
        if question.anyone and question.act:
            best = 0.0  # each on the list may stand elsewhere
        near = [(score, hit) for score, hit in scored if score >= max(0.0, best - MARGIN)]
        near.sort(key=lambda item: -item[0])
        passages = self._one_edition(hit.passage for _, hit in near)[:MOST_PASSAGES]
        documents, holds = self.view.documents, self._wanted()
        found = (
            sentences_that_hold(passages, self.relevance, documents, holds, of_all=question.causes)
            if holds
            else []
        )
        if not found and (whatever or not (question.anyone and question.act)):
            found = best_sentences(passages, self.relevance, documents)
        if question.newest:
            found.sort(key=lambda each: newest_first(each.document.briefing))
        return found

    def _scored(self) -> list[tuple[float, Hit]]:
        """The passages that may answer, with how well.

        A translation that answers vouches for what lies just below the bar in the asker's edition,
        and where something in the asker's language answers, no foreign passage may say less.
        """
        vouched = {
            hit.passage.briefing.story
            for hit in self._hits
            if self._is_foreign(hit.passage) and self.relevance.of(hit) >= 0
        }
        own: list[tuple[float, Hit]] = []
        foreign: list[tuple[float, Hit]] = []
        for hit in self._without_translations():
            score, is_foreign = self.relevance.of(hit), self._is_foreign(hit.passage)
            if -VOUCHED <= score < 0 and hit.passage.briefing.story in vouched and not is_foreign:
                score = 0.0
            (foreign if is_foreign else own).append((score, hit))
        best = max((score for score, _ in own if score >= 0), default=-1.0)
        return [*own, *((score, hit) for score, hit in foreign if score >= best)]

    def _wanted(self) -> Callable[[str], bool] | None:
        question = self.question
        if question.kind is Kind.FACT:
            return has_figure
        if question.anyone and question.act:
            return lambda text: performs(question.act, text)
        return tells_why if question.causes else None

    def _summary(self) -> list[Evidence]:
        """The briefings that are asked about, summed up: of a dossier, of some days, on a topic."""
        question = self.question
        documents = self._stories()
        if topic_terms(question, question.language):
            documents = asked_about(documents, self._without_translations(), self.relevance)
        if question.newest or not (question.topic or self.restriction.narrows):
            newest = min(
                documents.values(), key=lambda one: newest_first(one.briefing), default=None
            )
            return summed_up([newest] if newest else [])
        return summed_up(documents.values())

    def _stories(self) -> dict[str, Document]:
        """Each story that may be read in one edition: the asker's language where there is one."""
        readable = self.view.readable(self.restriction.tiers)
        return {
            document.briefing.story: document
            for document in sorted(readable, key=self._is_preferred)
            if self.restriction.admits(document.briefing)
        }

    def _is_preferred(self, document: Document) -> bool:
        return document.briefing.language == self.question.language

    def _without_translations(self) -> list[Hit]:
        """Less the passages of stories that the asker's language tells: those answer, or none."""
        return [
            hit
            for hit in self._hits
            if not (self._is_foreign(hit.passage) and self._own_edition(hit.passage))
        ]

    def _naming(self) -> list[Evidence]:
        """Sentences that name those whom no briefing quotes."""
        passages = self._one_edition(hit.passage for hit in self._hits)
        found = (naming(each, self._document(each), self._names_them) for each in passages)
        return list(islice(filter(None, found), MOST_NEAREST))

    def _attributed(self) -> list[Evidence]:
        """Sentences on the topic that themselves say that the asked speak, put in nobody's mouth.

        They are what ingestion has found no statement in.
        """
        question = self.question
        scored: list[tuple[float, Evidence]] = []
        hits = self._without_translations() if question.people else []
        near = {hit.passage: self.relevance.of(hit) for hit in hits}
        near = {passage: score for passage, score in near.items() if score >= -SPEAKER_ALLOWANCE}
        self.relevance.read(near)
        for passage, score in near.items():
            told = self._telling(passage)
            scored += [item for item in told if score >= 0 or item[0] >= SAYING]
        scored.sort(key=lambda item: -item[0])
        return [each for _, each in scored[:MOST_NEAREST]]

    def _telling(self, passage: Passage) -> Iterator[tuple[float, Evidence]]:
        document = self._document(passage)
        for share, span in self.relevance.sentences(passage):
            sentence = span.of(document.briefing.text)
            said = any(s.span.overlaps(span) for s in document.statements)
            if not said and any(speaks_in(sentence, name) for name in self.question.people):
                yield share, with_speaker(document, span)

    def _names_them(self, text: str) -> bool:
        question = self.question
        named = (m.code for m in self.actors.mentions(text)) if question.actors else ()
        return any(code in question.actors for code in named) or any(
            any(named_in(text, name)) for name in question.strangers
        )

    def _one_edition(self, passages: Iterable[Passage]) -> list[Passage]:
        """Of each story one edition's passages: the asker's language where it may be read."""
        foreign: dict[str, Document] = {}
        found: dict[Passage, None] = {}
        for passage in passages:
            document = self._document(passage)
            if self._is_foreign(passage):
                first = foreign.setdefault(passage.briefing.story, document)
                passage = same_place(passage, document, self._own_edition(passage) or first)
            found[passage] = None
        return list(found)

    def _own_edition(self, passage: Passage) -> Document | None:
        """What may be read of a passage's story in the asker's language."""
        editions = self.view.editions(passage.briefing.story, self.restriction.tiers)
        own = (
            document
            for document in reversed(editions)
            if document.briefing.language == self.question.language
            and self.restriction.admits(document.briefing)
        )
        return next(own, None)

    def _is_foreign(self, passage: Passage) -> bool:
        return passage.briefing.language != self.question.language

    def _document(self, passage: Passage) -> Document:
        return self.view.documents[passage.briefing.version]
