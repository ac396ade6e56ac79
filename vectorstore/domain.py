"""The words every room shares, as frozen values; knows no library, no file and no table.

Glossary
--------
Briefing   one published article in one language, at one time, with what is printed with it.
Version    the name of a briefing's content: a hash. A correction makes a new version.
Story      what translations of one article have in common.
Passage    a run of whole sentences of one version; ``text == briefing.text[start:end]``, always.
Statement  who said what: the words' span in the body, and who the text says said them.
Person     somebody whom a text introduces, with the role that it prints.
Actor      who can speak or act: a country (``RU``), a de facto entity, an organisation (``EU``).
Tier       who may read a briefing: everybody, or subscribers alone.
Generation one complete, immutable index. To publish is to make a new generation current.
Hit        a passage that a search found, with a score; higher is better.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LANGUAGES = ("en", "fr", "ru")


class StoreError(Exception):
    """Something known cannot be kept or found; the message tells a person what to do."""


class Tier(StrEnum):
    """Who may read a briefing."""

    PUBLIC = "public"
    SUBSCRIBERS = "subscribers"


class StatementKind(StrEnum):
    """Whether the words are the speaker's own or the newsroom's account of them."""

    QUOTE = "quote"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A run of days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} comes after {self.last}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is printed with a picture: its caption and whose picture it is, "" where it is not."""

    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """One article in one language at one time.

    ``url`` is the page's address; for a file without one, the file's own ``file:`` address.
    ``day`` is the publication day, ``covers`` the days its title says it covers (either may be
    unknown). ``actor`` is set when the whole text is one actor's own words. ``preview`` says that
    the page shows only the beginning of the article. ``authors`` are as printed; ``pictures`` are
    kept beside the text, for a caption is nobody's statement and no part of a paragraph.
    ``version`` names this content: 24 hex digits of a SHA-256 over all that a reader can see.
    """

    id: str
    source: str
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
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", self._name_of_content())

    def __hash__(self) -> int:
        return hash(self.version)  # the text has been hashed once

    def _name_of_content(self) -> str:
        address = "" if self.url.startswith("file:") else self.url
        covers = [str(self.covers.first), str(self.covers.last)] if self.covers else None
        seen: list[object] = [
            self.id,
            address,
            self.title,
            self.language,
            str(self.day),
            covers,
            list(self.dossiers),
            self.tier.value,
            self.actor,
            self.preview,
            self.text,
        ]
        if self.authors or self.pictures:  # versions from before these were kept keep their names
            seen += [list(self.authors), [[each.caption, each.credit] for each in self.pictures]]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Character offsets into a body, end excluded."""

    start: int
    end: int

    def of(self, body: str) -> str:
        """The characters of ``body`` that this span covers."""
        return body[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what, as the text itself attributes it.

    ``actor`` is a code of the actor catalogue or None when the text names a speaker whose side is
    unknown. ``speaker`` and ``role`` are as printed ("" when not printed). ``cue`` are the printed
    words that attribute ("said", "in these terms"). ``via`` is who passed the words on ("RIA
    Novosti"). ``span`` covers the words said, without their quotation marks; ``attribution``
    covers the text that names the speaker.
    """

    actor: str | None
    speaker: str
    role: str
    kind: StatementKind
    cue: str
    via: str
    span: Span
    attribution: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a text introduces, whether they speak or not; ``span`` holds the name.

    ``role`` is as printed, "" where the text only gives the full name of somebody whom it goes on
    to call by surname. ``actor`` is whom that role speaks for. ``private`` says that the role is
    nobody's official voice: a former minister, an analyst, a company's director.
    """

    name: str
    role: str
    actor: str | None
    private: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A briefing made ready for the store: its passages, its statements, whom it introduces."""

    briefing: Briefing
    passages: tuple[Span, ...]
    statements: tuple[Statement, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())

    def __hash__(self) -> int:
        return hash(self.briefing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one version."""

    briefing: Briefing
    span: Span

    @property
    def text(self) -> str:
        """The words of the passage, exactly as they stand in the body."""
        return self.span.of(self.briefing.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found. ``score`` is comparable within one search; higher is better.

    ``similarity`` is the cosine of the question and the passage, None when only words matched.
    """

    passage: Passage
    score: float
    similarity: float | None
