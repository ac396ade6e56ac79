"""What an ingestion did, read from the report that it prints; knows not who is told."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from vectorstore.domain import Briefing


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A page or a source that could not be read, and what to mend."""

    source: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of briefings. ``generation`` is the current one at the end, None before the first.

    ``undone`` changes were left alone because an undo had taken them back.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failed, ...]
    generation: int | None
    seconds: float
    undone: int = 0

    @property
    def changed(self) -> bool:
        """Whether readers see anything that they did not see before."""
        return bool(self.added or self.updated or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An ingestion that ran. ``new`` are some of the briefings that it added.

    ``undo`` is the generation that it made, when that can be undone.
    """

    report: Report
    new: tuple[Briefing, ...]
    undo: int | None


_REPORT = TypeAdapter(Report)


def read_report(output: bytes) -> Report | None:
    """The report that a child printed, or None when that is none."""
    try:
        return _REPORT.validate_json(output)
    except ValidationError:
        return None
