"""The pytest fixture that starts a site of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web_server.server import WebServer, web_server


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A web site on a free port of loopback, without pages."""
    with web_server() as server:
        yield server
