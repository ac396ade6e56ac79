"""Kills ingestion at chosen and at random moments, and counts what readers and the next run find.

    python -m benchmarks.crash [--kills 200] [--real 4] [--seed 1]

A folder of briefings, a blog and a feed change; a run that publishes the change is killed; whoever
reads must then see exactly the old or exactly the new state, and the next run must bring the new
one: what was read, but not published, is asked for again. Most runs are forked from a process that
has imported everything, with a scripted encoder, so that every moment of a run is hit many times;
``--real`` of the kills are of ``python -m ingest`` with the real model.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.newsrooms import Feed, Folder, Newsroom, Posts, State
from ingest import __main__ as command_line
from tests.ingest import scripted
from tests.vectorstore.store import catalogued, indexed
from tests.web_server.server import WebServer, web_server
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus, EmptyCorpusError
from vectorstore.domain import Briefing
from vectorstore.folders import MANIFEST, index_folder

ROOT = Path(__file__).parents[1]
LOOPBACK = {"ALLOW_PRIVATE_HOSTS": "127.0.0.1"}
Forked = multiprocessing.process.BaseProcess
Real = subprocess.Popen[bytes]


@dataclass
class Tally:
    """What was counted (mutable while the sweep goes on)."""

    moments: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """Runs that were under way when they were killed."""
        return sum(count for (_, found), count in self.moments.items() if found != "over before")


class Sweep:
    """One data folder, the newsrooms ingested into it, and a reader that never goes away."""

    def __init__(self, home: Path, blog: WebServer, feed: WebServer, seed: int) -> None:
        self.tally = Tally()
        self._data = home / "data"
        self._chance = random.Random(seed)
        self._newsrooms: tuple[Newsroom, ...] = (
            Folder(home / "news", self._chance),
            Posts(blog, self._chance),
            Feed(feed, self._chance),
        )
        for newsroom in self._newsrooms:
            newsroom.change()  # a web address that has nothing yet is an error
        self._published: State = {}
        self._seconds = 2.0  # of a whole run
        self._corpus = Corpus(self._data)
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload(
            ["ingest.reading", "tests.ingest.scripted", "alembic.command", "vectorstore.publisher"]
        )

    def close(self) -> None:
        """Let the reader go."""
        self._corpus.close()

    def round(self, moment: str, *, real: bool = False) -> None:
        """Change the newsrooms, kill the run, look, let the next run finish, look again."""
        for newsroom in self._newsrooms:
            newsroom.change()
        run = self._start_real() if real else self._start_forked()
        children = self._kill(run, moment)
        self._look_after(moment)
        self._finish()
        if psutil.wait_procs(children, timeout=20)[1]:
            self._fault(moment, "left a process behind")

    def _kill(self, run: Forked | Real, moment: str) -> list[psutil.Process]:
        wait, spread = self._moments()[moment]
        with self._catalog() as catalog:
            before = catalog.current()
            deadline = time.monotonic() + 30
            alive = psutil.Process(run.pid)
            while not wait(catalog, before and before.number) and _is_alive(alive):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"the run never came to the moment {moment!r}")
                time.sleep(0.002)
        time.sleep(self._chance.uniform(0, spread))
        self._was_alive = _is_alive(alive)
        children = alive.children(recursive=True) if self._was_alive else []
        run.kill()
        run.wait() if isinstance(run, subprocess.Popen) else run.join()
        return children

    def _moments(self) -> dict[str, tuple[Callable[[Catalog, int | None], bool], float]]:
        """For every moment: what to wait for, and within how many seconds after it to kill."""

        def new_folder(catalog: Catalog, _: int | None) -> bool:
            return self._next(catalog).exists()

        def sealed(catalog: Catalog, _: int | None) -> bool:
            return (self._next(catalog) / MANIFEST).exists()

        def published(catalog: Catalog, before: int | None) -> bool:
            current = catalog.current()
            return current is not None and current.number != before

        return {
            "any": (lambda *_: True, self._seconds),
            "index begun": (new_folder, 0.1),
            "index sealed": (sealed, self._seconds / 2),
            "published": (published, 0.01),
        }

    def _look_after(self, moment: str) -> None:
        seen = self._read(moment)
        if seen == self._state:
            found = "new" if self._was_alive else "over before"
        elif seen == self._published:
            found = "old"
        else:
            found = "neither"
            self._fault(moment, "a reader sees neither the old state nor the new one")
        self.tally.moments[moment, found] += 1

    def _finish(self) -> None:
        began = time.monotonic()
        run = self._start_forked()
        run.join(60)
        self._seconds = time.monotonic() - began
        if run.exitcode != 0:
            self._fault("next run", f"ended with {run.exitcode}: {self._said.read_text()}")
        if self._read("next run") != self._state:
            self._fault("next run", "the newest state is not what is published")
        with self._catalog() as catalog:
            kept = {index_folder(self._data, each.number).name for each in catalog.kept()}
        if leftovers := {path.name for path in (self._data / "index").iterdir()} - kept:
            self._fault("next run", f"leftovers {leftovers}")
        self._published = self._state

    def _read(self, moment: str) -> State:
        """What a reader sees; its index and its catalog must agree."""
        try:
            with self._corpus.view() as view:
                if indexed(view) != catalogued(view):
                    self._fault(moment, "the index holds other passages than the catalog")
                view.index.verify()
                briefings = [document.briefing for document in view.documents.values()]
        except EmptyCorpusError:
            return {}
        if len({briefing.id for briefing in briefings}) != len(briefings):
            self._fault(moment, "a briefing is there twice")
        return {_key(each): (each.title, each.tier.value, each.text) for each in briefings}

    def _start_forked(self) -> Forked:
        self._said = self._data.parent / "said"
        run = self._forks.Process(
            target=ingest, args=(self._command, str(self._data), str(self._said))
        )
        run.start()
        return run

    def _start_real(self) -> Real:
        return subprocess.Popen(
            [sys.executable, "-m", "ingest", *self._command],
            env=os.environ | {"DATA_DIR": str(self._data), **LOOPBACK},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def _state(self) -> State:
        return {key: news for newsroom in self._newsrooms for key, news in newsroom.state.items()}

    @property
    def _command(self) -> list[str]:
        addresses = [newsroom.address for newsroom in self._newsrooms]
        return [*addresses, "--json", "--allow-removals"]

    def _next(self, catalog: Catalog) -> Path:
        return index_folder(self._data, catalog.newest_number() + 1)

    @contextmanager
    def _catalog(self) -> Iterator[Catalog]:
        with closing(Catalog.open(self._data)) as catalog:
            yield catalog

    def _fault(self, moment: str, what: str) -> None:
        self.tally.faults.append(f"kill {self.tally.kills + 1} ({moment}): {what}")


def ingest(command: list[str], data: str, said: str) -> None:
    """One forked run with the scripted encoder; it ends the process with the exit code."""
    os.environ |= {"DATA_DIR": data, **LOOPBACK}
    scripted.use()
    with Path(said).open("w") as file, redirect_stdout(file):
        sys.exit(command_line.main(command))


def sweep(kills: int, real: int, seed: int) -> Tally:
    """Kill ``kills`` runs under way, ``real`` of them with the real model."""
    with (
        tempfile.TemporaryDirectory() as home,
        web_server() as blog,
        web_server() as feed,
        closing(Sweep(Path(home), blog, feed, seed)) as ours,
    ):
        moments = list(ours._moments())
        while ours.tally.kills < kills:
            done = ours.tally.kills
            is_real = done < real
            ours.round("any" if is_real else moments[done % len(moments)], real=is_real)
            if ours.tally.kills > done and ours.tally.kills % 10 == 0:
                faults = len(ours.tally.faults)
                print(f"{ours.tally.kills} of {kills} kills, {faults} faults", file=sys.stderr)
        return ours.tally


def _key(briefing: Briefing) -> str:
    url = briefing.url or ""
    return url if url.startswith("http") else briefing.id


def _is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _table(tally: Tally) -> Table:
    outcomes = ("old", "new", "over before", "neither")
    table = Table("killed", *outcomes, title=f"{tally.kills} kills")
    for moment in dict.fromkeys(moment for moment, _ in tally.moments):
        table.add_row(moment, *(str(tally.moments[moment, outcome]) for outcome in outcomes))
    return table


def main() -> int:
    """Run the sweep; 1 when anything was lost, half there, twice there or left over."""
    parser = argparse.ArgumentParser("python -m benchmarks.crash")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--real", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    tally = sweep(options.kills, options.real, options.seed)
    Console().print(_table(tally))
    for fault in tally.faults:
        print(fault)
    print(f"{len(tally.faults)} faults in {time.monotonic() - began:.0f} s")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
