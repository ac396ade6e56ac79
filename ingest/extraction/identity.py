"""Names a page by its address or by its path, the same at every run; asks nothing of its text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from ingest.sources.addresses import parts_of
from vectorstore.domain import LANGUAGES

_LONGEST = 100
_LANGUAGE = "|".join(LANGUAGES)
_SUFFIX = re.compile(rf"[._-](?:{_LANGUAGE})$", re.IGNORECASE)


def from_address(url: str) -> str:
    """Id of a page by its web address: ``briefings.example-en-2024-05-rail-corridor``.

    Scheme, ``www.``, default port, case of the host, closing slash, fragment and tracking
    parameters do not count.
    """
    return _slug(parts_of(url), "-")


def from_path(key: str) -> str:
    """Id of a file by its path in its source, or of a row by its file and line."""
    path, _, line = key.partition("#line-")
    pure = PurePosixPath(path)
    return _slug([*pure.parent.parts, pure.stem, *([f"line-{line}"] if line else [])], "--")


def story_of_path(key: str) -> str:
    """What translations of one file have in common: its path without language folder or suffix."""
    pure = PurePosixPath(key)
    folders = [part for part in pure.parent.parts if part.lower() not in LANGUAGES]
    return _slug([*folders, _SUFFIX.sub("", pure.stem)], "--")


def story_of_alternates(urls: Iterable[str]) -> str:
    """What translations of one page have in common: the first of the ids of all of them."""
    return min(map(from_address, urls))


def _slug(parts: Iterable[str], separator: str) -> str:
    """``parts`` in letters, digits and ``-._`` alone; a hash is added where any sign is lost."""
    original = [unicodedata.normalize("NFC", part) for part in parts]
    slug = separator.join(re.sub(r"[^\w.-]+", "-", part) for part in original)
    kept = slug[:_LONGEST].strip("-.")
    if kept == separator.join(original):
        return kept
    digest = hashlib.sha256("/".join(original).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept}-{digest}".lstrip("-")
