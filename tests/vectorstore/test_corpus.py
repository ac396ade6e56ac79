"""Readers keep what they hold, notice what is new within a second, and see no mixture."""

from __future__ import annotations

import gc
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from tests.vectorstore.store import HashEncoder, briefing, catalogued, indexed, publish
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Span, Tier
from vectorstore.folders import NoRoomError, sweep
from vectorstore.index import IndexFolderError
from vectorstore.publisher import Publisher

ROOT = Path(__file__).parents[2]
QUESTION = HashEncoder().encode_query("edition")

# Publishes editions 2 to n of the same briefings, saying when each one was current.
_PUBLISH = """
import sys, time, pathlib
from tests.vectorstore.store import briefing, publish
from vectorstore.domain import Tier
data, last = pathlib.Path(sys.argv[1]), int(sys.argv[2])
for number in range(2, last + 1):
    publish(data, *(
        briefing(id, f"Edition {number} of {id}.", tier=tier)
        for id, tier in (("a", Tier.PUBLIC), ("b", Tier.PUBLIC), ("c", Tier.SUBSCRIBERS))
    ))
    print(number, time.time(), flush=True)
"""


def editions(number: int) -> list[object]:
    tiers = (("a", Tier.PUBLIC), ("b", Tier.PUBLIC), ("c", Tier.SUBSCRIBERS))
    return [briefing(id, f"Edition {number} of {id}.", tier=tier) for id, tier in tiers]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    publish(folder, *editions(1))
    return folder


@pytest.fixture
def data(tmp_path: Path, base: Path) -> Path:
    return shutil.copytree(base, tmp_path / "data")


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Path:
    folder = shutil.copytree(base, tmp_path_factory.mktemp("thrice") / "data")
    for number in (2, 3):
        publish(folder, *editions(number))
    return folder


@pytest.fixture
def three(tmp_path: Path, thrice: Path) -> Path:
    """A data folder in which three generations were published."""
    return shutil.copytree(thrice, tmp_path / "three")


@pytest.fixture
def corpus(data: Path) -> Iterator[Corpus]:
    with closing(Corpus(data)) as opened:
        yield opened


def read(view: View) -> set[str]:
    """The texts that searching both tiers in both ways finds; asserts that the ways agree."""
    found: set[str] = set()
    for tier in Tier:
        near = {hit.id for hit in view.index.nearest(tier, "en", QUESTION, 9)}
        match = {hit.id for hit in view.index.matching(tier, "en", ["edit"], 9)}
        assert near == match
        found |= {view.passage(id).text for id in near}
    return found


def texts(number: int) -> set[str]:
    return {f"Edition {number} of {id}." for id in "abc"}


def open_files(folder: Path) -> list[str]:
    opened = (file.path for file in psutil.Process().open_files())
    return [path for path in opened if path.startswith(str(folder))]


def test_before_the_first_publication_there_is_nothing_to_read(tmp_path: Path) -> None:
    with closing(Corpus(tmp_path)) as corpus:
        with pytest.raises(EmptyCorpusError), corpus.view():
            pass
        publish(tmp_path, *editions(1))
        with corpus.view() as view:
            assert read(view) == texts(1)


def test_a_view_names_passages_and_the_versions_that_are_current(corpus: Corpus) -> None:
    a = briefing("a", "Edition 1 of a.")
    with corpus.view() as view:
        assert view.current("a", a.version) == a
        assert view.current("b", a.version) is None
        assert view.current("a", "0" * 24) is None
        assert view.passage(f"{a.version}:0-7").span == Span(start=0, end=7)
        assert view.passage(f"{a.version}:0-7").text == "Edition"
        assert {d.briefing.id for d in view.readable({Tier.PUBLIC})} == {"a", "b"}
        assert {d.briefing.id for d in view.readable(set(Tier))} == {"a", "b", "c"}


def test_a_held_view_answers_however_often_others_publish(corpus: Corpus, data: Path) -> None:
    with corpus.view() as view:
        for number in (2, 3, 4):
            publish(data, *editions(number))
        sweep(data, kept=[4])
        assert read(view) == texts(1)  # searched for the first time only now
        with corpus.view() as newest:
            assert read(newest) == texts(4)
            assert read(view) == texts(1)
        assert (data / "index" / "000001").exists()
    assert open_files(data / "index" / "000001") == []
    sweep(data, kept=[4])
    assert sorted(f.name for f in (data / "index").iterdir()) == ["000004"]


def test_readers_switch_within_a_second_and_see_no_mixture(corpus: Corpus, data: Path) -> None:
    corpus.watch()
    seen: dict[int, float] = {}
    failures: list[BaseException] = []
    stop = Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                with corpus.view() as view:
                    found = read(view)
                    assert indexed(view) == catalogued(view)
                    assert found == texts(view.generation.number)
                    seen.setdefault(view.generation.number, time.time())
            except BaseException as error:
                failures.append(error)
                return
            time.sleep(0.02)

    readers = [Thread(target=ask) for _ in range(2)]
    for reader in readers:
        reader.start()
    last = 6
    command = [sys.executable, "-c", _PUBLISH, str(data), str(last)]
    said = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    patience = time.monotonic() + 60
    while last not in seen and not failures and time.monotonic() < patience:
        time.sleep(0.05)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    published = {int(number): float(at) for number, at in map(str.split, said.splitlines())}
    assert seen.keys() == published.keys() | {1}
    late = {number: seen[number] - at for number, at in published.items()}
    assert max(late.values()) < 10, "a second, and much for a busy machine"
    for number in range(1, last):
        assert open_files(data / "index" / f"{number:06}") == []


def test_readers_in_another_process_see_the_same(data: Path) -> None:
    command = """
import sys, pathlib
from contextlib import closing
from tests.vectorstore.test_corpus import read
from vectorstore.corpus import Corpus
with closing(Corpus(pathlib.Path(sys.argv[1]))) as corpus:
    for line in sys.stdin:
        with corpus.view() as view:
            print(sorted(read(view)), flush=True)
"""
    reader = subprocess.Popen(
        [sys.executable, "-c", command, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with reader:
        assert reader.stdin
        assert reader.stdout
        for number in (1, 2):
            if number > 1:
                publish(data, *editions(number))
            print(file=reader.stdin, flush=True)
            assert reader.stdout.readline() == f"{sorted(texts(number))}\n"
        reader.stdin.close()
        assert reader.wait(60) == 0


# Damage


def harm(folder: Path) -> None:
    """Turn every byte of every file around."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


def test_a_damaged_generation_is_not_switched_to_and_complained_of_once(
    corpus: Corpus, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with corpus.view():
        pass
    publish(data, *editions(2))
    (data / "index" / "000002" / "lexical.sqlite3").unlink()
    corpus.watch()
    patience = time.monotonic() + 60
    while not errors(caplog) and time.monotonic() < patience:
        time.sleep(0.05)
    time.sleep(1.2)  # it has been looked at once more
    with corpus.view() as view:
        assert read(view) == texts(1)
    (said,) = errors(caplog)
    assert "python -m ingest rebuild" in said


@pytest.mark.parametrize("name", ["lexical.sqlite3", "chroma/chroma.sqlite3", "manifest.json"])
def test_while_the_newest_index_is_damaged_the_newest_whole_one_answers(
    three: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (3, 2):
        file = three / "index" / f"{number:06}" / name
        file.write_bytes(file.read_bytes()[:-100])
        with closing(Corpus(three)) as corpus:
            for _ in range(2):
                with corpus.view() as view:
                    assert view.generation.number == number - 1
                    assert read(view) == texts(number - 1)
                    assert indexed(view) == catalogued(view)
        (said,) = errors(caplog)
        assert "generation 3" in said
        assert "python -m ingest rebuild" in said
        assert said.endswith(f"Until then generation {number - 1} answers.")
        caplog.clear()


def test_once_the_index_is_written_anew_it_answers(three: Path) -> None:
    harm(three / "index" / "000003")
    with closing(Corpus(three)) as corpus:
        with corpus.view() as view:
            assert read(view) == texts(2)
        with closing(Catalog.open(three)) as catalog:
            Publisher(three, catalog).rebuild(HashEncoder())
        with corpus.view() as view:
            assert view.generation.number == 4
            assert read(view) == texts(3)


def test_what_was_withdrawn_stays_so_when_the_generation_before_answers(data: Path) -> None:
    a = briefing("a", "Edition 2 of a.", tier=Tier.SUBSCRIBERS)
    publish(data, a, briefing("d", "Edition 2 of d."), gone=["b"])
    harm(data / "index" / "000002")
    with closing(Corpus(data)) as corpus, corpus.view() as view:
        assert read(view) == {"Edition 1 of c."}
        assert indexed(view) == catalogued(view)
        assert list(view.readable({Tier.PUBLIC})) == []


def test_a_generation_that_was_rolled_back_does_not_answer_for_another(three: Path) -> None:
    with closing(Catalog.open(three)) as catalog:
        catalog.point_at(2)
    harm(three / "index" / "000002")
    with closing(Corpus(three)) as corpus, corpus.view() as view:
        assert read(view) == texts(1)


def test_an_index_that_is_damaged_while_it_is_open_goes_on_answering(three: Path) -> None:
    with closing(Corpus(three)) as corpus:
        with corpus.view():
            harm(three / "index")
        with corpus.view() as view:
            assert read(view) == texts(3)


def test_a_view_that_fails_is_opened_anew_for_the_next_question(
    corpus: Corpus, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with corpus.view() as view:
        assert read(view) == texts(1)
    (copy,) = tmp_path.glob("briefing-index-*")
    harm(copy)
    with pytest.raises(IndexFolderError), corpus.view() as view:
        view.index.matching(Tier.PUBLIC, "en", ["edit"], 9)
    with corpus.view() as view:
        assert read(view) == texts(1)


def test_a_generation_sealed_without_hashes_is_checked_in_a_child_first(data: Path) -> None:
    manifest = data / "index" / "000001" / "manifest.json"
    old = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({name: old[name] for name in ("model", "shards")}))
    with closing(Corpus(data)) as corpus, corpus.view() as view:
        assert read(view) == texts(1)
    chroma = data / "index" / "000001" / "chroma" / "chroma.sqlite3"
    chroma.write_bytes(chroma.read_bytes()[:20_000])
    with (
        closing(Corpus(data)) as corpus,
        pytest.raises(IndexFolderError, match="generation 1 cannot be used"),
        corpus.view(),
    ):
        pass


def test_a_copy_that_finds_no_room_is_a_sentence_about_room(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "small"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(Corpus(data)) as corpus:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        try:
            with pytest.raises(NoRoomError, match="TMPDIR"), corpus.view():
                pass
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "small").iterdir()) == []


def test_a_damaged_index_is_a_clear_sentence_for_a_reader_without_another(data: Path) -> None:
    shutil.rmtree(data / "index" / "000001" / "chroma")
    with (
        closing(Corpus(data)) as corpus,
        pytest.raises(IndexFolderError, match="rebuild"),
        corpus.view(),
    ):
        pass
    assert not (data / "index" / "000001" / "chroma" / "chroma.sqlite3").exists()


# Letting go


def test_two_hundred_switches_under_questions_cost_no_more_than_twenty(
    corpus: Corpus, data: Path
) -> None:
    process = psutil.Process()
    base = shutil.copytree(data / "index" / "000001", data / "base")
    costs: list[tuple[int, int, int]] = []
    for number in range(2, 202):
        shutil.copytree(base, data / "index" / f"{number:06}")
        with closing(Catalog.open(data)) as catalog, corpus.view() as held:
            before = catalog.current()
            assert before
            catalog.publish(
                replace(before, number=number, parent=before.number),
                documents=(),
                embedded={},
                pages=(),
                gone=(),
                keep=3,
            )
            sweep(data, [each.number for each in catalog.kept()])
            assert read(held) == texts(1)
        with corpus.view() as view:
            assert view.generation.number == number
            assert read(view) == texts(1)
        if number in (40, 201):
            gc.collect()
            costs.append((process.num_fds(), process.num_threads(), process.memory_info().rss))
    early, late = costs
    assert late[0] <= early[0] + 5
    assert late[1] <= early[1] + 2
    assert late[2] <= early[2] + 60e6, "what the first switches need stays; no more is kept"


def test_closing_lets_go_of_every_file(data: Path) -> None:
    corpus = Corpus(data)
    corpus.watch()
    with corpus.view() as view:
        read(view)
        assert open_files(data)
    corpus.close()
    deadline = time.monotonic() + 60  # Chroma closes its connections in threads of its own
    while open_files(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert open_files(data) == []
