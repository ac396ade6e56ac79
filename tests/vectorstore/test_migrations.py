"""The catalog's tables: made by many at once, migrated once, whatever kills the process."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import vectorstore.catalog
from tests.databases import keep_in, url_of
from tests.vectorstore.record import execute, held, publish
from tests.vectorstore.store import briefing, document
from vectorstore.catalog import Catalog
from vectorstore.catalog.database import open_database
from vectorstore.catalog.schema import HEAD, metadata
from vectorstore.domain import Briefing

MIGRATIONS = Path(vectorstore.catalog.__file__).with_name("migrations")


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder of which either database has no tables yet."""
    if request.param == "postgresql":
        keep_in(tmp_path, request.getfixturevalue("postgres").bare())
    return tmp_path


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_that_the_code_uses(nowhere: Path) -> None:
    engine = open_database(nowhere, url_of(nowhere))
    with engine.connect() as connection:
        ours = {"include_object": lambda o, name, kind, *_: kind != "table" or name in metadata}
        context = MigrationContext.configure(connection, opts={"compare_type": True} | ours)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_an_old_empty_database_is_migrated(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").touch()
    with closing(Catalog.open(tmp_path)) as catalog:
        publish(catalog, 1, None, briefing("a", "1"))
        assert held(catalog) == {"a"}


def made_long_ago(folder: Path, *made: Briefing) -> None:
    """A catalog as the first version of this product left it."""
    with closing(Catalog.open(folder, url_of(folder))) as catalog:
        publish(catalog, 1, None, *made)
    execute(
        folder,
        *(f"DROP TABLE {table}" for table in ("people", "sources", "fetched", "runs", "undone")),
        "ALTER TABLE versions DROP COLUMN published_at",
        "ALTER TABLE versions DROP COLUMN authors",
        "ALTER TABLE versions DROP COLUMN pictures",
        "ALTER TABLE vectors DROP COLUMN sentences",
        "UPDATE alembic_version SET version_num = '0001'",
    )


def test_what_was_published_before_people_were_kept_stays_published(nowhere: Path) -> None:
    made = briefing("a", "1")
    made_long_ago(nowhere, made)
    with closing(Catalog.open(nowhere, url_of(nowhere))) as catalog:
        assert held(catalog) == {"a"}
        assert catalog.documents([made.version]) == {made.version: document(made)}
        publish(catalog, 2, 1, briefing("b", "1"))
        assert held(catalog) == {"a", "b"}


def test_opening_again_changes_nothing(nowhere: Path) -> None:
    with closing(Catalog.open(nowhere, url_of(nowhere))) as catalog:
        publish(catalog, 1, None, briefing("a", "1"))
    with closing(Catalog.open(nowhere, url_of(nowhere))) as catalog:
        assert held(catalog) == {"a"}


_OPEN = """
import os, pathlib, signal, sys
from sqlalchemy import Engine, event
from vectorstore.catalog import Catalog

folder, fatal = pathlib.Path(sys.argv[1]), sys.argv[2]

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if fatal in statement:
        os.kill(os.getpid(), signal.SIGKILL)

print("ready", flush=True)
sys.stdin.readline()
Catalog.open(folder, sys.argv[3]).close()
"""


def opener(folder: Path, fatal: str = "no statement") -> subprocess.Popen[str]:
    """A process that opens the catalog when it is told to, and dies before a statement."""
    return subprocess.Popen(
        [sys.executable, "-c", _OPEN, str(folder), fatal, url_of(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def opened_at_once(folder: Path) -> None:
    """Let three processes open the catalog together; all must succeed."""
    children = [opener(folder) for _ in range(3)]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        _, said = child.communicate(timeout=120)
        assert child.returncode == 0, said


def test_processes_that_open_a_fresh_folder_at_once_all_succeed(nowhere: Path) -> None:
    opened_at_once(nowhere)
    Catalog.open(nowhere, url_of(nowhere)).close()


def test_processes_that_open_an_old_catalog_at_once_all_succeed(nowhere: Path) -> None:
    made_long_ago(nowhere, briefing("a", "1"))
    opened_at_once(nowhere)
    with closing(Catalog.open(nowhere, url_of(nowhere))) as catalog:
        assert held(catalog) == {"a"}


@pytest.mark.parametrize("fatal", ["CREATE TABLE contents", "INSERT INTO alembic_version"])
def test_a_process_killed_while_it_migrates_leaves_a_catalog_that_opens(
    nowhere: Path, fatal: str
) -> None:
    child = opener(nowhere, fatal)
    child.communicate("\n", timeout=120)
    assert child.returncode == -signal.SIGKILL
    with closing(Catalog.open(nowhere, url_of(nowhere))) as catalog:
        publish(catalog, 1, None, briefing("a", "1"))


@pytest.mark.parametrize(
    "fatal",
    [
        "CREATE TABLE people",
        "ALTER TABLE vectors",
        "CREATE TABLE fetched",
        "CREATE TABLE undone",
        "CREATE TABLE runs",
        "published_at",
        "ADD COLUMN pictures",
        f"UPDATE alembic_version SET version_num='{HEAD}'",
    ],
)
def test_an_old_catalog_whose_migration_was_killed_loses_nothing(
    tmp_path: Path, fatal: str
) -> None:
    made_long_ago(tmp_path, briefing("a", "1"))
    child = opener(tmp_path, fatal)
    child.communicate("\n", timeout=120)
    assert child.returncode == -signal.SIGKILL
    opened_at_once(tmp_path)
    with closing(Catalog.open(tmp_path)) as catalog:
        assert held(catalog) == {"a"}
        publish(catalog, 2, 1, briefing("b", "1"))
        assert held(catalog) == {"a", "b"}
