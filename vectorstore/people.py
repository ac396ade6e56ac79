"""Whom the people of a set of briefings speak for, learned from all of them; knows no text.

One briefing has "Maria Zakharova, spokesperson for the Russian MFA", another only "Zakharova". A
directory is built over the briefings that one reader may see, so that what is learned from the
others changes nothing. It would rather say nothing than put a person on the wrong side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore.domain import Document, Statement
from vectorstore.inflection import forms, unbent
from vectorstore.names import key, parts, same_person

# The share of the briefings which say what a person is that must name the same side.
_AGREEMENT = 0.8
# «По словам», «со слов»: whoever is named behind it does not stand in the nominative.
_PREPOSITION = re.compile(r"(?:по|со|согласно)\s", re.IGNORECASE)
_NOBODY = ""  # the vote of a briefing that calls a person a former minister, an analyst, …

Votes = Counter[str]


@dataclass(frozen=True, slots=True)
class _Bearers:
    """Those who bear one surname: each person known by a given name, and who is not told apart."""

    persons: tuple[tuple[tuple[str, ...], Votes], ...]
    unnamed: Votes


class People:
    """The people whom a set of documents introduces, and the side of each. Immutable in effect."""

    def __init__(self, documents: Iterable[Document]) -> None:
        held = list(documents)
        self._votes: dict[str, dict[str, Votes]] = defaultdict(lambda: defaultdict(Counter))
        for document in held:
            for name, vote in _told(document):
                votes = self._votes[key(name)][name]
                if vote is not None:
                    votes[vote] += 1
        self._sides: dict[str, str | None] = {}  # what has been asked before
        self._borne: dict[str, set[tuple[str, str]]] = defaultdict(set)  # names with their roles
        for document in held:
            named = [(person.name, person.role) for person in document.people]
            for name, role in (*named, *((s.speaker, s.role) for s in document.statements)):
                self._borne[key(name)].add((name, role))

    def actor_of(self, statement: Statement, document: Document) -> str | None:
        """Whom the speaker of a statement of ``document`` speaks for; None unless it is clear.

        What the document itself says goes first: nobody speaks for a side there whom it calls a
        former minister, and a surname means whoever it names in full.
        """
        if statement.actor is not None:
            return statement.actor
        name = _printed(statement.speaker)
        if name is None:
            return None
        surname = key(name)
        here = [p for p in document.people if key(p.name) == surname and same_person(p.name, name)]
        if any(person.private for person in here):
            return None
        spoken = {s.speaker for s in document.statements if key(s.speaker) == surname}
        full = {
            each
            for each in {*(person.name for person in here), *filter(_printed, spoken)}
            if is_full(each) and same_person(each, name)
        }
        sides = {self.side_of(each) for each in full or {name}}
        return sides.pop() if len(sides) == 1 else None

    def called(self, statement: Statement) -> tuple[str, str]:
        """The speaker's name and role in the nominative, where Russian print bends them.

        Both are as another text prints them, and empty where that is not sure: a role must be bent
        with the name («министра Александра Иванова» is no woman), and a name without one must
        stand behind a preposition. A body's name may be bent in its first word alone.
        """
        name, role = statement.speaker, statement.role
        bent = bool(role) or (is_full(name) and bool(_PREPOSITION.match(statement.cue)))
        known = {
            (other, office if role else "")
            for other, office in self._borne.get(key(name), ())
            if bent and _bends(other, name) and (not role or _bends(office, role))
        }
        names = {other for other, _ in known}
        return min(known) if len(names) == 1 else (unbent(name) if not names else "", "")

    def side_of(self, name: str) -> str | None:
        """The side of whoever can be called ``name``, in any spelling or script.

        None when those who could be meant are on several sides, or one of them on none.
        """
        if name not in self._sides:
            self._sides[name] = self._side_of(name)
        return self._sides[name]

    def _side_of(self, name: str) -> str | None:
        bearers = _told_apart(self._votes.get(key(name), {}))
        if len(bearers.persons) <= 1:
            names, votes = next(iter(bearers.persons), ((name,), Counter()))
            return _agreed(votes + bearers.unnamed) if _is_among(name, names) else None
        if is_full(name):
            meant = [votes for names, votes in bearers.persons if _is_among(name, names)]
            return _agreed(meant[0]) if len(meant) == 1 else None
        sides = {_agreed(votes) for _, votes in bearers.persons}
        if bearers.unnamed:
            sides.add(_agreed(bearers.unnamed))
        return sides.pop() if len(sides) == 1 else None


def is_full(name: str) -> bool:
    """Whether a printed name has a given name: more than a surname with initials."""
    return any(len(part.strip(".")) > 1 for part in parts(name)[:-1])


def _bends(nominative: str, printed: str) -> bool:
    """Whether ``printed`` is another case of some words, as far as their endings tell."""
    some, others = nominative.lower().split(), printed.lower().split()
    return (
        some != others
        and len(some) == len(others)
        and all(
            other in (one, *forms(one, "ru")[0]) for one, other in zip(some, others, strict=True)
        )
    )


def _told(document: Document) -> Iterator[tuple[str, str | None]]:
    """Every name that a document prints, once, with the side that its bearer's role gives.

    Those who only speak are told without a side: they are people to reckon with. A side without a
    role says no more than where they come from ("Spain's Rahm").
    """
    told: dict[str, str | None] = {
        name: None for s in document.statements if (name := _printed(s.speaker))
    }
    for person in document.people:
        told[person.name] = _NOBODY if person.private else person.actor if person.role else None
    yield from told.items()


def _printed(speaker: str) -> str | None:
    """The speaker if it can be a person's name: all words have capitals, the last is no acronym."""
    words = parts(speaker)
    named = bool(words) and all(word[0].isupper() for word in words) and not words[-1].isupper()
    return speaker if named else None


def _told_apart(votes: dict[str, Votes]) -> _Bearers:
    """The bearers of a surname, by the names they are called."""
    persons: list[tuple[list[str], Votes]] = []
    unnamed: Votes = Counter()
    for name in sorted(votes, key=lambda name: (-len(name), name)):
        if not is_full(name):
            unnamed += votes[name]
            continue
        same = [person for person in persons if _is_among(name, person[0])]
        if same:
            same[0][0].append(name)
            same[0][1].update(votes[name])
        else:
            persons.append(([name], Counter(votes[name])))
    return _Bearers(tuple((tuple(names), each) for names, each in persons), unnamed)


def _is_among(name: str, names: Iterable[str]) -> bool:
    return any(same_person(name, other) for other in names)


def _agreed(votes: Votes) -> str | None:
    """The side that (almost) all briefings give; None for a private person or without a vote."""
    if not votes:
        return None
    [(side, most)] = votes.most_common(1)
    return side or None if most >= _AGREEMENT * votes.total() else None
