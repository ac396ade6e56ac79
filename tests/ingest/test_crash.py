"""Ingestion may be killed at any moment; a slice of the sweep that ``make crash`` runs in full."""

from __future__ import annotations

from benchmarks.crash import sweep


def test_kills_lose_nothing_and_leave_nothing_half_done() -> None:
    tally = sweep(kills=4, real=0, seed=7)
    assert tally.faults == []
    assert tally.kills == 4
    found = {outcome for _, outcome in tally.moments}
    assert {"old", "new"} <= found, "some kills must fall before the publication, some after"
