"""What a publication is, and the right to make one; light to import, it opens no index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from vectorstore.domain import Document, Span, StoreError

if TYPE_CHECKING:  # the process that verifies an index waits for no SQL
    from vectorstore.catalog import Page

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]  # how many of how many texts are embedded


class PublishError(StoreError):
    """Nothing was published; the current generation is as it was."""


class BusyError(PublishError):
    """Another process is publishing."""


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def fingerprint(self) -> str:
        """Names the model and all that its vectors depend on."""

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        """For each text rows of length 1: its own vector, then one for each of its parts.

        ``parts[i]`` are spans of ``texts[i]``; ``progress`` hears how many texts were just read.
        """


class Check(Protocol):
    """What a new index must pass before it is published; one serves for one index."""

    def check(self, folder: Path) -> None:
        """Raises `IndexFolderError` with what is wrong with a sealed folder."""

    def close(self) -> None:
        """Let go of everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a run wants published: ``pages[i]`` is where ``documents[i]`` was read."""

    documents: Sequence[Document] = ()
    pages: Sequence[Page] = ()
    gone: Collection[str] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The generation that is current now, and how many texts had to be embedded for it."""

    generation: int | None
    embedded: int


@contextmanager
def writing(data_dir: Path) -> Iterator[None]:
    """Be the one process that publishes into ``data_dir`` while the block runs.

    Raises `BusyError` at once when another process is, `PublishError` when nobody can be.
    """
    lock = FileLock(data_dir / "publish.lock")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            "Another ingestion is running; wait until it has finished, then run this again."
        ) from None
    except OSError as error:
        raise PublishError(
            f"{data_dir} cannot be written ({error.strerror}), so nothing can be published. "
            "Check DATA_DIR, its permissions and the disk it is on."
        ) from error
    try:
        yield
    finally:
        lock.release()
