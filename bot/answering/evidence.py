"""Chooses the words that answer a question: statements of those asked about, or sentences.

Knows the view and the question; composes no lines and does not speak to the asker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.relevance import Relevance
from vectorstore.domain import Briefing, Document, Hit, Passage, Span, Statement, StatementKind
from vectorstore.sentences import sentences, sentences_of
from vectorstore.speakers import Said

# That the asked themselves speak in a passage is evidence, too: of 54 right passages of hand-made
# questions for somebody's words, 4 lie below the bar by less than this, and 2 by more.
SPEAKER_ALLOWANCE = 0.02
# Below the bar the sentence itself must say what is asked, and farther below it must say much. Of
# 83 answers to such questions 5 are found so, and of 170 pairs of speaker and topic made at random
# 6 are, some of them rightly.
SAYING, SAYING_MUCH, FARTHEST = 0.08, 0.115, 0.06
# What a statement is about is often said in the passage before it, whose score then counts, less
# this. Where its own passage lies below `FARTHEST`, it must say so much with that, if others are on
# the topic themselves: of hand-made questions 9 right ones say .111 and more, 4 others up to .105.
BESIDE, TOGETHER = 0.04, 0.108
# With the best sentence of each of three passages, across languages .57 of hand-written questions
# were shown the answer; with the best three of all passages .73, four .76, five .78.
MOST_SENTENCES = 4
# Figures may conflict, and then each source has its own.
MOST_HOLDING = 5
HARDLY_LESS = 0.7
# A shorter sentence is shown with the one after it, or it says too little alone.
SHORT_SENTENCE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer: a span of a briefing, and the statement it is, if it is one."""

    document: Document
    span: Span
    statement: Statement | None


def as_evidence(said: Said) -> Evidence:
    """A statement as evidence."""
    return Evidence(said.document, said.statement.span, said.statement)


def latest(said: Iterable[Said]) -> list[Said]:
    """The statements of the newest day there is; those without a day only when none has one."""
    some = list(said)
    days = [day for each in some if (day := each.document.briefing.day)]
    newest = max(days, default=None)
    return [each for each in some if each.document.briefing.day == newest]


def preferred_editions(said: Iterable[Said], language: str) -> list[Said]:
    """Of each story only one edition: in ``language`` if it has one, else the fullest."""
    stories: dict[str, dict[Document, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for each in said:
        stories[each.document.briefing.story][each.document].append(each)
    return [
        each
        for editions in stories.values()
        for each in max(
            editions.values(),
            key=lambda some: (some[0].document.briefing.language == language, len(some)),
        )
    ]


def on_topic(
    said: Iterable[Said],
    hits: Iterable[Hit],
    relevance: Relevance,
    allowance: float = SPEAKER_ALLOWANCE,
    *,
    asked: bool = True,
) -> list[tuple[float, Said]]:
    """The statements in or beside passages that answer the question, with how well, best first.

    ``allowance`` is how far below the bar those passages may lie. Where their speakers are
    ``asked`` for they speak there, but must say what is asked, and may lie farther in the asker's
    language if they say much. Of a speech, all of which is its speaker's, a passage gives the most
    telling sentence alone.
    """
    scores = {(h.passage.briefing.version, h.passage.span.start): relevance.of(h) for h in hits}
    by_passage: dict[tuple[Document, int], list[Said]] = defaultdict(list)
    for each in said:
        document = each.document
        for at, span in enumerate(document.passages):
            if span.overlaps(each.statement.span):
                by_passage[document, at].append(each)
    ranked: dict[int, tuple[float, Said]] = {}
    near = {place: _score(*place, scores, relevance) for place in by_passage}
    least = {
        place: _least(
            score, allowance, own=_may_lie_below(*place, relevance, asked=asked), asked=asked
        )
        for place, score in near.items()
    }
    answering = [place for place, share in least.items() if share is not None]
    relevance.read(_passage(*place) for place in answering)
    for place in answering:
        for share, each in _telling(_passage(*place), by_passage[place], relevance):
            if share >= (least[place] or 0.0):
                score = near[place] + share
                known = ranked.get(id(each), (score, each))
                ranked[id(each)] = max((score, each), known, key=_first)
    found = sorted(ranked.values(), key=lambda item: -item[0])
    return _without_strays(found, scores) if asked else found


def _without_strays(
    ranked: list[tuple[float, Said]], scores: Mapping[tuple[str, int], float]
) -> list[tuple[float, Said]]:
    """Less what is plainly on another topic than what stands beside it, if others are on this."""
    own = [_own(each, scores) for _, each in ranked]
    if max(own, default=-1.0) < 0:
        return ranked
    return [
        (score, each)
        for (score, each), alone in zip(ranked, own, strict=True)
        if alone >= -FARTHEST or score >= TOGETHER
    ]


def _own(said: Said, scores: Mapping[tuple[str, int], float]) -> float:
    """How well the passages that a statement stands in answer; of those not found nothing tells."""
    version, here = said.document.briefing.version, said.statement.span
    places = (span.start for span in said.document.passages if span.overlaps(here))
    return max((scores.get((version, start), -FARTHEST) for start in places), default=-FARTHEST)


def _may_lie_below(document: Document, at: int, relevance: Relevance, *, asked: bool) -> bool:
    """Whether a passage may lie below the bar: it is in the asker's language, or where nobody is
    asked for it names the topic.
    """
    briefing = document.briefing
    if asked or relevance.is_own(briefing):
        return relevance.is_own(briefing)
    text = f"{briefing.title} {_passage(document, at).text}"
    return (relevance.coverage_by_name(text, briefing.language) or 0.0) > 0


def _least(near: float, allowance: float, *, own: bool, asked: bool) -> float | None:
    """How much a statement must say of what is asked, so ``near`` the bar; None where none may."""
    if near >= 0 or (own and not asked and near >= -allowance):
        return 0.0
    if asked and near >= -(allowance if own else SPEAKER_ALLOWANCE):
        return SAYING
    return SAYING_MUCH if asked and own and near >= -FARTHEST else None


def _first(item: tuple[float, Said]) -> float:
    return item[0]


def _passage(document: Document, at: int) -> Passage:
    return Passage(briefing=document.briefing, span=document.passages[at])


def _score(
    document: Document, at: int, scores: Mapping[tuple[str, int], float], relevance: Relevance
) -> float:
    """How well a passage answers, or hardly less well, the passages beside it."""
    version = document.briefing.version

    def of(place: int) -> float:
        inside = 0 <= place < len(document.passages)
        return scores.get((version, document.passages[place].start), -1.0) if inside else -1.0

    if not relevance.is_own(document.briefing):
        return of(at)
    return max(of(at), max(of(at - 1), of(at + 1)) - BESIDE)


def _telling(
    passage: Passage, said: Sequence[Said], relevance: Relevance
) -> list[tuple[float, Said]]:
    """The statements in a passage, each with how much of what is asked it says."""
    told = [(relevance.share(passage, each.statement.span), each) for each in said]
    if not passage.briefing.actor:
        return told
    most = max(share for share, _ in told)
    return [(share, each) for share, each in told if 0 < share == most]


def best_sentences(
    passages: Sequence[Passage], relevance: Relevance, documents: Mapping[str, Document]
) -> list[Evidence]:
    """The sentences of some passages that say most of what was asked, with who says it.

    Best first; ``documents`` are by version.
    """
    relevance.read(passages)
    told = [
        (share, passage, at)
        for passage in passages
        for at, (share, _) in enumerate(relevance.sentences(passage))
    ]
    found: list[Evidence] = []
    for _, passage, at in sorted(told, key=lambda each: -each[0]):
        document = documents[passage.briefing.version]
        span = _readable(passage, relevance.sentences(passage), at)
        each = with_speaker(document, span)
        if not any(_overlap(each, other) for other in found):
            found.append(each)
        if len(found) == MOST_SENTENCES:
            break
    return found


def _readable(passage: Passage, told: Sequence[tuple[float, Span]], at: int) -> Span:
    """The sentence at ``at``, with the next of its passage where it is short."""
    span = told[at][1]
    short = len(span.of(passage.briefing.text).split()) < SHORT_SENTENCE_WORDS
    last = told[at + 1][1] if short and at + 1 < len(told) else span
    return Span(start=span.start, end=last.end)


def sentences_that_hold(
    passages: Sequence[Passage],
    relevance: Relevance,
    documents: Mapping[str, Document],
    holds: Callable[[str], bool],
    *,
    of_all: bool = False,
) -> list[Evidence]:
    """The sentences that ``holds`` accepts and that say hardly less than the best, newest first.

    With ``of_all`` the best is the best of all sentences: words by which causes are told stand in
    many a sentence that tells another cause.
    """
    relevance.read(passages)
    said = [
        (share, passage, span)
        for passage in passages
        for share, span in relevance.sentences(passage)
    ]
    told = [each for each in said if holds(each[2].of(each[1].briefing.text))]
    most = max((share for share, _, _ in (said if of_all else told)), default=0.0)
    found: list[Evidence] = []
    for share, passage, span in sorted(told, key=lambda each: -each[0])[:MOST_HOLDING]:
        each = with_speaker(documents[passage.briefing.version], span)
        if share >= most * HARDLY_LESS and not any(_overlap(each, other) for other in found):
            found.append(each)
    return sorted(found, key=lambda one: (*newest_first(one.document.briefing), one.span.start))


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.document is other.document and one.span.overlaps(other.span)


def newest_first(briefing: Briefing) -> tuple[int, str]:
    """What to sort briefings by so that the newest comes first."""
    return -(briefing.day or date.min).toordinal(), briefing.id


def opening(document: Document) -> Evidence:
    """The first sentence of a briefing, with the next where it is short, with who says it."""
    body = document.briefing.text
    found = sentences(body, document.briefing.language)[:2]
    words = len(found[0].of(body).split())
    last = found[-1] if words < SHORT_SENTENCE_WORDS else found[0]
    return with_speaker(document, Span(start=found[0].start, end=last.end))


def naming(passage: Passage, document: Document, names: Callable[[str], bool]) -> Evidence | None:
    """The first sentence of a passage that ``names`` finds a name in, with who says it."""
    body = document.briefing.text
    found = (span for span in sentences_of(passage) if names(span.of(body)))
    return next((with_speaker(document, span) for span in found), None)


def same_place(passage: Passage, document: Document, edition: Document) -> Passage:
    """The passage of another edition of ``document`` that stands where ``passage`` stands."""
    if edition is document:
        return passage
    whole, other = len(document.briefing.text), len(edition.briefing.text)
    place = (passage.span.start + passage.span.end) / whole
    span = min(edition.passages, key=lambda each: abs((each.start + each.end) / other - place))
    return Passage(briefing=edition.briefing, span=span)


def with_speaker(document: Document, span: Span) -> Evidence:
    """The span as the quotation it stands in, or wide enough to name whoever it quotes."""
    quotes = [s for s in document.statements if s.kind is StatementKind.QUOTE]
    for statement in quotes:
        if _covers(statement.span, span):
            return Evidence(document, statement.span, statement)
    for _ in quotes:  # words that name one speaker may stand between the words of another
        for statement in quotes:
            if statement.span.overlaps(span):
                span = _joined(span, statement)
    return Evidence(document, span, None)


def _joined(span: Span, statement: Statement) -> Span:
    parts = (span, statement.span, statement.attribution)
    return Span(start=min(part.start for part in parts), end=max(part.end for part in parts))


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
