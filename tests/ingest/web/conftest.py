"""A fetcher that may ask the site."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from ingest.web.fetcher import Fetcher


@pytest.fixture
def fetcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetcher]:
    """A fetcher that may ask loopback, has little time and makes no pauses of its own."""
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0)
    with Fetcher(allow_private=["127.0.0.1"], page_seconds=2) as fetcher:
        yield fetcher
