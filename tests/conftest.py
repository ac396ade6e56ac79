"""What several rooms' tests share: the real embedding model, written out once a user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from platformdirs import user_cache_path

from tests.databases import NoServerError, Postgres, keep_in, running
from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.settings import StoreSettings

# The same examples each time, however slow the machine: `make fuzz` looks for new ones.
settings.register_profile("slice", derandomize=True, deadline=None)
settings.load_profile("slice")


# Files that take a minute or more: they begin first, or the last of them would keep one core alone.
LONGEST = (
    "test_readme.py", "test_evaluation.py", "test_command_line.py", "test_tiers.py",
    "test_end_to_end.py", "test_mail.py", "test_hints.py", "test_publishing.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """The user's own cache, so that repeated runs need not write the model again."""
    return user_cache_path("briefing-bot")


@pytest.fixture(scope="session")
def embeddings(model_cache: Path) -> SentenceEmbeddings:
    """The default embeddings, loaded at the first text."""
    return open_embeddings(StoreSettings(embedding_model="", model_cache=model_cache))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, where there is one installed."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except NoServerError as error:
            pytest.skip(str(error))
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder of the test's own whose catalog and records are in either database."""
    if request.param == "postgresql":
        keep_in(tmp_path, request.getfixturevalue("postgres").new())
    return tmp_path
