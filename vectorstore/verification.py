"""Reopens an index folder in a process of its own and checks it; decides nothing else.

A damaged Chroma folder can bring the process down that opens it, so the one that publishes does
not open what it has just written: a child does, and its exit is the verdict.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.domain import StoreError


class Verifier:
    """A child process that waits, its libraries already imported, for a folder to check."""

    def __init__(self) -> None:
        with _unstopped():
            self._child = subprocess.Popen(
                [sys.executable, "-m", "vectorstore.verification"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=Path(__file__).parents[1],
            )

    def check(self, folder: Path) -> None:
        """Check a sealed folder; raises `IndexFolderError` with what is wrong."""
        from vectorstore.index import IndexFolderError  # Chroma is not to delay the child's start

        said, _ = self._child.communicate(f"{folder.absolute()}\n")
        if self._child.returncode != 0:
            raise IndexFolderError(said.strip() or "the index could not be opened again")

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.communicate()

    def __enter__(self) -> Verifier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _unstopped() -> Iterator[None]:
    """Children begun here hear no Ctrl-C: a child that ends of it would be a verdict."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def main() -> int:
    """Read a folder's name from standard input and check it; 0 when it is whole."""
    from vectorstore.index import Index

    folder = sys.stdin.readline().strip()
    if not folder:
        return 0
    try:
        Index(Path(folder)).verify()
    except (StoreError, OSError, ValueError) as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
