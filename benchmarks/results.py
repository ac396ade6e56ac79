"""Lines of the evaluation's table: what was measured of us and of the plain pipeline; measures not.

A line holds several figures of one kind of question: Recall@5 and MRR of one pair of languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Some figures over ``n`` questions or statements; ``plain`` where the pipeline has them."""

    section: str
    what: str
    n: int
    ours: Figures
    plain: Figures = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line for a machine to read."""
        return {
            "section": self.section,
            "what": self.what,
            "n": self.n,
            "ours": {name: round(value, 4) for name, value in self.ours.items()},
            "plain": {name: round(value, 4) for name, value in self.plain.items()},
        }


def table(results: Sequence[Result], caption: str) -> Table:
    """All lines as one table."""
    drawn = Table(caption=caption)
    for heading in ("section", "what", "n", "figures", "ours", "LangChain + Chroma"):
        drawn.add_column(heading, justify="right" if heading == "n" else "left")
    section = ""
    for result in results:
        if section and result.section != section:
            drawn.add_section()
        drawn.add_row(
            "" if result.section == section else result.section,
            result.what,
            f"{result.n:,}",
            " · ".join(result.ours),
            " · ".join(_written(value) for value in result.ours.values()),
            " · ".join(_of(result.plain, name) for name in result.ours) if result.plain else "",
        )
        section = result.section
    return drawn


def _of(figures: Figures, name: str) -> str:
    return _written(figures[name]) if name in figures else "–"


def _written(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}"


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
