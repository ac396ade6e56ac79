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


class Kind(StrEnum):
    """What is wanted: somebody's words, words side by side, words over time, a fact, a list..."""

    STATEMENT = "statement"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    FACT = "fact"
    LIST = "list"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    ``actors`` are the codes and ``people`` the names whose own words are wanted; ``strangers`` are
    those of the people whom no briefing quotes. ``role`` describes who is to speak, of ``actors``
    if there are any ("the French ambassador"). ``anyone`` says that words are wanted of whoever
    speaks on the topic, and ``act`` what they must have done ("condemn"; "" for any). ``topic`` is
    the question without whom, when and the words of asking, "" when nothing else is left, and
    ``places`` are the codes of those that it names.
    ``days`` and ``dossier`` limit what may answer; ``newest`` wants the latest there is of it.
    ``causes`` says that it is asked why, and ``who`` is the name of somebody of whom it is asked
    who they are. ``search`` is what is looked for: the text itself, or what a question stands for
    that leaves out what the one before it named.
    """

    text: str
    search: str
    language: str
    kind: Kind
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    role: str = ""
    anyone: bool = False
    act: str = ""
    topic: str = ""
    places: tuple[str, ...] = ()
    days: Days | None = None
    dossier: str = ""
    newest: bool = False
    causes: bool = False
    who: str = ""

    @property
    def wants_words(self) -> bool:
        """Whether the words of particular speakers are wanted."""
        return bool(self.actors or self.people or self.role)


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
    the gate). ``lead`` are the page's words that lead to a quotation which goes on their sentence.
    ``also`` are the numbers of further citations that carry the same words. ``speaker``
    and ``role`` are as printed in the briefing, "" where it names nobody; ``called`` and ``office``
    are the same in the nominative where another case is printed, as far as that is known. ``via``
    is who passed the words on, and ``relay`` that name in the quotation marks that the page puts
    it in, "" where it puts none.
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
    lead: str = ""
    called: str = ""
    office: str = ""
    relay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many statements there are on one day of ``who``, an actor's code or a name."""

    who: str
    day: date
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot says to one question; ``found`` is false when the briefings do not say.

    ``language`` is the language to speak to the asker in. When nothing was found, ``reason`` says
    why and ``nearest`` holds the citations of the nearest things the briefings do have (it may be
    empty), ``nearest_lines`` their lines, which tell whose words they are. Every line's
    ``citation`` is the number of one of ``citations``.

    ``asked`` is how the question was understood, for the next one to follow up. ``silent`` are the
    codes and names of those asked about who have no line. Where no day was asked for, ``latest``
    is the day whose words are shown and ``earlier`` are the days that have more, newest first.
    ``beside`` are the codes of others who speak on the same. ``parts`` are the answers to the
    questions of a message that asks several; their lines, one after the other, are this answer's.
    ``fallback`` says that a chat model was to write the answer and could not. ``counts`` are of a
    timeline or a comparison, and count what is not shown as well.
    """

    question: str
    language: str
    found: bool
    reason: Reason | None
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    seconds: float
    asked: Question | None = None
    silent: tuple[str, ...] = ()
    latest: date | None = None
    earlier: tuple[date, ...] = ()
    beside: tuple[str, ...] = ()
    parts: tuple[Answer, ...] = ()
    fallback: bool = False
    counts: tuple[Count, ...] = ()
    nearest_lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What can follow an answer, each with words that it does not show.

    ``more`` asks for more of the one who speaks, ``earlier`` for what was said before the days
    shown, each of ``compare`` for the same beside another actor, the last of its ``actors``.
    ``editions`` are the languages in which what is cited can be read, too. ``timeline`` asks for
    the words over time of the one whose profile was shown, who can be followed as well.
    """

    more: Question | None = None
    earlier: Question | None = None
    compare: tuple[Question, ...] = ()
    editions: tuple[str, ...] = ()
    timeline: Question | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """What one source of the newsroom holds: how many stories, in which languages and days.

    ``dossiers`` are those that the reader's own editions name, the one with the newest story first.
    """

    name: str
    stories: int
    languages: tuple[str, ...]
    first: date | None
    last: date | None
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier that the newsroom follows: how many stories it has, and the newest one's day.

    ``elsewhere`` is what editions in other languages call it, as far as that is known.
    """

    name: str
    stories: int
    newest: date | None
    elsewhere: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """What it is called, in whatever language."""
        return self.elsewhere | {self.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks, with the role as printed where ``citation`` quotes their name.

    ``role`` is "" where none is printed; ``statements`` is how often they speak.
    """

    name: str
    role: str
    statements: int
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the briefings have of one actor, or of one person whose name nobody else bears.

    ``actor`` is the code of the actor, of a person that of whom they speak for, None where that is
    unknown; ``person`` is the name that was asked for, as it is printed, "" for an actor.
    ``speakers`` are the most quoted first, ``days`` those of the latest statements, newest first.
    ``latest`` answers what was said last, or says why there is nothing. Where nobody was named,
    neither ``actor`` nor ``person`` is given. ``near`` are names much like one that no briefing
    quotes.
    """

    actor: str | None
    person: str
    statements: int
    speakers: tuple[Speaker, ...]
    days: tuple[date, ...]
    latest: Answer
    near: tuple[str, ...] = ()
