"""Has the editors' command line take hints from the CMS while the bot runs; knows no Telegram.

The server is a process of its own, ``python -m ingest serve``: it ends when its standard input
does, so that it never outlives the bot, however the bot ends.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)
# The server says why it cannot serve; trying again would say it again.
_COULD_NOT_RUN = 2
_SECONDS_BEFORE_ANOTHER = 5.0
_PATIENCE = 15.0  # longer than the server gives a run that it ends


@contextmanager
def taking_hints(port: int | None) -> Iterator[None]:
    """Let hints be taken at ``port`` of this machine while the block runs; nothing without one."""
    if port is None:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_keep_serving, args=(port, stop), name="hooks")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_serving(port: int, stop: threading.Event) -> None:
    """Serve until ``stop``, with another process when one crashed."""
    while not stop.is_set():
        code = _serve(port, stop)
        if code == _COULD_NOT_RUN:
            _log.warning("Hints from the CMS are not taken, the bot runs without them.")
            return
        if not stop.is_set():
            _log.warning("The process that takes hints has ended (%s); starting another.", code)
            stop.wait(_SECONDS_BEFORE_ANOTHER)


def _serve(port: int, stop: threading.Event) -> int:
    """The exit code of one server, ended when it is time to stop."""
    command = [sys.executable, "-m", "ingest", "serve", "--port", str(port), "--with-parent"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    while not stop.wait(0.2):
        if server.poll() is not None:
            return server.returncode
    try:
        server.communicate(timeout=_PATIENCE)  # closes its standard input, and waits
    except subprocess.TimeoutExpired:
        server.kill()
    return server.wait()
