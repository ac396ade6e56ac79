"""What a citation can be cited for: each statement in it, or the newsroom's own words; judges none.

A written sentence must be borne by one reading of each of its citations, so that the figures of one
speaker are not told as another's and a speaker's words are not told as the newsroom's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.answering.written.quoting import quotations
from bot.answering.written.wording import is_to_a_machine, says
from bot.domain import Citation, Line, LineKind
from vectorstore.domain import Document, Span, Statement, StatementKind
from vectorstore.names import same_person
from vectorstore.sentences import sentences

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Words that a sentence may take what it says from, and whose they are.

    ``quotable`` are those that may stand between quotation marks. ``labels`` is what is printed
    about the speaker and the briefing. ``attributed`` words hold who says them. Without ``speech``
    the words are the newsroom's own.
    """

    text: str
    quotable: tuple[str, ...]
    labels: str
    actor: str | None
    speaker: str
    role: str
    via: str
    speech: bool
    attributed: bool
    citation: Citation

    @property
    def days(self) -> list[date]:
        """The day of the briefing and the days that its title says it covers."""
        covers = self.citation.covers
        known = [covers.first, covers.last] if covers else []
        return [*known, self.citation.day] if self.citation.day else known

    def agrees(self, other: Reading) -> bool:
        """Whether one sentence may tell both: of one speaker, or of one actor's speakers."""
        if not (self.speech and other.speech):
            return True
        if self.actor is not None and self.actor == other.actor:
            return True
        return bool(self.speaker) and same_person(self.speaker, other.speaker)


def readings(line: Line, citation: Citation, document: Document) -> list[Reading]:
    """The ways to read ``citation``, which ``line`` shows, of a published ``document``."""
    shown = Span(start=citation.start, end=citation.end)
    body = document.briefing.text
    if line.kind is not LineKind.PASSAGE:
        own = [s for s in document.statements if s.span == shown and s.speaker == line.speaker]
        return [_statement(own[0], shown, citation, body)] if own else []
    inside = [s for s in document.statements if s.span.overlaps(shown)]
    found = [_statement(each, shown, citation, body) for each in inside]
    told = " ".join(_own_words(document, shown, inside))
    if is_to_a_machine(shown.of(body)):
        return found  # no sentence beside an instruction is news
    return [*found, _narration(told, citation)] if told else found


def _statement(statement: Statement, shown: Span, citation: Citation, body: str) -> Reading:
    """A statement, as far as it is shown."""
    span = statement.span
    words = Span(start=max(span.start, shown.start), end=min(span.end, shown.end)).of(body)
    whole = statement.kind is StatementKind.QUOTE
    attribution = statement.attribution.of(body)
    named = (statement.speaker, statement.role, statement.via, statement.cue, attribution)
    return Reading(
        text=words,
        quotable=((words,) if whole else _between_marks(words)) + _between_marks(attribution),
        labels="\n".join((*named, citation.title)),
        actor=statement.actor,
        speaker=statement.speaker,
        role=statement.role,
        via=statement.via,
        speech=True,
        attributed=not whole and words.find(attribution) >= 0,
        citation=citation,
    )


def _narration(words: str, citation: Citation) -> Reading:
    return Reading(
        text=words,
        quotable=_between_marks(words),
        labels=citation.title,
        actor=None,
        speaker="",
        role="",
        via="",
        speech=False,
        attributed=False,
        citation=citation,
    )


def _own_words(document: Document, shown: Span, inside: list[Statement]) -> Iterator[str]:
    """The shown sentences that no statement touches and that make nobody speak."""
    language = document.briefing.language
    text = shown.of(document.briefing.text)
    for span in sentences(text, language):
        there = Span(start=span.start + shown.start, end=span.end + shown.start)
        taken = any(each.span.overlaps(there) for each in inside)
        if not taken and not any(says(word, language) for word in _WORD.findall(span.of(text))):
            yield span.of(text)


def _between_marks(text: str) -> tuple[str, ...]:
    return tuple(span.of(text) for span in quotations(text) or ())
