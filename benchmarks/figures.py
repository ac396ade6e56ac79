"""A measured figure beside its baseline and its promise; measures nothing.

Figures of two machines do not compare, so each one carries what was measured beside it in the same
run, and a promise is about the two together wherever it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was promised, in words, and whether the figure keeps it."""

    words: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: ``value`` and what it is measured ``against``, both in ``unit``."""

    section: str
    what: str
    value: float
    unit: str
    against: float | None = None
    baseline: str = ""
    promise: Promise | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline the value is."""
        return self.value / self.against if self.against else None

    def as_json(self) -> dict[str, Any]:
        """The figure for a machine to read."""
        return {
            "section": self.section,
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "baseline": self.baseline or None,
            "against": None if self.against is None else round(self.against, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "promise": self.promise.words if self.promise else None,
            "kept": self.promise.kept if self.promise else None,
        }


def at_least(times: float, value: float, against: float) -> Promise:
    """The promise to reach so many times the baseline."""
    return Promise(words=f"≥ {times:.2f} ×", kept=value >= times * against)


def at_most(times: float, value: float, against: float) -> Promise:
    """The promise to stay within so many times the baseline."""
    return Promise(words=f"≤ {times:.2f} ×", kept=value <= times * against)


def within(limit: float, value: float, unit: str, *, beyond: float = 0.0) -> Promise:
    """The promise to stay within ``limit``, or within it on top of a baseline."""
    words = f"≤ {limit:g} {unit}" + (" beyond it" if beyond else "")
    return Promise(words=words, kept=value - beyond <= limit)


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which ``share`` percent of the values lie."""
    return float(np.percentile(values, share))
