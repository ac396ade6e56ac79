"""Data folders in which editions of three briefings were published, and a corpus that reads one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.editions import editions
from tests.vectorstore.store import publish
from vectorstore.corpus import Corpus


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    publish(folder, *editions(1))
    return folder


@pytest.fixture
def data(tmp_path: Path, base: Path) -> Path:
    return shutil.copytree(base, tmp_path / "data")


@pytest.fixture(scope="session")
def thrice(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Path:
    folder = shutil.copytree(base, tmp_path_factory.mktemp("thrice") / "data")
    for number in (2, 3):
        publish(folder, *editions(number))
    return folder


@pytest.fixture
def three(tmp_path: Path, thrice: Path) -> Path:
    """A data folder in which three generations were published."""
    return shutil.copytree(thrice, tmp_path / "three")


@pytest.fixture
def corpus(data: Path) -> Iterator[Corpus]:
    with closing(Corpus(data)) as opened:
        yield opened
