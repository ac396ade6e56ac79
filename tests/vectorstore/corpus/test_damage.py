"""Readers of a damaged generation: they keep or find a whole one, or are told what to do."""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.editions import editions, read, texts
from tests.vectorstore.store import HashEncoder, briefing, catalogued, indexed, publish
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus
from vectorstore.domain import Tier
from vectorstore.folders import NoRoomError
from vectorstore.index import IndexFolderError
from vectorstore.publisher import Publisher


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
