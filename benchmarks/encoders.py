"""Stand-ins for the model where a benchmark is not about embedding; they make vectors at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.texts import turned
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

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """The vectors kept for ``texts``, and near ones for copies that `texts.repeated` made."""
        if progress:
            progress(len(texts))
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        if text in self.vectors:
            return self.vectors[text]
        title, _, body = text.partition("\n")
        title, _, copy = title.rpartition(" · ")
        original = self.vectors[f"{title}\n{turned(body, -int(copy))}"]
        return _unit(original + NOISE * _anywhere(text))


@dataclass(frozen=True, slots=True)
class Anywhere:
    """Every text has a vector of its own that means nothing."""

    fingerprint: str

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """One row a text."""
        if progress:
            progress(len(texts))
        return np.stack([_anywhere(text) for text in texts])


def _anywhere(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return _unit(np.random.default_rng(seed).standard_normal(DIMENSIONS, np.float32))


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
