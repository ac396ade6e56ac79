"""Data folders in which the base is published, with the catalog in either database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.databases import Postgres, keep_in, url_of
from tests.vectorstore.published import BASE
from tests.vectorstore.store import HashEncoder, publish
from vectorstore.embeddings import SentenceEmbeddings
from vectorstore.publication import Encoder


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    assert publish(folder, *BASE).embedded == 4
    return folder


@pytest.fixture
def data(tmp_path: Path, base: Path) -> Path:
    """A data folder with the base published in it, the test's own."""
    return shutil.copytree(base, tmp_path / "data")


@pytest.fixture(scope="session")
def base_on_a_server(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Path:
    folder = tmp_path_factory.mktemp("base")
    keep_in(folder, postgres.new())
    publish(folder, *BASE)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """As ``data``, with the catalog in either database."""
    if request.param == "sqlite":
        return Path(request.getfixturevalue("data"))
    base = request.getfixturevalue("base_on_a_server")
    data = shutil.copytree(base, tmp_path / "data")
    keep_in(data, request.getfixturevalue("postgres").copy(url_of(base)))
    return data


@pytest.fixture(params=["scripted", "real"])
def encoder(request: pytest.FixtureRequest, embeddings: SentenceEmbeddings) -> Encoder:
    return HashEncoder() if request.param == "scripted" else embeddings
