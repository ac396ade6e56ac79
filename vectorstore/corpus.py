"""What readers see: the current generation, noticed when it changes. Never writes.

A view stays whole while it is used: when a new generation is published, it is opened beside the
old one, new questions go to it, and the old one closes when its last question is answered. While
the index of the current generation is damaged, the one that it was made from answers.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

import numpy as np

from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Briefing, Document, Passage, Span, StoreError, Tier
from vectorstore.folders import has_hashes, index_folder
from vectorstore.index import Index, IndexFolderError, blaming, passage_of
from vectorstore.publication import Vectors
from vectorstore.sentences import sentences_of
from vectorstore.verification import Verifier

logger = logging.getLogger(__name__)

# Readers must notice a publication within a second; to look takes 1 ms.
WATCH_SECONDS = 0.2
# How long a damaged index is left alone: whoever writes it anew publishes another.
RETRY_SECONDS = 60.0


class EmptyCorpusError(StoreError):
    """Nothing has been published yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One generation, open for reading: its index and its documents, by version and by story."""

    generation: Generation
    index: Index
    documents: dict[str, Document]
    stories: dict[str, list[Document]]
    catalog: Catalog

    def readable(self, tiers: Collection[Tier]) -> Iterator[Document]:
        """The documents that someone who reads ``tiers`` may see."""
        return (d for d in self.documents.values() if d.briefing.tier in tiers)

    def editions(self, story: str, tiers: Collection[Tier]) -> list[Document]:
        """What someone who reads ``tiers`` may see of a story, in whatever languages."""
        return [d for d in self.stories.get(story, ()) if d.briefing.tier in tiers]

    def passage(self, id: str) -> Passage:
        """The passage that an id of the index names."""
        version, span = passage_of(id)
        return Passage(briefing=self.documents[version].briefing, span=span)

    def sentence_vectors(
        self, passages: Collection[Passage]
    ) -> dict[Passage, list[tuple[Span, Vectors]]]:
        """The sentences of some passages, as spans of the body, each with its vector (d,).

        A passage whose sentences have no vectors is left out.
        """
        places = {(p.briefing.version, p.span.start): p for p in passages}
        known = self.catalog.sentence_vectors(places.keys(), self.generation.model)
        read = ((places[place], vectors) for place, vectors in known.items())
        return {
            passage: list(zip(spans, vectors.astype(np.float32), strict=True))
            for passage, vectors in read
            if len(spans := sentences_of(passage)) == len(vectors)
        }

    def inner_vectors(self, ids: Collection[str]) -> dict[str, Vectors]:
        """The vectors of the sentences (n, d) of some passages, by the passages' ids in the index.

        A passage whose sentences have no vectors is left out.
        """
        places = {(version, span.start): id for id in ids for version, span in [passage_of(id)]}
        known = self.catalog.sentence_vectors(places.keys(), self.generation.model)
        return {
            places[place]: vectors.astype(np.float32)
            for place, vectors in known.items()
            if len(vectors)
        }

    def current(self, briefing: str, version: str) -> Briefing | None:
        """The briefing, if ``version`` is the version of it that this generation holds."""
        document = self.documents.get(version)
        return document.briefing if document and document.briefing.id == briefing else None


@dataclass(slots=True)
class _Lease:
    """A view lent in the name of a generation, and how it is used (mutable)."""

    view: View
    wanted: Generation
    retry_at: float | None = None  # when what is wanted is tried again
    users: int = 0
    retired: bool = False

    def serves(self, generation: Generation) -> bool:
        """Whether there is nothing better to open for ``generation`` now."""
        due = self.retry_at is not None and time.monotonic() >= self.retry_at
        return self.wanted == generation and not due

    def try_again(self, seconds: float) -> None:
        """See in so many ``seconds`` whether what is wanted can be opened."""
        self.retry_at = time.monotonic() + seconds


class Corpus:
    """Lends views of the current generation; safe to use from several threads."""

    def __init__(self, data_dir: Path, url: str = "") -> None:
        """Open the catalog; raises `CatalogError`. The index is opened by the first view.

        ``url`` names the PostgreSQL database of the catalog, if it is not SQLite's.
        """
        self._data_dir = data_dir
        self._catalog = Catalog.open(data_dir, url)
        self._lease: _Lease | None = None
        self._opening, self._counting = Lock(), Lock()
        self._stop = Event()
        self._watcher: Thread | None = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """The current generation, held open until the block ends.

        Raises `EmptyCorpusError` before the first publication, `IndexFolderError` when no index is
        whole. An `IndexFolderError` within the block has the index opened anew for the next.
        """
        lease = self._take()
        try:
            yield lease.view
        except IndexFolderError:
            lease.try_again(0)
            raise
        finally:
            self._give_back(lease)

    def watch(self) -> None:
        """From now on open new generations in the background, before a question needs them."""
        self._watcher = Thread(target=self._keep_up, name="corpus", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop watching and let go of everything."""
        self._stop.set()
        if self._watcher:
            self._watcher.join()
        with self._opening:
            self._replace(None)
        self._catalog.close()

    def refresh(self) -> None:
        """Open the current generation if it is not the one that is open.

        When its index is damaged, opens the one before it instead, and says so. Raises
        `IndexFolderError` when none is whole.
        """
        with self._opening:
            current, lease = self._catalog.current(), self._lease
            if current is None or (lease and lease.serves(current)):
                return
            try:
                self._replace(_Lease(self._open(current, current), current))
            except IndexFolderError as error:
                if not (lease and lease.wanted == current and lease.view.generation != current):
                    lease = self._instead(current, error)
                lease.try_again(RETRY_SECONDS)

    def _keep_up(self) -> None:
        said = ""
        while not self._stop.wait(WATCH_SECONDS):
            try:
                self.refresh()
            except Exception as error:  # the open generation goes on answering
                if str(error) != said:
                    said = str(error)
                    logger.error("%s", said)

    def _take(self) -> _Lease:
        if self._watcher is None or self._lease is None:
            self.refresh()
        with self._counting:
            if self._lease is None:
                raise EmptyCorpusError("Nothing has been published yet.")
            self._lease.users += 1
            return self._lease

    def _give_back(self, lease: _Lease) -> None:
        with self._counting:
            lease.users -= 1
            finished = lease.retired and lease.users == 0
        if finished:
            lease.view.index.close()

    def _replace(self, new: _Lease | None) -> None:
        with self._counting:
            old, self._lease = self._lease, new
            if old is not None:
                old.retired = True
            unused = old is not None and old.users == 0
        if old is not None and unused:
            old.view.index.close()

    def _instead(self, current: Generation, error: IndexFolderError) -> _Lease:
        """What answers now that ``current`` cannot be opened; raises ``error`` when nothing can."""
        for before in self._before(current):
            try:
                lease = _Lease(self._open(before, current), current)
            except IndexFolderError:
                continue
            logger.error("%s. Until then generation %d answers.", error, before.number)
            self._replace(lease)
            return lease
        if self._lease is None:
            raise error
        logger.error("%s. Until then what is open answers.", error)
        self._lease.wanted = current
        return self._lease

    def _before(self, generation: Generation) -> Iterator[Generation]:
        """Those that a generation goes back to; one that was rolled back is not among them."""
        kept = {each.number: each for each in self._catalog.kept()}
        at: Generation | None = generation
        while at and at.parent and (at := kept.get(at.parent)):
            yield at

    def _open(self, generation: Generation, current: Generation) -> View:
        pages = self._catalog.pages(generation.number)
        versions = {page.version for page in pages}
        held = self._lease.view.documents if self._lease else {}
        known = {version: held[version] for version in versions & held.keys()}
        known |= self._catalog.documents(versions - held.keys())
        withheld = set() if generation == current else self._withdrawn(known, current)
        with blaming(f"The index of generation {generation.number} cannot be used"):
            index = self._index(generation, withheld)
        documents = {version: known[version] for version in known.keys() - withheld}
        stories: dict[str, list[Document]] = defaultdict(list)
        for document in documents.values():
            stories[document.briefing.story].append(document)
        return View(
            generation=generation,
            index=index,
            documents=documents,
            stories=stories,
            catalog=self._catalog,
        )

    def _withdrawn(self, documents: dict[str, Document], current: Generation) -> set[str]:
        """The versions whose briefing ``current`` lacks, or has for other readers."""
        versions = {page.version for page in self._catalog.pages(current.number)}
        now = {d.briefing.id: d.briefing for d in self._catalog.documents(versions).values()}
        tiers = {id: briefing.tier for id, briefing in now.items()}
        return {
            version
            for version, document in documents.items()
            if tiers.get(document.briefing.id) is not document.briefing.tier
        }

    def _index(self, generation: Generation, withheld: Collection[str]) -> Index:
        folder = index_folder(self._data_dir, generation.number)
        if not has_hashes(folder):
            with Verifier() as verifier:  # what is damaged could end the process that opens it
                verifier.check(folder)
        return Index(folder, withheld=withheld)
