"""Reads a post as a CMS gave it: its text like that of a web page, the rest as it was said."""

from __future__ import annotations

import html as markup
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ingest.extraction import authors, html
from ingest.extraction.draft import Content, ExtractionError
from vectorstore.domain import LANGUAGES, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post's own words, and what its CMS says of it."""

    content: Content
    story: str


def read(content: bytes, dossiers: Collection[str]) -> Post:
    """What a post says; raise ExtractionError when it is in none of our languages."""
    try:
        said = json.loads(content)
    except ValueError:
        raise ExtractionError("is not valid JSON") from None
    language, alternates = said["language"] or None, tuple(said["alternates"])
    if language and language not in LANGUAGES:
        raise ExtractionError(
            f"its language is {language}; briefings are in {', '.join(LANGUAGES)}"
        )
    text = _page(said["title"], said["content"], said["picture"])
    printed = html.read(text, {*dossiers, *said["dossiers"]})
    names = dict.fromkeys((*printed.dossiers, *said["dossiers"]))
    found = Content(
        title=said["title"],
        paragraphs=printed.paragraphs,
        dossiers=tuple(names),
        preview=said["preview"] or printed.preview,
        url=said["link"],
        language=language,
        day=_day(said["date"]),
        tier=Tier(said["tier"]),
        alternates=(*alternates, said["link"]) if alternates else (),
        authors=authors.names(said["authors"]) or printed.authors,
        pictures=printed.pictures,
    )
    return Post(content=found, story=said["story"])


def _page(title: str, text: str, caption: str) -> bytes:
    """The post as a web page that holds nothing else; ``caption`` is of the picture above it."""
    heading = markup.escape(title)
    picture = f"<figure><img><figcaption>{caption}</figcaption></figure>" if caption else ""
    return (
        f'<!doctype html><meta charset="utf-8"><title>{heading}</title>'
        f"<main><article><h1>{heading}</h1>{picture}<div>{text}</div></article></main>"
    ).encode(errors="replace")


def _day(printed: str) -> date | None:
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None
