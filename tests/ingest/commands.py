"""The editors' command line in a process of its own, and how it ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
REPORT = {
    "added", "updated", "unchanged", "removed", "failed",
    "passages", "embedded", "generation", "seconds",
}  # fmt: skip

SCRIPTED = "tests.ingest.scripted"


class Ended:
    """How a command ended, and what it printed."""

    def __init__(self, process: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        assert self.out.count("\n") == 1, self.out + self.err
        return json.loads(self.out)


def command(data: Path, *arguments: object, module: str = "ingest", **env: str) -> Ended:
    """Run the command line in a process of its own; ``SCRIPTED`` where there is what to embed."""
    return Ended(
        subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env=os.environ | {"DATA_DIR": str(data)} | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
    )
