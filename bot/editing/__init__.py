"""The editors' desk: ingestions that they start and undo, and how things stand; no Telegram.

Ingestion itself is another program, which runs as a child process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from pathlib import Path

from bot.editing.freshness import Freshness
from bot.editing.ingestions import Ingestions
from bot.editing.overview import Overview
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus

__all__ = ["EditorsDesk", "Freshness", "Ingestions", "Overview", "open_desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorsDesk:
    """All that the editors' commands need."""

    ingestions: Ingestions
    overview: Overview
    freshness: Freshness


@contextmanager
def open_desk(
    data_dir: Path,
    corpus: Corpus,
    command: Sequence[str],
    stale_after: timedelta | None,
    zone: tzinfo = UTC,
    database: str = "",
) -> Iterator[EditorsDesk]:
    """A desk over what is published in ``data_dir``; ``command`` is ``python -m ingest``.

    Moments are told in ``zone``. ``database`` is PostgreSQL's URL, "" where the catalog is
    SQLite's.
    """
    catalog = Catalog.open(data_dir, database)
    try:
        freshness = Freshness(catalog, stale_after, zone)
        yield EditorsDesk(
            ingestions=Ingestions(command, catalog),
            overview=Overview(corpus, catalog, freshness, zone),
            freshness=freshness,
        )
    finally:
        catalog.close()
