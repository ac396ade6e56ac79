"""An editors' desk over a folder of briefings, and a Telegram front for it that tests can end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.editing import EditorsDesk, open_desk
from bot.roles import GivenRoles
from bot.telegram.app import End
from tests.bot.corpora import environment
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import serving
from tests.telegram_server.server import TelegramServer
from vectorstore.catalog import Catalog, Run
from vectorstore.corpus import Corpus

CHILD = Path(__file__).with_name("child.py")
INGEST = (sys.executable, "-m", "tests.ingest.scripted")  # the real thing, without the model
EDITOR, ADMIN, STAFF, STRANGER = 7, 8, 9, 10
ROLES = GivenRoles(admins=frozenset({ADMIN}), editors=frozenset({EDITOR}), staff=frozenset({STAFF}))
PATIENCE = 60.0  # a child process starts, with other work on the machine
REPORT = {
    "added": 0,
    "updated": 0,
    "unchanged": 3,
    "removed": 0,
    "failed": [],
    "passages": 0,
    "embedded": 0,
    "generation": 1,
    "seconds": 0.1,
}
WORDS = "The ministers of both countries met in Vienna on Monday and spoke for several hours."


@dataclass
class Office:
    """What lies on the disk: the newsroom's folder and what is published of it."""

    folder: Path
    data_dir: Path
    newsroom: ScriptedNewsroom = field(default_factory=ScriptedNewsroom)

    def write(self, name: str, words: str = WORDS, **front: str) -> None:
        given = {"title": name.partition(".")[0], "date": "2024-05-01", "lang": "en", **front}
        lines = [f"{key}: {value}" for key, value in given.items()]
        self.folder.mkdir(parents=True, exist_ok=True)
        page = "\n".join(["---", *lines, "---", "", words, ""])
        (self.folder / name).write_text(page, encoding="utf-8")

    def ingest(self) -> None:
        """Publish the folder, as from the command line."""
        done = subprocess.run(
            [*INGEST, str(self.folder)], env=environment(self.data_dir), capture_output=True
        )
        assert done.returncode == 0, done.stderr

    def script(self, **script: Any) -> tuple[str, ...]:
        """The command of a scripted child; its orders come into `orders`."""
        path = self.data_dir.parent / "script.json"
        path.write_text(json.dumps(script), "utf-8")
        return sys.executable, str(CHILD), str(path)

    @property
    def orders(self) -> list[list[str]]:
        path = self.data_dir.parent / "script.orders"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def current(self) -> int | None:
        with closing(Catalog.open(self.data_dir)) as catalog:
            current = catalog.current()
            return current.number if current else None

    def ran(self, ago: timedelta, **given: Any) -> datetime:
        """Put a run that ended ``ago`` into the history; returns when that was."""
        ended = datetime.now(UTC) - ago
        values = {
            "began_at": ended,
            "ended_at": ended,
            "trigger": "timer",
            "sources": (),
            "before": 1,
            "generation": 1,
        }
        with closing(Catalog.open(self.data_dir)) as catalog:
            catalog.record(Run(**(values | given)))
        return ended

    @contextmanager
    def desk(
        self, command: Sequence[str] = INGEST, stale_after: timedelta | None = None
    ) -> Iterator[EditorsDesk]:
        with (
            closing(Corpus(self.data_dir)) as corpus,
            open_desk(self.data_dir, corpus, command, stale_after) as desk,
        ):
            yield desk

    @asynccontextmanager
    async def serving(
        self,
        telegram: TelegramServer,
        command: Sequence[str] = INGEST,
        stale_after: timedelta | None = None,
    ) -> AsyncIterator[End]:
        """The bot over this office, until the block ends or the test ends it."""
        with self.desk(command, stale_after) as desk:
            parts = without_editors(self.newsroom, desk, self.data_dir, ROLES)
            async with serving(telegram, parts) as end:
                await telegram.wait_until(lambda: "callback_query" in telegram.updates.allowed)
                yield end
        telegram.updates.allowed = ()


async def until(telegram: TelegramServer, message: Any, start: str) -> None:
    await telegram.wait_until(lambda: message.text.startswith(start), PATIENCE, start)


def plainly(text: str) -> str:
    """CLDR puts different spaces into dates from release to release."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
