"""What one publication changes in the catalog's tables, step by step in a transaction of others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, literal, select, update

from vectorstore.catalog.rows import passage_rows, person_rows, statement_rows, version_row
from vectorstore.catalog.schema import (
    contents,
    generations,
    passages,
    people,
    published,
    statements,
    versions,
)
from vectorstore.domain import Document

T = TypeVar("T")
_CHUNK = 5000  # values in one IN list, under SQLite's limit of 32,766


def add_versions(
    connection: Connection,
    documents: Sequence[Document],
    embedded: Mapping[tuple[str, int], str],
) -> None:
    """Keep documents with all that was read in them."""
    names = [document.briefing.version for document in documents]
    known: set[str] = set()
    for some in chunks(names):
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
        for some in chunks(sorted(known)):
            connection.execute(delete(table).where(table.c.version.in_(some)))
        if rows:
            connection.execute(insert(table), rows)


def inherit(
    connection: Connection, generation: int, parent: int, replaced: Collection[str]
) -> None:
    """Let a generation hold what its parent holds, less the briefings ``replaced``."""
    columns = [column for column in contents.c if column.name != "generation"]
    held = select(literal(generation), *columns).where(contents.c.generation == parent)
    names = ["generation", *(column.name for column in columns)]
    connection.execute(insert(contents).from_select(names, held))
    for some in chunks(sorted(replaced)):
        connection.execute(
            delete(contents).where(
                contents.c.generation == generation, contents.c.briefing.in_(some)
            )
        )


def point_at(connection: Connection, generation: int) -> None:
    """Make a generation the current one."""
    connection.execute(delete(published))
    connection.execute(insert(published), [{"only": 1, "generation": generation}])


def forget(connection: Connection, newest: int, keep: int) -> None:
    """Forget all generations but ``keep``: the newest and those that it was made from."""
    rows = connection.execute(select(generations.c.number, generations.c.parent))
    parents: dict[int, int | None] = {row.number: row.parent for row in rows}
    kept: list[int] = []
    number: int | None = newest
    while number is not None and number in parents and len(kept) < keep:
        kept.append(number)
        number = parents[number]
    connection.execute(delete(contents).where(contents.c.generation.not_in(kept)))
    connection.execute(delete(generations).where(generations.c.number.not_in(kept)))


def chunks(names: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one query can name."""
    return (names[at : at + _CHUNK] for at in range(0, len(names), _CHUNK))
