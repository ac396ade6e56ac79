"""Stand-ins for the model where a benchmark is not about embedding; they make vectors at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.texts import turned
from vectorstore.domain import Span
from vectorstore.publication import Vectors

DIMENSIONS = 384
# A copy's vector lies this far from the original's: a cosine of about .95, as of one news item
# told twice.
NOISE = 0.33


@dataclass(frozen=True, slots=True)
class Known:
    """Vectors that were made beforehand, by text."""

    fingerprint: str
    vectors: Mapping[str, Vectors]

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        """The vectors kept for ``texts``, and near ones for copies that `texts.repeated` made.

        A part has that of its text.
        """
        if progress:
            progress(len(texts))
        return _repeated([self._vector(text) for text in texts], parts)

    def _vector(self, text: str) -> Vectors:
        if text in self.vectors:
            return self.vectors[text]
        turns = (turned(text, -by) for by in range(1, 10))
        original = next(self.vectors[turn] for turn in turns if turn in self.vectors)
        return _unit(original + NOISE * _anywhere(text))


@dataclass(frozen=True, slots=True)
class Anywhere:
    """Every text has a vector of its own that means nothing."""

    fingerprint: str

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        """A vector for each text, which its parts have too."""
        if progress:
            progress(len(texts))
        return _repeated([_anywhere(text) for text in texts], parts)


def _repeated(vectors: Sequence[Vectors], parts: Sequence[Sequence[Span]]) -> list[Vectors]:
    return [
        np.tile(vector, (1 + len(some), 1)) for vector, some in zip(vectors, parts, strict=True)
    ]


def _anywhere(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return _unit(np.random.default_rng(seed).standard_normal(DIMENSIONS, np.float32))


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
