"""The sources that are remembered in the catalog, and what their web addresses gave; fetches none.

A source's name is what its pages are kept under. Any source may have notes on what it fetched;
those that are remembered are refreshed by a run that names none.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Engine, Row, delete, func, select, update

from vectorstore.catalog.database import transaction
from vectorstore.catalog.portable import put
from vectorstore.catalog.schema import contents, fetched, published, sources, versions
from vectorstore.domain import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A source that runs refresh: its name, what kind it is, and what is read.

    ``succeeded_at`` is the end of the last run that read it, None before. ``leaving`` says that
    the next run takes what was read from it away, and forgets it. ``lists`` are the routes of a
    site's API that are read, () for the usual one.
    """

    name: str
    kind: str
    address: str
    added_at: datetime
    succeeded_at: datetime | None = None
    leaving: bool = False
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What is known of an address since it was last fetched.

    ``etag`` and ``last_modified`` are the server's. ``listing`` is the feed or sitemap in which
    the address stood, ``hint`` what that said of its last change; "" where nothing was said.
    ``fingerprint`` is that of the page that it gave, ``aside`` says that this was no briefing (a
    list, a picture).
    """

    url: str
    listing: str = ""
    etag: str = ""
    last_modified: str = ""
    hint: str = ""
    fingerprint: str = ""
    aside: bool = False
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A published briefing as its source needs to know it; ``fingerprint`` is its page's."""

    source: str
    key: str
    fingerprint: str
    briefing: str
    url: str
    story: str
    day: date | None
    tier: Tier
    preview: bool


class SourceBook:
    """Reads and writes what is known of sources; every method raises `CatalogError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def remembered(self) -> list[Remembered]:
        """All that are remembered, by name."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(sources))
            return sorted((_remembered(row) for row in rows), key=attrgetter("name"))

    def remember(self, source: Remembered) -> None:
        """Remember a source, or remember it anew."""
        with transaction(self._engine) as connection:
            put(connection, sources, [asdict(source) | {"lists": json.dumps(source.lists)}])

    def leave(self, name: str) -> None:
        """Let the next run take away what was read from a source."""
        self._change(name, leaving=True)

    def succeeded(self, name: str, at: datetime) -> None:
        """Note that a run has read the source, if it is one that is remembered."""
        self._change(name, succeeded_at=at)

    def forget(self, name: str) -> None:
        """Forget a source and what its addresses gave; its briefings stay."""
        with transaction(self._engine) as connection:
            connection.execute(delete(sources).where(sources.c.name == name))
            connection.execute(delete(fetched).where(fetched.c.source == name))

    def fetched(self, name: str) -> dict[str, Fetch]:
        """What is known of a source's addresses, by address."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(fetched).where(fetched.c.source == name))
            return {row.url: _fetch(row) for row in rows}

    def note(self, name: str, known: Iterable[Fetch], *, gone: Collection[str] = ()) -> None:
        """Keep what is known now of some of a source's addresses; forget those ``gone``."""
        rows = [asdict(fetch) | {"source": name} for fetch in known]
        with transaction(self._engine) as connection:
            for url in gone:
                connection.execute(
                    delete(fetched).where(fetched.c.source == name, fetched.c.url == url)
                )
            if rows:
                put(connection, fetched, rows)

    def held(self) -> list[Held]:
        """Every briefing of the current generation, as its source needs to know it."""
        query = (
            select(
                contents.c.source,
                contents.c.key,
                contents.c.fingerprint,
                contents.c.briefing,
                versions.c.url,
                versions.c.story,
                versions.c.day,
                versions.c.tier,
                versions.c.preview,
            )
            .join(published, published.c.generation == contents.c.generation)
            .join(versions, versions.c.version == contents.c.version)
        )
        with transaction(self._engine) as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]
        held = (Held(**row | {"tier": Tier(row["tier"])}) for row in rows)
        return sorted(held, key=attrgetter("source", "key"))

    def counts(self) -> dict[str, int]:
        """How many briefings of the current generation come from each source."""
        query = (
            select(contents.c.source, func.count())
            .join(published, published.c.generation == contents.c.generation)
            .group_by(contents.c.source)
        )
        with transaction(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def _change(self, name: str, **values: Any) -> None:
        with transaction(self._engine) as connection:
            connection.execute(update(sources).where(sources.c.name == name).values(values))


def _remembered(row: Row[Any]) -> Remembered:
    return Remembered(**{**row._mapping, "lists": tuple(json.loads(row.lists))})


def _fetch(row: Row[Any]) -> Fetch:
    values = dict(row._mapping)
    del values["source"]
    return Fetch(**values)
