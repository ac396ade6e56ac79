"""What the bot keeps of its own: members, their questions, the inbox and the ledger, in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.records.answered import Answered
from bot.records.cited import Cited
from bot.records.database import open_records
from bot.records.deliveries import Deliveries
from bot.records.digests import Digests
from bot.records.exchanges import Exchanges
from bot.records.follows import Follows
from bot.records.inbox import Inbox
from bot.records.members import Members
from bot.records.notes import Notes, take_over
from bot.records.questions import Questions
from bot.records.traces import Traces

__all__ = ["Records", "opened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All the bot's tables."""

    members: Members
    answered: Answered
    questions: Questions
    exchanges: Exchanges
    digests: Digests
    deliveries: Deliveries
    inbox: Inbox
    follows: Follows
    cited: Cited
    notes: Notes
    traces: Traces


@contextmanager
def opened(folder: Path, keep_days: int, url: str = "") -> Iterator[Records]:
    """The tables under ``folder``, or in the PostgreSQL database that ``url`` names.

    Questions are kept for ``keep_days``. Raises `CatalogError`.
    """
    engine = open_records(folder, url)
    try:
        take_over(engine, folder)
        notes = Notes(engine)
        yield Records(
            members=Members(engine),
            answered=Answered(engine),
            questions=Questions(engine),
            exchanges=Exchanges(engine),
            digests=Digests(engine),
            deliveries=Deliveries(engine),
            inbox=Inbox(engine),
            follows=Follows(engine),
            cited=Cited(engine),
            notes=notes,
            traces=Traces(engine, keep_days, notes),
        )
    finally:
        engine.dispose()
