"""Reads and writes the catalog; the only module that speaks SQL to it. Knows no index, no model.

A publication is committed in one transaction: new versions, the new generation's contents and the
word "current" change together, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Engine,
    Row,
    Table,
    func,
    insert,
    select,
    tuple_,
    update,
)

from vectorstore.catalog import publishing, undoing
from vectorstore.catalog.database import CatalogError, is_there, open_database, transaction
from vectorstore.catalog.portable import put
from vectorstore.catalog.rows import (
    briefing_of,
    person_of,
    statement_of,
)
from vectorstore.catalog.runs import Run, last_success, latest, record
from vectorstore.catalog.schema import (
    contents,
    generations,
    passages,
    people,
    published,
    statements,
    vectors,
    versions,
)
from vectorstore.catalog.sources import SourceBook
from vectorstore.domain import Briefing, Document, Span

__all__ = ["Catalog", "CatalogError", "Generation", "Page", "Run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One published index: its number, the one it was made from, and the model that embedded it."""

    number: int
    parent: int | None
    model: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a published briefing was read: the page's place in its source and its fingerprint."""

    source: str
    key: str
    fingerprint: str
    briefing: str
    version: str


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """When a version was first published; long ago, where that was not kept then."""

    version: str
    briefing: str
    story: str
    published_at: datetime


class Catalog:
    """The record of everything published. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, url: str = "") -> Catalog:
        """The catalog, created when there is none; raises `CatalogError`.

        It is in the PostgreSQL database that ``url`` names; without one, under ``folder``.
        """
        return cls(open_database(folder, url))

    @staticmethod
    def is_there(folder: Path, url: str = "") -> bool:
        """Whether anything was ever kept; makes nothing. Raises `CatalogError`."""
        return is_there(folder, url)

    @classmethod
    def existing(cls, folder: Path, url: str = "") -> Catalog | None:
        """The catalog as `open` opens it, None when there is none; raises `CatalogError`."""
        return cls.open(folder, url) if is_there(folder, url) else None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # What is published

    def current(self) -> Generation | None:
        """The generation that readers should be using, or None before the first publication."""
        query = select(generations).join(published, published.c.generation == generations.c.number)
        row = self._rows(query)
        return _generation(row[0]) if row else None

    def kept(self) -> list[Generation]:
        """The generations whose index is kept, newest first."""
        query = select(generations).order_by(generations.c.number.desc())
        return [_generation(row) for row in self._rows(query)]

    def newest_number(self) -> int:
        """The highest generation number ever given, 0 before the first."""
        return int(self._rows(select(func.coalesce(func.max(generations.c.number), 0)))[0][0])

    def pages(self, generation: int) -> list[Page]:
        """What a kept generation holds, ordered by source and key."""
        columns = (getattr(contents.c, name) for name in Page.__slots__)
        query = select(*columns).where(contents.c.generation == generation)
        pages = [Page(**row._mapping) for row in self._rows(query)]
        return sorted(pages, key=attrgetter("source", "key"))  # each database has its own order

    def documents(self, wanted: Collection[str]) -> dict[str, Document]:
        """The versions asked for, each with its passages, statements and people, by version."""
        briefings = self.briefings(wanted)
        spans: dict[str, list[Span]] = {version: [] for version in briefings}
        for row in self._matching(passages, wanted):
            spans[row.version].append(Span(start=row.start, end=row.end))
        said: dict[str, list[Any]] = {version: [] for version in briefings}
        for row in self._matching(statements, wanted):
            said[row.version].append(statement_of(row))
        introduced: dict[str, list[Any]] = {version: [] for version in briefings}
        for row in self._matching(people, wanted):
            introduced[row.version].append(person_of(row))
        return {
            version: Document(
                briefing=briefing,
                passages=tuple(spans[version]),
                statements=tuple(said[version]),
                people=tuple(introduced[version]),
            )
            for version, briefing in briefings.items()
        }

    def briefings(self, wanted: Collection[str]) -> dict[str, Briefing]:
        """The versions asked for without what was read in them, by version."""
        return {row.version: briefing_of(row) for row in self._matching(versions, wanted)}

    def dossiers(self) -> set[str]:
        """The names of all dossiers that any version ever had."""
        lists = self._rows(select(versions.c.dossiers).distinct())
        return {name for (names,) in lists for name in json.loads(names)}

    def appearances(self) -> list[Appearance]:
        """When each version that there ever was appeared, in no order."""
        columns = (getattr(versions.c, name) for name in Appearance.__slots__)
        return [_appearance(row) for row in self._rows(select(*columns))]

    def vectors(self, contents: Collection[str], model: str) -> dict[str, NDArray[np.float32]]:
        """The vectors of ``model`` that are known, by the name of the text that was embedded.

        Those whose sentences have none are not known: they are to be made anew.
        """
        found: dict[str, NDArray[np.float32]] = {}
        for names in publishing.chunks(sorted(contents)):
            query = select(vectors.c.content, vectors.c.vector).where(
                vectors.c.model == model,
                vectors.c.content.in_(names),
                vectors.c.sentences.is_not(None),
            )
            found |= {row.content: np.frombuffer(row.vector, "<f4") for row in self._rows(query)}
        return found

    def sentence_vectors(
        self, wanted: Collection[tuple[str, int]], model: str
    ) -> dict[tuple[str, int], NDArray[np.float16]]:
        """Of some passages, named by version and start, the vectors of their sentences (n, d).

        In the order of the sentences; passages that have none are left out.
        """
        query = select(
            passages.c.version, passages.c.start, vectors.c.vector, vectors.c.sentences
        ).where(
            tuple_(passages.c.version, passages.c.start).in_(sorted(wanted)),
            vectors.c.content == passages.c.content,
            vectors.c.model == model,
            vectors.c.sentences.is_not(None),
        )
        return {
            (row.version, row.start): np.frombuffer(row.sentences, "<f2").reshape(
                -1, len(row.vector) // 4
            )
            for row in self._rows(query)
        }

    # What changes

    def save_vectors(self, model: str, made: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors, so that no text is embedded twice by one model, whatever happens next.

        Each has the shape (1 + n, d): the text's own, then those of its sentences.
        """
        rows = [
            {
                "content": content,
                "model": model,
                "vector": each[0].astype("<f4").tobytes(),
                "sentences": each[1:].astype("<f2").tobytes(),
            }
            for content, each in made.items()
        ]
        if rows:
            with transaction(self._engine) as connection:
                put(connection, vectors, rows)

    def publish(
        self,
        generation: Generation,
        *,
        documents: Sequence[Document],
        embedded: Mapping[tuple[str, int], str],
        pages: Sequence[Page],
        gone: Collection[str],
        keep: int,
    ) -> None:
        """Make ``generation`` current, in one transaction.

        It holds what its parent held, less the briefings ``gone``, with ``pages`` put in.
        ``embedded`` names the embedded text of each new passage by version and start. It is kept
        with those that it can be rolled back to, ``keep`` in all; the others are forgotten.
        """
        with transaction(self._engine) as connection:
            publishing.add_versions(connection, documents, embedded, generation.published_at)
            connection.execute(insert(generations), [_row(generation)])
            replaced = {*gone, *(page.briefing for page in pages)}
            undoing.forget(connection, replaced)
            if generation.parent is not None:
                publishing.inherit(connection, generation.number, generation.parent, replaced)
            rows = [_row(page) | {"generation": generation.number} for page in pages]
            if rows:
                connection.execute(insert(contents), rows)
            publishing.point_at(connection, generation.number)
            publishing.forget(connection, generation.number, keep)

    def point_at(self, generation: int) -> None:
        """Make a kept generation the current one, and note what that undoes."""
        with transaction(self._engine) as connection:
            left = connection.scalar(select(published.c.generation))
            if left is not None:
                undoing.note(connection, left, generation)
            publishing.point_at(connection, generation)

    def undone(self) -> list[Page]:
        """The pages that a rollback undid; one whose removal was undone has the version ""."""
        with transaction(self._engine) as connection:
            return [Page(**row._mapping) for row in undoing.rows(connection)]

    def forget_undone(self, briefings: Collection[str]) -> None:
        """From now on let changes of these briefings be published."""
        with transaction(self._engine) as connection:
            undoing.forget(connection, briefings)

    def refresh(self, generation: int, pages: Sequence[Page]) -> None:
        """Note new fingerprints of pages whose content is what is already published."""
        with transaction(self._engine) as connection:
            for page in pages:
                connection.execute(
                    update(contents)
                    .where(
                        contents.c.generation == generation, contents.c.briefing == page.briefing
                    )
                    .values(source=page.source, key=page.key, fingerprint=page.fingerprint)
                )

    # Where briefings come from

    @property
    def sources(self) -> SourceBook:
        """The sources that are remembered, and what they gave."""
        return SourceBook(self._engine)

    # The history

    def record(self, run: Run) -> None:
        """Add a run to the history."""
        record(self._engine, run)

    def runs(self, limit: int) -> Sequence[Run]:
        """At most ``limit`` runs, newest first."""
        return latest(self._engine, limit)

    def last_success(self) -> Run | None:
        """The last run that read its sources and published what was new, None before it."""
        return last_success(self._engine)

    def _rows(self, query: Any) -> list[Row[Any]]:
        with transaction(self._engine) as connection:
            return list(connection.execute(query))

    def _matching(self, table: Table, wanted: Collection[str]) -> Iterator[Row[Any]]:
        for names in publishing.chunks(sorted(wanted)):
            query = select(table).where(table.c.version.in_(names))
            yield from self._rows(query.order_by(*table.primary_key))


def _generation(row: Row[Any]) -> Generation:
    return Generation(**row._mapping)


def _appearance(row: Row[Any]) -> Appearance:
    return Appearance(**{**row._mapping, "published_at": row.published_at or _EPOCH})


def _row(each: Generation | Page) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__slots__}
