"""The measures that evaluations are made of, on plain values; knows no system and no set."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vectorstore.domain import Span

# Of a gold span, the share that must be shown for its words to count as shown.
HALF = 0.5
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")
_MARKS = str.maketrans(dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("’‘", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a document's text that a system gives; ``text`` are its words."""

    document: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was said rightly, said wrongly and left unsaid."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 1 where nothing was said."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what was to be said that was; 1 where nothing was to be said."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0


def share(some: int, of: int) -> float:
    """The share that some are of all; 1 of nothing."""
    return some / of if of else 1.0


def decided(said: Sequence[bool], true: Sequence[bool]) -> Counts:
    """How often a yes was right, of decisions and truths in the same order."""
    both = list(zip(said, true, strict=True))
    return Counts(
        right=both.count((True, True)),
        wrong=both.count((True, False)),
        missed=both.count((False, True)),
    )


def reciprocal_rank(right: Sequence[bool]) -> float:
    """1 / rank of the first right one of a ranking, 0 where none is right."""
    return next((1 / rank for rank, yes in enumerate(right, start=1) if yes), 0.0)


def ndcg(right: Sequence[bool], existing: int, limit: int = 10) -> float:
    """Discounted gain of a ranking's first ``limit``, as a share of the best that could be.

    ``existing`` is how many right ones there are to be found. Gain is 1 or 0, discounted by
    log2(rank + 1) (Järvelin and Kekäläinen, TOIS 2002).
    """
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(existing, limit) + 1))
    gained = sum(1 / math.log2(r + 1) for r, yes in enumerate(right[:limit], start=1) if yes)
    return gained / ideal if ideal else 0.0


def shared(a: Span, b: Span) -> float:
    """The characters that two spans share, as a share of the shorter."""
    common = min(a.end, b.end) - max(a.start, b.start)
    shorter = min(a.end - a.start, b.end - b.start)
    return max(0, common) / shorter if shorter else 0.0


def covered(gold: Span, by: Iterable[Span]) -> float:
    """The share of a span's characters that some spans together cover."""
    reached, held = gold.start, 0
    for span in sorted(by, key=lambda span: span.start):
        start, end = max(span.start, reached), min(span.end, gold.end)
        if start < end:
            held += end - start
            reached = end
    return held / (gold.end - gold.start) if gold.end > gold.start else 0.0


def plain(text: str) -> str:
    """Words to be compared: one kind of quotation mark, single spaces, lower case."""
    return " ".join(text.translate(_MARKS).split()).casefold()


def contains(shown: str, words: str) -> bool:
    """Whether a text holds some words, however they are spaced and quoted."""
    return plain(words) in plain(shown)


def quoted_words(text: str) -> list[str]:
    """What a text holds between quotation marks."""
    return [found.strip() for found in _QUOTED.findall(text) if found.strip()]


def gold_shown(gold: Piece, shown: Sequence[Piece]) -> bool:
    """Whether pieces show the gold: half of its span, or all that it quotes."""
    spans = [piece.span for piece in shown if piece.document == gold.document]
    if covered(gold.span, spans) >= HALF:
        return True
    quoted = quoted_words(gold.text)
    words = " ".join(piece.text for piece in shown)
    return bool(quoted) and all(contains(words, each) for each in quoted)


def gold_whole(gold: Piece, shown: Sequence[Piece]) -> bool:
    """Whether the shown words hold the gold from its first word to its last."""
    return contains(" ".join(piece.text for piece in shown), gold.text)
