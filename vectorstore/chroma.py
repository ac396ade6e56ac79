"""Vectors on disk in Chroma, one collection a shard; the only module that knows chromadb.

It knows ids and vectors, each kept once (see `copies`); it does not know briefings, texts or which
folder is current.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, TypeVar

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from vectorstore.copies import Copies
from vectorstore.domain import StoreError
from vectorstore.publication import Vectors

DATABASE = "chroma.sqlite3"
# Chroma's default search width finds .95 of the true 20 nearest on clustered data; 200 finds all
# but one in a hundred and still answers in 2 ms over 10,000 vectors.
SEARCH_WIDTH = 200
# Links of a vector in the graph. With 16, Chroma's default, a vector of 840 could not be reached in
# 10 of 500 openings; with 32 in 1.
NEIGHBOURS = 32
# Vectors that may wait outside the graph's file. Whoever opens the folder puts them into it first:
# with 1000, Chroma's default, 0.2 to 0.4 s for the writer, the check and each reader; with 100,
# 0.02 s. Writing 3,300 vectors takes as long with either.
WAITING = 100
# Under Chroma's own limit of 5461 records a call.
BATCH = 5000
T = TypeVar("T")


class VectorFilesError(StoreError):
    """The vectors on disk cannot be read or written."""


@contextmanager
def _files() -> Iterator[None]:
    try:
        yield
    except (ChromaError, sqlite3.Error, KeyError, ValueError, RuntimeError, OSError) as error:
        raise VectorFilesError(f"its vectors cannot be used: {error}") from error


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An id near the question; ``similarity`` is the cosine, higher is better."""

    id: str
    similarity: float


class VectorFiles:
    """The vectors of one index folder. Open it in one process for writing, in any for reading."""

    @_files()
    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Open the files under ``folder``, creating them when ``writable``."""
        if not writable and not (folder / DATABASE).is_file():
            raise VectorFilesError("its vectors are missing")
        self._copies = Copies(folder, writable=writable)
        self._writable = writable
        self._client: Any = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._collections = {c.name: c for c in self._client.list_collections()}

    @_files()
    def upsert(self, shard: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Store ``vectors`` (n, d) under ``ids``; an id that exists is overwritten."""
        collection = self._collection(shard)
        self.delete(shard, self._copies.known(shard, ids))
        for rows in _batches(self._copies.add(shard, ids, vectors)):
            collection.upsert(ids=[ids[row] for row in rows], embeddings=vectors[list(rows)])

    @_files()
    def delete(self, shard: str, ids: Sequence[str]) -> None:
        """Forget ``ids`` where they are stored."""
        if shard not in self._collections or not ids:
            return
        collection, heirs = self._collections[shard], self._copies.remove(shard, ids)
        for some in _batches([first for first, heir in heirs.items() if heir]):
            kept = self._stored(shard, some)
            embeddings = np.stack([kept[first] for first in some])
            collection.upsert(ids=[heirs[first] for first in some], embeddings=embeddings)
        for some in _batches(list(heirs)):
            collection.delete(ids=list(some))

    def shards(self) -> tuple[str, ...]:
        """Names of the shards that exist."""
        return tuple(sorted(self._collections))

    @_files()
    def ids(self, shard: str) -> list[str]:
        """All ids of a shard, in no order."""
        return [*self._collections[shard].get(include=[])["ids"], *self._copies.ids(shard)]

    @_files()
    def vectors(self, shard: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors stored under ``ids``, each of shape (d,)."""
        firsts = {id: self._copies.first(shard, id) for id in ids}
        stored = self._stored(shard, sorted(set(firsts.values())))
        return {id: stored[first] for id, first in firsts.items() if first in stored}

    def _stored(self, shard: str, ids: Sequence[str]) -> dict[str, Vectors]:
        if not ids:
            return {}
        found = self._collections[shard].get(ids=list(ids), include=["embeddings"])
        stored: Any = found["embeddings"]
        return {
            id: np.asarray(v, dtype=np.float32) for id, v in zip(found["ids"], stored, strict=True)
        }

    @_files()
    def nearest(
        self, shard: str, vector: Vectors, limit: int, among: Sequence[str] | None = None
    ) -> list[Neighbour]:
        """Up to ``limit`` ids nearest to ``vector`` (d,), best first.

        ``among`` restricts the search to these ids, which must all be in the shard.
        """
        if shard not in self._collections or (among is not None and not among):
            return []
        firsts = None if among is None else sorted({self._copies.first(shard, id) for id in among})
        found = self._collections[shard].query(
            query_embeddings=vector[np.newaxis, :],
            n_results=limit if firsts is None else min(limit, len(firsts)),
            ids=firsts,
            include=["distances"],
        )
        distances: Any = found["distances"]
        asked = None if among is None else set(among)
        alike = (
            Neighbour(id, 1.0 - distance)
            for first, distance in zip(found["ids"][0], distances[0], strict=True)
            for id in self._copies.alike(shard, first)
            if asked is None or id in asked
        )
        return list(islice(alike, limit))

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()
        if self._writable:
            self._copies.save()

    def _collection(self, shard: str) -> Any:
        if shard not in self._collections:
            self._collections[shard] = self._client.create_collection(
                shard,
                embedding_function=None,  # or Chroma would download a model of its own
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": SEARCH_WIDTH,
                        "max_neighbors": NEIGHBOURS,
                        "sync_threshold": WAITING,
                    }
                },
            )
        return self._collections[shard]


@_files()
def copy_vector_files(source: Path, target: Path) -> None:
    """Copy the files of a folder that readers may hold open.

    Opening a folder writes to Chroma's database, so that one file is copied by SQLite itself.
    """
    copytree(source, target, ignore=ignore_patterns(f"{DATABASE}*"))
    with (
        closing(sqlite3.connect(f"{(source / DATABASE).as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[at : at + BATCH] for at in range(0, len(items), BATCH))
