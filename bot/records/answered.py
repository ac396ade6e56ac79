"""Keeps what an answer leaves behind, all of it or nothing; knows no answer's meaning."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from bot.records import cited, exchanges, questions
from bot.records.cited import Quoted
from bot.records.exchanges import Exchange
from bot.records.questions import Asked
from vectorstore.catalog.database import transaction


class Answered:
    """What was asked, what was cited for it, and what its buttons are about."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(
        self, asked: Asked, some: Sequence[Quoted] = (), exchange: Exchange | None = None
    ) -> None:
        """Keep them in one transaction. Raises `CatalogError`."""
        with transaction(self._engine) as connection:
            questions.insert_into(connection, asked)
            cited.insert_into(connection, some)
            if exchange:
                exchanges.insert_into(connection, exchange)
