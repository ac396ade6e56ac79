"""Opens the database and brings a room's tables in it up to date; knows no briefing.

What SQLite and PostgreSQL do each in its own way is in the modules of their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError

from vectorstore.catalog.postgres import Postgres
from vectorstore.catalog.schema import HEAD
from vectorstore.catalog.sqlite import Sqlite
from vectorstore.domain import StoreError

_UNUSABLE = {
    "sqlite": "The catalog cannot be used ({reason}). "
    "Check the disk that DATA_DIR is on, then run this again.",
    "postgresql": "The catalog cannot be used ({reason}). "
    "Check the server that DATABASE_URL names, then run this again.",
}


class CatalogError(StoreError):
    """The catalog cannot be opened, read or written."""


class Database(Protocol):
    """Where the tables are; ``refusal`` and ``advice`` tell a person that they cannot be had."""

    refusal: str
    advice: str

    def is_there(self) -> bool:
        """Whether anybody has made it."""

    def engine(self) -> Engine:
        """An engine on it."""

    def alone(self, engine: Engine) -> AbstractContextManager[Connection]:
        """A transaction that changes tables while no other process does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """A room's own tables: the folder of their migrations, the newest, and where it is noted."""

    migrations: Path
    head: str
    noted_in: str


CATALOG = Tables(
    migrations=Path(__file__).with_name("migrations"), head=HEAD, noted_in="alembic_version"
)


def open_database(folder: Path, url: str = "", tables: Tables = CATALOG) -> Engine:
    """An engine on the database, with ``tables`` in it made or migrated when need be.

    It is the PostgreSQL database that ``url`` names; without one SQLite's under ``folder``, of
    which can be read what is there where ``folder`` cannot be written. Raises `CatalogError` when
    it cannot be used, or was made by a later version of this program.
    """
    database = _database(folder, url)
    with _opening(database):
        engine = database.engine()
        try:
            _bring_up_to_date(database, engine, tables)
        except BaseException:
            engine.dispose()
            raise
    return engine


def is_there(folder: Path, url: str = "") -> bool:
    """Whether anything has been kept; makes nothing. Raises `CatalogError`."""
    database = _database(folder, url)
    with _opening(database):
        return database.is_there()


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are committed at the end of the block; raises `CatalogError`."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        said = _UNUSABLE[engine.dialect.name].format(reason=_cause(error))
        raise CatalogError(said) from error


def _database(folder: Path, url: str) -> Database:
    return Postgres(url) if url else Sqlite(folder)


@contextmanager
def _opening(database: Database) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise CatalogError(f"{database.refusal} ({_cause(error)}). {database.advice}") from error


def _bring_up_to_date(database: Database, engine: Engine, tables: Tables) -> None:
    revision = _revision(engine, tables)
    if revision and revision > tables.head:
        raise CatalogError(
            f"{database.refusal}, for a later version of this program has changed its tables "
            f"({revision}, and this one knows {tables.head}). Update this program."
        )
    if revision != tables.head:
        _migrate(database, engine, tables)


def _revision(engine: Engine, tables: Tables) -> str | None:
    noted = table(tables.noted_in, column("version_num"))
    with engine.connect() as connection:
        if not inspect(connection).has_table(tables.noted_in):
            return None
        found: str | None = connection.execute(select(noted.c.version_num)).scalar()
        return found


def _migrate(database: Database, engine: Engine, tables: Tables) -> None:
    from alembic import command  # a third of a second that only a migration pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(tables.migrations))
    config.set_main_option("path_separator", "os")
    with database.alone(engine) as connection:
        config.attributes["connection"] = connection
        config.attributes["noted_in"] = tables.noted_in
        command.upgrade(config, "head")


def _cause(error: Exception) -> str:
    """What a database said, in a line; of several attempts to connect the last."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(getattr(error, "orig", None) or error).splitlines()
    failed = [line for line in lines if "failed: " in line]
    said = failed[-1].rpartition("failed: ")[2] if failed else lines[0]
    return said.replace("FATAL:  ", "").rstrip(".")
