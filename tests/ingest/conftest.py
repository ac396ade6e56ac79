"""A site to ask, what is published on it, and a desk that has published nothing yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.blog import Blog
from tests.ingest.magazine import Magazine
from tests.ingest.web_desk import WebDesk
from tests.web_server.fixtures import site  # noqa: F401 - a fixture
from tests.web_server.server import WebServer


@pytest.fixture
def magazine(site: WebServer) -> Magazine:  # noqa: F811 - the fixture above
    return Magazine(site)


@pytest.fixture
def blog(site: WebServer) -> Blog:  # noqa: F811 - the fixture above
    return Blog(site)


@pytest.fixture
def desk(tmp_path: Path) -> WebDesk:
    return WebDesk(tmp_path / "data")
