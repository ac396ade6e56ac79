"""PostgreSQL as an operator meets it: DATABASE_URL, what goes wrong with it, and readers of it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

import bot.__main__
import ingest.__main__
from bot.records.database import TABLES
from tests.databases import PASSWORD, Postgres, keep_in
from tests.vectorstore.store import briefing, publish
from vectorstore.catalog import Catalog, CatalogError
from vectorstore.catalog.database import open_database
from vectorstore.corpus import Corpus

ROOT = Path(__file__).parents[1]
_LATIN = "ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0"


def later(server: Postgres) -> str:
    """A database that a later version of the program has changed."""
    url = server.new()
    server.execute("UPDATE alembic_version SET version_num = '9999'", url.rpartition("/")[2])
    return url


FAULTS: dict[str, tuple[Callable[[Postgres], str], str]] = {
    "no server": (lambda s: s.url("postgres", port=1), "Connection refused"),
    "wrong password": (lambda s: s.url("postgres", password="pg-canary"), "password auth"),
    "no database": (lambda s: s.url("nowhere"), 'database "nowhere" does not exist'),
    "no host": (lambda s: f"postgresql://u:{quote(PASSWORD)}@h.invalid/x", "resolve host"),
    "unquoted @": (lambda s: f"postgresql://u:{PASSWORD}@localhost/x", "%40"),
    "unquoted :": (lambda s: "postgresql://u:pg@can:ary@localhost/x", "write it as"),
    "another database": (lambda s: "mysql://u:pg-canary@localhost/x", "write it as"),
    "no URL": (lambda s: "pg-canary", "write it as"),
    "another encoding": (lambda s: s.bare(_LATIN), "LATIN1"),
    "a later version": (later, "Update this program"),
}


@pytest.mark.parametrize("door", [ingest.__main__.main, bot.__main__.main])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_one_sentence_without_the_password(
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: str,
    door: Callable[[list[str]], int],
) -> None:
    make, said = FAULTS[fault]
    monkeypatch.setenv("DATABASE_URL", make(postgres))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert door(["list"] if door is ingest.__main__.main else ["ask", "who?"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert said in printed.err
    assert "DATABASE_URL" in printed.err
    assert "canary" not in printed.err
    assert PASSWORD not in printed.err


@pytest.mark.parametrize("fault", FAULTS)
def test_the_password_is_in_no_log_and_no_traceback(
    postgres: Postgres, tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        Catalog.open(tmp_path, postgres.new()).close()
        with pytest.raises(CatalogError) as caught:
            Catalog.open(tmp_path, FAULTS[fault][0](postgres))
    trace = "".join(traceback.format_exception(caught.value))
    for text in (caplog.text, trace, repr(caught.value)):
        assert "canary" not in text
        assert quote(PASSWORD, safe="") not in text


def test_the_command_line_keeps_the_catalog_on_the_server(
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, data, news = postgres.bare(), tmp_path / "data", tmp_path / "news"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_DIR", str(data))
    assert ingest.__main__.main(["list", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert not Catalog.existing(data, url), "to look makes no tables"
    news.mkdir()
    (news / "a.md").write_text("---\ntitle: A day\n---\nThe ministers met in Vienna on Monday.")
    command = [sys.executable, "-m", "tests.ingest.scripted", str(news), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["added"] == 1
    assert ingest.__main__.main(["list", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["a"]
    assert ingest.__main__.main([str(news), "--if-empty"]) == 0
    assert not (data / "catalog.sqlite3").exists()


def test_a_reader_notices_what_is_published(postgres: Postgres, tmp_path: Path) -> None:
    keep_in(tmp_path, url := postgres.new())
    publish(tmp_path, briefing("a", "Ministers met."))
    with closing(Corpus(tmp_path, url)) as corpus:
        corpus.watch()
        with corpus.view() as view:
            assert view.generation.number == 1
        publish(tmp_path, briefing("b", "Floods came."))
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with corpus.view() as view:
                if view.generation.number == 2:
                    return
            time.sleep(0.05)
    pytest.fail("the new generation was not noticed")


def test_a_server_that_went_away_is_said_and_one_that_came_back_is_used(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.new()
    name = url.rpartition("/")[2]
    others = f"pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with closing(Catalog.open(tmp_path, url)) as catalog:
        assert catalog.current() is None
        postgres.execute(f"SELECT {others}")
        assert catalog.current() is None
        postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres.execute(f"SELECT {others}")
        with pytest.raises(CatalogError, match="Check the server that DATABASE_URL names"):
            catalog.current()


def test_records_of_a_later_version_are_not_touched(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new()
    postgres.execute(f"UPDATE {TABLES.noted_in} SET version_num = '9999'", url.rpartition("/")[2])
    Catalog.open(tmp_path, url).close()
    with pytest.raises(CatalogError, match="Update this program"):
        open_database(tmp_path, url, TABLES)
