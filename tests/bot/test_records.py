from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.records.database import TABLES, open_records
from bot.records.schema import HEAD, metadata
from tests.databases import url_of
from vectorstore.catalog import Catalog


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    assert ScriptDirectory(str(TABLES.migrations)).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_that_the_code_knows(home: Path) -> None:
    engine = open_records(home, url_of(home))
    with engine.connect() as connection:
        ours = {"include_object": lambda o, name, kind, *_: kind != "table" or name in metadata}
        options = {"version_table": TABLES.noted_in} | ours
        context = MigrationContext.configure(connection, opts=options)
        changes = compare_metadata(context, metadata)
    engine.dispose()
    assert changes == []


def test_the_records_and_the_catalog_share_a_database(home: Path) -> None:
    with closing(Catalog.open(home, url_of(home))) as catalog:
        assert catalog.current() is None
    engine = open_records(home, url_of(home))
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert {"members", "deliveries", "versions", "runs"} <= tables
