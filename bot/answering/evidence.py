"""Chooses the words that answer a question: statements of those asked about, or sentences.

Knows the view and the question; composes no lines and does not speak to the asker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.relevance import Relevance
from vectorstore.domain import Document, Hit, Span, Statement, StatementKind
from vectorstore.sentences import sentences
from vectorstore.speakers import Said

# A shorter sentence is shown with the one after it, or it says too little alone.
SHORT_SENTENCE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer: a span of a briefing, and the statement it is, if it is one."""

    document: Document
    span: Span
    statement: Statement | None


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


def without_repeats(said: Iterable[Said]) -> list[Said]:
    """Less the reported sentences whose quoted words are there as a statement of their own."""
    some = list(said)
    return [
        each
        for each in some
        if each.statement.kind is StatementKind.QUOTE
        or not any(
            other.document is each.document
            and other.statement.kind is StatementKind.QUOTE
            and other.statement.span.overlaps(each.statement.span)
            and other.statement.speaker == each.statement.speaker
            for other in some
        )
    ]


def on_topic(
    said: Iterable[Said], hits: Iterable[Hit], relevance: Relevance
) -> list[tuple[float, Said]]:
    """The statements in passages that answer the question, with how well, best first."""
    by_version: dict[str, list[tuple[float, Span]]] = defaultdict(list)
    for hit in hits:
        scored = (relevance.of(hit), hit.passage.span)
        by_version[hit.passage.briefing.version].append(scored)
    ranked = []
    for each in said:
        passages = by_version[each.document.briefing.version]
        scores = [score for score, span in passages if span.overlaps(each.statement.span)]
        if scores and max(scores) >= 0:
            ranked.append((max(scores), each))
    return sorted(ranked, key=lambda item: -item[0])


def best_sentence(hit: Hit, document: Document, relevance: Relevance) -> Evidence:
    """The sentence of a passage that says most of what was asked, with who says it."""
    briefing, start = hit.passage.briefing, hit.passage.span.start
    found = [
        Span(start=start + span.start, end=start + span.end)
        for span in sentences(hit.passage.text, briefing.language)
    ]
    at = relevance.telling(briefing.text, found, briefing.language)
    last = at
    if len(found[at].of(briefing.text).split()) < SHORT_SENTENCE_WORDS and at + 1 < len(found):
        last = at + 1
    return _with_speaker(document, Span(start=found[at].start, end=found[last].end))


def _with_speaker(document: Document, span: Span) -> Evidence:
    """The span as the quotation it stands in, or wide enough to name whoever it quotes."""
    for statement in document.statements:
        if statement.kind is StatementKind.QUOTE and statement.span.overlaps(span):
            if _covers(statement.span, span):
                return Evidence(document, statement.span, statement)
            span = _joined(span, statement)
    return Evidence(document, span, None)


def _joined(span: Span, statement: Statement) -> Span:
    parts = (span, statement.span, statement.attribution)
    return Span(start=min(part.start for part in parts), end=max(part.end for part in parts))


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
