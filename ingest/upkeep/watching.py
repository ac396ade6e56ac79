"""Notices when the briefings of a folder change; knows nothing of what is in them.

Events of the file system only wake it up: whether there is anything to do is told by names, sizes
and times of the files that could be briefings. So the files that editors keep beside the one being
written ask for nothing, and folders that are moved or that a network drive changes silently are
noticed as well.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch

from ingest.sources.files import KINDS
from ingest.upkeep.runs import tell

# Milliseconds without an event after which a burst of them is over, and the longest burst.
QUIET, BURST = 300, 5000
# Seconds after which a look is taken even without an event, and between looks for a lost folder.
UNASKED, LOST = 15.0, 1.0

_KINDS = tuple(KINDS)

State = dict[str, tuple[int, int, int]]  # by path: inode, size and time of the last change


async def watch(path: Path, changed: Callable[[], None]) -> None:
    """Call ``changed`` at once and after each change of the folder or file ``path``, for ever.

    A folder that vanishes is waited for.
    """
    seen: State | None = None
    while True:
        async with aclosing(_wakings(path)) as wakings:
            async for _ in wakings:
                now = await asyncio.to_thread(state, path)
                if now is None:
                    break
                if now != seen:
                    seen = now
                    changed()
        if not path.exists():
            tell(f"{path} is gone; waiting until it is there again.")
            while not path.exists():
                await asyncio.sleep(LOST)
            tell(f"{path} is there again.")


def state(path: Path) -> State | None:
    """What could be briefings at ``path`` at this moment; None when it does not exist."""
    found: State = {}
    try:
        status = path.stat()
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return {str(path): _stamp(status)}
    folders: list[str] = [str(path)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.lower().endswith(_KINDS):
                    with suppress(OSError):  # it went just now
                        found[entry.path] = _stamp(entry.stat())
    return found


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


async def _wakings(path: Path) -> AsyncGenerator[None, None]:
    """Yield at once and whenever something may have happened; ends when ``path`` is another one."""
    folder = path if path.is_dir() else path.parent
    try:
        identity = folder.stat().st_ino
        yield
        events = awatch(
            folder,
            watch_filter=None,
            step=QUIET,
            debounce=BURST,
            rust_timeout=int(UNASKED * 1000),
            yield_on_timeout=True,
            recursive=path.is_dir(),
            ignore_permission_denied=True,
        )
        async with aclosing(events):
            async for _ in events:
                yield
                if folder.stat().st_ino != identity:  # another folder was put in its place
                    return
    except FileNotFoundError:
        return
    except OSError as error:  # such as too many watches in the whole system
        tell(f"{folder} cannot be watched ({error}); looking every {UNASKED:.0f} s instead.")
        while folder.exists():
            await asyncio.sleep(UNASKED)
            yield
