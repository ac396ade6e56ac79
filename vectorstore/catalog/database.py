"""Opens the database and brings a room's tables in it up to date; knows no briefing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import (
    Connection,
    Engine,
    column,
    create_engine,
    event,
    inspect,
    select,
    table,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from vectorstore.catalog.schema import HEAD
from vectorstore.domain import StoreError

FILE = "catalog.sqlite3"


class CatalogError(StoreError):
    """The catalog cannot be opened, read or written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """A room's own tables: the folder of their migrations, the newest, and where it is noted."""

    migrations: Path
    head: str
    noted_in: str


CATALOG = Tables(
    migrations=Path(__file__).with_name("migrations"), head=HEAD, noted_in="alembic_version"
)


def open_database(folder: Path, tables: Tables = CATALOG) -> Engine:
    """An engine on the database under ``folder``, created, and ``tables`` migrated, when need be.

    Where ``folder`` cannot be written, what is there can be read. Raises `CatalogError` when the
    folder or the database cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            engine = create_engine(f"sqlite:///{(folder / FILE).absolute()}")
            event.listen(engine, "connect", _prepare_connection)
        else:
            engine = create_engine("sqlite://", creator=_reader(folder), poolclass=NullPool)
        if _revision(engine, tables) != tables.head:
            with FileLock(folder / "migrate.lock"):
                _migrate(engine, tables)
    except (SQLAlchemyError, OSError) as error:
        raise CatalogError(
            f"The catalog in {folder} cannot be opened ({_cause(error)}). "
            "Check DATA_DIR and its permissions."
        ) from error
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are committed at the end of the block; raises `CatalogError`."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise CatalogError(
            f"The catalog cannot be used ({_cause(error)}). "
            "Check the disk that DATA_DIR is on, then run this again."
        ) from error


def _reader(folder: Path) -> Callable[[], sqlite3.Connection]:
    """Opens the database of a folder that we cannot write, anew for each transaction.

    SQLite reads along with a writer, whose files it needs for that; without one it has to be told
    that there is none, or it would want to make these files itself.
    """
    file = (folder / FILE).absolute()

    def connect() -> sqlite3.Connection:
        alone = not file.with_name(f"{FILE}-wal").exists()
        mode = "mode=ro&immutable=1" if alone else "mode=ro"
        return sqlite3.connect(f"{file.as_uri()}?{mode}", uri=True, check_same_thread=False)

    return connect


def _prepare_connection(connection: Any, _record: Any) -> None:
    # The wait comes first: switching to WAL waits, too, while another process migrates.
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _revision(engine: Engine, tables: Tables) -> str | None:
    noted = table(tables.noted_in, column("version_num"))
    with engine.connect() as connection:
        if not inspect(connection).has_table(tables.noted_in):
            return None
        return connection.execute(select(noted.c.version_num)).scalar()


def _migrate(engine: Engine, tables: Tables) -> None:
    from alembic import command  # a third of a second that only a migration pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(tables.migrations))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # or each table would commit by itself
        config.attributes["connection"] = connection
        config.attributes["noted_in"] = tables.noted_in
        command.upgrade(config, "head")


def _cause(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
