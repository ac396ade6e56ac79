"""Readers keep what they hold, notice what is new within a second, and see no mixture."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from tests.vectorstore.store import HashEncoder, briefing, catalogued, indexed, publish
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Span, Tier

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
        for number in range(2, 11):
            publish(data, *editions(number))
        assert read(view) == texts(1)  # searched for the first time only now
        with corpus.view() as newest:
            assert read(newest) == texts(10)
            assert read(view) == texts(1)
        assert (data / "index" / "000001").exists()
    assert open_files(data / "index" / "000001") == []
    publish(data, *editions(11))
    kept = [f"{number:06}" for number in range(4, 12)]
    assert sorted(f.name for f in (data / "index").iterdir()) == kept


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
    time.sleep(1.2)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    published = {int(number): float(at) for number, at in map(str.split, said.splitlines())}
    assert seen.keys() == published.keys() | {1}
    late = {number: seen[number] - at for number, at in published.items()}
    assert max(late.values()) < 1.5, "a second, and a little for a busy machine"
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
        assert reader.wait(10) == 0


def test_a_damaged_generation_is_not_switched_to_and_complained_of_once(
    corpus: Corpus, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with corpus.view():
        pass
    publish(data, *editions(2))
    (data / "index" / "000002" / "lexical.sqlite3").unlink()
    corpus.watch()
    time.sleep(1.8)
    with corpus.view() as view:
        assert read(view) == texts(1)
    (record,) = caplog.records
    assert "python -m ingest rebuild" in record.getMessage()


def test_a_damaged_index_is_a_clear_sentence_for_a_reader_without_another(data: Path) -> None:
    shutil.rmtree(data / "index" / "000001" / "chroma")
    with closing(Corpus(data)) as corpus:
        with pytest.raises(Exception, match="rebuild") as raised, corpus.view():
            pass
        assert type(raised.value).__name__ == "IndexFolderError"
    assert not (data / "index" / "000001" / "chroma" / "chroma.sqlite3").exists()


def test_closing_lets_go_of_every_file(data: Path) -> None:
    corpus = Corpus(data)
    corpus.watch()
    with corpus.view() as view:
        read(view)
        assert open_files(data)
    corpus.close()
    deadline = time.monotonic() + 10  # Chroma closes its connections in threads of its own
    while open_files(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert open_files(data) == []
