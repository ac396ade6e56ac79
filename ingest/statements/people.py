"""Who the persons of a text are, learned from where it introduces them; knows this text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.statements.bodies import Bodies
from ingest.statements.kinds import (
    another,
    bears,
    has_noun,
    is_colleague,
    is_of_state,
    is_only_one,
    names_body,
    stands_for,
    without_age,
)
from ingest.statements.lexicon import gender_of, is_body, lexicon, lookup
from ingest.statements.named import genders_told
from ingest.statements.nominative import nominative
from ingest.statements.russian import describes_noun, titled
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, renamed, speaker_in
from ingest.statements.tokens import cut
from vectorstore.actors import Actors, MentionKind
from vectorstore.domain import Person, Statement
from vectorstore.names import key, parts, same_person

_INTRODUCED = re.compile(r"(?P<name>N[Np]*),(?P<role>[^,;:.()QVveSLW]{1,14})(?=[,.:;)]|$)")
# "Ada Lind is | the spokeswoman of the Norwegian army"
_IS = re.compile(
    r"(?:^|[,;:kK])(?P<name>N[Np]*N)h(?P<role>D[JAw]{0,2}R[AJCRoDtwGN]{0,8})(?=[,.;:kW]|$)"
)
_PRESENT = ("is", "est")
_TITLED = re.compile(
    r"D?[JCA]*(?:(?:(?<=C)G[JAw]?)?R[AJCRGoDtQ]*|(?<=C)G)(?P<name>N[Np]*)(?![NAp])"
)
_NAMED = re.compile(
    r"(?<!N,)(?<![JCAGwND])(?P<role>(?:D[JCAGw]*|[JCA]*|CG[JAw]*)(?P<head>R)[AJCRoDtwG]*)"
    r",(?P<name>i?N[Np]*N)(?=[,.;:)]|$)"
)
_NEAR = 600  # characters: a description means somebody named no earlier
_FAR = 1800  # "l'ONG", where a text has one
_NEARER = 250  # "the rapper": there are many
_OFFICE = {"en": 600, "fr": 600, "ru": 2000}  # in Russian from where they were last meant
_ANY = re.compile(r"\b(?:an?|une?|another|autre|один|одна|другой|другая)\s+$", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:его|её|ее|их)\s+$", re.IGNORECASE)  # his spokesman is not ours
_FULL = re.compile(r"N[Np]*N")
_BODY = re.compile(r"(?<![kG])(?:[JCAN]w?)*(?P<head>R)(?:w?J|[ot]D?[JCANR]*[CNR])?")


class People:
    """The persons that a text introduces with role or side, found by any spelling of the name."""

    def __init__(self, actors: Actors, language: str) -> None:
        self.bodies = Bodies(actors, language)
        self._actors = actors
        self._language = language
        self._known: dict[str, list[Speaker]] = {}
        self._firsts: dict[str, list[Speaker]] = {}  # by first words that are no given name known
        self._printed: set[str] = set()
        self._keys: set[str] | None = None
        self._told: dict[str, set[str]] = {}  # key of a name -> genders that Russian verbs tell
        self._meant: dict[str, int] = {}  # key of a name -> where a Russian text last meant them

    def learn(self, person: Speaker) -> None:
        """Remembers a person with what the text says of them; the first full account stays."""
        if not person.person or not person.name:
            return
        known = self._known.setdefault(key(person.name), [])
        for position, other in enumerate(known):
            if same_person(other.name, person.name):
                known[position] = self._merged(other, person)
                return
        known.append(person)
        first, *others = parts(person.name) or ("",)
        if others and not gender_of(first, self._language):
            self._firsts.setdefault(first, []).append(person)  # "Kim Jong Un … Kim said"

    def find(self, name: str) -> Speaker | None:
        """The one known person whom ``name`` can mean; None when there are none or several."""
        matches = [p for p in self._known.get(key(name), ()) if same_person(p.name, name)]
        if not matches and name in self._firsts:
            matches = self._firsts[name]
        return matches[0] if len(matches) == 1 else None

    def knows(self, surname: str) -> bool:
        """Whether the text introduces anybody so called, or names them in full."""
        return bool(self._known.get(key(surname))) or key(surname) in self._surnames()

    def is_office(self, name: str) -> bool:
        """Whether a name without a person's is that of an office that one person holds."""
        words = name.split()
        return any(
            self._actors.is_office(word) and not is_body(word, self._language) for word in words
        )

    def note(self, name: str) -> None:
        """Remembers that the text prints a full name."""
        self._printed.add(name)

    def hear(self, name: str, gender: str) -> None:
        """Remembers the gender that a Russian verb gives a name."""
        self._told.setdefault(key(name), set()).add(gender)

    def told(self, name: str) -> str:
        """ "m" or "f" as all Russian verbs of the text tell, "" where none does or they differ."""
        genders = self._told.get(key(name), set())
        return next(iter(genders)) if len(genders) == 1 else ""

    def mean(self, name: str, at: int) -> None:
        """Remembers where a Russian text speaks of somebody without the name."""
        if self._language == "ru":
            self._meant[key(name)] = at

    def _surnames(self) -> set[str]:
        """The keys of all names printed in full; made when first asked for: few texts need it."""
        if self._keys is None:
            self._keys = {key(n) for name in self._printed for n in (name, name.split("-")[-1])}
        return self._keys

    def bearer(self, office: Speaker, sentence: Sentence) -> Speaker | None:
        """The one person named shortly before who bears an unnamed office ("the president")."""
        asked = [lookup(word) for word in without_age(self._without_side(office)).split()]
        if office.pronoun or (office.name[:1].isupper() and self._is_name(office.name.split()[0])):
            return None  # "the Fed" is not its chairman
        if is_only_one(office.name, sentence.body[: office.span.start]):
            return self._only(office, sentence, _FAR, lambda p: has_noun(p.role, office.name))
        if any(is_body(word, self._language) for word in asked):
            return None
        near = _OFFICE[self._language] if any(map(self._actors.is_office, asked)) else _NEARER
        return self._only(office, sentence, near, lambda person: self._bears(person, asked))

    def described(self, words: Speaker, sentence: Sentence) -> Speaker | None:
        """The one person named shortly before whom a general word may mean ("the player")."""
        if words.pronoun:
            return None
        words = self._sided(words)
        asked, language = self._without_side(words), self._language
        near = _NEAR if language == "ru" or is_of_state(words.name) else _NEARER
        return self._only(
            words, sentence, near, lambda p: stands_for(asked, p.role, language, p.actor)
        )

    def colleague(self, words: Speaker, sentence: Sentence) -> Speaker | None:
        """The one person of the side of a Russian "her French colleague"."""
        if words.actor is None or not is_colleague(self._without_side(words), self._language):
            return None
        side = words.actor
        return self._only(words, sentence, _NEAR, lambda p: p.actor == side, whose=True)

    def _sided(self, words: Speaker) -> Speaker:
        """A Russian description with the side that its adjective tells («немецкий политик»)."""
        if self._language != "ru" or words.actor is not None:
            return words
        mentions = self._actors.mentions(words.name, self._language)
        sides = [m.code for m in mentions if m.kind is MentionKind.DEMONYM]
        return replace(words, actor=sides[0]) if len(sides) == 1 else words

    def _without_side(self, words: Speaker) -> str:
        """A description without the adjective of its side («турецкий лидер», "Turkish leader")."""
        name = words.name
        if self._language == "fr" or words.actor is None:
            return name
        mentions = self._actors.mentions(name, self._language)
        for mention in reversed(mentions):
            if mention.kind is MentionKind.DEMONYM:
                name = f"{name[: mention.span.start]}{name[mention.span.end :].lstrip()}"
        return name

    def _only(
        self,
        words: Speaker,
        sentence: Sentence,
        near: int,
        fits: Callable[[Speaker], bool],
        *,
        whose: bool = False,
    ) -> Speaker | None:
        """The one person of the text who fits, if named or meant ``near`` characters before.

        ``whose`` says that a Russian "her" may stand before the words.
        """
        start = words.span.start
        before = sentence.body[max(0, start - near) : start]
        if _ANY.search(before) or (not whose and _WHOSE.search(before)):
            return None
        able = [
            person
            for known in self._known.values()
            for person in known
            if fits(person)
            and words.actor in (None, person.actor)
            and parts(person.name)[-1] in sentence.body[:start]
        ]
        if len(able) != 1:
            return None
        name = able[0].name
        named = max(
            before.rfind(parts(name)[-1]), self._meant.get(key(name), -1) - max(0, start - near)
        )
        if named < 0:
            return None
        if self._language == "ru" and another(words.name, able[0].role, before[named:]):
            return None
        if self._language == "ru":
            self.mean(name, start)
            name = nominative(name, sentence.body)
        return replace(able[0], name=name, span=words.span)

    def _bears(self, person: Speaker, asked: Sequence[str]) -> bool:
        """Whether a person's role has all the words of an office, in whatever case."""
        role = [lookup(word) for word in person.role.split()]
        held = bears(role, list(asked), self._language)
        unofficial = self._actors.is_unofficial  # "the singer" is who is a singer
        return held and (
            not unofficial(person.role, self._language)
            or (self._language == "en" and unofficial(" ".join(asked), self._language))
        )

    def side_of(self, body: str) -> str | None:
        """Whose the body is that is part of known persons' roles ("the Emergency Service")."""
        if (side := self.bodies.side_of(body)) is not None or body.count(" ") < 2:
            return side
        sides = {p.actor for known in self._known.values() for p in known if body in p.role}
        return sides.pop() if len(sides) == 1 else None

    def introduced(self) -> Iterator[Person]:
        """Everybody whom the text gives a role or a side."""
        for known in self._known.values():
            for person in known:
                if person.role or person.actor:
                    yield Person(
                        name=person.name,
                        role=person.role,
                        actor=person.actor,
                        private=person.actor is None and self._is_private(person.role),
                        span=person.span,
                    )

    def speaking(self, statements: Iterable[Statement]) -> Iterator[Person]:
        """The speakers whom the text gives a role only where they speak ("Pope Francis said")."""
        seen: set[str] = set()
        for said in statements:
            new = said.speaker not in seen and self.find(said.speaker) is None
            if said.actor is None and said.role and new:
                seen.add(said.speaker)
                yield Person(
                    name=said.speaker,
                    role=said.role,
                    actor=None,
                    private=self._is_private(said.role),
                    span=said.attribution,
                )

    def _merged(self, known: Speaker, new: Speaker) -> Speaker:
        longer = known if len(parts(known.name)) >= len(parts(new.name)) else new
        return replace(
            known,
            name=longer.name,
            span=longer.span,
            role=known.role or new.role,
            actor=known.actor or (None if self._is_private(known.role) else new.actor),
            gender=known.gender or new.gender,
        )

    def _is_private(self, role: str) -> bool:
        """Whether a role is no office, or an office of what is no actor ("Gazprom's director")."""
        actors = self._actors
        words = [role[start:end] for start, end in cut(role, self._language)]
        return bool(words) and (
            not any(map(actors.is_office, words))
            or actors.is_unofficial(role, self._language)
            or any(map(self._is_name, words))
        )

    def _is_name(self, word: str) -> bool:
        if not word[0].isupper() or word.isupper() or self._actors.is_office(word):
            return False
        return lexicon(self._language).at([lookup(word)], 0) is None


def introduced(sentences: Iterable[Sentence], actors: Actors, language: str) -> People:
    """The people whom these sentences introduce."""
    people = People(actors, language)
    for sentence in sentences:
        for match in _OWNED.finditer(sentence.letters) if language == "ru" else ():
            if titled(sentence, match.start("head"), match.start("name")):
                _learn_titled(people, sentence, match, actors)
        for match in _BODY.finditer(sentence.letters):
            head = sentence.tokens[match.start("head")].text
            printed = head[0].isupper() or language != "en"
            if len(match[0]) > 1 and printed and is_body(head, language):
                people.bodies.note(sentence.text(*match.span()), head)
        for match in _FULL.finditer(sentence.letters):
            people.note(sentence.text(*match.span()))
        for name, gender in genders_told(sentence):
            people.hear(name, gender)
        for match in _NAMED.finditer(sentence.letters):
            body = speaker_in(sentence, *match.span("role"), actors)
            named = body and renamed(body, sentence, *match.span("name"))
            if named and not sentence.tokens[match.start("head")].text.endswith("s"):
                people.learn(named)  # not of "his lawyers, Ada Lind, …"
        for match in _INTRODUCED.finditer(sentence.letters):
            person = speaker_in(sentence, *match.span("name"), actors)
            if person is not None and person.person:
                known = described(sentence, person, *match.span("role"), actors)
                if known.role or match.start():  # not "Lastly, …"
                    people.learn(known)
        for match in _IS.finditer(sentence.letters):
            person = speaker_in(sentence, *match.span("name"), actors)
            if person and sentence.tokens[match.end("name")].text.lower() in _PRESENT:
                people.learn(described(sentence, person, *match.span("role"), actors))
        for match in _TITLED.finditer(sentence.letters):
            if _cut_off(sentence, match.start()):
                continue
            _learn_titled(people, sentence, match, actors)
    return people


# «директор школы | Анна Линд»
_OWNED = re.compile(r"w?[JA]{0,2}(?P<head>R)[JCAR]{0,4}w[JCARw]{0,5}(?P<name>N[Np]{1,3})(?![NAp])")


def _learn_titled(people: People, sentence: Sentence, match: re.Match[str], actors: Actors) -> None:
    start = match.start()
    start += sentence.letters[start] == "w" and not describes_noun(sentence.tokens[start].text)
    person = speaker_in(sentence, start, match.end(), actors)
    named = len(match["name"]) > 1
    if person is not None and (named or person.actor or names_body(person.role)):
        people.learn(person)


def _cut_off(sentence: Sentence, start: int) -> bool:
    """Whether a Russian role is but the end of one («заместителя генерального | прокурора»)."""
    before = [token.text.lower() for token in sentence.tokens[max(0, start - 2) : start]]
    return sentence.language == "ru" and any(
        word.startswith(("замест", "помощ", "бывш", "экс")) for word in before
    )


def namesakes(
    sentences: Iterable[Sentence], known: People, surnames: Collection[str]
) -> Iterator[Person]:
    """Those whom the sentences name in full and do not introduce, if they bear a surname given.

    ``surnames`` are keys of `vectorstore.names`. A sentence's first word may be no name.
    """
    seen: set[str] = set()
    for sentence in sentences if surnames else ():
        for match in _FULL.finditer(sentence.letters, 1):
            name = sentence.text(*match.span())
            if key(name) in surnames and name not in seen and known.find(name) is None:
                seen.add(name)
                span = sentence.span_of(*match.span())
                yield Person(name=name, role="", actor=None, private=False, span=span)
