"""A stand-in for ``python -m ingest`` that says what a test has written down, and notes its orders.

``python child.py SCRIPT ARGUMENTS...``: SCRIPT is a JSON file with ``steps`` (lines of standard
error; a number is a pause in seconds), ``output``, ``code``, and perhaps ``signal``, by which it
ends. What it is given goes into SCRIPT.orders.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path


def main() -> int:
    path = Path(sys.argv[1])
    script = json.loads(path.read_text("utf-8"))
    with path.with_suffix(".orders").open("a") as orders:
        orders.write(json.dumps(sys.argv[2:]) + "\n")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # nohup has it ignored
    try:
        for step in script.get("steps", []):
            if isinstance(step, int | float):
                time.sleep(step)
                continue
            line = step if isinstance(step, str) else json.dumps(step)
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing was published.\n")
        return 2
    if "signal" in script:
        os.kill(os.getpid(), script["signal"])
    if "output" in script:
        sys.stdout.write(json.dumps(script["output"]))
    return int(script.get("code", 0))


if __name__ == "__main__":
    sys.exit(main())
