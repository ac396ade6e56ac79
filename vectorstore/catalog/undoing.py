"""What a rollback undid, so that the next run does not bring it back; knows no sources, no runs.

An entry is a page as it was published by the generation that was left. One whose page was removed
there has the version "": its removal is what was undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from vectorstore.catalog.schema import contents, undone

COLUMNS = ("source", "key", "fingerprint", "briefing", "version")


def note(connection: Connection, left: int, target: int) -> None:
    """Note what going from generation ``left`` to ``target`` undoes.

    Going forward again undoes nothing; what it brings back is forgotten.
    """
    before, after = _held(connection, left), _held(connection, target)
    entries = [] if target > left else _undone(before, after)
    forget(connection, [row["briefing"] for row in entries])
    if entries:
        connection.execute(insert(undone), entries)
    back = [
        row.briefing
        for row in rows(connection)
        if (after[row.briefing]["version"] if row.briefing in after else "") == row.version
    ]
    forget(connection, back)


def rows(connection: Connection) -> Sequence[Row[Any]]:
    """All entries, ordered by briefing."""
    return connection.execute(select(undone).order_by(undone.c.briefing)).all()


def forget(connection: Connection, briefings: Collection[str]) -> None:
    """Forget the entries of ``briefings``; those that have none are no matter."""
    gone = set(briefings) & set(connection.scalars(select(undone.c.briefing)))
    for briefing in gone:
        connection.execute(delete(undone).where(undone.c.briefing == briefing))


def _held(connection: Connection, generation: int) -> dict[str, dict[str, Any]]:
    query = select(*(contents.c[name] for name in COLUMNS))
    found = connection.execute(query.where(contents.c.generation == generation))
    return {row.briefing: dict(row._mapping) for row in found}


def _undone(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    changed = [
        dict(row)
        for briefing, row in before.items()
        if briefing not in after or after[briefing]["version"] != row["version"]
    ]
    removed = [
        dict(row) | {"version": ""} for briefing, row in after.items() if briefing not in before
    ]
    return changed + removed
