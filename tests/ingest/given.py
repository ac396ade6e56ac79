"""Pages whose metadata a test makes up."""

from __future__ import annotations

import json
from datetime import date

from ingest.extraction import Draft, extract
from ingest.sources import PageKind, RawPage
from vectorstore.domain import Days


def page(content: str, key: str = "a.txt", kind: PageKind = PageKind.TEXT) -> RawPage:
    location = f"file:///in/{key.split('#')[0]}"
    return RawPage(source="/in", key=key, location=location, kind=kind, content=content.encode())


def row(key: str = "c.jsonl#r1", **values: object) -> Draft:
    content = {"id": "r1", "title": "A title", "text": "It began in the city."} | values
    return extract(page(json.dumps(content), key, PageKind.ROW))


def front(matter: str, key: str = "a.md") -> Draft:
    kind = PageKind.MARKDOWN if key.endswith(".md") else PageKind.TEXT
    return extract(page(f"---\n{matter}\n---\nIt began in the city.", key, kind))


def days(first: str, last: str | None = None) -> Days:
    return Days(first=date.fromisoformat(first), last=date.fromisoformat(last or first))
