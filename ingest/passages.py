"""Cuts a body into passages of whole sentences; knows nothing of what a passage is used for.

Where to cut is a shortest-path problem over the sentence boundaries: passages come near the target
size, stay within a paragraph and leave quotations whole, each as far as the text allows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from vectorstore.domain import Span
from vectorstore.sentences import sentences

# A hundred words hold one thought with its speaker, and some 200 tokens in the worst of our
# languages; an embedding of more than one thought is near to none of them.
TARGET_WORDS = 100
# Several sentences are put together up to this size: with the title before them they stay below
# the 512 tokens that the embedding model reads, in Russian as well.
MOST_WORDS = 160
# A single sentence stays whole up to here; beyond, the model would not read its end.
LONGEST_SENTENCE = 400

# Prices of a cut, in units of the price of a passage that is twice the target size.
_CROSSED_PARAGRAPH = 0.3
_CUT_QUOTATION = 0.5

# A run of more than 30 characters without a space (an address, an error) counts as several words.
_WORD = re.compile(r"(?:\S[\u0300-\u036f\u200d\ufe0f]*){1,30}")
_CLAUSE_END = re.compile(r"[,;:—–)]$")
_QUOTATION = re.compile(r"«[^«»\n]*»|[“„][^“”„\n]*[“”]|\"[^\"\n]*\"")


def cut(text: str, language: str) -> tuple[Span, ...]:
    """Trimmed spans of the passages of ``text``, in order; together they hold all but white space.

    ``language`` is one of ``domain.LANGUAGES``.
    """
    pieces = [piece for span in sentences(text, language) for piece in _bounded(text, span)]
    sizes = [_words(piece.of(text)) for piece in pieces]
    gaps = [text[a.end : b.start] for a, b in pairwise(pieces)]
    quoted = [match.span() for match in _QUOTATION.finditer(text)]
    cuts = _cheapest(
        sizes,
        crossing=[_CROSSED_PARAGRAPH * ("\n" in gap) for gap in gaps],
        cutting=[_CUT_QUOTATION * _inside(piece.end, quoted) for piece in pieces],
    )
    return tuple(
        Span(start=pieces[first].start, end=pieces[last - 1].end) for first, last in pairwise(cuts)
    )


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _inside(at: int, quoted: Sequence[tuple[int, int]]) -> bool:
    before = bisect_left(quoted, (at, 0)) - 1
    return before >= 0 and at < quoted[before][1]


def _cheapest(sizes: list[int], crossing: list[float], cutting: list[float]) -> list[int]:
    """Indices between which the pieces are put together, 0 and ``len(sizes)`` included.

    ``crossing[i]`` is the price of having pieces i and i + 1 in one passage, ``cutting[i]`` that of
    ending a passage after piece i.
    """
    total = [0, *accumulate(sizes)]
    crossed = [0.0, 0.0, *accumulate(crossing)]
    price, origin = [0.0], [0]
    for last in range(1, len(sizes) + 1):
        choices = []
        for first in range(last - 1, -1, -1):
            words = total[last] - total[first]
            if words > MOST_WORDS and first < last - 1:
                break
            size = ((words - TARGET_WORDS) / TARGET_WORDS) ** 2
            inner = crossed[last] - crossed[first + 1]
            choices.append((price[first] + size + inner + cutting[last - 1], first))
        best, start = min(choices)
        price.append(best)
        origin.append(start)
    cuts = [len(sizes)]
    while cuts[-1]:
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]


def _bounded(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence whole, or its parts when it is too long: cut after a clause, else at a word."""
    words = list(_WORD.finditer(text, sentence.start, sentence.end))
    least = MOST_WORDS if len(words) > LONGEST_SENTENCE else LONGEST_SENTENCE
    first = 0
    while len(words) - first > least:
        last = first + TARGET_WORDS
        ends = (
            at for at in range(last - 1, first + MOST_WORDS) if _CLAUSE_END.search(words[at][0])
        )
        last = next(ends, last - 1) + 1
        yield Span(start=words[first].start(), end=words[last - 1].end())
        first = last
    yield Span(start=words[first].start(), end=words[-1].end())
