"""What several rooms' tests share: the real embedding model, written out once a user."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from platformdirs import user_cache_path

from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.settings import StoreSettings

# The same examples each time, however slow the machine: `make fuzz` looks for new ones.
settings.register_profile("slice", derandomize=True, deadline=None)
settings.load_profile("slice")


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """The user's own cache, so that repeated runs need not write the model again."""
    return user_cache_path("briefing-bot")


@pytest.fixture(scope="session")
def embeddings(model_cache: Path) -> SentenceEmbeddings:
    """The default embeddings, loaded at the first text."""
    return open_embeddings(StoreSettings(embedding_model="", model_cache=model_cache))
