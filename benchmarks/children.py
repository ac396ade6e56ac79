"""Runs the product's commands as a person would, in processes of their own, and measures them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
# Between two looks at a process's memory: 2 % of the second core.
LOOK_SECONDS = 0.05


class BenchmarkError(Exception):
    """Something cannot be measured; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished process: its wall time, what it printed, and its peak in MB where watched.

    The peak is resident memory of the process and its children together; a page that two of them
    share counts twice.
    """

    seconds: float
    output: str
    log: str
    peak: float


def python(
    *arguments: str,
    data_dir: Path | None = None,
    lines: Sequence[str] = (),
    done: Sequence[int] = (0,),
    watch: bool = False,
) -> Run:
    """Run ``python`` with ``arguments`` in the repository, ``lines`` as its standard input.

    ``watch`` looks at its memory meanwhile. Raises BenchmarkError when it exits otherwise than
    with one of ``done``.
    """
    environment = dict(os.environ) | ({"DATA_DIR": str(data_dir)} if data_dir else {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or every start compiles the product anew
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    sent: str | None = "".join(f"{line}\n" for line in lines)
    peak = 0
    while True:
        try:
            output, log = child.communicate(sent, timeout=LOOK_SECONDS if watch else None)
            break
        except subprocess.TimeoutExpired:
            sent = None
            peak = max(peak, _resident(child.pid))
    seconds = time.perf_counter() - began
    if child.returncode not in done:
        said = log.strip().splitlines() or ["it said nothing"]
        raise BenchmarkError(f"python {' '.join(arguments)} failed: {said[-1]}")
    return Run(seconds=seconds, output=output, log=log, peak=peak / 1e6)


def _resident(pid: int) -> int:
    """Bytes that a process and its children hold."""
    total = 0
    try:
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            total += each.memory_info().rss
    except psutil.Error:  # it ended while we looked
        return total
    return total
