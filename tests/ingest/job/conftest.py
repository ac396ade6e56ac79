"""A folder of three briefings, published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.desk import Desk, counts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three briefings, published."""
    desk = Desk(tmp_path / "news", tmp_path / "data")
    desk.write("a.md")
    desk.write("b.md", title="Another day")
    desk.write("sub/c.txt", title="A third day")
    assert counts(desk.run()) == (3, 0, 0, 0, 0)
    return desk
