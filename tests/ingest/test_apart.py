"""Pages are read in a process of its own: as in this one, and no page can end the run."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from ingest import apart
from ingest.apart import ReaderApart
from ingest.plan import ReadingError
from ingest.reading import PageReader
from ingest.sources import PageKind, RawPage
from tests.ingest.desk import WORDS


def page(text: str, *, dossier: str = "Rivers") -> RawPage:
    matter = f"---\ntitle: A day\nlang: en\ndossiers: [{dossier}]\n---\n\n{text}\n"
    return RawPage(
        source="/news",
        key="a.md",
        location="file:///news/a.md",
        kind=PageKind.MARKDOWN,
        content=matter.encode(),
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderApart]:
    with ReaderApart(set(), "tests.ingest.stumbling") as reader:
        yield reader


def test_a_page_is_read_as_in_this_process(reader: ReaderApart) -> None:
    here = PageReader(set())
    briefing = reader.briefing(page(WORDS))
    assert briefing == here.briefing(page(WORDS))
    assert briefing.version == here.briefing(page(WORDS)).version
    assert reader.document(briefing) == here.document(briefing)


def test_what_is_wrong_with_a_page_is_said_as_in_this_process(reader: ReaderApart) -> None:
    with pytest.raises(ReadingError) as here:
        PageReader(set()).briefing(page(""))
    with pytest.raises(ReadingError) as there:
        reader.briefing(page(""))
    assert str(there.value) == str(here.value)


def test_a_page_that_kills_or_keeps_its_reader_costs_that_page_alone(
    reader: ReaderApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ReadingError, match="came to a sudden end"):
        reader.briefing(page("crash"))
    assert reader.briefing(page(WORDS)).text == WORDS
    monkeypatch.setattr(apart, "PATIENCE_SECONDS", 0.2)
    with pytest.raises(ReadingError, match=r"cannot be read within 0\.2 s"):
        reader.briefing(page("endless"))
    monkeypatch.undo()
    assert reader.briefing(page(WORDS)).text == WORDS
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 0.3)
    with pytest.raises(ReadingError, match=r"cannot be read within 0\.3 s"):
        reader.briefing(page("asleep"))
    monkeypatch.undo()
    assert reader.briefing(page(WORDS)).text == WORDS


def test_a_busy_machine_refuses_no_page(
    reader: ReaderApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.briefing(page(WORDS))  # which loads what the first page needs
    monkeypatch.setattr(apart, "PATIENCE_SECONDS", 0.4)
    assert reader.briefing(page("starved")).text == "starved"


def test_a_reader_that_is_closed_is_gone() -> None:
    before = set(psutil.Process().children())
    with ReaderApart(set()):
        started = set(psutil.Process().children()) - before
    assert len(started) == 1
    assert not set(psutil.Process().children()) & started


def test_a_reader_whose_run_was_killed_ends_without_a_word() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "ingest.apart"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    for sent in (set[str](), ("briefing", page(WORDS), 60)):
        pickle.dump(sent, child.stdin)
    child.stdin.close()
    assert child.stderr.read() == b""
    assert child.wait(60) == 0
    child.stderr.close()
