"""Reads and writes the catalog; the only module that speaks SQL to it. Knows no index, no model.

A publication is committed in one transaction: new versions, the new generation's contents and the
word "current" change together, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from vectorstore.catalog.database import CatalogError, open_database, transaction
from vectorstore.catalog.rows import (
    briefing_of,
    passage_rows,
    person_of,
    person_rows,
    statement_of,
    statement_rows,
    version_row,
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
from vectorstore.domain import Document, Span

__all__ = ["Catalog", "CatalogError", "Generation", "Page", "Run"]

T = TypeVar("T")
_CHUNK = 5000  # values in one IN list, under SQLite's limit of 32,766


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


class Catalog:
    """The record of everything published. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, folder: Path) -> Catalog:
        """The catalog under ``folder``, created when there is none; raises `CatalogError`."""
        return cls(open_database(folder))

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
        rows = self._rows(query.order_by(contents.c.source, contents.c.key))
        return [Page(**row._mapping) for row in rows]

    def documents(self, wanted: Collection[str]) -> dict[str, Document]:
        """The versions asked for, each with its passages, statements and people, by version."""
        briefings = {row.version: briefing_of(row) for row in self._matching(versions, wanted)}
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

    def dossiers(self) -> set[str]:
        """The names of all dossiers that any version ever had."""
        lists = self._rows(select(versions.c.dossiers).distinct())
        return {name for (names,) in lists for name in json.loads(names)}

    def vectors(self, contents: Collection[str], model: str) -> dict[str, NDArray[np.float32]]:
        """The vectors of ``model`` that are known, by the name of the text that was embedded.

        Those whose sentences have none are not known: they are to be made anew.
        """
        found: dict[str, NDArray[np.float32]] = {}
        for names in _chunks(sorted(contents)):
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
                connection.execute(insert(vectors).prefix_with("OR REPLACE"), rows)

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
            _add_versions(connection, documents, embedded)
            connection.execute(insert(generations), [_generation_row(generation)])
            replaced = {*gone, *(page.briefing for page in pages)}
            _inherit(connection, generation, replaced)
            _add_pages(connection, generation.number, pages)
            _point_at(connection, generation.number)
            _forget(connection, generation.number, keep)

    def point_at(self, generation: int) -> None:
        """Make a kept generation the current one."""
        with transaction(self._engine) as connection:
            _point_at(connection, generation)

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

    # The history

    def record(self, run: Run) -> None:
        """Add a run to the history."""
        record(self._engine, run)

    def runs(self, limit: int) -> Sequence[Run]:
        """At most ``limit`` runs, newest first."""
        return latest(self._engine, limit)

    def last_success(self) -> Run | None:
        """The last run that had no error, None before it."""
        return last_success(self._engine)

    def _rows(self, query: Any) -> list[Row[Any]]:
        with transaction(self._engine) as connection:
            return list(connection.execute(query))

    def _matching(self, table: Table, wanted: Collection[str]) -> Iterator[Row[Any]]:
        for names in _chunks(sorted(wanted)):
            query = select(table).where(table.c.version.in_(names))
            yield from self._rows(query.order_by(*table.primary_key))


def _add_versions(
    connection: Connection,
    documents: Sequence[Document],
    embedded: Mapping[tuple[str, int], str],
) -> None:
    names = [document.briefing.version for document in documents]
    known: set[str] = set()
    for some in _chunks(names):
        known.update(
            connection.scalars(select(versions.c.version).where(versions.c.version.in_(some)))
        )
    for document in documents:
        row = version_row(document.briefing)
        if row["version"] in known:
            same = versions.c.version == row["version"]
            connection.execute(update(versions).where(same).values(row))
        else:
            connection.execute(insert(versions), [row])
    for table, rows in (
        (passages, [row for document in documents for row in passage_rows(document, embedded)]),
        (statements, [row for document in documents for row in statement_rows(document)]),
        (people, [row for document in documents for row in person_rows(document)]),
    ):
        # A better extraction may read the same content anew.
        for some in _chunks(sorted(known)):
            connection.execute(delete(table).where(table.c.version.in_(some)))
        if rows:
            connection.execute(insert(table), rows)


def _inherit(connection: Connection, generation: Generation, replaced: Collection[str]) -> None:
    if generation.parent is None:
        return
    columns = [column for column in contents.c if column.name != "generation"]
    held = select(literal(generation.number), *columns).where(
        contents.c.generation == generation.parent
    )
    names = ["generation", *(column.name for column in columns)]
    connection.execute(insert(contents).from_select(names, held))
    for some in _chunks(sorted(replaced)):
        connection.execute(
            delete(contents).where(
                contents.c.generation == generation.number, contents.c.briefing.in_(some)
            )
        )


def _add_pages(connection: Connection, generation: int, pages: Sequence[Page]) -> None:
    rows = [
        {name: getattr(page, name) for name in Page.__slots__} | {"generation": generation}
        for page in pages
    ]
    if rows:
        connection.execute(insert(contents), rows)


def _point_at(connection: Connection, generation: int) -> None:
    connection.execute(delete(published))
    connection.execute(insert(published), [{"only": 1, "generation": generation}])


def _forget(connection: Connection, newest: int, keep: int) -> None:
    rows = connection.execute(select(generations.c.number, generations.c.parent))
    parents: dict[int, int | None] = {row.number: row.parent for row in rows}
    kept: list[int] = []
    number: int | None = newest
    while number is not None and number in parents and len(kept) < keep:
        kept.append(number)
        number = parents[number]
    connection.execute(delete(contents).where(contents.c.generation.not_in(kept)))
    connection.execute(delete(generations).where(generations.c.number.not_in(kept)))


def _generation(row: Row[Any]) -> Generation:
    values = dict(row._mapping)
    values["published_at"] = values["published_at"].replace(tzinfo=UTC)  # SQLite drops it
    return Generation(**values)


def _generation_row(generation: Generation) -> dict[str, Any]:
    return {name: getattr(generation, name) for name in Generation.__slots__}


def _chunks(names: Sequence[T]) -> Iterator[Sequence[T]]:
    return (names[at : at + _CHUNK] for at in range(0, len(names), _CHUNK))
