"""An index folder finds what a search through all vectors finds, and knows when it is hurt."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.entries import ENCODER, PUBLIC, SUBSCRIBERS, entry, nearest, sealed
from vectorstore.domain import Span, Tier
from vectorstore.index import Entry, Index, passage_of
from vectorstore.lexical import terms

# What is found


def test_the_mean_is_of_the_tiers_asked_for_less_what_is_withheld(tmp_path: Path) -> None:
    public = [entry("a"), entry("b"), entry("c")]
    secret = entry("d", tier=SUBSCRIBERS)
    folder = sealed(tmp_path / "1", [*public, secret, entry("e", language="fr")])
    with closing(Index(folder, withheld={"c"})) as index:
        both = np.mean([public[0].vector, public[1].vector, secret.vector], axis=0)
        one = np.mean([public[0].vector, public[1].vector], axis=0)
        assert index.mean({PUBLIC, SUBSCRIBERS}, "en") == pytest.approx(both, abs=1e-6)
        assert index.mean({PUBLIC}, "en") == pytest.approx(one, abs=1e-6)


def test_an_entrys_id_names_its_passage() -> None:
    assert passage_of(entry("v1", "words", start=7).id) == ("v1", Span(start=7, end=12))


def test_the_nearest_are_those_of_a_search_through_all_vectors(tmp_path: Path) -> None:
    entries = [
        entry(f"v{number}", f"w{number % 40} x{number % 7} y{number}") for number in range(1500)
    ]
    folder = sealed(tmp_path / "1", entries)
    matrix = np.stack([each.vector for each in entries])
    right = 0
    with closing(Index(folder)) as index:
        for number in range(50):
            question = ENCODER.encode_query(f"w{number % 40} x{number % 5}")
            truth = np.sort(matrix @ question)[::-1][:20]
            found = index.nearest(PUBLIC, "en", question, 20)
            scores = [each.similarity for each in found]
            assert scores == sorted(scores, reverse=True)
            right += sum(score >= truth[-1] - 1e-5 for score in scores)
            by_id = {each.id: each.vector for each in entries}
            assert all(abs(by_id[f.id] @ question - f.similarity) < 1e-4 for f in found)
    assert right >= 0.98 * 50 * 20


def test_a_shard_gives_only_its_own_tier_and_language(tmp_path: Path) -> None:
    shards = [(tier, language) for tier in Tier for language in ("en", "fr", "ru")]
    folder = sealed(
        tmp_path / "1", [entry(f"{t}-{lang}", "paix", tier=t, language=lang) for t, lang in shards]
    )
    question = ENCODER.encode_query("paix")
    with closing(Index(folder)) as index:
        for tier, language in shards:
            near = index.nearest(tier, language, question, 50)
            match = index.matching(tier, language, terms("paix", language), 50)
            assert [n.id for n in near] == [m.id for m in match] == [f"{tier}-{language}:0-4"]


def test_a_search_among_some_finds_them_however_far_they_are(tmp_path: Path) -> None:
    entries = [entry(f"v{number}") for number in range(300)]
    folder = sealed(tmp_path / "1", entries)
    farthest = min(entries, key=lambda each: float(each.vector @ entries[0].vector)).id
    with closing(Index(folder)) as index:
        among = [farthest, entries[0].id]
        found = index.nearest(PUBLIC, "en", entries[0].vector, 50, among)
        assert [each.id for each in found] == [entries[0].id, farthest]
        assert index.nearest(PUBLIC, "en", entries[0].vector, 50, []) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "1", [])
    assert nearest(folder, ENCODER.encode_query("peace")) == []
    again = Index.copy(folder, tmp_path / "2")
    again.add([entry("v1")])
    again.seal("model")
    assert nearest(tmp_path / "2", ENCODER.encode_query("peace")) == ["v1:0-10"]


def test_rarity_weighs_a_stem_by_the_passages_that_hold_it(tmp_path: Path) -> None:
    entries = [entry(f"v{n}", "flood") for n in range(9)] + [entry("r", "rail", tier=SUBSCRIBERS)]
    folder = sealed(tmp_path / "1", entries)
    with closing(Index(folder)) as index:
        all_tiers = index.rarity(set(Tier), "en", ["flood", "rail", "absent"])
        assert 0 < all_tiers["flood"] < all_tiers["rail"] < all_tiers["absent"]
        assert index.rarity({PUBLIC}, "en", ["rail"]) == index.rarity({PUBLIC}, "en", ["rail"])


# Copies


def test_a_copy_differs_from_its_source_only_by_what_was_done_to_it(tmp_path: Path) -> None:
    source = sealed(tmp_path / "1", [entry("a"), entry("b"), entry("c", tier=SUBSCRIBERS)])
    with closing(Index(source)) as reader:
        copy = Index.copy(source, tmp_path / "2")
        copy.remove(["a"])
        copy.add([entry("d")])
        copy.seal("model")
        assert reader.ids(PUBLIC, "en", ["a", "b", "d"]) == ["a:0-9", "b:0-9"]
        assert nearest(tmp_path / "1", entry("a").vector, 9) == ["a:0-9", "b:0-9"]
    with closing(Index(tmp_path / "2")) as index:
        assert sorted(index.ids(PUBLIC, "en", ["a", "b", "d"])) == ["b:0-9", "d:0-9"]
        assert index.ids(SUBSCRIBERS, "en", ["c"]) == ["c:0-9"]
        index.verify()


def test_after_many_random_copies_the_index_is_what_was_put_in(tmp_path: Path) -> None:
    chance = random.Random(4)
    model: dict[str, Entry] = {}
    sealed(tmp_path / "0", [])
    for step in range(15):
        index = Index.copy(tmp_path / str(step), tmp_path / str(step + 1))
        gone = chance.sample(sorted(model), min(len(model), chance.randrange(6)))
        new = {
            f"v{chance.randrange(60)}": chance.choice([PUBLIC, SUBSCRIBERS])
            for _ in range(chance.randrange(9))
        }
        index.remove([*gone, *new])
        for version in gone:
            del model[version]
        model |= {version: entry(version, tier=tier) for version, tier in new.items()}
        index.add([model[version] for version in new])
        index.seal("model")
    with closing(Index(tmp_path / "15")) as index:
        index.verify()
        for tier in Tier:
            mine = {each.id: each.vector for each in model.values() if each.tier is tier}
            assert set(index.ids(tier, "en", list(model))) == mine.keys()
            for id, vector in mine.items():
                truth = sorted(mine, key=lambda other: -float(mine[other] @ vector))[:3]
                assert [n.id for n in index.nearest(tier, "en", vector, 3)] == truth, id
