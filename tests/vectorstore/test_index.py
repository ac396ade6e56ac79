"""An index folder finds what a search through all vectors finds, and knows when it is hurt."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.store import HashEncoder
from vectorstore.domain import Span, Tier
from vectorstore.folders import MANIFEST, damage, index_folder, seal, sweep
from vectorstore.index import Entry, Index, IndexFolderError, passage_of
from vectorstore.lexical import LexicalFile, terms
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


# Damage


def overwrite(name: str, content: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        files = list(folder.rglob(name))
        assert files, f"no {name} to damage"
        for file in files:
            file.write_bytes(content(file.read_bytes()))

    return damage


def delete(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in list(folder.rglob(name)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


DAMAGES = {
    "an empty index_metadata.pickle": overwrite("index_metadata.pickle", lambda _: b""),
    "half of the graph": overwrite("data_level0.bin", lambda whole: whole[: len(whole) // 2]),
    "no graph": delete("*.bin"),
    "half of Chroma's database": overwrite("chroma.sqlite3", lambda w: w[: len(w) // 2]),
    "an empty Chroma database": overwrite("chroma.sqlite3", lambda _: b""),
    "no Chroma database": delete("chroma.sqlite3"),
    "no vectors": delete("chroma"),
    "half of the words": overwrite("lexical.sqlite3", lambda whole: whole[: len(whole) // 2]),
    "empty words": overwrite("lexical.sqlite3", lambda _: b""),
    "no words": delete("lexical.sqlite3"),
    "no manifest": delete("manifest.json"),
    "half a manifest": overwrite("manifest.json", lambda whole: whole[: len(whole) // 2]),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many passages that Chroma writes its graph out."""
    folder = tmp_path_factory.mktemp("large") / "1"
    return sealed(folder, (entry(f"v{number}") for number in range(1200)))


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_noticed(tmp_path: Path, large: Path, what: str) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    DAMAGES[what](folder)
    with pytest.raises(IndexFolderError) as raised, closing(Index(folder)) as index:
        index.verify()
    assert "Traceback" not in str(raised.value)
    assert str(raised.value).strip()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[: len(whole) // 2],
    "zeroed": lambda whole: bytes(len(whole)),
    "a bit flipped": lambda w: (
        w[: len(w) // 2] + bytes([w[len(w) // 2] ^ 4]) + w[len(w) // 2 + 1 :]
    ),
    "gone": lambda _: b"",
}


@pytest.mark.parametrize("way", WAYS)
def test_harm_to_any_file_is_noticed_before_its_content_is_used_and_the_file_is_named(
    tmp_path: Path, large: Path, way: str
) -> None:
    files = [path.relative_to(large) for path in large.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {
        "manifest.json",
        "lexical.sqlite3",
        "chroma.sqlite3",
        "data_level0.bin",
        "index_metadata.pickle",
    }
    for name in files:
        folder = shutil.copytree(large, tmp_path / name.name)
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(WAYS[way](whole))
        if way == "gone":
            (folder / name).unlink()
        elif not whole:
            continue  # nothing of an empty file can be lost
        with pytest.raises(IndexFolderError) as raised:
            Index(folder)
        said = str(raised.value)
        assert said.endswith(f"{name.name} is {'missing' if way == 'gone' else 'damaged'}")
        assert damage(folder) == said


def test_reading_changes_nothing_and_leaves_nothing_behind(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    small = sealed(tmp_path / "1", [entry("a"), entry("b", tier=SUBSCRIBERS)])
    for folder in (small, large):
        for _ in range(3):
            with closing(Index(folder)) as index:
                index.verify()
        assert damage(folder) is None
    assert not list(tmp_path.glob("briefing-index-*"))


def test_what_a_killed_reader_copied_is_deleted_by_the_next(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    command = [sys.executable, "-c", _READ, str(large)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        (copy,) = tmp_path.iterdir()
        reader.kill()
    assert copy.exists()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        assert copy not in tmp_path.iterdir()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=pipe, check=True)
        assert len(list(tmp_path.iterdir())) >= 1, "nobody deletes the copy of a living reader"
        reader.kill()


@pytest.mark.parametrize("what", ["empty words", "no words", "no vectors", "no Chroma database"])
def test_nothing_is_copied_from_a_folder_that_lacks_half(
    tmp_path: Path, large: Path, what: str
) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    DAMAGES[what](folder)

    def publish() -> None:
        Index.copy(folder, tmp_path / "2").seal("model")
        Index(tmp_path / "2").verify()

    with pytest.raises(IndexFolderError):
        publish()


def test_an_undamaged_folder_verifies(large: Path) -> None:
    with closing(Index(large)) as index:
        index.verify()


def test_a_passage_that_only_the_words_know_is_noticed(large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    with closing(LexicalFile(folder, writable=True)) as words:
        words.insert("public-en", "en", [("extra:0-1", "extra", "title", "text")])
    manifest = json.loads((folder / "manifest.json").read_text())
    seal(folder, {name: manifest[name] for name in ("model", "shards")})
    with closing(Index(folder)) as index, pytest.raises(IndexFolderError, match="public-en"):
        index.verify()


# Deleting


_READ = """
import sys, pathlib
from vectorstore.index import Index
index = Index(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_folder_that_another_process_reads_is_deleted_only_afterwards(tmp_path: Path) -> None:
    folder = sealed(index_folder(tmp_path, 1), [entry("a")])
    command = [sys.executable, "-c", _READ, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        sweep(tmp_path, kept=[])
        assert nearest(folder, entry("a").vector) == ["a:0-9"]
        reader.kill()
    sweep(tmp_path, kept=[1])
    assert folder.exists()
    sweep(tmp_path, kept=[])
    assert not folder.exists()


def test_a_folder_that_was_never_finished_is_deleted(tmp_path: Path) -> None:
    folder = index_folder(tmp_path, 1)
    index = Index.create(folder)
    index.add([entry("a")])
    sweep(tmp_path, kept=[2])
    assert not folder.exists()
    with pytest.raises(IndexFolderError):
        Index(folder)
    assert not folder.exists(), "a reader writes nothing"


def test_an_index_of_an_older_version_says_so_in_a_sentence(large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "1")
    with closing(sqlite3.connect(folder / "lexical.sqlite3")) as words:
        words.execute('DROP TABLE "public-en/names"')
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest.pop("files")  # which it did not note either
    (folder / MANIFEST).write_text(json.dumps(manifest))
    for opened in (lambda: Index(folder), lambda: Index.copy(folder, tmp_path / "2")):
        with pytest.raises(IndexFolderError, match="an older version"):
            opened()
