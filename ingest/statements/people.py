"""Who the persons of a text are, learned from where it introduces them; knows this text alone.

A directory that outlives one text can be built on the same two doors: ``learn`` and ``find``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, speaker_in
from vectorstore.actors import Actors
from vectorstore.names import key, parts, same_person

_INTRODUCED = re.compile(r"(?P<name>N[Np]*),(?P<role>[^,;:.()QVveSLW]{1,14})(?=[,.:;)]|$)")
_TITLED = re.compile(r"D?[JCA]*R[AJCRGoDt]*(?P<name>N[Np]*N)(?![NA])")


class People:
    """The persons that a text introduces with role or side, found by any spelling of the name."""

    def __init__(self) -> None:
        self._known: dict[str, list[Speaker]] = {}

    def learn(self, person: Speaker) -> None:
        """Remembers a person with what the text says of them; the first full account stays."""
        if not person.person or not person.name:
            return
        known = self._known.setdefault(key(person.name), [])
        for position, other in enumerate(known):
            if same_person(other.name, person.name):
                known[position] = _merged(other, person)
                return
        known.append(person)

    def find(self, name: str) -> Speaker | None:
        """The one known person whom ``name`` can mean; None when there are none or several."""
        matches = [p for p in self._known.get(key(name), ()) if same_person(p.name, name)]
        return matches[0] if len(matches) == 1 else None

    def side_of(self, body: str) -> str | None:
        """Whose the body is that is part of known persons' roles ("the Emergency Service")."""
        if body.count(" ") < 2:
            return None
        people = [person for known in self._known.values() for person in known]
        sides = {person.actor for person in people if body in person.role}
        return sides.pop() if len(sides) == 1 else None


def introduced(sentences: Iterable[Sentence], actors: Actors) -> People:
    """The people whom these sentences introduce."""
    people = People()
    for sentence in sentences:
        for match in _INTRODUCED.finditer(sentence.letters):
            person = speaker_in(sentence, *match.span("name"), actors)
            if person is not None and person.person:
                people.learn(described(sentence, person, *match.span("role"), actors))
        for match in _TITLED.finditer(sentence.letters):
            person = speaker_in(sentence, *match.span(), actors)
            if person is not None:
                people.learn(person)
    return people


def _merged(known: Speaker, new: Speaker) -> Speaker:
    longer = known if len(parts(known.name)) >= len(parts(new.name)) else new
    return replace(
        known,
        name=longer.name,
        role=known.role or new.role,
        actor=known.actor or new.actor,
        gender=known.gender or new.gender,
    )
