"""Entries of an index, and index folders made of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.vectorstore.store import HashEncoder
from vectorstore.domain import Span, Tier
from vectorstore.index import Entry, Index
from vectorstore.publication import Vectors

PUBLIC, SUBSCRIBERS = Tier.PUBLIC, Tier.SUBSCRIBERS
ENCODER = HashEncoder(dimensions=16)


def entry(
    version: str, text: str = "", *, tier: Tier = PUBLIC, language: str = "en", start: int = 0
) -> Entry:
    text = text or f"passage {version}"
    return Entry(
        version=version,
        span=Span(start=start, end=start + len(text)),
        tier=tier,
        language=language,
        title="A day",
        text=text,
        vector=ENCODER.encode_query(f"{text} {tier} {language}"),
    )


def sealed(folder: Path, entries: Iterable[Entry]) -> Path:
    index = Index.create(folder)
    index.add(entries)
    index.seal("model")
    return folder


def nearest(folder: Path, vector: Vectors, limit: int = 5, tier: Tier = PUBLIC) -> list[str]:
    with closing(Index(folder)) as index:
        return [found.id for found in index.nearest(tier, "en", vector, limit)]
