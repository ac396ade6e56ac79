"""Processes that stay: their tasks together, from the first run until they are told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Collection, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.upkeep import UpkeepError
from ingest.upkeep.hinting import still_remembered
from ingest.upkeep.hints import Hints
from ingest.upkeep.runs import Runs, tell
from ingest.upkeep.signing import SHORTEST_SECRET
from ingest.upkeep.timing import each
from ingest.upkeep.watching import watch
from vectorstore.catalog import Catalog, Remembered
from vectorstore.settings import SettingsError

Task = Coroutine[Any, Any, None]


def repeat(
    program: Sequence[str], sources: Sequence[str], *, watching: bool, every: int | None
) -> None:
    """Run for ``sources`` (none: those remembered), at once and again, until told to stop.

    Again is whenever a folder or file among them changes (``watching``), and ``every`` so many
    seconds. Raises `UpkeepError`.
    """
    local = [source for source in sources if not _is_web(source)] if watching else []
    _check(sources, local, watching=watching, timed=every is not None)
    asyncio.run(_repeat(program, sources, local, every))


def serve(
    program: Sequence[str],
    data_dir: Path,
    database: str,
    secret: str,
    *,
    host: str,
    port: int,
    every: int | None,
    with_parent: bool,
) -> None:
    """Take hints over HTTP and run for the sources they mean, until told to stop.

    ``database`` is PostgreSQL's URL, or "". ``with_parent`` stops as well when standard input
    closes. Raises `SettingsError` when the secret is too short to be one, `StoreError` for the
    data folder and the database, `UpkeepError` for the port.
    """
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"HOOK_SECRET must have {SHORTEST_SECRET} characters or more, the same as in the CMS;"
            " make one with: openssl rand -hex 32"
        )
    hints = Hints(data_dir)
    catalog = Catalog.open(data_dir, database)
    try:
        asyncio.run(_serve(program, secret, hints, catalog, host, port, every, with_parent))
    finally:
        catalog.close()


async def _repeat(
    program: Sequence[str], sources: Sequence[str], local: Sequence[str], every: int | None
) -> None:
    runs = Runs(program, sources)
    watching = [
        watch(Path(source).absolute(), partial(runs.ask, "watch", {source})) for source in local
    ]
    tell("Press Ctrl-C to end.")
    await _live([runs.carry_out(), *watching, *_timer(runs, every)], asyncio.Event())


async def _serve(
    program: Sequence[str],
    secret: str,
    hints: Hints,
    catalog: Catalog,
    host: str,
    port: int,
    every: int | None,
    with_parent: bool,
) -> None:
    from ingest.upkeep.door import Door, listening  # aiohttp, which the other commands do without

    runs = Runs(program, (), hints.done)
    stop = asyncio.Event()
    async with listening(Door(secret, runs, hints, catalog), host, port) as number:
        _resume(runs, hints.adopt(runs.ticket), still_remembered(catalog))
        tell(f"Taking hints at http://{host}:{number}/hooks/publish. Press Ctrl-C to end.")
        if with_parent:
            asyncio.get_running_loop().add_reader(sys.stdin, _stop_at_end, stop)
        await _live([runs.carry_out(), *_timer(runs, every)], stop)


def _timer(runs: Runs, every: int | None) -> list[Task]:
    return [each(every, partial(runs.ask, "timer"))] if every else []


def _resume(runs: Runs, left: Collection[str] | None, sources: Sequence[Remembered]) -> None:
    """Ask for what an earlier process accepted and had not done, where it is still ours to do."""
    still = left if left is None else {source.name for source in sources} & {*left}
    if still is None or still:
        runs.ask("hook", still)


async def _live(tasks: Sequence[Task], stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        for number in (signal.SIGINT, signal.SIGTERM):  # a second one means: at once
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    async with asyncio.TaskGroup() as group:
        living = [group.create_task(task) for task in tasks]
        await stop.wait()
        for task in living:
            task.cancel()


def _stop_at_end(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin)
        stop.set()


def _check(sources: Sequence[str], local: Sequence[str], *, watching: bool, timed: bool) -> None:
    if watching and not local:
        raise UpkeepError("--watch needs a folder or a file; for web addresses use --every 15m.")
    if watching and not timed and len(local) < len(sources):
        raise UpkeepError("--watch cannot see web addresses change; add --every 15m for them.")
    for source in local:
        if not Path(source).exists():
            raise UpkeepError(f"{source!r} does not exist; give a folder or a file to watch.")


def _is_web(source: str) -> bool:
    try:
        return urlsplit(source).scheme.lower() in ("http", "https")
    except ValueError:
        return False
