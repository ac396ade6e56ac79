"""One briefing in a digest: how it begins, what carries most of it, who says what; no dossiers.

Extractive, and only sentences that can stand alone: none that leans on the one before it for who
acts or speaks, and nobody's quoted words, which are for the statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering.evidence import Evidence
from bot.answering.summary import gist
from bot.answering.written.wording import has_pronoun
from vectorstore.corpus import View
from vectorstore.domain import Document, Passage, Span, StatementKind
from vectorstore.publication import Vectors
from vectorstore.sentences import sentences

MOST_SENTENCES, MOST_STATEMENTS = 3, 3
# Shorter ones say little alone, longer ones are not read in a digest.
_FEWEST_WORDS, _MOST_WORDS = 8, 45
_HEAD = 4  # words at the beginning, among which a pronoun points back
# Words that, at the beginning, lean on the sentence before: whose, which, and what they go on from.
_LEANING = frozenset(
    word
    for words in (
        "his her its their this that these those such latter former also too however but moreover "
        "meanwhile therefore instead otherwise",
        "son sa ses leur leurs ce cet cette ces celui-ci celle-ci ceux-ci dernier aussi également "
        "mais cependant toutefois ainsi pourtant",
        "его её ее их этот эта это эти этого этой этих такой такая такие также тоже однако но "
        "поэтому",
    )
    for word in words.split()
)
# Of more words than a title or a name has.
_QUOTED = re.compile(r"[«“„\"](?:[^\s«»“”„\"]+\s+){3,}[^«»“”„\"]*[»”“\"]")
_REPEATING = 0.5  # how much of what is told already counts against telling it again


def story(document: Document, view: View) -> list[Evidence]:
    """A briefing's opening, with it at most three sentences, then the key statement of each actor.

    Words that a statement shows are not told before it.
    """
    first, *said = gist(document, 1 + MOST_STATEMENTS)
    shown = [first.span, *(each.span for each in said)]
    told = sentences(first.span.of(document.briefing.text), document.briefing.language)
    room = MOST_SENTENCES - len(told) if first.statement is None else 0
    more = sorted(_carrying(document, view, shown, room), key=lambda span: span.start)
    return [first, *(Evidence(document, span, None) for span in more), *said]


def _carrying(document: Document, view: View, shown: Sequence[Span], most: int) -> Iterator[Span]:
    """At most ``most`` sentences nearest to what the whole text is about, none like another."""
    passages = [Passage(briefing=document.briefing, span=span) for span in document.passages]
    known = [each for some in view.sentence_vectors(passages).values() for each in some]
    if not known:
        return
    centre = np.mean([vector for _, vector in known], axis=0)
    told: list[Vectors] = [
        vector for span, vector in known if any(span.overlaps(each) for each in shown)
    ]
    left = [each for each in known if _stands_alone(each[0], document, shown)]
    for _ in range(min(most, len(left))):
        best = max(left, key=lambda each: _worth(each[1], centre, told))
        left.remove(best)
        told.append(best[1])
        yield best[0]


def _worth(vector: Vectors, centre: Vectors, told: Sequence[Vectors]) -> float:
    repeats = max((float(vector @ other) for other in told), default=0.0)
    return float(vector @ centre) - _REPEATING * repeats


def _stands_alone(span: Span, document: Document, shown: Sequence[Span]) -> bool:
    text, language = span.of(document.briefing.text), document.briefing.language
    words = text.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or text[-1] not in ".!…":
        return False
    if _QUOTED.search(text.replace("\u00a0", " ")):
        return False
    head = words[:_HEAD]
    if has_pronoun(" ".join(head), language) or _LEANING.intersection(map(_bare, head)):
        return False
    return not any(span.overlaps(each) for each in shown) and all(
        statement.kind is StatementKind.REPORTED
        and _within(statement.span, span)
        and _within(statement.attribution, span)
        for statement in document.statements
        if statement.span.overlaps(span) or statement.attribution.overlaps(span)
    )


def _bare(word: str) -> str:
    return word.strip(",:;").lower()


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
