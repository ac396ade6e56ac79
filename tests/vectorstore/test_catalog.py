"""The record: what it keeps, how long, and what it says when it cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.databases import url_of
from tests.vectorstore.record import execute, generation, held, publish
from tests.vectorstore.store import briefing, page
from vectorstore.catalog import Catalog, CatalogError
from vectorstore.domain import (
    Days,
    Document,
    Person,
    Span,
    Statement,
    StatementKind,
    Tier,
)


@pytest.fixture
def catalog(home: Path):
    with closing(Catalog.open(home, url_of(home))) as opened:
        yield opened


# What is kept


def test_an_empty_catalog_has_published_nothing(catalog: Catalog) -> None:
    assert catalog.current() is None
    assert catalog.kept() == []
    assert catalog.newest_number() == 0


def test_a_document_comes_back_as_it_was_put_in(catalog: Catalog) -> None:
    made = briefing(
        "é/ж",
        "“Words”, said Ivanov.",
        title="Журнал – «été» 🎈",
        tier=Tier.SUBSCRIBERS,
        covers=Days(first=date(2023, 9, 19), last=date(2023, 9, 20)),
        dossiers=("Rail, roads and rivers", "Été"),
    )
    said = Statement(
        actor="RU",
        speaker="Ivanov",
        role="",
        kind=StatementKind.QUOTE,
        cue="said",
        via="TASS",
        span=Span(start=1, end=6),
        attribution=Span(start=9, end=20),
    )
    ivanov = Person(
        name="Ivanov", role="envoy", actor="RU", private=False, span=Span(start=14, end=20)
    )
    whole = Document(
        briefing=made,
        passages=(Span(start=0, end=21),),
        statements=(said, said),
        people=(ivanov, replace(ivanov, actor=None, private=True)),
    )
    catalog.publish(
        generation(1),
        documents=[whole],
        embedded={(made.version, 0): "c" * 64},
        pages=[page(made)],
        gone=(),
        keep=3,
    )
    assert catalog.documents([made.version]) == {made.version: whole}
    assert catalog.current() == generation(1)
    assert catalog.dossiers() == {"Rail, roads and rivers", "Été"}


def test_a_briefing_without_a_day_stays_without(catalog: Catalog) -> None:
    made = briefing("a", "Words.", day=None)
    publish(catalog, 1, None, made)
    assert catalog.documents([made.version])[made.version].briefing == made


def test_a_generation_holds_its_parents_pages_less_the_gone_with_the_new(catalog: Catalog) -> None:
    publish(catalog, 1, None, briefing("a", "1"), briefing("b", "1"), briefing("c", "1"))
    publish(catalog, 2, 1, briefing("b", "2"), briefing("d", "1"), gone=("c",))
    assert held(catalog) == {"a", "b", "d"}
    assert {p.briefing: p.version for p in catalog.pages(2)}["b"] == briefing("b", "2").version
    assert {each.briefing for each in catalog.pages(1)} == {"a", "b", "c"}


def test_pages_are_ordered_by_their_letters_codes(catalog: Catalog) -> None:
    publish(catalog, 1, None, *(briefing(id, "1") for id in ("a", "B", "é", "Z", "_")))
    assert [each.key for each in catalog.pages(1)] == ["B.md", "Z.md", "_.md", "a.md", "é.md"]
    assert [each.key for each in catalog.sources.held()] == ["B.md", "Z.md", "_.md", "a.md", "é.md"]


def test_a_moment_is_the_same_moment_whichever_zone_it_was_told_in(catalog: Catalog) -> None:
    paris = datetime(2024, 5, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))
    catalog.publish(
        replace(generation(1), published_at=paris),
        documents=[], embedded={}, pages=[], gone=(), keep=3,
    )  # fmt: skip
    current = catalog.current()
    assert current is not None
    assert current.published_at == paris
    assert current.published_at.tzinfo is UTC


def test_versions_outlive_the_briefing_so_that_old_citations_can_be_read(catalog: Catalog) -> None:
    old = briefing("a", "As it was.")
    publish(catalog, 1, None, old)
    for number in range(2, 9):
        publish(catalog, number, number - 1, briefing("a", f"Edition {number}."))
    assert catalog.documents([old.version])[old.version].briefing == old


def test_the_generations_kept_are_those_that_one_can_go_back_to(catalog: Catalog) -> None:
    publish(catalog, 1, None, briefing("a", "1"))
    for number in (2, 3, 4, 5):
        publish(catalog, number, number - 1, briefing("a", str(number)))
    assert [each.number for each in catalog.kept()] == [5, 4, 3]
    catalog.point_at(3)
    publish(catalog, 6, 3, briefing("b", "6"))
    assert [each.number for each in catalog.kept()] == [6, 3]
    assert catalog.pages(4) == []
    assert catalog.newest_number() == 6


def test_a_generation_without_briefings_is_kept_as_well(catalog: Catalog) -> None:
    publish(catalog, 1, None, briefing("a", "1"))
    publish(catalog, 2, 1, gone=("a",))
    publish(catalog, 3, 2, briefing("b", "1"))
    assert [each.number for each in catalog.kept()] == [3, 2, 1]


def test_more_versions_than_one_query_may_name_are_found(catalog: Catalog) -> None:
    many = [briefing(f"b{number}", "Words.") for number in range(5100)]
    publish(catalog, 1, None, *many)
    assert len(catalog.documents([each.version for each in many])) == 5100


# Vectors


def test_vectors_come_back_bit_by_bit_and_by_model(catalog: Catalog) -> None:
    vector = np.array([0.1, -2.5e-8, 3e7], dtype=np.float32)
    catalog.save_vectors("m", {"x": vector[np.newaxis]})
    assert (catalog.vectors({"x", "y"}, "m")["x"] == vector).all()
    assert catalog.vectors({"x", "y"}, "m").keys() == {"x"}
    assert catalog.vectors({"x"}, "other") == {}


def test_a_vector_may_be_saved_twice(catalog: Catalog) -> None:
    one, two = np.ones((1, 2), np.float32), np.zeros((1, 2), np.float32)
    catalog.save_vectors("m", {"x": one})
    catalog.save_vectors("m", {"x": two})
    assert (catalog.vectors({"x"}, "m")["x"] == two[0]).all()


def test_the_vectors_of_a_passages_sentences_are_kept_in_order(catalog: Catalog) -> None:
    one = briefing("a", "Rain fell. Roads closed.")
    publish(catalog, 1, None, one)
    rows = np.array([[1, 0], [0.5, 0.25], [0, -1]], dtype=np.float32)
    catalog.save_vectors("m", {"c" * 64: rows})
    found = catalog.sentence_vectors({(one.version, 0), (one.version, 7)}, "m")
    assert found.keys() == {(one.version, 0)}
    assert (found[one.version, 0] == rows[1:]).all()
    assert catalog.sentence_vectors({(one.version, 0)}, "other") == {}


def test_vectors_from_before_sentences_had_any_are_made_anew(home: Path, catalog: Catalog) -> None:
    catalog.save_vectors("m", {"x": np.ones((3, 2), np.float32)})
    execute(home, "UPDATE vectors SET sentences = NULL")
    assert catalog.vectors({"x"}, "m") == {}


# What goes wrong


def test_a_file_that_is_no_database_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").write_text("This is not a database, but a letter. " * 50)
    with pytest.raises(CatalogError, match=r"cannot be opened .*Check DATA_DIR"):
        Catalog.open(tmp_path)


def test_a_data_dir_that_is_a_file_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(CatalogError, match=r"cannot be opened \(File exists\). Check DATA_DIR"):
        Catalog.open(tmp_path / "data")


def test_a_damaged_table_is_a_clear_sentence(tmp_path: Path) -> None:
    with closing(Catalog.open(tmp_path)) as catalog:
        publish(catalog, 1, None, *(briefing(f"b{n}", "Words. " * 200) for n in range(50)))
        pages = catalog.pages(1)
    file = tmp_path / "catalog.sqlite3"
    whole = file.read_bytes()
    half = len(whole) // 2
    file.write_bytes(whole[:half] + bytes(len(whole) - half))
    with closing(Catalog.open(tmp_path)) as catalog, pytest.raises(CatalogError, match="the disk"):
        catalog.documents([each.version for each in pages])


def test_a_publication_that_fails_leaves_nothing_behind(catalog: Catalog) -> None:
    publish(catalog, 1, None, briefing("a", "1"))
    with pytest.raises(CatalogError):
        publish(catalog, 2, 1, briefing("b", "1"), briefing("b", "2"))
    assert catalog.current() == generation(1)
    assert catalog.newest_number() == 1
    assert catalog.documents([briefing("b", "1").version]) == {}


def test_another_connection_writing_meanwhile_is_waited_for(tmp_path: Path) -> None:
    with closing(Catalog.open(tmp_path)) as catalog:
        other = sqlite3.connect(tmp_path / "catalog.sqlite3", isolation_level=None)
        other.execute("CREATE TABLE theirs (x)")
        for number in range(1, 20):
            other.execute("INSERT INTO theirs VALUES (1)")
            publish(catalog, number, number - 1 or None, briefing("a", str(number)))
        other.close()
        assert catalog.newest_number() == 19
