"""The sources that are remembered: ``add``, ``remove`` and ``sources`` of the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from ingest.running import reading_catalog
from ingest.settings import IngestSettings
from ingest.sources import Failure, SourceError
from ingest.sources.opening import Opener
from vectorstore.catalog import Catalog, Remembered, SourceBook


def opener(settings: IngestSettings, catalog: Catalog) -> Opener:
    """What opens sources for one run; a context manager."""

    def open_web() -> Any:
        from ingest.sources.web import Web  # the HTTP library, which folders need not pay
        from ingest.web.fetcher import Fetcher

        fetcher = Fetcher(allow_private=settings.allow_private_hosts)
        return Web(fetcher, catalog.sources, settings.logins())

    return Opener(catalog.sources, open_web)


def add(
    argument: str, settings: IngestSettings, types: Collection[str] = ()
) -> tuple[Remembered, Mapping[str, int]]:
    """Remember a source, once it is known that it can be read; raises `SourceError`.

    ``types`` are those of a WordPress site's content to read, by default its posts. Gives what is
    remembered, and how many articles the site has of each other type.
    """
    with reading_catalog(settings) as known, opener(settings, known) as opening:
        row = opening.described(argument, types)
        first = next(iter(opening.open(row).pages()), None)
        if isinstance(first, Failure) and (not first.key or first.key == row.name):
            raise SourceError(f"{row.name} was not added: {first.error}")
        others = opening.others(row)
    with closing(Catalog.open(settings.data_dir, settings.database)) as catalog:
        catalog.sources.remember(row)
    return row, others


def remove(argument: str, settings: IngestSettings, *, keep: bool) -> Remembered:
    """Forget a source, with ``keep`` at once, or else at the next run and its briefings with it.

    Raises `SourceError` when it is not remembered.
    """
    with reading_catalog(settings) as catalog:
        book = catalog.sources
        row = _remembered(argument, book)
        if keep:
            book.forget(row.name)
        else:
            book.leave(row.name)
        return row


def listed(catalog: Catalog) -> list[dict[str, Any]]:
    """The remembered sources, as ``sources --json`` has them."""
    counts = catalog.sources.counts()
    return [
        {
            "name": row.name,
            "kind": row.kind,
            "address": row.address,
            "lists": list(row.lists),
            "briefings": counts.get(row.name, 0),
            "last_success": row.succeeded_at.isoformat() if row.succeeded_at else None,
            "leaving": row.leaving,
        }
        for row in catalog.sources.remembered()
    ]


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The remembered sources for a person, a line each."""
    empty = True
    for row in rows:
        empty = False
        read = row["last_success"]
        when = f"read {read[:16].replace('T', ' ')} UTC" if read else "not read yet"
        state = "goes at the next run" if row["leaving"] else when
        lists = f" ({', '.join(row['lists'])})" if row["lists"] else ""
        yield f"{row['kind']:<9}  {row['briefings']:>5} briefings  {state}  {row['name']}{lists}"
    if empty:
        yield "No source is remembered yet; add one: python -m ingest add SOURCE"


def _remembered(argument: str, book: SourceBook) -> Remembered:
    names = {argument.rstrip("/"), argument, str(Path(argument).resolve())}
    for row in book.remembered():
        if names & {row.name, row.address}:
            return row
    raise SourceError(f"{argument!r} is not remembered; see: python -m ingest sources")
