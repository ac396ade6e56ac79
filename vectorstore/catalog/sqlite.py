"""The database as one file under DATA_DIR, which every process of one machine may open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

FILE = "catalog.sqlite3"


class Sqlite:
    """The database of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.refusal = f"The catalog in {folder} cannot be opened"
        self.advice = "Check DATA_DIR and its permissions."

    def is_there(self) -> bool:
        """Whether anybody has made it."""
        return (self._folder / FILE).exists()

    def engine(self) -> Engine:
        """An engine on it; where the folder cannot be written, one that reads."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if not os.access(self._folder, os.W_OK):
            return create_engine(
                "sqlite://", creator=_reader(self._folder), poolclass=NullPool, hide_parameters=True
            )
        engine = create_engine(
            f"sqlite:///{(self._folder / FILE).absolute()}", hide_parameters=True
        )
        event.listen(engine, "connect", _prepare)
        return engine

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[Connection]:
        """A transaction that changes tables while no other process does."""
        with FileLock(self._folder / "migrate.lock"), engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # or each table would commit by itself
            yield connection


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


def _prepare(connection: Any, _record: Any) -> None:
    # The wait comes first: switching to WAL waits, too, while another process migrates.
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
