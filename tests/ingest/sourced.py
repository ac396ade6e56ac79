"""What a source gives, and rows for one."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.sources import Failure, RawPage, Source


def read(source: Source) -> tuple[dict[str, RawPage], dict[str, str]]:
    """The pages and the errors of a source, by key."""
    found = list(source.pages())
    pages = {page.key: page for page in found if isinstance(page, RawPage)}
    failures = {each.key: each.error for each in found if isinstance(each, Failure)}
    assert len(pages) + len(failures) == len(found), "two entries share a key"
    return pages, failures


def rows(path: Path, *values: object) -> Path:
    lines = (value if isinstance(value, str) else json.dumps(value) for value in values)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
