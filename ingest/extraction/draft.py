"""What extraction gives, and how it fails; knows no format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vectorstore.domain import Days, Picture, Tier


class ExtractionError(Exception):
    """A page that is not a briefing we can publish; the message tells its author what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A briefing as its page tells it, before the job has settled its id and its actor.

    ``id_hint`` is the row's own id, or one made of the page's address or of its path; it is the
    same at every run. ``actor`` is what the page gives, as written.
    """

    id_hint: str
    story: str
    url: str
    title: str
    language: str
    day: date | None
    covers: Days | None
    dossiers: tuple[str, ...]
    tier: Tier
    actor: str | None
    preview: bool
    text: str
    authors: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a page itself says, whatever it is written in; what it does not say is None or empty.

    ``alternates`` are the addresses of all translations, this page's included.
    """

    title: str | None = None
    paragraphs: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    preview: bool = False
    url: str | None = None
    language: str | None = None
    day: date | None = None
    tier: Tier | None = None
    alternates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
