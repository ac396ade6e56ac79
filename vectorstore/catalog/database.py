"""Opens the catalog's database and brings its tables up to date; knows no briefing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from vectorstore.catalog.schema import HEAD
from vectorstore.domain import StoreError

FILE = "catalog.sqlite3"


class CatalogError(StoreError):
    """The catalog cannot be opened, read or written."""


def open_database(folder: Path) -> Engine:
    """An engine on the catalog under ``folder``, created and migrated when need be.

    Raises `CatalogError` when the folder or the database cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{(folder / FILE).absolute()}")
        event.listen(engine, "connect", _prepare_connection)
        if _revision(engine) != HEAD:
            with FileLock(folder / "migrate.lock"):
                _migrate(engine)
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


def _prepare_connection(connection: Any, _record: Any) -> None:
    # The wait comes first: switching to WAL waits, too, while another process migrates.
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command  # a third of a second that only a migration pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # or each table would commit by itself
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _cause(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
