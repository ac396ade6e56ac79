"""Who spoke last in a paragraph, for pronouns and for quotations that go on; knows no grammar.

A pronoun is resolved only while nobody else has been named since: it is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.statements.links import Link
from ingest.statements.people import People
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.domain import Span
from vectorstore.names import parts, skeleton

_NAME = re.compile(r"N[Np]*")
_PLACES = {"in", "at", "near", "from", "à", "en", "dans", "vers", "в", "на", "из", "под"}


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker with all that the text says of them, and where the text names them."""

    speaker: Speaker
    attribution: Span


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose quotation the sentence before ended with."""

    sentence: Sentence
    link: Link
    known: Known


@dataclass(slots=True)
class Memory:
    """What reading on has to remember of a paragraph; mutable."""

    people: People
    last: Known | None = None
    others: bool = False  # somebody else has been named since
    owner: Owner | None = None
    carried: bool = False  # the owner's quotation goes on in the next paragraph
    pending: list[Span] = field(default_factory=list)  # quoted paragraphs without an owner yet
    paragraph: int = -1

    def enter(self, paragraph: int) -> None:
        """Forgets the paragraph before, but for a quotation that goes on in this one."""
        if paragraph == self.paragraph:
            return
        self.paragraph = paragraph
        if not self.carried:
            self.owner = None
        self.last, self.others = (self.owner.known if self.owner else None), False

    def heard(self, known: Known) -> None:
        """Somebody spoke."""
        self.last, self.others = known, False

    def lost(self) -> None:
        """Somebody spoke who cannot be told: no pronoun is clear any more."""
        self.others = True

    def passed(self, sentence: Sentence, start: int, end: int) -> None:
        """Reads over tokens ``start`` to ``end``, which may name somebody else."""
        if self.last is not None and not self.others:
            self.others = self._names_another(self.last.speaker, sentence, start, end)

    def meant_by(self, pronoun: Speaker) -> Known | None:
        """The one speaker whom a pronoun here can mean, or None."""
        if self.last is None or self.others or self.last.speaker.person != pronoun.person:
            return None
        known, asked = self.last.speaker.gender, pronoun.gender
        return None if known and asked and known != asked else self.last

    def _names_another(self, speaker: Speaker, sentence: Sentence, start: int, end: int) -> bool:
        if not speaker.person:
            return any(
                sentence.letters[at] in "CR" and sentence.tokens[at].text not in speaker.name
                for at in range(start, end)
            )
        own = {skeleton(word) for word in parts(speaker.name)}
        for match in _NAME.finditer(sentence.letters, start, end):
            name = sentence.text(*match.span())
            if own & {skeleton(word) for word in parts(name)}:
                continue
            if " " in name or not self._may_be_no_person(sentence, match.start(), name):
                return True
        return False

    def _may_be_no_person(self, sentence: Sentence, at: int, name: str) -> bool:
        """One capitalised word: a place after "in", or a word that only begins the sentence."""
        if at == 0:
            return self.people.find(name) is None
        return sentence.tokens[at - 1].text.lower() in _PLACES
