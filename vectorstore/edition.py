"""The next generation while it is being made: embedded as it is read, written, verified.

Nothing that readers use is touched before the catalog's one transaction names the new generation.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Document, Span
from vectorstore.folders import index_folder, index_folders
from vectorstore.index import Entry, Index, blaming
from vectorstore.publication import Change, Check, Encoder, Progress, Published
from vectorstore.sentences import sentences
from vectorstore.verification import Verifier

# Texts embedded between two commits: what a crash can cost, about six seconds of work.
EMBEDDING_BATCH = 256
# Documents written into the index at a time: their vectors are in memory, all others on disk.
WRITING_BATCH = 500
# Generations that are kept: those of some hours or days to go back to.
KEPT_GENERATIONS = 8
# As few as this where they would take more than this share of the disk that is left for them.
FEWEST_GENERATIONS, KEPT_SHARE = 3, 0.2

T = TypeVar("T")
Place = tuple[str, int]  # a version and where in it a passage starts


class Edition:
    """One generation in the making; use it as a context manager.

    While texts are embedded, the index that it is based on is copied, and the process that will
    verify it starts. What was not published when the block ends is discarded; the vectors stay.
    """

    def __init__(
        self,
        data_dir: Path,
        catalog: Catalog,
        encoder: Encoder,
        progress: Progress | None = None,
        *,
        base: Generation | None,
        verifier: Check | None = None,
    ) -> None:
        """``base`` is the generation whose index is gone on with, None for an index anew.

        ``verifier`` is what checks the new one, by default a process that is started now; it is
        closed with the edition.
        """
        self._data_dir = data_dir
        self._catalog = catalog
        self._encoder = encoder
        self._progress = progress
        self._base = base
        self._number = self._next_number()
        self._folder = index_folder(data_dir, self._number)
        self._names: dict[Place, str] = {}
        self._embedded = self._wanted = 0
        self._is_published = False
        self._verifier: Check = verifier or Verifier()
        self._thread = ThreadPoolExecutor(1)
        self._index: Future[Index] = self._thread.submit(self._start_index)

    def embed(self, batches: Iterable[Sequence[Document]]) -> None:
        """Embed what has no vector yet of some documents as they come, and keep the vectors.

        The progress hears (done, total) of the texts that are known so far.
        """
        for documents in batches:
            texts = _texts(documents)
            self._names |= {place: text.name for place, text in texts.items()}
            by_name = {text.name: text for text in texts.values()}
            known = self._catalog.vectors(by_name.keys(), self._encoder.fingerprint)
            self._make([text for name, text in by_name.items() if name not in known])

    def publish(self, change: Change) -> Published:
        """Make ``change`` the current generation; embeds what `embed` has not seen.

        Raises `IndexFolderError` when what was written does not verify; nothing is published then.
        """
        parent = self._catalog.current()
        kept = [] if self._base else self._untouched(parent, change)
        documents = [*kept, *change.documents]
        self.embed(_chunks(d for d in documents if not self._has(d)))
        index = self._index.result()
        with blaming("Nothing was published, for the new index is not whole"):
            index.remove(self._replaced(change))
            for some in _chunks(documents):
                index.add(self._entries(some))
            index.seal(self._encoder.fingerprint)
            self._verifier.check(self._folder)
        self._catalog.publish(
            Generation(
                number=self._number,
                parent=parent.number if parent else None,
                model=self._encoder.fingerprint,
                published_at=datetime.now(UTC),
            ),
            documents=documents,
            embedded=self._names,
            pages=change.pages,
            gone=change.gone,
            keep=self._keep(),
        )
        self._is_published = True
        return Published(generation=self._number, embedded=self._embedded)

    def close(self) -> None:
        """Let go of everything; what was not published is discarded."""
        self._verifier.close()
        self._thread.shutdown(cancel_futures=True)
        if not self._is_published:
            with suppress(Exception):  # it may not have been opened, or be closed already
                self._index.result(timeout=0).close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Vectors

    def _make(self, texts: Sequence[EmbeddedText]) -> None:
        self._wanted += len(texts)
        if texts:
            self._say()  # loading the model takes a while
        for some in _chunks(texts, EMBEDDING_BATCH):
            done = self._embedded
            rows = self._encoder.encode_parts(
                [text.text for text in some], [text.parts for text in some], self._advance
            )
            self._embedded = done + len(some)
            made = {text.name: row for text, row in zip(some, rows, strict=True)}
            self._catalog.save_vectors(self._encoder.fingerprint, made)

    def _advance(self, made: int) -> None:
        self._embedded += made
        self._say()

    def _say(self) -> None:
        if self._progress:
            self._progress(self._embedded, self._wanted)

    # The index

    def _next_number(self) -> int:
        # The folder of a killed run is still there while its verifier holds it.
        names = (folder.name for folder in index_folders(self._data_dir))
        taken = [int(name) for name in names if name.isdecimal()]
        return max(self._catalog.newest_number(), *taken, 0) + 1

    def _start_index(self) -> Index:
        if self._base is None:
            return Index.create(self._folder)
        with blaming(f"The index of generation {self._base.number} cannot be used"):
            return Index.copy(index_folder(self._data_dir, self._base.number), self._folder)

    def _replaced(self, change: Change) -> list[str]:
        """The versions in the copied index that make room for others, or go."""
        replaced = _briefings(change)
        pages = self._catalog.pages(self._base.number) if self._base else []
        return [page.version for page in pages if page.briefing in replaced]

    def _untouched(self, parent: Generation | None, change: Change) -> list[Document]:
        """What an index anew has to take over from the catalog."""
        pages = self._catalog.pages(parent.number) if parent else []
        replaced = _briefings(change)
        versions = [page.version for page in pages if page.briefing not in replaced]
        return list(self._catalog.documents(versions).values())

    def _has(self, document: Document) -> bool:
        version = document.briefing.version
        return all((version, span.start) in self._names for span in document.passages)

    def _entries(self, documents: Sequence[Document]) -> list[Entry]:
        places = [(d.briefing, span) for d in documents for span in d.passages]
        names = [self._names[briefing.version, span.start] for briefing, span in places]
        vectors = self._catalog.vectors(set(names), self._encoder.fingerprint)
        return [
            Entry(
                version=briefing.version,
                span=span,
                tier=briefing.tier,
                language=briefing.language,
                title=briefing.title,
                text=span.of(briefing.text),
                vector=vectors[name],
            )
            for (briefing, span), name in zip(places, names, strict=True)
        ]

    def _keep(self) -> int:
        """How many generations the disk has room for."""
        size = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
        others = len(self._catalog.kept()) * size
        room = KEPT_SHARE * (shutil.disk_usage(self._data_dir).free + others)
        return min(KEPT_GENERATIONS, max(FEWEST_GENERATIONS, int(room / size)))


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """The text that stands for a passage before the model, its sentences, and its name."""

    text: str
    parts: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """SHA-256 of the text: the same text is embedded once, wherever it stands."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def _texts(documents: Iterable[Document]) -> dict[Place, EmbeddedText]:
    # Without its title: on English news the first five held the right passage for .79 of the
    # questions, with the title before the text for .64. The words of titles are searched apart.
    return {
        (document.briefing.version, span.start): _text(span.of(document.briefing.text), document)
        for document in documents
        for span in document.passages
    }


def _text(text: str, document: Document) -> EmbeddedText:
    return EmbeddedText(text, sentences(text, document.briefing.language))


def _briefings(change: Change) -> set[str]:
    return {*change.gone, *(page.briefing for page in change.pages)}


def _chunks(items: Iterable[T], size: int = WRITING_BATCH) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
