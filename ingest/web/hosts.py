"""How much is asked of one host at a time, and when it is left alone; asks nothing itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock, Semaphore

from ingest.web.fetched import TransientError

# What a browser opens to one host at most is six; a blog on shared hosting serves readers besides.
AT_ONCE = 4
# Longer than this nobody who watches a run wants to wait for one host.
LONGEST_WAIT = 30.0
# A host that asks for more than a day is asked again after a day: its clock may be wrong.
LONGEST_PARK = 24 * 3600.0
# So many pages failed one after the other, each after its own attempts: the host is down, and
# asking it for the other nine hundred would take hours.
FAILURES = 5
_REST = 300.0


class Host:
    """One host as all threads see it (mutable)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._turns = Semaphore(AT_ONCE)
        self._lock = Lock()
        self._until = 0.0
        self._failures = 0

    @contextmanager
    def turn(self, sleep: Callable[[float], None]) -> Iterator[None]:
        """Wait for one of the host's turns; raises `TransientError` when that takes too long."""
        with self._turns:
            while (wait := self._until - time.time()) > 0:
                if wait > LONGEST_WAIT:
                    raise self.parked()
                sleep(wait)
            yield

    def park(self, seconds: float) -> None:
        """Leave the host alone for so long, at most for a day."""
        with self._lock:
            self._until = max(self._until, time.time() + min(seconds, LONGEST_PARK))

    def answered(self) -> None:
        """The host works: it gave a page or said why not."""
        self._failures = 0

    def failed(self) -> None:
        """The host gave no page for all attempts."""
        with self._lock:
            self._failures += 1
            down = self._failures >= FAILURES
        if down:
            self._failures = 0
            self.park(_REST)

    def parked(self) -> TransientError:
        """Why nothing is asked of the host now."""
        until = datetime.fromtimestamp(self._until, UTC)
        return TransientError(
            f"{self._name} is left alone until {until:%Y-%m-%d %H:%M} UTC: "
            "it asked for that, or failed too often in a row.",
            until=until,
        )


def retry_after(header: str) -> float:
    """How many seconds a Retry-After header asks to wait: a number or a date; 0 for neither."""
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
