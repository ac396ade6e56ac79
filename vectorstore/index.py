"""One index generation: a folder of vectors and words with a manifest. Knows no catalog.

A folder is written once, sealed, and only read from then on. A shard holds the passages of one
tier in one language: text that a person may not read is never in what is searched for them, and
one language does not drown another.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

import numpy as np

from vectorstore.chroma import Neighbour, VectorFiles, VectorFilesError, copy_vector_files
from vectorstore.domain import Span, StoreError, Tier
from vectorstore.folders import (
    MANIFEST,
    NoRoomError,
    copied,
    damage,
    lacks_room,
    reading,
    seal,
    unreadable,
)
from vectorstore.lexical import LexicalFile, Match, copy_lexical_file
from vectorstore.publication import Vectors

VECTORS = "chroma"
# Passages per shard whose own vector must find them again when a generation is verified.
SAMPLES = 20
# A stored vector against itself; the rest is float32 rounding.
SELF_SIMILARITY = 0.999
# The search is approximate: in a healthy graph one vector in thousands is not reached.
LOST_SAMPLES = 0.1
# Passages of a shard that tell its mean. With 100 instead of all, Recall@5 of news asked across
# languages differs by at most .008, up as well as down.
MEAN_OF = 200
_FULL = (
    "There is no room left for the index ({}). Make room on the disk that DATA_DIR is on, "
    "then run this again; what is published stays as it was."
)
Hit = TypeVar("Hit", Neighbour, Match)


class IndexFolderError(StoreError):
    """An index folder is damaged or not what its manifest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A passage as the index keeps it; ``vector`` has shape (d,) and length 1."""

    version: str
    span: Span
    tier: Tier
    language: str
    title: str
    text: str
    vector: Vectors

    @property
    def id(self) -> str:
        """The passage's name, which `passage_of` reads back."""
        return f"{self.version}:{self.span.start}-{self.span.end}"

    @property
    def shard(self) -> str:
        """The shard the passage belongs in."""
        return shard_name(self.tier, self.language)


@contextmanager
def _files() -> Iterator[None]:
    """What the libraries say of files that they cannot use, as an error of ours.

    Raises `NoRoomError` when the disk is full, else `IndexFolderError`.
    """
    try:
        yield
    except (VectorFilesError, sqlite3.Error, OSError, ValueError) as error:
        if lacks_room(error):
            raise NoRoomError(_FULL.format(error)) from error
        raise IndexFolderError(str(error)) from error


@contextmanager
def blaming(what: str) -> Iterator[None]:
    """Say ``what`` is the matter, and what to do, in an `IndexFolderError` of the block."""
    try:
        yield
    except IndexFolderError as error:
        raise IndexFolderError(
            f"{what} ({error}). Write it anew from the catalog: python -m ingest rebuild"
        ) from error


def shard_name(tier: Tier, language: str) -> str:
    """The name of the shard for one tier and language."""
    return f"{tier.value}-{language}"


def passage_of(id: str) -> tuple[str, Span]:
    """The version and span that an entry's id names."""
    version, _, span = id.partition(":")
    start, _, end = span.partition("-")
    return version, Span(start=int(start), end=int(end))


class Index:
    """An open index folder; what is read is a copy, compared with what was sealed."""

    def __init__(
        self, folder: Path, *, writable: bool = False, withheld: Collection[str] = ()
    ) -> None:
        """Open ``folder``; raises `IndexFolderError` when it cannot be read or is damaged.

        Passages of the versions ``withheld`` are in no search's results.
        """
        self.folder = folder
        self._withheld = frozenset(withheld)
        self._means: dict[tuple[frozenset[Tier], str], Vectors] = {}
        with _files(), ExitStack() as opened:
            if not writable:
                folder = _sealed(folder, opened)
            self._words = LexicalFile(folder, writable=writable)
            opened.callback(self._words.close)
            self._vectors = VectorFiles(folder / VECTORS, writable=writable)
            opened.callback(self._vectors.close)
            if not (writable or _shards(folder) == self._words.shards() == self._vectors.shards()):
                raise IndexFolderError("its shards are not those of the manifest")
            self._opened = opened.pop_all()

    @classmethod
    def create(cls, folder: Path) -> Index:
        """A new, empty, writable index in ``folder``."""
        with _files():
            (folder / VECTORS).mkdir(parents=True)
        return cls(folder, writable=True)

    @classmethod
    def copy(cls, source: Path, folder: Path) -> Index:
        """A writable copy of ``source``, which readers may hold open meanwhile."""
        with _files():
            folder.mkdir(parents=True)
            copy_vector_files(source / VECTORS, folder / VECTORS)
            copy_lexical_file(source, folder)
        return cls(folder, writable=True)

    @_files()
    def remove(self, versions: Collection[str]) -> None:
        """Forget every passage of ``versions``."""
        for shard in self._words.shards():
            ids = self._words.delete(shard, list(versions))
            self._vectors.delete(shard, ids)

    @_files()
    def add(self, entries: Iterable[Entry]) -> None:
        """Keep ``entries``."""
        for shard, group in groupby(sorted(entries, key=attrgetter("shard")), attrgetter("shard")):
            some = list(group)
            self._vectors.upsert(shard, [e.id for e in some], np.stack([e.vector for e in some]))
            rows = ((e.id, e.version, e.title, e.text) for e in some)
            self._words.insert(shard, some[0].language, rows)

    @_files()
    def seal(self, model: str) -> None:
        """Write the manifest and close the folder; it is complete from now on."""
        held = {shard: self._words.ids(shard) for shard in self._words.shards()}
        manifest = {"model": model, "shards": {s: _summary(ids) for s, ids in held.items()}}
        self.close()
        seal(self.folder, manifest)

    @_files()
    def ids(self, tier: Tier, language: str, versions: Collection[str]) -> list[str]:
        """Ids of the passages of ``versions`` in one shard."""
        return self._words.ids(shard_name(tier, language), list(versions))

    @_files()
    def nearest(
        self,
        tier: Tier,
        language: str,
        vector: Vectors,
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[Neighbour]:
        """Up to ``limit`` passages of one shard nearest to ``vector`` (d,), best first."""
        found = self._vectors.nearest(shard_name(tier, language), vector, limit, among)
        return self._given_out(found)

    @_files()
    def mean(self, tiers: Collection[Tier], language: str) -> Vectors:
        """The mean (d,) of the vectors of some passages, which ``tiers`` must hold.

        It is worked out once: for an index that is read only.
        """
        key = frozenset(tiers), language
        if key not in self._means:
            shards = (shard_name(tier, language) for tier in sorted(tiers))
            some = [vector for shard in shards for vector in self._some_vectors(shard)]
            self._means[key] = np.mean(some, axis=0)
        return self._means[key]

    @_files()
    def matching(
        self,
        tier: Tier,
        language: str,
        stemmed: Sequence[str],
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[Match]:
        """Up to ``limit`` passages of one shard that hold one of the stems, best first."""
        found = self._words.matching(shard_name(tier, language), stemmed, limit, among)
        return self._given_out(found)

    @_files()
    def naming(
        self,
        tier: Tier,
        language: str,
        sounds: Sequence[str],
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[Match]:
        """Up to ``limit`` passages of one shard that print one of some names, best first."""
        found = self._words.naming(shard_name(tier, language), sounds, limit, among)
        return self._given_out(found)

    @_files()
    def rarity(
        self, tiers: Collection[Tier], language: str, stemmed: Sequence[str]
    ) -> dict[str, float]:
        """How much each stem tells in ``language``: its inverse passage frequency, above 0."""
        counted = [self._words.holding(shard_name(tier, language), stemmed) for tier in tiers]
        total = sum(passages for _, passages in counted)
        return {
            stem: math.log((total + 1) / (sum(c.get(stem, 0) for c, _ in counted) + 0.5))
            for stem in stemmed
        }

    @_files()
    def verify(self) -> None:
        """Check the folder against its manifest; raises `IndexFolderError` with what is wrong."""
        manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        for shard, summary in manifest["shards"].items():
            words, vectors = self._words.ids(shard), self._vectors.ids(shard)
            if _summary(words) != summary or _summary(vectors) != summary:
                raise IndexFolderError(f"{shard}: its passages are not those of the manifest")
            self._find_samples(shard, sorted(vectors)[:: max(1, len(vectors) // SAMPLES)])

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    def _given_out(self, found: list[Hit]) -> list[Hit]:
        if not self._withheld:
            return found
        return [hit for hit in found if passage_of(hit.id)[0] not in self._withheld]

    def _some_vectors(self, shard: str) -> Iterable[Vectors]:
        # Ids begin with a hash, so that the first ones are as good as any.
        ids = sorted(self._words.ids(shard))
        kept = (id for id in ids if passage_of(id)[0] not in self._withheld)
        return self._vectors.vectors(shard, list(islice(kept, MEAN_OF))).values()

    def _find_samples(self, shard: str, ids: Sequence[str]) -> None:
        stored = self._vectors.vectors(shard, ids)
        lost = [id for id, vector in stored.items() if not self._finds_itself(shard, vector)]
        if len(lost) > LOST_SAMPLES * len(stored):
            raise IndexFolderError(f"{shard}: passage {lost[0]} does not find itself")

    def _finds_itself(self, shard: str, vector: Vectors) -> bool:
        nearest = self._vectors.nearest(shard, vector, 1)
        return bool(nearest) and nearest[0].similarity >= SELF_SIMILARITY


def _sealed(folder: Path, opened: ExitStack) -> Path:
    try:
        opened.enter_context(reading(folder))
        copy = opened.enter_context(copied(folder))
    except OSError as error:
        raise IndexFolderError(unreadable(error)) from error
    if wrong := damage(copy):
        raise IndexFolderError(wrong)
    return copy


def _shards(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(json.loads((folder / MANIFEST).read_bytes())["shards"]))


def _summary(ids: Sequence[str]) -> dict[str, object]:
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
    return {"passages": len(ids), "digest": digest}
