"""Who speaks in a set of briefings, by actor and by surname; knows no questions and no tiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from vectorstore.domain import Document, Statement
from vectorstore.names import heard_alike, key, parts, same_person, sound
from vectorstore.people import People, is_full

# A speaker whose name ends so is an institution: no one asks for "Ministry" as for a person.
_INSTITUTIONS = frozenset(
    word
    for words in (
        "ministry department office service services agency council commission parliament "
        "government presidency army union committee mission embassy",
        "ministère département agence conseil parlement gouvernement présidence armée comité "
        "ambassade",
        "министерство департамент служба агентство совет комиссия парламент правительство "
        "администрация армия комитет миссия посольство",
    )
    for word in words.split()
)
# Shorter surnames that differ by a letter are often two people's.
_LONG_SURNAME = 7


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, the document it stands in, and whom its speaker speaks for.

    ``actor`` is the statement's own, or where its text names no side what all the briefings tell.
    """

    document: Document
    statement: Statement
    actor: str | None

    @property
    def role(self) -> str:
        """What is printed of its speaker's role; of a body, its name."""
        statement = self.statement
        named = statement.role and is_full(statement.speaker)
        return statement.role if named else f"{statement.speaker} {statement.role}".strip()


class Speakers:
    """An index of all statements of a set of documents. Immutable.

    ``people`` is the directory of those whom these documents introduce. Build it over what one
    reader may see: what is learned from a briefing shows in the answers from the others.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        held = list(documents)
        self.people = People(held)
        self._everything: list[Said] = []
        self._by_actor: dict[str, list[Said]] = defaultdict(list)
        self._by_surname: dict[str, list[Said]] = defaultdict(list)
        self._mistyped: dict[str, set[str]] = defaultdict(set)
        for document in held:
            for statement in document.statements:
                actor = self.people.actor_of(statement, document)
                said = Said(document, statement, actor)
                self._everything.append(said)
                if actor:
                    self._by_actor[actor].append(said)
                if _is_person(statement.speaker):
                    self._by_surname[key(statement.speaker)].append(said)
        self._given: dict[str, Counter[str]] = defaultdict(Counter)
        self._there: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for document in held:
            given = _given(document)
            for name, role in given:
                self._there[document.briefing.version, key(name)].add((name, role))
            for name in {name for name, _ in given}:
                self._given[key(name)][name] += 1
        self._sounding: dict[str, set[str]] = defaultdict(set)
        for surname, some in self._by_surname.items():
            for said in some:
                self._sounding[sound(said.statement.speaker)].add(surname)
            for mistyped in _mistyped(surname):
                self._mistyped[mistyped].add(surname)

    def _may_bear(self, said: Said, name: str) -> bool:
        """Whether a surname printed alone may stand for ``name``.

        Who is named in full in the same document bears it, or else who is in most of all.
        """
        speaker, role = said.statement.speaker, said.statement.role
        if len(parts(speaker)) > 1:
            return True
        surname = key(speaker)
        named = self._there.get((said.document.briefing.version, surname), set())
        there = {each for each, its in named if not role or _alike(role, its)}
        if len(named) == 1 and not any(its for _, its in named):
            there = {each for each, _ in named}
        if there:
            return any(same_person(each, name) for each in there)
        full = self._given[surname]
        same = sum(count for each, count in full.items() if same_person(each, name))
        return same * 2 >= full.total()

    def of_actor(self, code: str) -> list[Said]:
        """Everything said for an actor, by whichever of its speakers."""
        return list(self._by_actor.get(code, ()))

    def everything(self) -> list[Said]:
        """All statements there are."""
        return self._everything

    def of_role(self, can_be: Callable[[str, str, str | None], bool]) -> list[Said]:
        """Everything said by those of whom ``can_be`` holds, in the order of `everything`.

        It is asked once of each role, its language, and whom its bearer speaks for.
        """
        found = [places for borne, places in self._by_role.items() if can_be(*borne)]
        return [self._everything[place] for place in sorted(chain.from_iterable(found))]

    @cached_property
    def _by_role(self) -> dict[tuple[str, str, str | None], list[int]]:
        """The places of all statements in `everything`, by who says them."""
        found: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
        for place, said in enumerate(self._everything):
            found[said.role, said.document.briefing.language, said.actor].append(place)
        return found

    def of_person(self, name: str) -> list[Said]:
        """Everything said by whoever can be called ``name``, in any spelling or script.

        A surname that nobody bears so is taken for one of the other script that sounds alike, or
        if it is long for the one that differs by a letter.
        """
        surname, heard = key(name), self._sounding.get(sound(name), set())
        borne = [
            said
            for said in self._by_surname.get(surname, ())
            if same_person(said.statement.speaker, name)
            or same_person(self.people.called(said.statement)[0], name)
        ]
        if len(parts(name)) > 1:
            borne = [said for said in borne if self._may_bear(said, name)]
        borne += [
            said
            for other in heard - {surname}
            for said in self._by_surname[other]
            if heard_alike(said.statement.speaker, name)
        ]
        if borne and surname in self._by_surname:
            return borne
        near = [self._mistyped.get(mistyped, set()) for mistyped in _mistyped(surname)]
        others = set().union(*near) - {surname}
        return borne + [
            said for other in others for said in self._by_surname[other] if said not in borne
        ]


def _given(document: Document) -> set[tuple[str, str]]:
    """The names that a document prints with a given name or an initial, with the roles."""
    names = {(person.name, person.role) for person in document.people}
    names |= {(statement.speaker, statement.role) for statement in document.statements}
    return {(name, role) for name, role in names if len(parts(name)) > 1}


def _alike(one: str, other: str) -> bool:
    """Whether two roles share a word: the President is not the First Lady."""
    return bool({*one.lower().split()} & {*other.lower().split()})


def _mistyped(surname: str) -> set[str]:
    """A surname and what is left of it without one of its letters: one typing error apart."""
    if len(surname) < _LONG_SURNAME:
        return set()
    return {surname, *(surname[:at] + surname[at + 1 :] for at in range(len(surname)))}


def _is_person(speaker: str) -> bool:
    """Whether one can ask for a speaker by surname: not for "diplomats", nor for a "Bank of …"."""
    words = parts(speaker)
    if not words or words[-1].lower() in _INSTITUTIONS:
        return False
    return all(word[0].isupper() for word in words)
