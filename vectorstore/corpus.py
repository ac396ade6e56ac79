"""What readers see: the current generation, noticed when it changes. Never writes.

A view stays whole while it is used: when a new generation is published, it is opened beside the
old one, new questions go to it, and the old one closes when its last question is answered.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

import numpy as np

from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Briefing, Document, Passage, Span, StoreError, Tier
from vectorstore.folders import index_folder
from vectorstore.index import Index, blaming, passage_of
from vectorstore.publication import Vectors
from vectorstore.sentences import sentences_of

logger = logging.getLogger(__name__)

# Readers must notice a publication within a second; to look takes 1 ms.
WATCH_SECONDS = 0.2


class EmptyCorpusError(StoreError):
    """Nothing has been published yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One generation, open for reading: its index and all its documents, by version."""

    generation: Generation
    index: Index
    documents: dict[str, Document]
    catalog: Catalog

    def readable(self, tiers: Collection[Tier]) -> Iterator[Document]:
        """The documents that someone who reads ``tiers`` may see."""
        return (d for d in self.documents.values() if d.briefing.tier in tiers)

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

    def current(self, briefing: str, version: str) -> Briefing | None:
        """The briefing, if ``version`` is the version of it that this generation holds."""
        document = self.documents.get(version)
        return document.briefing if document and document.briefing.id == briefing else None


@dataclass(slots=True)
class _Lease:
    """A view, how many questions use it, and whether it has been replaced."""

    view: View
    users: int = 0
    retired: bool = field(default=False)


class Corpus:
    """Lends views of the current generation; safe to use from several threads."""

    def __init__(self, data_dir: Path) -> None:
        """Open the catalog; raises `CatalogError`. The index is opened by the first view."""
        self._data_dir = data_dir
        self._catalog = Catalog.open(data_dir)
        self._lease: _Lease | None = None
        self._opening, self._counting = Lock(), Lock()
        self._stop = Event()
        self._watcher: Thread | None = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """The current generation, held open until the block ends.

        Raises `EmptyCorpusError` before the first publication.
        """
        lease = self._take()
        try:
            yield lease.view
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
        """Open the current generation if it is not the one that is open."""
        with self._opening:
            current = self._catalog.current()
            held = self._lease.view if self._lease else None
            if current is not None and (held is None or held.generation != current):
                self._replace(_Lease(self._open(current, held.documents if held else {})))

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

    def _open(self, generation: Generation, held: dict[str, Document]) -> View:
        versions = {page.version for page in self._catalog.pages(generation.number)}
        known = {version: held[version] for version in versions & held.keys()}
        known |= self._catalog.documents(versions - held.keys())
        with blaming(f"The index of generation {generation.number} cannot be used"):
            index = Index(index_folder(self._data_dir, generation.number))
        return View(generation=generation, index=index, documents=known, catalog=self._catalog)
