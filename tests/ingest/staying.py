"""A process of the editors' command line that stays, and what it has said so far."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Staying:
    """``python -m tests.ingest.scripted ARGUMENTS``, until the block ends; each run says JSON.

    What an earlier process on the same data has said is left out.
    """

    def __init__(self, data: Path, *arguments: object, **env: str) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._out, self._err = data / "stdout", data / "stderr"
        self._before = {path: path.stat().st_size for path in data.glob("std*")}
        with self._out.open("ab") as out, self._err.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.ingest.scripted", *map(str, arguments), "--json"],
                env=os.environ | {"DATA_DIR": str(data)} | env,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )

    @property
    def runs(self) -> list[dict[str, Any]]:
        """The reports of all runs that have ended."""
        return [json.loads(line) for line in self._read(self._out).splitlines()]

    @property
    def said(self) -> str:
        """All of standard error."""
        return self._read(self._err)

    def _read(self, path: Path) -> str:
        return path.read_bytes()[self._before.get(path, 0) :].decode()

    def until(self, condition: Callable[[], object], seconds: float = 300) -> None:
        """Wait until ``condition`` holds; fails after ``seconds`` or when the process has ended."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{self.runs} {self.said}"
            assert self.process.poll() is None, self.said
            time.sleep(0.05)

    def end(self, with_signal: int = signal.SIGTERM) -> int:
        """The exit code after a signal."""
        self.process.send_signal(with_signal)
        return self.process.wait(timeout=120)

    def __enter__(self) -> Staying:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()
