"""``python -m tests.fuzzing [EXAMPLES] [TARGET…]``: try the parsers with many broken inputs.

Prints the smallest input that breaks a target; Hypothesis keeps it and tries it first next time.
"""

from __future__ import annotations

import sys
import time
import traceback

from hypothesis import HealthCheck, given, settings

from tests.fuzzing.mutants import mutants
from tests.fuzzing.targets import TARGETS, seeds, timed

EXAMPLES = 5000


def holds(name: str, examples: int) -> bool:
    """Whether a target stood ``examples`` inputs."""

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(mutants(seeds(name)))
    def attempt(content: bytes) -> None:
        timed(TARGETS[name], content)

    began = time.monotonic()
    try:
        attempt()
    except Exception:
        traceback.print_exc()
        return False
    sys.stdout.write(f"{name}: {examples} inputs in {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()
    return True


if __name__ == "__main__":
    given_examples = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    names = [word for word in sys.argv[1:] if not word.isdecimal()] or list(TARGETS)
    results = [holds(name, *(given_examples or [EXAMPLES])) for name in names]
    sys.exit(not all(results))
