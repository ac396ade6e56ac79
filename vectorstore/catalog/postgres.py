"""The database on a PostgreSQL server, which DATABASE_URL names; its password is never said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError

_SCHEMES = {"postgresql", "postgres", "postgresql+psycopg"}
_HOW = "write it as postgresql://user:password@host:5432/database"
_SECONDS = "10"  # until a server that does not answer counts as unreachable
# Who changes tables holds this advisory lock; any number that nobody else uses will do.
_LOCK = 0x62726965


class Postgres:
    """The database that a URL names."""

    refusal = "The database that DATABASE_URL names cannot be opened"
    advice = (
        "Check that the server runs, that host, port, user, password and database in DATABASE_URL "
        "are right, and that the user may create tables in it."
    )

    def __init__(self, url: str) -> None:
        self._written = url

    def is_there(self) -> bool:
        """Whether there is a table in it; raises `SQLAlchemyError`."""
        engine = self.engine()
        try:
            return bool(inspect(engine).get_table_names())
        finally:
            engine.dispose()

    def engine(self) -> Engine:
        """An engine on it; raises `SQLAlchemyError` when it cannot be used."""
        engine = create_engine(
            _url(self._written),
            hide_parameters=True,
            pool_pre_ping=True,  # a server that was restarted is no reason to fail
            connect_args={"client_encoding": "utf8", "application_name": "briefing-bot"},
        )
        event.listen(engine, "connect", _prepare)
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            engine.dispose()
            raise ArgumentError(f"its encoding is {encoding}; make one with the encoding UTF8")
        return engine

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[Connection]:
        """A transaction that changes tables while no other process does."""
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection


def _url(written: str) -> URL:
    try:
        url = make_url(written.strip())
    except (ArgumentError, ValueError):  # whose words repeat what was written
        raise ArgumentError(_HOW) from None
    if url.drivername not in _SCHEMES:
        raise ArgumentError(f"{_HOW}, or leave it empty for SQLite in DATA_DIR")
    if "@" in f"{url.host}{url.database}":  # a part of the password stands where the host should
        raise ArgumentError(f"{_HOW}, and @ in the password as %40")
    query = {"connect_timeout": _SECONDS} | dict(url.query)
    return url.set(drivername="postgresql+psycopg", query=query)


def _prepare(connection: Any, _record: Any) -> None:
    from psycopg.types.string import StrDumper, StrDumperUnknown

    for kind in (StrDumper, StrDumperUnknown):
        connection.adapters.register_dumper(str, _without_nul(kind))


def _without_nul(kind: type[Any]) -> type[Any]:
    """A text may hold a NUL, which PostgreSQL cannot keep; the mark of what cannot be read can."""

    class Dumper(kind):  # type: ignore[misc] # of two classes of the driver, with or without C
        def dump(self, text: str) -> Any:
            return super().dump(text.replace("\0", "\ufffd"))

    return Dumper
