"""Readers keep what they hold, notice what is new within a second, and see no mixture."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from tests.vectorstore.editions import editions, open_files, read, texts
from tests.vectorstore.store import briefing, catalogued, indexed, publish
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus, EmptyCorpusError
from vectorstore.domain import Span, Tier
from vectorstore.folders import sweep

ROOT = Path(__file__).parents[3]

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
from tests.vectorstore.editions import read
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
