"""Reads pages in a process of its own: beside the model, and so that no page can end the run.

A page that takes too long, or at which a parser crashes, costs that page alone. Knows the two
questions that a reader answers, and nothing of pages.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from ingest.plan import Reader, ReadingError
from ingest.sources import RawPage
from vectorstore.domain import Briefing, Document

# Of the processor's time, so that a busy machine refuses no page: the longest article of a newsroom
# (100,000 words) is read in a tenth of it.
PATIENCE_SECONDS = 120.0
# By the clock, for a reader that waits for something and does not work.
LONGEST_SECONDS = 3600.0


class ReaderApart:
    """A `Reader` whose work a child process does; starts it at once, and again when it ends.

    Use it as a context manager. ``program`` is the module that the child runs.
    """

    def __init__(self, dossiers: Collection[str], program: str = "ingest.apart") -> None:
        self._program = program
        self._dossiers = set(dossiers)
        self._is_closed = False
        self._child = self._start()

    def briefing(self, page: RawPage) -> Briefing:
        """The briefing on the page; raises `ReadingError`."""
        briefing: Briefing = self._ask("briefing", page)
        self._dossiers.update(briefing.dossiers)
        return briefing

    def document(self, briefing: Briefing) -> Document:
        """The briefing cut into passages, with its statements; raises `ReadingError`."""
        document: Document = self._ask("document", briefing)
        return document

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        self._child.kill()
        with suppress(BrokenPipeError):  # what was asked last
            self._child.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[1],
            start_new_session=True,  # Ctrl-C is for the run, which then ends its child
        )
        pickle.dump(self._dossiers, cast(BinaryIO, child.stdin))
        return child

    def _ask(self, question: str, about: object) -> Any:
        asked, answers = cast(BinaryIO, self._child.stdin), cast(BinaryIO, self._child.stdout)
        try:
            pickle.dump((question, about, PATIENCE_SECONDS), asked)
            asked.flush()
            if not select.select([answers], [], [], LONGEST_SECONDS)[0]:
                raise TimeoutError
            answer = pickle.load(answers)  # noqa: S301 - our own child wrote it
        except TimeoutError:
            self._start_anew()
            raise ReadingError(f"cannot be read within {LONGEST_SECONDS:g} s") from None
        except (EOFError, OSError, pickle.UnpicklingError):
            if self._start_anew() == -signal.SIGPROF:
                said = f"cannot be read within {PATIENCE_SECONDS:g} s"
            else:
                said = "cannot be read (the reader came to a sudden end)"
            raise ReadingError(said) from None
        if isinstance(answer, ReadingError):
            raise answer
        return answer

    def _start_anew(self) -> int:
        """Have another child read what comes; returns how the one before it ended."""
        if self._is_closed:  # the run was stopped while a page was being read
            raise RuntimeError("nobody reads any more")
        self._end()
        ended, self._child = self._child, self._start()
        return ended.returncode

    def __enter__(self) -> ReaderApart:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def main(open_reader: Callable[[Collection[str]], Reader]) -> None:
    """Answer questions from standard input on standard output until there are no more.

    Each comes with the processor's seconds that it may take: the system ends this process then,
    even within a library that never comes back.
    """
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library may print
    reader = open_reader(pickle.load(asked))  # noqa: S301 - the run that started us wrote it
    while True:
        try:
            question, about, seconds = pickle.load(asked)  # noqa: S301 - and this
        except EOFError:
            return
        answer: object
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            answer = reader.briefing(about) if question == "briefing" else reader.document(about)
        except ReadingError as error:
            answer = error
        signal.setitimer(signal.ITIMER_PROF, 0)
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except BrokenPipeError:  # the run that asked has been killed: nobody is there to be told
            os._exit(0)


if __name__ == "__main__":
    from ingest.reading import PageReader  # what reads pages is the child's alone

    main(PageReader)
