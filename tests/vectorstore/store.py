"""A scripted encoder and short ways to make briefings and to publish them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from tests.databases import url_of
from vectorstore.catalog import Catalog, Page
from vectorstore.corpus import View
from vectorstore.domain import Briefing, Days, Document, Span, Tier
from vectorstore.publication import Change, Published, Vectors
from vectorstore.publisher import Publisher


class HashEncoder:
    """An encoder without a model: texts that share words are near each other.

    ``common`` is the weight, in words, of what all texts share; with ten all are rather near.
    ``texts`` are all that it was ever asked to embed, in order.
    """

    def __init__(
        self, fingerprint: str = "hash-1", dimensions: int = 24, common: float = 0.01
    ) -> None:
        self.fingerprint = fingerprint
        self.texts: list[str] = []
        self._dimensions = dimensions
        self._common = common

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        self.texts += texts
        if progress:
            progress(len(texts))
        return [
            np.stack([self._vector(each) for each in (text, *(part.of(text) for part in some))])
            for text, some in zip(texts, parts, strict=True)
        ]

    def encode_query(self, text: str) -> Vectors:
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        words = re.findall(r"\w+", text.lower())
        total = sum(map(self._word, words), self._word("") * self._common)
        unit: Vectors = (total / np.linalg.norm(total)).astype(np.float32)
        return unit

    def _word(self, word: str) -> Vectors:
        return _vector_of(f"{self.fingerprint} {word}", self._dimensions)


@cache
def _vector_of(name: str, dimensions: int) -> Vectors:
    seed = hashlib.sha256(name.encode()).digest()[:8]
    normal = np.random.default_rng(int.from_bytes(seed)).normal(size=dimensions)
    return normal.astype(np.float32)


def briefing(
    id: str,
    *paragraphs: str,
    title: str = "A day",
    language: str = "en",
    tier: Tier = Tier.PUBLIC,
    day: date | None = date(2024, 5, 1),
    covers: Days | None = None,
    dossiers: tuple[str, ...] = (),
) -> Briefing:
    return Briefing(
        id=id,
        source="/news",
        story=id,
        url=f"https://news.example/{id}",
        title=title,
        language=language,
        day=day,
        covers=covers,
        dossiers=dossiers,
        tier=tier,
        actor=None,
        preview=False,
        text="\n\n".join(paragraphs),
    )


def document(made: Briefing) -> Document:
    """The briefing with one passage a paragraph."""
    passages = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", made.text)]
    return Document(briefing=made, passages=tuple(passages))


def page(made: Briefing) -> Page:
    return Page(
        source=made.source,
        key=f"{made.id}.md",
        fingerprint=made.version,
        briefing=made.id,
        version=made.version,
    )


def change(*made: Briefing, gone: Iterable[str] = ()) -> Change:
    return Change(
        documents=[document(each) for each in made],
        pages=[page(each) for each in made],
        gone=list(gone),
    )


def publish(
    data_dir: Path, *made: Briefing, gone: Iterable[str] = (), encoder: HashEncoder | None = None
) -> Published:
    """Publish on top of what is there, as a run of its own."""
    with closing(Catalog.open(data_dir, url_of(data_dir))) as catalog:
        publisher = Publisher(data_dir, catalog)
        return publisher.publish(change(*made, gone=gone), encoder or HashEncoder())


def indexed(view: View) -> set[str]:
    """The ids of all passages that the index of a view can find, by either ranking."""
    versions = list(view.documents)
    return {
        id
        for tier in Tier
        for language in ("en", "fr", "ru")
        for id in view.index.ids(tier, language, versions)
    }


def catalogued(view: View) -> set[str]:
    """The ids of the passages that the catalog says a view holds."""
    return {
        f"{version}:{span.start}-{span.end}"
        for version, held in view.documents.items()
        for span in held.passages
    }
