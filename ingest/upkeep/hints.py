"""Remembers hints until a run has served them, and nonces until they are too old to be used again.

A file in the data folder, because a hint that was accepted must outlive this process. Knows no HTTP
and starts no run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from ingest.upkeep.signing import RefusedError, Signature
from vectorstore.domain import StoreError

FILE = "hints.sqlite3"
_TABLES = """
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, good_until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS hints (ticket TEXT, source TEXT, PRIMARY KEY (ticket, source));
"""
_ALL = ""  # in place of a source


class HintsError(StoreError):
    """Hints cannot be kept."""


class Hints:
    """What has been asked for from outside and not yet been done."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database:
                database.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from None

    def keep(
        self, signature: Signature, ticket: str, sources: Collection[str] | None, now: float
    ) -> None:
        """Remember that a run was asked for; on the disk when this returns.

        Raises `RefusedError` when the request was here before or nothing can be kept.
        """
        rows = [(ticket, source) for source in ([_ALL] if sources is None else sources)]
        try:
            with closing(self._open()) as database, database:
                database.execute("DELETE FROM nonces WHERE good_until < ?", (int(now),))
                database.execute(
                    "INSERT INTO nonces VALUES (?, ?)", (signature.nonce, signature.good_until)
                )
                database.executemany("INSERT OR IGNORE INTO hints VALUES (?, ?)", rows)
        except sqlite3.IntegrityError:
            raise RefusedError(
                409, "This request was here before; give each one an X-Nonce of its own."
            ) from None
        except sqlite3.Error:
            raise RefusedError(
                503, "The hint could not be kept; check the disk of DATA_DIR and send it again."
            ) from None

    def done(self, tickets: Sequence[str]) -> None:
        """Forget what these runs have served; what cannot be forgotten is served again."""
        try:
            with closing(self._open()) as database, database:
                database.executemany(
                    "DELETE FROM hints WHERE ticket = ?", [(ticket,) for ticket in tickets]
                )
        except sqlite3.Error:
            return

    def adopt(self, ticket: str) -> list[str] | None:
        """What an earlier process left undone, from now on under ``ticket``; None is everything.

        Raises `HintsError`.
        """
        try:
            with closing(self._open()) as database, database:
                rows = database.execute("SELECT DISTINCT source FROM hints").fetchall()
                database.execute("DELETE FROM hints")
                database.executemany(
                    "INSERT INTO hints VALUES (?, ?)", [(ticket, *r) for r in rows]
                )
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        left = [source for (source,) in rows]
        return None if _ALL in left else left

    def _unusable(self, error: Exception) -> HintsError:
        reason = getattr(error, "strerror", None) or error
        return HintsError(f"{self._file} cannot be used ({reason}); check DATA_DIR and its disk.")

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, timeout=5)
        database.execute("PRAGMA synchronous = FULL")
        return database
