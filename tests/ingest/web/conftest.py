"""A site to ask, and a fetcher that may ask it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from ingest.web.fetcher import Fetcher
from tests.web_server.fixtures import site  # noqa: F401 - a fixture


@pytest.fixture
def fetcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetcher]:
    """A fetcher that may ask loopback, has little time and makes no pauses of its own."""
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0)
    with Fetcher(allow_private=["127.0.0.1"], page_seconds=2) as fetcher:
        yield fetcher
