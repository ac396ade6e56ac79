"""The history of runs in the catalog: what each one did, newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, delete, insert, select

from vectorstore.catalog.database import transaction
from vectorstore.catalog.schema import runs

# Older ones are forgotten: a run every quarter of an hour for three weeks.
HELD = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of ingestion; counts are of briefings.

    ``command`` is what was to be done (``ingest``, ``rollback``, ``rebuild``).
    ``trigger`` says who asked for it (``command``, ``watch``, ``timer``, ``hook``, ``telegram``).
    ``before`` and ``generation`` are what was current when it began and ended. ``failed`` are
    (place, error) pairs. ``error`` says why nothing could be done, "" when the run went through.
    """

    began_at: datetime
    ended_at: datetime
    command: str = "ingest"
    trigger: str
    sources: tuple[str, ...]
    before: int | None
    generation: int | None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    error: str = ""


def record(engine: Engine, run: Run) -> None:
    """Add a run to the history and forget the oldest; raises `CatalogError`."""
    row = asdict(run) | {
        "sources": json.dumps(run.sources, ensure_ascii=False),
        "failed": json.dumps(run.failed, ensure_ascii=False),
    }
    with transaction(engine) as connection:
        number = connection.scalars(insert(runs).returning(runs.c.number), row).one()
        connection.execute(delete(runs).where(runs.c.number <= number - HELD))


def latest(engine: Engine, limit: int) -> Sequence[Run]:
    """At most ``limit`` runs, newest first; raises `CatalogError`."""
    return _runs(engine, select(runs).order_by(runs.c.number.desc()).limit(limit))


def last_success(engine: Engine) -> Run | None:
    """The last ingestion that went through and reached at least one page; raises `CatalogError`.

    A run of which every page failed, as when a site is down, has learnt nothing of what is new.
    """
    reached = runs.c.added + runs.c.updated + runs.c.unchanged + runs.c.removed > 0
    went_through = (runs.c.error == "") & (reached | (runs.c.failed == "[]"))
    query = select(runs).where(runs.c.command == "ingest", went_through)
    newest = query.order_by(runs.c.number.desc()).limit(1)
    return next(iter(_runs(engine, newest)), None)


def _runs(engine: Engine, query: Select[Any]) -> Sequence[Run]:
    with transaction(engine) as connection:
        return [_run(row) for row in connection.execute(query)]


def _run(row: Row[Any]) -> Run:
    values = dict(row._mapping)
    del values["number"]
    values["sources"] = tuple(json.loads(values["sources"]))
    values["failed"] = tuple((place, error) for place, error in json.loads(values["failed"]))
    return Run(**values)
