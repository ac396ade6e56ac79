"""``--watch`` and ``--every`` as an editor meets them: files change, and runs follow."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.upkeep.options import interval
from ingest.upkeep.timing import JITTER, each
from ingest.upkeep.watching import state
from tests.hurrying import Hurried
from tests.ingest.desk import Desk
from tests.ingest.staying import ROOT, Staying
from vectorstore.catalog import Catalog
from vectorstore.publication import writing

# So that a test can be sure that no further run comes: more than the quiet after the last event,
# what the runner waits for, and a busy machine.
NOTHING_MORE = 3.0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "news", tmp_path / "data")
    desk.write("first.md")
    return desk


def added(staying: Staying) -> list[int]:
    return [run["added"] for run in staying.runs]


def generation(desk: Desk) -> int | None:
    with closing(Catalog.open(desk.data)) as catalog:
        current = catalog.current()
    return current.number if current else None


def test_a_run_at_once_and_one_more_after_each_change(desk: Desk) -> None:
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        desk.write("second.md")
        staying.until(lambda: added(staying) == [1, 1])
        (desk.folder / "second.md").unlink()
        staying.until(lambda: len(staying.runs) == 3)
        assert staying.runs[-1]["removed"] == 1
        time.sleep(NOTHING_MORE)
        assert len(staying.runs) == 3
        assert staying.end(signal.SIGINT) == 0
        assert staying.said == "Press Ctrl-C to end.\n"


def test_what_editors_write_beside_a_briefing_starts_no_run(desk: Desk) -> None:
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        time.sleep(1)
        for name in (".first.md.swp", "first.md~", "4913", "#first.md#", "first.tmp", ".~lock.md"):
            (desk.folder / name).write_text("x")
            (desk.folder / name).unlink()
        (desk.folder / ".git").mkdir()
        (desk.folder / ".git" / "HEAD.md").write_text("x")
        time.sleep(NOTHING_MORE)
        assert len(staying.runs) == 1
        desk.write("second.md.part").rename(desk.folder / "second.md")  # as many editors save
        staying.until(lambda: added(staying) == [1, 1])


def test_many_changes_at_once_are_one_run(desk: Desk) -> None:
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        time.sleep(1)
        for number in range(100):
            desk.write(f"sub/{number}.md")
        staying.until(lambda: sum(added(staying)) == 101)
        time.sleep(NOTHING_MORE)
        assert len(staying.runs) <= 3


def test_what_changes_during_a_run_is_published_by_one_more(desk: Desk) -> None:
    for number in range(60):
        desk.write(f"{number}.md")
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: list(desk.data.glob("index/*")))  # it has read, and is writing now
        desk.write("late.md")
        staying.until(lambda: sum(added(staying)) == 62)
        assert added(staying) == [61, 1]


def test_a_folder_that_vanishes_is_waited_for(desk: Desk) -> None:
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        time.sleep(1)
        away = desk.folder.rename(desk.folder.with_name("away"))
        staying.until(lambda: "is gone; waiting until it is there again." in staying.said)
        away.rename(desk.folder)
        staying.until(lambda: f"{desk.folder} is there again." in staying.said)
        desk.write("second.md")
        staying.until(lambda: sum(added(staying)) == 2)
        assert all(run["removed"] == 0 for run in staying.runs)


def test_another_ingestion_is_waited_for(desk: Desk) -> None:
    with writing(desk.data):
        staying = Staying(desk.data, desk.folder, "--watch")
        staying.until(lambda: "trying again in" in staying.said)
        assert "Another ingestion is running" in staying.said
    with staying:
        staying.until(lambda: added(staying) == [1])


def test_ended_during_a_run_it_leaves_what_was_published(desk: Desk) -> None:
    with Staying(desk.data, desk.folder, "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        for number in range(60):
            desk.write(f"{number}.md")
        staying.until(lambda: list(desk.data.glob("index/000002")))
        assert staying.end(signal.SIGTERM) == 0
        assert "A run in progress was given up" in staying.said
        assert "Traceback" not in staying.said
    if generation(desk) == 1:
        assert len(desk.published()) == 1
    else:
        assert len(desk.published()) == 61
    with writing(desk.data):  # nobody is left behind who holds it
        pass


def test_a_single_file_can_be_watched(desk: Desk) -> None:
    with Staying(desk.data, desk.folder / "first.md", "--watch") as staying:
        staying.until(lambda: added(staying) == [1])
        time.sleep(1)
        desk.write("second.md")
        desk.write("first.md", title="Corrected")
        staying.until(lambda: len(staying.runs) == 2)
        assert staying.runs[-1]["updated"] == 1
        assert len(desk.published()) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "--watch"], "'nowhere' does not exist; give a folder or a file to watch."),
        (["--watch"], "--watch needs a folder or a file"),
        (["https://a.example", "--watch"], "--watch needs a folder or a file"),
        (["ingest", "https://a.example", "--watch"], "add --every 15m for them."),
        (["ingest", "--every", "15"], "'15' is no interval: write 90s, 15m, 2h or 1d"),
        (["ingest", "--every", "5s"], "'5s' is too often: give 30s or more"),
        (["ingest", "--watch", "--dry-run"], "go without --dry-run"),
    ],
)
def test_what_cannot_be_stayed_for_is_said_at_once(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_timer_runs_at_once_and_reports_what_failed(desk: Desk) -> None:
    (desk.folder / "empty.md").write_text("")
    with Staying(desk.data, desk.folder, "--every", "1h", "--watch") as staying:
        staying.until(lambda: added(staying)[:1] == [1])
        assert staying.runs[0]["failed"]
        desk.write("second.md")  # by --watch, long before the timer
        staying.until(lambda: sum(added(staying)) == 2)


def test_a_timer_neither_drifts_nor_makes_up_for_a_slow_run() -> None:
    moments: list[float] = []

    def note() -> None:
        moments.append(clock.time())
        if len(moments) == 3:
            clock.now += 0.55  # two and a half intervals in which nothing can happen

    async def story() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(each(0.2, note), 1.95)

    with asyncio.Runner(loop_factory=Hurried) as runner:
        clock = cast(Hurried, runner.get_loop())
        runner.run(story())
    ticks = [round(moment / 0.2, 3) for moment in moments]
    assert [int(tick) for tick in ticks] == [0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert all(round(tick % 1, 3) <= JITTER for tick in [*ticks[:3], *ticks[4:]]), ticks


@given(st.text(max_size=8) | st.from_regex(r"[0-9]{1,6}[smhdw]"))
def test_an_interval_is_understood_or_refused(text: str) -> None:
    with suppress(argparse.ArgumentTypeError):
        assert 30 <= interval(text) <= 99_999 * 86_400


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("15m", 900), ("2h", 7200), (" 1D ", 86400)]
)
def test_intervals_have_four_units(text: str, seconds: int) -> None:
    assert interval(text) == seconds


def test_a_moved_folder_and_a_file_of_the_same_size_are_changes(desk: Desk) -> None:
    desk.write("sub/one.md")
    before = state(desk.folder)
    (desk.folder / "sub").rename(desk.folder / "other")
    moved = state(desk.folder)
    assert before != moved
    path = desk.folder / "first.md"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    assert state(desk.folder) != moved
    assert state(desk.folder / "nothing") is None
