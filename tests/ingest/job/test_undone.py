"""What a rollback undid stays undone until it changes or is asked for."""

from __future__ import annotations

from tests.ingest.desk import WORDS, Desk, counts


def test_what_a_rollback_undid_stays_undone_until_it_changes(desk: Desk) -> None:
    before = desk.published()
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.write("d.md", title="A fourth day")
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (1, 1, 1, 1, 0)
    desk.roll_back(1)
    for _ in range(2):
        report = desk.run()
        assert counts(report) == (0, 0, 1, 0, 0)
        assert report.undone == 3
        assert desk.published() == before
    desk.write("a.md", WORDS.replace("Vienna", "Rome"))
    assert counts(desk.run()) == (0, 1, 1, 0, 0)
    assert desk.published().keys() == before.keys()
    assert "Rome" in desk.published()["a"]["text"]


def test_what_was_undone_is_published_when_it_is_asked_for_again(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    (desk.folder / "b.md").unlink()
    desk.run()
    desk.roll_back(1)
    assert counts(desk.plan(again=True)) == (0, 1, 1, 1, 0)
    assert counts(desk.run(again=True)) == (0, 1, 1, 1, 0)
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 2, 0, 0), 0)


def test_the_undone_text_in_other_bytes_stays_undone(desk: Desk) -> None:
    path = desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.run()
    desk.roll_back(1)
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 2, 0, 0), 1)
    assert "Vienna" in desk.published()["a"]["text"]


def test_going_forward_again_undoes_nothing(desk: Desk) -> None:
    desk.write("a.md", WORDS.replace("Vienna", "Paris"))
    desk.run()
    desk.roll_back(1)
    desk.roll_back(2)
    report = desk.run()
    assert (counts(report), report.undone) == ((0, 0, 3, 0, 0), 0)
    desk.write("a.md")
    assert counts(desk.run()) == (0, 1, 2, 0, 0)


def test_a_briefing_that_came_back_goes_when_its_page_returns_and_goes(desk: Desk) -> None:
    text = (desk.folder / "b.md").read_bytes()
    (desk.folder / "b.md").unlink()
    desk.run()
    desk.roll_back(1)
    assert counts(desk.run()) == (0, 0, 2, 0, 0)
    (desk.folder / "b.md").write_bytes(text)
    assert counts(desk.run()) == (0, 0, 3, 0, 0)
    (desk.folder / "b.md").unlink()
    assert counts(desk.run()) == (0, 0, 2, 1, 0)
