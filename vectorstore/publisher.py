"""The one writer: makes the next generation beside the current one and publishes it whole.

Nothing that readers use is touched before the catalog's one transaction names the new generation;
a crash before it leaves the old state, and the next writer sweeps what was left behind. Knows no
sources and no pages' formats.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Document, Span
from vectorstore.folders import damage, index_folder, index_folders, sweep
from vectorstore.index import Entry, Index, blaming
from vectorstore.publication import Change, Encoder, Progress, Published, PublishError, Vectors
from vectorstore.sentences import sentences
from vectorstore.verification import Verifier

logger = logging.getLogger(__name__)

# The current generation and two to go back to.
KEPT_GENERATIONS = 3
# Texts embedded between two commits: what a crash can cost, about six seconds of work.
EMBEDDING_BATCH = 256
_NOTHING = "Nothing is published yet; ingest a source first: python -m ingest FOLDER"


class Publisher:
    """Publishes changes, and undoes or repairs what was published."""

    def __init__(self, data_dir: Path, catalog: Catalog) -> None:
        """Sweep what an earlier writer left; the caller holds `writing`."""
        self._data_dir = data_dir
        self._catalog = catalog
        self._sweep()

    def publish(
        self,
        change: Change,
        encoder: Encoder,
        progress: Progress | None = None,
    ) -> Published:
        """Publish ``change`` on top of the current generation.

        A current generation of another model, or whose index is damaged, is written anew from the
        catalog. ``progress`` hears (done, total) while texts are embedded. Raises
        `IndexFolderError` when what was written does not verify; the current generation then stays.
        """
        parent = self._catalog.current()
        usable = parent and parent.model == encoder.fingerprint and self._is_whole(parent)
        with self._swept():
            return self._publish(change, encoder, progress, base=parent if usable else None)

    def rebuild(self, encoder: Encoder, progress: Progress | None = None) -> Published:
        """Write what is published into a new index, from the catalog alone."""
        if self._catalog.current() is None:
            raise PublishError(_NOTHING)
        with self._swept():
            return self._publish(Change(), encoder, progress, base=None)

    def rollback(self) -> Generation:
        """Make the generation that the current one was made from current again."""
        current = self._catalog.current()
        kept = {generation.number: generation for generation in self._catalog.kept()}
        before = kept.get(current.parent) if current and current.parent else None
        if before is None:
            raise PublishError("There is no earlier generation to go back to.")
        self._check(before)
        self._catalog.point_at(before.number)
        return before

    def verify(self) -> Generation:
        """Check the current generation's index; raises `IndexFolderError` with what is wrong."""
        current = self._catalog.current()
        if current is None:
            raise PublishError(_NOTHING)
        self._check(current)
        return current

    def _publish(
        self,
        change: Change,
        encoder: Encoder,
        progress: Progress | None,
        *,
        base: Generation | None,
    ) -> Published:
        parent = self._catalog.current()
        with Verifier() as verifier:
            kept = [] if base else self._untouched(parent, change)
            documents = [*kept, *change.documents]
            texts = _texts(documents)
            vectors, made = self._vectors(texts, encoder, progress)
            number = self._next_number()
            index = self._start_index(number, base, change)
            with blaming("Nothing was published, for the new index is not whole"):
                index.add(_entries(documents, texts, vectors))
                index.seal(encoder.fingerprint)
                verifier.check(index.folder)
        self._catalog.publish(
            Generation(
                number=number,
                parent=parent.number if parent else None,
                model=encoder.fingerprint,
                published_at=datetime.now(UTC),
            ),
            documents=documents,
            embedded={place: text.name for place, text in texts.items()},
            pages=change.pages,
            gone=change.gone,
            keep=KEPT_GENERATIONS,
        )
        return Published(generation=number, embedded=made)

    def _is_whole(self, generation: Generation) -> bool:
        wrong = damage(index_folder(self._data_dir, generation.number))
        if wrong:
            logger.warning(
                "The index of generation %d is damaged (%s); it is written anew from the catalog.",
                generation.number,
                wrong,
            )
        return not wrong

    def _untouched(self, parent: Generation | None, change: Change) -> list[Document]:
        if parent is None:
            return []
        replaced = {*change.gone, *(page.briefing for page in change.pages)}
        pages = self._catalog.pages(parent.number)
        versions = [page.version for page in pages if page.briefing not in replaced]
        return list(self._catalog.documents(versions).values())

    def _vectors(
        self,
        texts: Mapping[Place, EmbeddedText],
        encoder: Encoder,
        progress: Progress | None,
    ) -> tuple[dict[str, Vectors], int]:
        wanted = {text.name: text for text in texts.values()}
        vectors = self._catalog.vectors(wanted.keys(), encoder.fingerprint)
        missing = [name for name in wanted if name not in vectors]
        done = 0
        if missing and progress:
            progress(0, len(missing))  # loading the model takes a while
        for at in range(0, len(missing), EMBEDDING_BATCH):
            names = missing[at : at + EMBEDDING_BATCH]

            def advance(made: int) -> None:
                nonlocal done
                done += made
                if progress:
                    progress(done, len(missing))

            some = [wanted[name] for name in names]
            rows = encoder.encode_parts([t.text for t in some], [t.parts for t in some], advance)
            made = dict(zip(names, rows, strict=True))
            self._catalog.save_vectors(encoder.fingerprint, made)
            vectors |= {name: own for name, (own, *_) in made.items()}
        return vectors, len(missing)

    def _next_number(self) -> int:
        # The folder of a killed run is still there while its verifier holds it.
        names = (folder.name for folder in index_folders(self._data_dir))
        taken = [int(name) for name in names if name.isdecimal()]
        return max(self._catalog.newest_number(), *taken, 0) + 1

    def _start_index(self, number: int, base: Generation | None, change: Change) -> Index:
        folder = index_folder(self._data_dir, number)
        if base is None:
            return Index.create(folder)
        replaced = {*change.gone, *(page.briefing for page in change.pages)}
        pages = self._catalog.pages(base.number)
        with blaming(f"The index of generation {base.number} cannot be used"):
            index = Index.copy(index_folder(self._data_dir, base.number), folder)
            index.remove([page.version for page in pages if page.briefing in replaced])
        return index

    def _check(self, generation: Generation) -> None:
        damaged = f"The index of generation {generation.number} cannot be used"
        with blaming(damaged), Verifier() as verifier:
            verifier.check(index_folder(self._data_dir, generation.number))

    @contextmanager
    def _swept(self) -> Iterator[None]:
        """Keep no index that was not published; on a full disk it would be in everybody's way."""
        try:
            yield
        finally:
            self._sweep()

    def _sweep(self) -> None:
        sweep(self._data_dir, [generation.number for generation in self._catalog.kept()])


Place = tuple[str, int]  # a version and where in it a passage starts


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


def _entries(
    documents: Iterable[Document],
    texts: Mapping[Place, EmbeddedText],
    vectors: Mapping[str, Vectors],
) -> list[Entry]:
    return [
        Entry(
            version=briefing.version,
            span=span,
            tier=briefing.tier,
            language=briefing.language,
            title=briefing.title,
            text=span.of(briefing.text),
            vector=vectors[texts[briefing.version, span.start].name],
        )
        for briefing, spans in ((document.briefing, document.passages) for document in documents)
        for span in spans
    ]
