"""Asks web servers for pages, politely: a few at once, again later, never sooner than they ask.

Knows nothing of what is on a page.
"""

from __future__ import annotations

import logging
import random
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, zip_longest
from queue import Queue
from threading import Event, Lock

from ingest.web.addresses import Allowed, check
from ingest.web.asking import Asker, FailedError
from ingest.web.fetched import Fetched, FetchError, PermanentError, Query, TransientError
from ingest.web.hosts import AT_ONCE, LONGEST_WAIT, Host

# A page of a slow blog takes seconds; who needs longer is stuck, or means to hold us.
PAGE_SECONDS = 30.0
ATTEMPTS = 4
# The longest pause before the second attempt; doubled each time, and drawn by lot so that pages
# that failed together do not come back together.
_PAUSE = 1.0
# Hosts asked at the same time, and pages waiting to be taken: each may be 10 MiB.
_HOSTS_AT_ONCE = 8
_PAGES_AHEAD = 16
Result = tuple[Query, Fetched | FetchError]


class Fetcher:
    """Asks for pages; may be used from many threads at once, and closed once.

    ``allow_private`` are the host names, addresses and networks (``10.1.0.0/16``) that may be
    asked though they are not on the public web; a wrong one raises ValueError. ``page_seconds``
    is the time for one attempt at one page.
    """

    def __init__(
        self, *, allow_private: Collection[str] = (), page_seconds: float = PAGE_SECONDS
    ) -> None:
        for name in ("httpx2", "httpcore2"):  # they log whole addresses, and headers
            logging.getLogger(name).setLevel(logging.WARNING)
        allowed = Allowed.read(allow_private)
        self._asker = Asker(allowed, _HOSTS_AT_ONCE * AT_ONCE, page_seconds)
        self._closed = Event()
        self._hosts: dict[str, Host] = {}
        self._lock = Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; who still waits for a page gets a `TransientError` soon."""
        self._closed.set()
        self._asker.close()

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept: str = "*/*",
        login: tuple[str, str] | None = None,
    ) -> Fetched:
        """The page at ``url``; raises `FetchError`.

        ``etag`` and ``last_modified`` are those of an earlier answer: a page that is as it was
        then comes without its content. ``login`` is a name and a password; they are sent to the
        scheme, host and port of ``url`` alone, and over http only to a host that is allowed by
        its name.
        """
        return self._ask(
            Query(url=url, etag=etag, last_modified=last_modified, accept=accept, login=login)
        )

    def get_many(self, queries: Iterable[Query]) -> Iterator[Result]:
        """Each query with its answer or its error, as they arrive.

        Hosts are asked in parallel, each for a few pages at once. A few pages are fetched ahead
        of whoever takes them; none is asked for any more once nobody takes them.
        """
        results: Queue[Result | None] = Queue(_PAGES_AHEAD)
        left = Event()

        def run(lane: deque[Query]) -> None:
            while not left.is_set() and (query := _first(lane)):
                results.put((query, self._result(query)))
            results.put(None)

        with ThreadPoolExecutor(_HOSTS_AT_ONCE * AT_ONCE, "fetch") as pool:
            running = len([pool.submit(run, lane) for lane in _lanes(queries)])
            try:
                while running:
                    if result := results.get():
                        yield result
                    else:
                        running -= 1
            finally:
                left.set()
                while running:  # no lane must wait for room among the results
                    running -= results.get() is None

    def _result(self, query: Query) -> Fetched | FetchError:
        try:
            return self._ask(query)
        except FetchError as error:
            return error

    def _ask(self, query: Query) -> Fetched:
        check(query.url)
        host = self._host(query.url)
        for attempt in range(1, ATTEMPTS + 1):
            with host.turn(self._sleep):
                try:
                    fetched = self._asker.ask(query)
                except FailedError as failed:
                    host.park(failed.wait)
                    if attempt == ATTEMPTS or failed.wait > LONGEST_WAIT:
                        host.failed()
                        raise host.parked() if failed.wait > LONGEST_WAIT else failed from None
                except TransientError:
                    host.failed()
                    raise
                except PermanentError:
                    host.answered()
                    raise
                else:
                    host.answered()
                    return fetched
            self._sleep(random.uniform(0, _PAUSE * 2**attempt))  # noqa: S311 - no secret
        raise AssertionError("the last attempt returns or raises")

    def _host(self, url: str) -> Host:
        name = _host_of(url)
        with self._lock:
            return self._hosts.setdefault(name, Host(name))

    def _sleep(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise TransientError("The run was stopped before the page came.")


def _host_of(url: str) -> str:
    """The host and port of an address, whether or not it is one that may be asked."""
    return url.partition("//")[2].partition("/")[0].lower()


def _first(lane: deque[Query]) -> Query | None:
    """The next query of a lane, None when all are taken."""
    try:
        return lane.popleft()
    except IndexError:
        return None


def _lanes(queries: Iterable[Query]) -> list[deque[Query]]:
    """For each host as many times its queries as may run at once, the hosts taking turns."""
    by_host: dict[str, deque[Query]] = {}
    for query in queries:
        by_host.setdefault(_host_of(query.url), deque()).append(query)
    rounds = zip_longest(*([lane] * min(AT_ONCE, len(lane)) for lane in by_host.values()))
    return [lane for lane in chain.from_iterable(rounds) if lane is not None]
