"""Why an editor's wish was not carried out: one class for each thing that they are told.

EditingError
├── BusyError            an ingestion is under way
├── UnknownSourceError   no source goes by that name
├── RefusedError         the ingestion could not run, and said why
├── StoppedError         the bot or its child was told to stop meanwhile
├── BrokenError          the ingestion ended without a report
└── OutdatedError        what was to be undone is no longer what is current
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


class EditingError(Exception):
    """Nothing was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An ingestion under way: who asked for it, as they are called, and since when."""

    by: str
    since: datetime


class BusyError(EditingError):
    """An ingestion is under way; ``running`` is None when it was not started here."""

    def __init__(self, running: Running | None) -> None:
        super().__init__("an ingestion is under way")
        self.running = running


class UnknownSourceError(EditingError):
    """No source goes by the name given; ``known`` are those that there are."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__("no such source")
        self.known = known


class RefusedError(EditingError):
    """The ingestion could not run; the message says why and what to do."""


class StoppedError(EditingError):
    """The bot or its child was told to stop before this was done."""


class BrokenError(EditingError):
    """The ingestion ended without a report; what it said is in the log."""


class OutdatedError(EditingError):
    """Another generation is current; ``newer`` when it was published later."""

    def __init__(self, *, newer: bool) -> None:
        super().__init__("another generation is current")
        self.newer = newer
