"""Short ways to write into a catalog and to read what it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.databases import url_of
from tests.vectorstore.store import document, page
from vectorstore.catalog import Catalog, Generation
from vectorstore.catalog.database import open_database
from vectorstore.domain import Briefing


def execute(home: Path, *statements: str) -> None:
    engine = open_database(home, url_of(home))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def generation(number: int, parent: int | None = None) -> Generation:
    at = datetime(2024, 5, 1, 12, tzinfo=UTC)
    return Generation(number=number, parent=parent, model="m", published_at=at)


def publish(
    catalog: Catalog, number: int, parent: int | None, *made: Briefing, gone: tuple[str, ...] = ()
) -> None:
    documents = [document(each) for each in made]
    catalog.publish(
        generation(number, parent),
        documents=documents,
        embedded={(d.briefing.version, s.start): "c" * 64 for d in documents for s in d.passages},
        pages=[page(each) for each in made],
        gone=gone,
        keep=3,
    )


def held(catalog: Catalog) -> set[str]:
    current = catalog.current()
    return {each.briefing for each in catalog.pages(current.number)} if current else set()
