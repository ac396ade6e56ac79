"""A folder of briefings that the command line has ingested."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.commands import REPORT, SCRIPTED, command
from tests.ingest.desk import Desk


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder of briefings, ingested by the command line; not to be changed."""
    home = tmp_path_factory.mktemp("base")
    desk = Desk(home / "news", home / "data")
    desk.write("en.md", date="2024-05-01")
    desk.write("secret.md", title="For some", access="subscribers")
    (desk.folder / "rows.jsonl").write_text(
        json.dumps({"id": "row", "title": "Une journée", "text": "Les ministres ont parlé."})
    )
    ended = command(desk.data, desk.folder, "--json", module=SCRIPTED)
    assert (ended.code, ended.err) == (0, "")
    assert ended.json.keys() == REPORT
    assert ended.json["added"] == 3
    return desk


@pytest.fixture
def desk(base: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The base with data of the test's own; the folder is put right afterwards."""
    whole = shutil.copytree(base.folder, tmp_path / "whole")
    yield Desk(base.folder, shutil.copytree(base.data, tmp_path / "data"))
    shutil.rmtree(base.folder)
    whole.rename(base.folder)
