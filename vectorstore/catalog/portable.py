"""What SQLite and PostgreSQL would each write in its own way, written once; knows no table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Table
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, in UTC on both sides: SQLite drops the zone, PostgreSQL answers in its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the library's signature
        """To the database."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the library's signature
        """From the database."""
        if value is None or value.tzinfo:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each in place of the one that has its primary key."""
    insert = _insert(connection, table)
    new = {column.name: insert.excluded[column.name] for column in table.c}
    others = {name: value for name, value in new.items() if not table.c[name].primary_key}
    replacing = insert.on_conflict_do_update(index_elements=[*table.primary_key], set_=others)
    connection.execute(replacing, rows)


def add(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False when there is one that it may not stand beside.

    Of several processes that add it at once one succeeds; it holds the database's lock on it.
    """
    insert = _insert(connection, table)
    adding = insert.on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(adding, [row]).first() is not None


def _insert(connection: Connection, table: Table) -> Any:
    """The database's own insert; of the two libraries' parts only the one in use is imported."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as into_postgres

        return into_postgres(table)
    from sqlalchemy.dialects.sqlite import insert as into_sqlite

    return into_sqlite(table)
