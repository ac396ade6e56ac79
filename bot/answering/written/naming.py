"""Whom a written sentence names and whom it makes speak; knows no quotations and no figures.

Strict on purpose: the sentence must begin with its speaker, and nobody else may stand before a verb
of saying.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.asking import is_office
from bot.answering.written.figures import months
from bot.answering.written.quoting import without
from bot.answering.written.readings import Reading
from bot.answering.written.wording import (
    according,
    denies,
    goes_beside,
    has_pronoun,
    opens,
    same_office,
    says,
)
from vectorstore.actors import Actors, MentionKind
from vectorstore.domain import Span
from vectorstore.lexical import stems, terms
from vectorstore.names import parts, same_person, skeleton

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name.
_WITHIN = re.compile(
    r"(?:[ .’'-]| (?:van|von|der|den|de|du|di|la|al|el|bin|ibn|фон|ван|дер|аль|эль)(?= ))+"
)
_MARKS = '«“„"'
# Between two names these say that both speak.
_JOINING = frozenset(["and", "or", "with", "et", "ou", "avec", "и", "или", "с", "со", "вместе"])
# The end of a quotation, and what follows it.
_AFTER_WORDS = re.compile(r"[»”\"“]([^»”\"“]*)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence: an actor's ``code``, or else a person, a place, anything."""

    span: Span
    text: str
    code: str | None


class Naming:
    """The names of one sentence, ``outside`` of its quotations, against what it cites."""

    def __init__(
        self, outside: str, language: str, cited: Sequence[Reading], actors: Actors
    ) -> None:
        self._text, self._language, self._cited = outside, language, cited
        self._actors = actors
        self._speech = [reading for reading in cited if reading.speech]
        self._printed = _printed(cited)
        self._skeletons = {_alike(word) for word in _words(self._printed)}
        self._roles = {
            _alike(word)
            for each in self._speech
            for word in _words(f"{each.speaker} {each.role} {each.via}")
        }
        self._mentions = actors.mentions(outside)
        self.names = self._named()

    def fault(self) -> str | None:
        """Why the sentence names somebody it may not, or None."""
        return self._strangers() or self._offices() or self._misspoken()

    def names_speaker(self) -> bool:
        """Whether a speaker is named, and nobody by a pronoun before."""
        spoken = [name.span.start for name in self.names if self._is_speaker(name)]
        return bool(spoken) and not has_pronoun(self._text[: spoken[0]], self._language)

    def is_name(self, at: int) -> bool:
        """Whether the character at ``at`` belongs to a name."""
        return any(name.span.start <= at < name.span.end for name in self.names)

    # ---------------------------------------------------------------- who is named
    def _named(self) -> list[Named]:
        mentions = self._mentions
        found = [Named(m.span, m.span.of(self._text), m.code) for m in mentions]
        run: list[Span] = []
        for word in _WORD.finditer(self._text):
            span = Span(start=word.start(), end=word.end())
            if any(span.overlaps(m.span) for m in mentions) or not self._like_name(word):
                continue
            gap = self._text[run[-1].end : span.start] if run else ""
            if run and not _WITHIN.fullmatch(gap):
                found.append(self._joined(run))
                run = []
            run.append(span)
        if run:
            found.append(self._joined(run))
        return sorted(found, key=lambda name: name.span.start)

    def _joined(self, run: list[Span]) -> Named:
        span = Span(start=run[0].start, end=run[-1].end)
        return Named(span, span.of(self._text), None)

    def _like_name(self, word: re.Match[str]) -> bool:
        """Whether a word is printed as a name, or is all the name that a speaker has."""
        text = word[0]
        if text.isdigit() or len(text) == 1:
            return False
        if not text[0].isupper():
            return _alike(text) in self._nameless() and bool(terms(text, self._language))
        if self._is_office(text) or months(text):
            return False
        if goes_beside(text, self._language) and not text.isupper():
            return False
        first = not self._text[: word.start()].strip(" \"'«“„(—–-")
        return not (first and opens(text, self._language)) or _alike(text) in self._roles

    def _nameless(self) -> set[str]:
        """The words for speakers who are nobody's name: "police", "residents"."""
        return {
            _alike(word)
            for each in self._speech
            if each.actor is None and not any(map(str.isupper, each.speaker))
            for word in _words(each.speaker or each.role)
        }

    def _strangers(self) -> str | None:
        codes = {m.code for m in self._actors.mentions(self._printed)}
        codes |= {each.actor for each in self._speech if each.actor}
        for name in self.names:
            if name.code is not None and name.code not in codes:
                return "names an actor that the evidence does not name"
            if name.code is None and not self._is_printed(name.text):
                return "names somebody or something that the evidence does not name"
        cited = months(self._printed) | {day.month for each in self._cited for day in each.days}
        if not months(self._text) <= cited:
            return "names a month that the evidence does not name"
        return None

    def _is_printed(self, name: str) -> bool:
        told = {_alike(word) for word in _words(name) if len(word) > 1}
        return told <= self._skeletons

    # ---------------------------------------------------------------- by what office
    def _offices(self) -> str | None:
        """Why an office or a body is named that is not every speaker's, or None."""
        one = all(same_person(each.speaker, self._speech[0].speaker) for each in self._speech)
        for some in [self._cited] if one else [[each] for each in self._speech]:
            fault = self._office_beside(some) or self._body_beside(some)
            if fault:
                return fault
        return None

    def _office_beside(self, cited: Sequence[Reading]) -> str | None:
        printed = _printed(cited)
        alike = {office for word in _words(printed) for office in same_office(word)}
        known = set(stems(printed, self._language)) if self._is_own_language(cited) else None
        for word in filter(self._is_office, _words(self._text)):
            same = same_office(word)
            strange = known is not None and not set(stems(word, self._language)) <= known
            if strange or (same and not same & alike):
                return "names an office that the evidence does not name"
        return None

    def _body_beside(self, cited: Sequence[Reading]) -> str | None:
        printed = _printed(cited)
        own, bodies = self._is_own_language(cited), MentionKind.INSTITUTION
        theirs = {m.code for m in self._actors.mentions(printed) if m.kind is bodies}
        words = set(map(_alike, _words(printed)))
        for mention in self._mentions:
            named = set(map(_alike, _words(mention.span.of(self._text))))
            known = named <= words if own else mention.code in theirs
            if mention.kind is bodies and not known:
                return "names a body that the evidence does not name"
        return None

    def _is_own_language(self, cited: Sequence[Reading]) -> bool:
        return all(each.citation.language == self._language for each in cited)

    def _is_office(self, word: str) -> bool:
        return is_office(word) or self._actors.is_office(word)

    # ---------------------------------------------------------------- who is made to speak
    def _misspoken(self) -> str | None:
        """Why somebody speaks who does not in the evidence, or None."""
        cues = self._cues()
        if not self._speech:
            return "makes somebody speak whom the evidence does not quote" if cues else None
        if not self.names or not self._is_speaker(self.names[0]):
            return "does not begin with its speaker"
        if any(not self._one_speaker(name) for name in self.names if self._is_speaker(name)):
            return "gives one speaker's words to another"
        if not cues:
            return "tells a statement as a fact"
        return self._before_speaker(cues) or self._before_cues(cues)

    def _is_speaker(self, name: Named) -> bool:
        return any(_speaks(name, each, self._actors) for each in self._speech)

    def _one_speaker(self, name: Named) -> bool:
        """Whether whoever is named as the speaker said all that is cited."""
        return all(_speaks(name, each, self._actors) for each in self._speech)

    def _cues(self) -> list[Span]:
        """Where the sentence makes somebody speak, and where a quotation begins."""
        verbs = [
            Span(start=word.start(), end=word.end())
            for word in _WORD.finditer(self._text)
            if says(word[0], self._language) and not self.is_name(word.start())
        ]
        source = [Span(start=0, end=0)] if according(self._text) else []
        quotes = [
            Span(start=m.start(), end=m.end()) for m in re.finditer(f"[{_MARKS}]", self._text)
        ]
        return sorted([*source, *verbs, *(quotes if not verbs else [])], key=lambda s: s.start)

    def _before_speaker(self, cues: list[Span]) -> str | None:
        """Why what stands before the speaker's name could be another speaker, or None."""
        speaker = self.names[0].span
        before = self._text[: speaker.start]
        if has_pronoun(before, self._language):
            return "lets a pronoun speak"
        aside = without(before, cues[:1])
        if not all(map(self._beside, _words(aside))):
            return "lets somebody speak who has no name"
        if cues[0].start < speaker.start:
            after = re.split(r"[,;:.]", self._text[speaker.end :])[0]
            if not (self._follows_words(cues[0]) and self._leads_to_cue(after)):
                return "lets somebody speak who has no name"
        return None

    def _follows_words(self, cue: Span) -> bool:
        """Whether the speaker may come after ``cue``: "According to …", "“…”, said …"."""
        between = _AFTER_WORDS.search(self._text[: cue.start])
        return cue.end == 0 or bool(between and self._leads_to_cue(between[1]))

    def _before_cues(self, cues: list[Span]) -> str | None:
        """Why the nearest name before a word of saying is not its speaker's, or None."""
        for cue in cues:
            before = [name for name in self.names if name.span.end <= cue.start]
            if not before:
                continue
            subject, main = before[-1], cue is cues[0]
            appositive = main or self._text[cue.start] in _MARKS
            if not (self._is_speaker(subject) or (appositive and self._in_role(before))):
                return "makes somebody speak whom the evidence does not quote"
            if main and not self._leads_to_cue(self._text[subject.span.end : cue.start]):
                return "lets somebody speak who has no name"
        return None

    def _leads_to_cue(self, between: str) -> bool:
        """Whether a name goes on to its verb of saying by way of an office, a day or an adverb."""
        unsaid = has_pronoun(between, self._language) or denies(between, self._language)
        return not unsaid and all(map(self._beside, _words(between)))

    def _beside(self, word: str) -> bool:
        """Whether a word may stand by the speaker's name."""
        return (
            goes_beside(word, self._language)
            or self._actors.is_office(word)
            or _alike(word) in self._roles
            or bool(months(word))
        ) and not (self._actors.is_private(word) and _alike(word) not in self._roles)

    def _in_role(self, names: Sequence[Named]) -> bool:
        """Whether the last name is of the speaker's role or of whoever passed the words on.

        Right behind another name it would speak beside it ("the EU and Georgia said").
        """
        name = names[-1]
        between = self._text[names[-2].span.end if len(names) > 1 else 0 : name.span.start]
        if not between.strip(" ,") or not _JOINING.isdisjoint(_words(between.lower())):
            return False
        labels = "\n".join(f"{each.role}\n{each.via}" for each in self._speech)
        if name.code is not None:
            return any(m.code == name.code for m in self._actors.mentions(labels))
        return set(map(_alike, _words(name.text))) <= set(map(_alike, _words(labels)))


def _speaks(name: Named, reading: Reading, actors: Actors) -> bool:
    """Whether ``name`` is the speaker of a statement, or the actor it was made for."""
    if name.code is not None:
        return name.code == reading.actor
    if reading.speaker and same_person(name.text, reading.speaker):
        return True
    printed = reading.speaker or reading.role
    is_body = any(map(actors.is_office, _words(printed))) or printed.islower()
    words = {_alike(word) for word in parts(name.text)}
    return bool(words) and is_body and words <= {_alike(word) for word in parts(printed)}


def _printed(cited: Sequence[Reading]) -> str:
    return "\n".join(f"{each.text}\n{each.labels}" for each in cited)


def _alike(word: str) -> str:
    """A word as its spellings fall together, in whatever number: "Transports", "Transport"."""
    return skeleton(word).rstrip("s")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
