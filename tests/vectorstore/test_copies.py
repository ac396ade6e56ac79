"""Passages that repeat each other share one vector, and hide nothing else from the search."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.store import HashEncoder, briefing, publish
from vectorstore.chroma import VectorFiles
from vectorstore.copies import COPIES, FIRSTS
from vectorstore.domain import Tier
from vectorstore.folders import index_folder
from vectorstore.index import Index

SHARD = "public-en"


def random_vectors(count: int, *, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(count, 24)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "vectors"
    folder.mkdir()
    return folder


def test_beside_a_thousand_equal_vectors_every_other_one_is_found(folder: Path) -> None:
    equal, others = np.repeat(random_vectors(1, seed=1), 1000, axis=0), random_vectors(200)
    with closing(VectorFiles(folder, writable=True)) as files:
        files.upsert(SHARD, [f"equal-{n}" for n in range(1000)], equal)
        files.upsert(SHARD, [f"other-{n}" for n in range(200)], others)
    with closing(VectorFiles(folder)) as files:
        assert len(files.ids(SHARD)) == 1200
        for number, vector in enumerate(others):
            assert files.nearest(SHARD, vector, 1)[0].id == f"other-{number}"
        assert len(files.nearest(SHARD, equal[0], 50)) == 50
        (found,) = files.nearest(SHARD, equal[0], 3, among=["equal-7"])
        assert found.id == "equal-7"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_stored_and_deleted_in_any_order_is_what_is_there(folder: Path, seed: int) -> None:
    chance, kinds = random.Random(seed), random_vectors(4, seed=seed)
    held: dict[str, int] = {}
    for _ in range(5):
        with closing(VectorFiles(folder, writable=True)) as files:
            for _ in range(8):
                some = chance.sample([f"p{n}" for n in range(12)], k=4)
                if chance.random() < 0.6:
                    chosen = [chance.randrange(4) for _ in some]
                    files.upsert(SHARD, some, kinds[chosen])
                    held |= dict(zip(some, chosen, strict=True))
                else:
                    files.delete(SHARD, some)
                    held = {id_: kind for id_, kind in held.items() if id_ not in some}
        with closing(VectorFiles(folder)) as files:
            assert sorted(files.ids(SHARD)) == sorted(held)
            stored = files.vectors(SHARD, list(held))
            assert {i: int((kinds @ v).argmax()) for i, v in stored.items()} == held
            for kind, vector in enumerate(kinds):
                near = [n for n in files.nearest(SHARD, vector, 12) if n.similarity > 0.999]
                assert {n.id for n in near} == {i for i, k in held.items() if k == kind}


def test_a_folder_of_an_earlier_version_is_read_and_gone_on_with(folder: Path) -> None:
    vectors = random_vectors(3)
    with closing(VectorFiles(folder, writable=True)) as files:
        files.upsert(SHARD, ["a", "b"], vectors[:2])
    for name in (COPIES, FIRSTS):
        (folder / name).unlink()
    with closing(VectorFiles(folder)) as files:
        assert sorted(files.ids(SHARD)) == ["a", "b"]
    with closing(VectorFiles(folder, writable=True)) as files:
        files.delete(SHARD, ["a"])
        files.upsert(SHARD, ["c", "d"], vectors[[2, 2]])
    with closing(VectorFiles(folder)) as files:
        assert sorted(files.ids(SHARD)) == ["b", "c", "d"]
        assert {n.id for n in files.nearest(SHARD, vectors[2], 2)} == {"c", "d"}


def test_a_thousand_equal_articles_are_published_and_hide_no_other(tmp_path: Path) -> None:
    words = "The ministers of both countries met in Vienna on Monday."
    other = "A railway line was opened in the mountains after many years of work."
    equal = [briefing(f"b{n}", words) for n in range(1000)]
    publish(tmp_path, *equal, briefing("z", other))
    published = publish(tmp_path, briefing("y", other), gone=["b0"])
    vector = HashEncoder().encode_query(other)
    with closing(Index(index_folder(tmp_path, published.generation or 0))) as index:
        index.verify()
        assert len(index.nearest(Tier.PUBLIC, "en", vector, 2)) == 2
        assert index.nearest(Tier.PUBLIC, "en", vector, 2)[1].similarity > 0.999
