"""Questions, answers and citations as frozen values; knows not how they are found or shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vectorstore.domain import Days


class Reason(StrEnum):
    """Why an answer has nothing to show."""

    NO_COVERAGE = "no_coverage"
    SPEAKER_NOT_QUOTED = "speaker_not_quoted"
    OUTSIDE_DAYS = "outside_days"
    NOT_ALLOWED = "not_allowed"


class LineKind(StrEnum):
    """What a line of an answer is made of."""

    QUOTE = "quote"
    REPORTED = "reported"
    PASSAGE = "passage"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered pointer to a span of one version; ``quote == body[start:end]``.

    ``link`` opens the page at that very sentence.
    """

    number: int
    briefing: str
    version: str
    title: str
    url: str
    link: str
    day: date | None
    covers: Days | None
    language: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an answer. ``citation`` is the number of the citation that carries it.

    ``text`` is verbatim text of the page (for ``generated`` lines: a model's sentence that passed
    the gate). ``also`` are the numbers of further citations that carry the same words. ``speaker``
    and ``role`` are as printed in the briefing, "" where it names nobody; ``via`` is
    who passed the words on.
    """

    text: str
    kind: LineKind
    actor: str | None
    speaker: str
    role: str
    via: str
    day: date | None
    citation: int
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot says to one question; ``found`` is false when the briefings do not say.

    ``language`` is the language to speak to the asker in. When nothing was found, ``reason`` says
    why and ``nearest`` holds the citations of the nearest things the briefings do have (it may be
    empty). Every line's ``citation`` is the number of one of ``citations``. ``fallback`` says
    that a chat model was to write the answer and could not.
    """

    question: str
    language: str
    found: bool
    reason: Reason | None
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    seconds: float
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """What one source of the newsroom holds: how many briefings, in which languages and days."""

    name: str
    briefings: int
    languages: tuple[str, ...]
    first: date | None
    last: date | None
    dossiers: tuple[str, ...]
