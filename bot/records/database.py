"""Opens the bot's own tables, beside the catalog's in one database; knows no member."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from bot.records.schema import HEAD
from vectorstore.catalog.database import Tables, open_database

TABLES = Tables(
    migrations=Path(__file__).with_name("migrations"), head=HEAD, noted_in="bot_version"
)


def open_records(folder: Path, url: str = "") -> Engine:
    """An engine on the bot's tables where `open_database` finds them, created when need be.

    Raises `CatalogError` when the database cannot be used.
    """
    return open_database(folder, url, TABLES)
