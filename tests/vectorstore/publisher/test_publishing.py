"""Publishing: whole or not at all, embedding only what is new, undone and mended on request."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.vectorstore.published import BASE, folders, held, publisher, view
from tests.vectorstore.store import HashEncoder, briefing, change, document, publish
from vectorstore.domain import Briefing, Document, Span, Tier
from vectorstore.index import IndexFolderError
from vectorstore.publication import Encoder, PublishError, Vectors

OPEN, CLOSED = Tier.PUBLIC, Tier.SUBSCRIBERS


# An encoder, scripted or real


def test_an_encoder_gives_a_unit_vector_for_each_text_and_part_in_order(encoder: Encoder) -> None:
    heard: list[int] = []
    texts = ["Floods closed the railway.", "Les pourparlers ont repris.", "x", "x"]
    parts = [[Span(start=0, end=6), Span(start=7, end=26)], [], [], [Span(start=0, end=1)]]
    rows = encoder.encode_parts(texts, parts, heard.append)
    assert [each.shape[0] for each in rows] == [3, 1, 1, 2]
    assert {each.dtype for each in rows} == {np.dtype(np.float32)}
    assert np.linalg.norm(np.vstack(rows), axis=1) == pytest.approx(1, abs=1e-3)
    assert sum(heard) == len(texts)
    assert encoder.encode_parts(texts[1:2], [[]])[0][0] @ rows[1][0] > 0.999
    assert rows[0][0] @ rows[1][0] < 0.999
    assert rows[0][1] @ rows[0][2] < 0.999
    assert encoder.fingerprint == encoder.fingerprint != ""


# Publishing


def test_what_is_published_is_what_can_be_found(either: Path) -> None:
    assert held(either) == {each.id: each for each in BASE}


def test_only_what_changed_is_embedded_and_the_rest_stays(either: Path) -> None:
    encoder = HashEncoder()
    corrected = briefing("a", "Ministers met in Vienna.", "They signed nothing.")
    new = briefing("d", "Переговоры в Вене.", language="ru")
    made = publish(either, corrected, new, gone=["b"], encoder=encoder)
    assert made.generation == 2
    assert made.embedded == 2
    assert encoder.texts == ["They signed nothing.", "Переговоры в Вене."]
    assert held(either) == {"a": corrected, "c": BASE[2], "d": new}


def test_the_progress_of_embedding_is_told(data: Path) -> None:
    told: list[tuple[int, int]] = []
    many = briefing("many", *(f"Paragraph {number}." for number in range(300)))
    with publisher(data) as ours:
        ours.publish(change(many), HashEncoder(), lambda *done: told.append(done))
    assert told == [(0, 300), (256, 300), (300, 300)]


def test_documents_are_embedded_as_they_come_and_their_vectors_kept(data: Path) -> None:
    encoder = HashEncoder()
    first, second = briefing("d", "Rain."), briefing("e", "Snow.", "Rain.")
    embedded: list[list[str]] = []

    def coming() -> Iterator[list[Document]]:
        for made in (first, second):
            yield [document(made)]
            embedded.append(list(encoder.texts))

    with publisher(data) as ours:
        with ours.begin(encoder) as edition:
            edition.embed(coming())
            assert embedded == [["Rain."], ["Rain.", "Snow."]]
            made = edition.publish(change(first, second))
        assert made.embedded == 2
        with ours.begin(HashEncoder("hash-1")) as other:
            other.embed([[document(briefing("f", "Hail."))]])
    assert held(data).keys() == {"a", "b", "c", "d", "e"}
    assert folders(data) == ["000001", "000002"]
    assert publish(data, briefing("f", "Hail.")).embedded == 0


def test_a_briefing_that_moves_to_another_tier_leaves_the_first(either: Path) -> None:
    for tier in (CLOSED, OPEN):
        publish(either, briefing("a", "Ministers met in Vienna.", tier=tier))
        with view(either) as lent:
            for where in Tier:
                found = lent.index.matching(where, "en", ["vienna"], 9)
                near = lent.index.nearest(where, "en", HashEncoder().encode_query("Vienna"), 9)
                ours = {id for id in lent.documents if lent.documents[id].briefing.id == "a"}
                assert {m.id.split(":")[0] for m in found} == (ours if where is tier else set())
                assert (ours <= {n.id.split(":")[0] for n in near}) == (where is tier)


def test_everything_may_be_removed_and_come_back(either: Path) -> None:
    publish(either, gone=["a", "b", "c"])
    assert held(either) == {}
    assert publish(either, *BASE).embedded == 0
    assert held(either) == {each.id: each for each in BASE}


def test_a_run_that_breaks_off_keeps_what_it_embedded(either: Path) -> None:
    class Broken(HashEncoder):
        def encode_parts(self, *given: Any) -> list[Vectors]:
            if self.texts:
                raise KeyboardInterrupt
            return super().encode_parts(*given)

    many = briefing("many", *(f"Paragraph {number}." for number in range(300)))
    with pytest.raises(KeyboardInterrupt):
        publish(either, many, encoder=Broken())
    assert held(either).keys() == {"a", "b", "c"}
    assert publish(either, many).embedded == 300 - 256
    assert folders(either) == ["000001", "000002"]


def test_an_index_that_does_not_verify_is_not_published(either: Path) -> None:
    class Zeros(HashEncoder):
        def _vector(self, text: str) -> Vectors:
            return np.zeros(24, np.float32)

    with pytest.raises(IndexFolderError, match=r"^Nothing was published.*does not find itself"):
        publish(either, briefing("d", "Words."), encoder=Zeros())
    assert held(either).keys() == {"a", "b", "c"}


# Models


def test_another_model_embeds_everything_once_into_a_new_generation(either: Path) -> None:
    made = publish(either, encoder=HashEncoder("hash-2", dimensions=8))
    assert made.generation == 2
    assert made.embedded == 4
    assert held(either) == {each.id: each for each in BASE}
    back = publish(either, briefing("d", "Words."), encoder=HashEncoder())
    assert back.embedded == 1
    assert held(either).keys() == {"a", "b", "c", "d"}


# Undoing


def test_a_rollback_brings_back_what_was_and_the_next_run_goes_on_from_there(either: Path) -> None:
    corrected = briefing("a", "Nobody met.")
    publish(either, corrected, gone=["c"])
    with publisher(either) as ours:
        assert ours.rollback().number == 1
        assert held(either) == {each.id: each for each in BASE}
        with pytest.raises(PublishError, match=r"^There is no earlier generation to go back to\.$"):
            ours.rollback()
    again = publish(either, corrected, gone=["c"])
    assert again.generation == 3
    assert again.embedded == 0
    assert held(either) == {"a": corrected, "b": BASE[1]}
    assert folders(either) == ["000001", "000003"]


@pytest.mark.parametrize("command", ["rollback", "rebuild", "verify"])
def test_before_the_first_publication_there_is_nothing_to_mend(
    tmp_path: Path, command: str
) -> None:
    with publisher(tmp_path) as ours, pytest.raises(PublishError, match=r"earlier|ingest a source"):
        ours.rebuild(HashEncoder()) if command == "rebuild" else getattr(ours, command)()


# Any order of it all


def test_after_any_sequence_what_can_be_found_is_what_was_published(home: Path) -> None:
    chance = random.Random(1)
    words = ["floods", "rail", "talks", "vote", "outage"]
    known: set[str] = set()
    states: dict[int, dict[str, Briefing]] = {0: {}}
    parents, now = {0: 0}, 0
    for _ in range(6):
        action = chance.choice(["publish", "publish", "publish", "rollback", "rebuild"])
        if now and action == "rollback":
            with publisher(home) as ours:
                if parents[now] and (home / "index" / f"{parents[now]:06}").exists():
                    now = ours.rollback().number
                else:
                    with pytest.raises(PublishError):
                        ours.rollback()
        else:
            state = dict(states[now])
            new = {
                id: briefing(
                    id,
                    *(f"{chance.choice(words)} {chance.randrange(20)}." for _ in range(2)),
                    tier=chance.choice([OPEN, CLOSED]),
                    language=chance.choice(["en", "fr", "ru"]),
                )
                for id in chance.sample("abcdefgh", chance.randrange(1, 4))
            }
            gone = [id for id in chance.sample("abcdefgh", 2) if id in state and id not in new]
            encoder = HashEncoder()
            if now and action == "rebuild":
                new, gone = {}, []
                with publisher(home) as ours:
                    made = ours.rebuild(encoder)
            else:
                made = publish(home, *new.values(), gone=gone, encoder=encoder)
            assert made.generation
            state = {id: each for id, each in state.items() if id not in gone} | new
            parents[made.generation], now = now, made.generation
            states[now] = state
            assert known.isdisjoint(encoder.texts), "embedded a second time"
            known |= set(encoder.texts)
        assert held(home) == states[now]
        with view(home) as lent:
            for tier in Tier:
                mine = {each.version for each in states[now].values() if each.tier is tier}
                for language in ("en", "fr", "ru"):
                    near = lent.index.nearest(tier, language, encoder_vector(), 99)
                    assert {hit.id.split(":")[0] for hit in near} <= mine, "a tier leaked"


def encoder_vector() -> Vectors:
    return HashEncoder().encode_query("floods and talks")
