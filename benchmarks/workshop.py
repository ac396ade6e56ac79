"""Prepares what the benchmarks measure on, each thing once, in one folder; measures nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import texts
from benchmarks.children import python
from benchmarks.encoders import Anywhere, Known
from benchmarks.langchain_chroma_pipeline import Pipeline
from benchmarks.texts import Row
from ingest import registry
from ingest.apart import ReaderApart
from ingest.job import run
from ingest.passages import cut
from ingest.progress import Bars
from ingest.report import Report
from ingest.settings import IngestSettings
from vectorstore.catalog import Catalog, Page
from vectorstore.domain import Document
from vectorstore.edition import EmbeddedText
from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.publication import Change, Encoder, Vectors, writing
from vectorstore.publisher import Publisher
from vectorstore.settings import StoreSettings, read_settings

DAY = date(2024, 6, 30)
_LOOPBACK = ("127.0.0.1",)


class Workshop:
    """A folder with corpora of ``passages`` and ten times as many, and the model, loaded once."""

    def __init__(self, folder: Path, passages: int = 1000, briefings: int = 1000) -> None:
        self.folder = folder
        self.passages = passages
        self.briefings = briefings
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def encoder(self) -> SentenceEmbeddings:
        """The embeddings of the product, loaded."""
        encoder = open_embeddings(read_settings(StoreSettings))
        encoder.load()
        return encoder

    @cached_property
    def news(self) -> Path:
        """A source of so many passages of news."""
        chosen, found = [], 0
        for row in texts.repeated(texts.articles()):
            if found >= self.passages:
                break
            chosen.append(row)
            found += len(cut(row["text"], row["lang"]))
        return texts.write(self.folder / "news.jsonl", chosen)

    @cached_property
    def posts(self) -> Path:
        """What a blog of half as many briefings as are looked at for changes holds."""
        rows = islice(texts.repeated(texts.articles()), self.briefings // 2)
        return texts.write(self.folder / "posts.jsonl", list(rows))

    @cached_property
    def questions(self) -> list[str]:
        """Questions on ``news``, in three languages."""
        ids = {json.loads(line)["id"] for line in self.news.read_text("utf-8").splitlines()}
        return texts.news_questions(ids)

    @cached_property
    def small(self) -> Path:
        """A data directory with ``news`` published."""
        data_dir = self.folder / "small"
        if not data_dir.exists():
            python("-m", "ingest", str(self.news), "--json", data_dir=data_dir)
        return data_dir

    @cached_property
    def large(self) -> Path:
        """A data directory with ``news`` and nine copies of it that differ a little."""
        data_dir = self.folder / "large"
        if not data_dir.exists():
            documents = published(self.small)
            copies = [_copy(document, n) for n in range(1, 10) for document in documents]
            encoder = Known(self.encoder.fingerprint, self.vectors)
            publish(data_dir, [*documents, *copies], encoder)
        return data_dir

    @cached_property
    def vectors(self) -> dict[str, Vectors]:
        """The vectors of ``small``, by the text that was embedded."""
        names = {EmbeddedText(text).name: text for text in embedded_texts(published(self.small))}
        catalog = Catalog.open(self.small)
        try:
            found = catalog.vectors(names.keys(), self.encoder.fingerprint)
        finally:
            catalog.close()
        return {names[name]: vector for name, vector in found.items()}

    @cached_property
    def quiet(self) -> tuple[Path, Path]:
        """A folder of so many briefings, a file each, and the data directory they stand in."""
        folder, data_dir = self.folder / "briefings", self.folder / "quiet"
        if not data_dir.exists():
            folder.mkdir()
            for row in islice(texts.repeated(texts.articles()), self.briefings):
                head = {"title": row["title"], "lang": row["lang"]}
                matter = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
                (folder / f"{row['id']}.md").write_text(f"---\n{matter}---\n{row['text']}\n")
            model = open_embeddings(read_settings(StoreSettings)).fingerprint
            ingest(folder, data_dir, Anywhere(model), statements=False)
        return folder, data_dir

    def of_set(self, name: str, rows: Sequence[Row] | None = None) -> tuple[Path, float]:
        """A data directory with a set, or some of its rows, published, and the seconds it took."""
        label = _label(name, rows)
        source = self.folder / f"{label}.jsonl"
        if not source.exists():
            texts.write(source, texts.rows(name, "corpus") if rows is None else rows)
        return self.of_source(label, source)

    def of_source(self, label: str, source: Path) -> tuple[Path, float]:
        """A data directory with a source published, and the seconds that it took."""
        data_dir, note = self.folder / label, self.folder / f"{label}.seconds"
        if not note.exists():
            report = ingest(source, data_dir, self.encoder)
            note.write_text(str(report.seconds))
        return data_dir, float(note.read_text())

    def plain(self, name: str, rows: Sequence[Row]) -> Pipeline:
        """The tutorials' pipeline over some rows of a set."""
        return Pipeline(rows, self.encoder, self.folder / f"{_label(name, rows)}-plain")


@contextmanager
def prepared_in(keep: Path | None) -> Iterator[Path]:
    """The folder to prepare things in: the one to keep, or one that goes when all is done."""
    if keep:
        yield keep.absolute()
        return
    with TemporaryDirectory(prefix="briefing-benchmarks-") as folder:
        yield Path(folder)


def ingest(
    source: Path | str, data_dir: Path, encoder: Encoder, *, statements: bool = True
) -> Report:
    """What ``python -m ingest`` does, from this process and with a model that is loaded."""
    program = "ingest.apart" if statements else "benchmarks.passages_only"
    settings = read_settings(IngestSettings).model_copy(update={"allow_private_hosts": _LOOPBACK})
    with writing(data_dir), closing(Catalog.open(data_dir)) as catalog, ExitStack() as opened:
        bars = opened.enter_context(Bars())
        opening = opened.enter_context(registry.opener(settings, catalog))
        return run(
            opening.sources([str(source)]),
            catalog,
            lambda: opened.enter_context(ReaderApart(catalog.dossiers(), program)),
            lambda: Publisher(data_dir, catalog).begin(encoder, bars.embedding),
            bars,
            model=encoder.fingerprint,
        )


def publish(data_dir: Path, documents: Sequence[Document], encoder: Encoder) -> None:
    """Publish documents as they are."""
    catalog = Catalog.open(data_dir)
    pages = [
        Page(
            source="benchmark",
            key=document.briefing.id,
            fingerprint="",
            briefing=document.briefing.id,
            version=document.briefing.version,
        )
        for document in documents
    ]
    try:
        with writing(data_dir):
            change = Change(documents=documents, pages=pages)
            Publisher(data_dir, catalog).publish(change, encoder)
    finally:
        catalog.close()


def published(data_dir: Path) -> list[Document]:
    """The documents of the current generation, in the order of their ids."""
    catalog = Catalog.open(data_dir)
    try:
        generation = catalog.current()
        pages = catalog.pages(generation.number) if generation else []
        documents = catalog.documents([page.version for page in pages]).values()
    finally:
        catalog.close()
    return sorted(documents, key=lambda document: document.briefing.id)


def embedded_texts(documents: Sequence[Document]) -> list[str]:
    """The texts that the publisher embeds for the documents, each once."""
    return list(
        dict.fromkeys(
            span.of(document.briefing.text) for document in documents for span in document.passages
        )
    )


def _label(name: str, rows: Sequence[Row] | None) -> str:
    """A name for some rows of a set, another one for others."""
    if rows is None:
        return name
    ids = " ".join(sorted(row["id"] for row in rows))
    return f"{name}-{hashlib.sha256(ids.encode()).hexdigest()[:8]}"


def _copy(document: Document, copy: int) -> Document:
    original = document.briefing
    briefing = replace(
        original,
        id=f"{original.id}-{copy}",
        story=f"{original.story}-{copy}",
        title=texts.copied_title(original.title, copy),
        text=texts.turned(original.text, copy),
    )
    return replace(document, briefing=briefing)
