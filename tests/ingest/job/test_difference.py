"""What a run does with what it finds: nothing is lost, nothing is there twice, all is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import planning
from tests.ingest.desk import WORDS, Desk, counts, errors

# The difference


def test_a_second_run_has_nothing_to_publish(desk: Desk) -> None:
    report = desk.run()
    assert counts(report) == (0, 0, 3, 0, 0)
    assert (report.passages, report.embedded, report.generation) == (0, 0, 1)
    assert len(desk.changes) == 1


def test_the_difference_is_added_updated_and_removed(desk: Desk) -> None:
    before = desk.published()
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.write("d.md", title="A fourth day")
    assert counts(desk.run()) == (1, 1, 1, 1, 0)
    after = desk.published()
    assert after.keys() == {"a", "d", "sub--c"}
    assert "Paris" in after["a"]["text"]
    assert after["sub--c"] == before["sub--c"]


def test_spans_are_those_of_the_text(desk: Desk) -> None:
    for shown in desk.published().values():
        spans = [shown["text"][span["start"] : span["end"]] for span in shown["passages"]]
        assert spans
        assert all(span == span.strip() != "" for span in spans)
        assert "".join("".join(spans).split()) == "".join(shown["text"].split())


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk) -> None:
    desk.write("a.md", "Other words stand here now, and they are in English as well.")
    (desk.folder / "b.md").unlink()
    (desk.folder / "broken.md").mkdir()
    before, files = desk.published(), sorted(desk.data.rglob("*"))
    planned = desk.plan()
    assert desk.published() == before
    assert sorted(desk.data.rglob("*")) == files
    assert counts(planned) == counts(desk.run())


def test_an_id_is_the_same_over_versions_and_runs(desk: Desk) -> None:
    ids = desk.published().keys()
    for word in ("Paris", "Rome"):
        desk.write("a.md", WORDS.replace("Vienna", word))
        desk.run()
        assert desk.published().keys() == ids
    desk.write("a.md")
    assert counts(desk.run()) == (0, 1, 2, 0, 0)


def test_another_model_publishes_even_when_nothing_changed(desk: Desk) -> None:
    report = desk.run(model="other")
    assert counts(report) == (0, 0, 3, 0, 0)
    assert report.generation == 2


def test_a_page_touched_without_another_word_is_unchanged(desk: Desk) -> None:
    path = desk.folder / "a.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes) == 1


def test_a_better_reading_reads_every_page_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "READING", f"{planning.READING}-next")
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes[-1].documents) == 3
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    assert len(desk.changes) == 2


# The plan


def test_a_plan_names_every_briefing_and_the_words_that_differ(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna on Monday", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.write("d.md", "Four words of English.", title="New")
    planned = {each.briefing: each for each in desk.plan().plan or ()}
    changes = {id: (p.change, p.words_added, p.words_removed) for id, p in planned.items()}
    words = len(WORDS.split())
    assert changes == {
        "a": ("updated", 1, 3),
        "b": ("removed", 0, words + 2),
        "d": ("added", 5, 0),
        "sub--c": ("unchanged", 0, 0),
    }
    assert planned["b"].title == "Another day"


def test_a_plan_says_when_no_word_of_a_briefing_differs(desk: Desk) -> None:
    desk.write("a.md", date="2024-05-01")
    desk.run()
    desk.write("a.md", date="2024-05-02")
    lines = list(desk.plan().lines())
    assert [line for line in lines if line.startswith("~")] == [
        "~ a  A day (the same words; its address, day, dossiers or the like have changed)"
    ]


def test_a_long_plan_is_shortened_for_a_person(desk: Desk) -> None:
    for number in range(50):
        desk.write(f"n{number:02}.md", f"{WORDS} {number}", title=f"Day {number}")
    lines = list(desk.plan().lines())
    assert lines[0] == (
        "Dry run, nothing was changed. "
        "It would be: 50 added, 0 updated, 3 unchanged, 0 removed, 0 failed."
    )
    assert "+ n00  Day 0 (+32 -0 words)" in lines
    assert lines[-1] == "+ and 30 more are added"
    assert len(lines) == 22


# Removals


def test_more_than_a_fifth_of_a_source_is_not_removed_unasked(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", desk.data)
    for number in range(10):
        other.write(f"n{number}.md", f"{WORDS} {number}")
    other.run()
    for number in range(3):
        (other.folder / f"n{number}.md").unlink()
    other.write("new.md", title="News")
    refused = other.run(other.folder, desk.folder)
    assert counts(refused) == (1, 0, 10, 0, 1)
    assert errors(refused) == {
        "": "3 of its 10 briefings are no longer there, more than a fifth; none of them was "
        "removed. If they are to go, run this again with --allow-removals"
    }
    assert {"n0", "n1", "n2", "new"} <= desk.published().keys()
    assert counts(other.plan()) == (0, 0, 8, 0, 1)
    assert counts(other.run(allow_removals=True)) == (0, 0, 8, 3, 0)
    assert "n0" not in desk.published()


def test_two_briefings_may_always_go(desk: Desk) -> None:
    (desk.folder / "a.md").unlink()
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (0, 0, 1, 2, 0)


def test_a_page_that_gives_itself_another_id_is_no_removal(desk: Desk) -> None:
    for name in ("a.md", "b.md", "sub/c.txt"):
        desk.write(name, id=f"new-{name[0]}")
    assert counts(desk.run()) == (3, 0, 0, 3, 0)


# What authors note


@pytest.mark.parametrize(
    ("noted", "code"), [("RU", "RU"), ("ru", "RU"), ("Russia", "RU"), ("Nobody Known", None)]
)
def test_an_author_noted_in_words_is_an_actors_code(
    desk: Desk, noted: str, code: str | None
) -> None:
    desk.write("own.md", actor=noted)
    desk.run()
    shown = desk.published()["own"]
    assert shown["actor"] == code
    assert {each["actor"] for each in shown["statements"]} == ({code} if code else set())
