"""Who spoke last in a paragraph, for pronouns and for quotations that go on; knows no grammar.

A pronoun means the last speaker, or whom the last sentence is about, unless somebody else of the
gender has been named since: it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.statements.lexicon import gender_of, is_self
from ingest.statements.link import Link
from ingest.statements.named import is_named_thing
from ingest.statements.people import People
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.domain import Span
from vectorstore.names import key, parts, skeleton

_NAME = re.compile(r"N[Np]*")
# Somebody without a name, whom a pronoun may mean as well.
_STRANGERS = {
    **dict.fromkeys(("man", "boy", "homme", "garçon", "мужчина", "мужчину", "мальчик"), "m"),
    **dict.fromkeys(("woman", "girl", "femme", "fille", "женщина", "женщину", "девушка"), "f"),
}
_PLACES = {"in", "at", "near", "from", "à", "en", "dans", "vers", "в", "на", "из", "под"}
_CONTRACTED = ("au", "aux", "du", "des")  # they hold an article, which persons have not


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker with all that the text says of them, and where the text names them."""

    speaker: Speaker
    attribution: Span


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose quotation the sentence before ended with, or whose words it only ``told``."""

    sentence: Sentence
    link: Link
    known: Known
    told: bool = False


@dataclass(slots=True)
class Memory:
    """What the text has said of speakers so far. Mutable: it reads along."""

    people: People
    language: str
    last: Known | None = None
    strangers: bool = False  # somebody has spoken since who cannot be told
    elsewhere: bool = False  # another country has been named since a body spoke
    beside: list[Known] = field(default_factory=list)  # named behind the last, in its sentence
    since: list[Known] = field(default_factory=list)  # named in later sentences
    owner: Owner | None = None
    carried: bool = False  # the owner's quotation goes on in the next paragraph
    pending: list[Span] = field(default_factory=list)  # quoted paragraphs without an owner yet
    genders: dict[str, str] = field(default_factory=dict)  # by the key of the name
    spoken: set[str] = field(default_factory=set)  # the keys of all who have spoken in the text
    paragraph: int = -1
    sentence: int = -1  # where the sentence begins that is read now
    before: int = -1  # and the one before it
    heard_in: int = -1  # and the one that the last was heard in

    @property
    def unclear(self) -> bool:
        """Whether no pronoun is clear any more."""
        return self.strangers or self.elsewhere

    @property
    def others(self) -> bool:
        """Whether somebody else has been named since the last speaker."""
        return self.unclear or bool(self.beside or self.since)

    def enter(self, sentence: Sentence) -> None:
        """Forgets the paragraph before, but for a quotation that goes on in this one.

        Whom its last sentence was about is still meant by a pronoun.
        """
        self.before, self.sentence = self.sentence, sentence.span.start
        if sentence.paragraph == self.paragraph:
            return
        self.paragraph = sentence.paragraph
        if not self.carried:
            self.owner = None
        kept = self.last if self.heard_in == self.before and not self.unclear else None
        self.last = self.owner.known if self.owner else kept
        self.strangers = self.elsewhere = False
        self.since.clear()

    def heard(self, known: Known) -> None:
        """Somebody spoke, or a sentence is about them."""
        self.last, self.heard_in = known, self.sentence
        self.strangers = self.elsewhere = False
        self.beside.clear()
        self.since.clear()
        self.spoken.add(key(known.speaker.name))
        self.people.mean(known.speaker.name, self.sentence)
        if known.speaker.gender:
            self.genders[key(known.speaker.name)] = known.speaker.gender

    def lost(self, gender: str = "") -> None:
        """Somebody spoke who cannot be told: no pronoun of the gender is clear any more."""
        if not gender or (self.last is None and gender != "p"):
            self.strangers = True
            return
        if self.last is None:
            return  # no "he" or "she" means several
        somebody = replace(self.last.speaker, name="", role="", actor=None, gender=gender)
        self.since.append(Known(somebody, self.last.attribution))

    def learn_gender(self, pronoun: Speaker | None) -> None:
        """Remembers what a pronoun that begins a sentence tells of whom it means."""
        known = self.meant_by(pronoun) if pronoun else None
        if pronoun is not None and known is not None:
            self.genders.setdefault(key(known.speaker.name), pronoun.gender)

    def passed(self, sentence: Sentence, start: int, end: int, *, ahead: bool = False) -> None:
        """Reads over tokens ``start`` to ``end``, which may name somebody else.

        What stands ``ahead`` of a speaker in the sentence, and is not its subject, is nobody whom
        a pronoun there means: "Asked about X, she said".
        """
        if not ahead and self.last is not None and self.heard_in != self.sentence:
            for token in sentence.tokens[start:end]:
                if gender := _STRANGERS.get(token.text.lower(), ""):
                    self.lost(gender)
        if self.last is None or self._somebody(self.last):
            here = self.last is not None and self.heard_in == self.sentence
            for at, known in self._named(sentence, start, end):
                aside = here or (ahead and self._aside(sentence, at))
                (self.beside if aside else self.since).append(known)
        elif any(
            sentence.letters[at] == "C" and sentence.tokens[at].text not in self.last.speaker.name
            for at in range(start, end)
        ):
            self.elsewhere = True

    def _aside(self, sentence: Sentence, at: int) -> bool:
        """Whether a name ahead of a speaker is no subject ("of Lind", English "Lind's plan")."""
        name = _NAME.match(sentence.letters, at)
        owner = name is not None and sentence.letters[name.end() : name.end() + 1] == "G"
        return sentence.letters[at - 1 : at] in tuple("toDGZ") or (owner and self.language == "en")

    def meant_by(self, pronoun: Speaker) -> Known | None:
        """The one speaker whom a pronoun here can mean, or None.

        That is the last one, unless somebody else has been named since whom it can mean as well;
        or the only one of the gender.
        """
        if self.unclear:
            return None
        last = self.last
        if not pronoun.person:
            return last if last and not last.speaker.person and not self.others else None
        asked = pronoun.gender
        if last is not None and self._somebody(last) and self._fits(last, asked):
            sure = self.gender(last) == asked
            rivals = [*self.since, *(() if sure else self._surely(self.beside, asked))]
            return None if any(self._rivals(each, asked) for each in rivals) else last
        able = [each for each in (*self.beside, *self.since) if self._rivals(each, asked)]
        only = self._surely(able, asked)
        names = {each.speaker.name for each in able if each in only or " " in each.speaker.name}
        return only[0] if only and len(names) == 1 and "" not in names else None

    def rivals(self, gender: str) -> bool:
        """Whether somebody of the gender and of no known role has been named since the last."""
        named = (*self.beside, *self.since)
        return self.unclear or any(
            self._fits(each, gender) and not each.speaker.role for each in named
        )

    def alone(self, gender: str) -> bool:
        """Whether nobody who may be of the gender has been named since the last speaker."""
        named = (*self.beside, *self.since)
        return not self.unclear and not any(self._rivals(each, gender) for each in named)

    def _somebody(self, known: Known) -> bool:
        """Whether "he" or "she" can mean them: a person, or an office that one holds."""
        return known.speaker.person or self.people.is_office(known.speaker.name)

    def _surely(self, named: Sequence[Known], asked: str) -> list[Known]:
        return [each for each in named if asked and self.gender(each) == asked]

    def _rivals(self, named: Known, asked: str) -> bool:
        """Whether a pronoun may mean somebody named: not "LGBT" nor, in French, "(aux) Jeux"."""
        return named.speaker.person and self._fits(named, asked)

    def _fits(self, known: Known, asked: str) -> bool:
        gender = self.gender(known)
        return not (gender and asked and gender != asked)

    def gender(self, known: Known) -> str:
        """The gender of a speaker, as far as words, given names and pronouns before have told."""
        speaker = known.speaker
        return (
            speaker.gender
            or (gender_of(speaker.name, self.language) if " " in speaker.name else "")
            or self.genders.get(key(speaker.name), "")
            or self._given(speaker.name)
            or self.people.told(speaker.name)
        )

    def _given(self, name: str) -> str:
        """The gender of whom a surname means, as the given name tells ("Simon Lacey … Lacey")."""
        person = self.people.find(name)
        return gender_of(person.name, self.language) if person and " " in person.name else ""

    def _named(self, sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, Known]]:
        last = self.last.speaker.name if self.last else ""
        own = {skeleton(word) for word in parts(last)}
        for match in _NAME.finditer(sentence.letters, start, end):
            name = sentence.text(*match.span())
            if own & {skeleton(word) for word in parts(name)}:
                continue
            if self.language == "ru" and (
                self._is_thing(name) or is_named_thing(sentence, match.start())
            ):
                continue
            if " " in name or not self._may_be_no_person(sentence, match.start(), name):
                known = self._known(name, sentence.span_of(*match.span()))
                if self.language == "fr" and self._has_article(sentence, match.start(), name):
                    known = replace(known, speaker=replace(known.speaker, person=False))
                yield match.start(), known

    def _is_thing(self, name: str) -> bool:
        """Whether a Russian text prints a name in Latin letters, or in a plural («Играх»)."""
        unknown = self.people.find(name) is None and key(name) not in self.spoken
        return unknown and (name.isascii() or name.split()[0].endswith(("ах", "ях", "ами", "ями")))

    def _known(self, name: str, span: Span) -> Known:
        person = self.people.find(name)
        if person is None:
            gender = gender_of(name, self.language) if " " in name else ""
            person = Speaker(name=name, role="", actor=None, span=span, person=True, gender=gender)
        return Known(person, span)

    def _has_article(self, sentence: Sentence, at: int, name: str) -> bool:
        """Whether a name is of letters alone or behind "au", "du", and nobody's of the text."""
        if self.people.find(name) is not None or key(name) in self.spoken:
            return False
        before = sentence.tokens[at - 1].text.lower() if at else ""
        return (name.isupper() and len(name) > 1) or before in _CONTRACTED

    def _may_be_no_person(self, sentence: Sentence, at: int, name: str) -> bool:
        """One capitalised word: a place after "in", or a word that only begins the sentence."""
        if is_self(name, self.language):
            return True  # "I"
        if self.people.find(name) is not None or key(name) in self.spoken:
            return False
        if self.language == "en" and sentence.letters[at - 1 : at] == "A":
            return True  # "West Virginia"
        if self.language == "en" and sentence.letters[at + 1 : at + 2] == "R" and at:
            return True  # "the Judiciary Committee"
        if at == 0:  # "Graham's vote", but not "However"
            given = gender_of(name, self.language) != ""
            return not given and sentence.letters[at + 1 : at + 2] != "G"
        if sentence.letters[at - 1] == "D":
            return True
        if self.language == "en" and name.endswith("s") and not self.people.knows(name):
            return True  # "Democrats"
        return sentence.tokens[at - 1].text.lower() in _PLACES
