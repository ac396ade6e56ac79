"""PostgreSQL for tests: a private server that is thrown away, and which folder's records are in it.

A data folder of a test is like any other; where a file in it names a database, its catalog and
records are there. So processes that a test starts find it as well.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier

from bot.records.database import open_records
from vectorstore.catalog import Catalog

PASSWORD = "pg-c@nary/s€cret"
_FILE = "database.url"
# Durability is not what these tests are about; the time zone and the order of letters that are not
# ours are: what works here does not lean on the server's.
_OPTIONS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "shared_buffers": "16MB", "max_connections": "150", "timezone": "Asia/Kolkata",
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
}  # fmt: skip


class NoServerError(Exception):
    """PostgreSQL cannot be started here; the message says why."""


class Postgres:
    """A running server. ``port`` and ``password`` let in its only user."""

    user = "tester"
    password = PASSWORD

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count(1)
        self._empty = ""

    def url(self, database: str, **other: object) -> str:
        given = {"user": self.user, "password": PASSWORD, "port": self.port} | other
        password = quote(str(given["password"]), safe="")
        return f"postgresql://{given['user']}:{password}@127.0.0.1:{given['port']}/{database}"

    def new(self) -> str:
        """The URL of a new database in which all tables are, and nothing in them."""
        if not self._empty:
            self._empty = self.bare()
            Catalog.open(Path(), self._empty).close()
            open_records(Path(), self._empty).dispose()
        return self.copy(self._empty)

    def bare(self, how: str = "") -> str:
        """The URL of a new database without tables."""
        name = f"db{next(self._numbers)}"
        self.execute(SQL("CREATE DATABASE {} " + how).format(Identifier(name)))
        return self.url(name)

    def copy(self, url: str) -> str:
        """The URL of a new database that holds what that of ``url`` holds."""
        return self.bare(f'TEMPLATE "{url.rpartition("/")[2]}"')

    def drop(self, url: str) -> None:
        """Delete the database of ``url``, which nobody uses any more."""
        self.execute(SQL("DROP DATABASE {}").format(Identifier(url.rpartition("/")[2])))

    def execute(self, statement: object, database: str = "postgres") -> None:
        with closing(psycopg.connect(self.url(database), autocommit=True)) as connection:
            connection.execute(statement)  # type: ignore[call-overload] # a str or SQL


def url_of(folder: Path) -> str:
    """The database of a data folder, "" where it is SQLite's."""
    file = folder / _FILE
    return file.read_text() if file.exists() else ""


def keep_in(folder: Path, url: str) -> None:
    """Let a data folder's catalog and records be in a database."""
    (folder / _FILE).write_text(url)


@contextmanager
def running() -> Iterator[Postgres]:
    """A server of this process's own; raises `NoServerError`."""
    binaries, owner = _binaries(), _owner()
    home = Path(mkdtemp(prefix="briefing-postgres-"))
    try:
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)

        def run(program: str, *arguments: str) -> None:
            as_owner = {"user": owner.pw_uid, "group": owner.pw_gid} if owner else {}
            done = subprocess.run(
                [binaries / program, *arguments], cwd=home, capture_output=True, text=True,
                extra_groups=[] if owner else None, **as_owner,
            )  # fmt: skip
            if done.returncode:
                raise NoServerError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")

        data, secret = str(home / "data"), home / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        run("initdb", "-D", data, "-U", Postgres.user, f"--pwfile={secret}", "-A", "scram-sha-256",
            "-E", "UTF8", "--no-sync", *_ordered_as_elsewhere(binaries))  # fmt: skip
        server = Postgres(_free_port())
        options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
        options += f" -p {server.port}"
        run(
            "pg_ctl", "-D", data, "-w", "-t", "120", "-l", str(home / "log"), "-o", options, "start"
        )
        try:
            yield server
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise NoServerError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(found, key=lambda path: int(path.parent.name))


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: the user of this process, but never root, which it refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _ordered_as_elsewhere(binaries: Path) -> list[str]:
    """Options for an order of letters that is not that of their codes, where it can be had."""
    said = subprocess.run([binaries / "initdb", "--version"], capture_output=True, text=True)
    version = re.search(r"\d+", said.stdout)
    if version is None or int(version[0]) < 15:
        return []
    return ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"]


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
