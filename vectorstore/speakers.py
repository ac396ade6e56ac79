"""Who speaks in one view of the corpus, by actor and by surname; knows no questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vectorstore.domain import Document, Statement
from vectorstore.names import key, parts, same_person

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


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and the document it stands in."""

    document: Document
    statement: Statement


class Speakers:
    """An index of all statements of a set of documents. Immutable."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_actor: dict[str, list[Said]] = defaultdict(list)
        self._by_surname: dict[str, list[Said]] = defaultdict(list)
        for document in documents:
            for statement in document.statements:
                said = Said(document, statement)
                if statement.actor:
                    self._by_actor[statement.actor].append(said)
                if _is_person(statement.speaker):
                    self._by_surname[key(statement.speaker)].append(said)

    def of_actor(self, code: str) -> list[Said]:
        """Everything said for an actor, by whichever of its speakers."""
        return list(self._by_actor.get(code, ()))

    def of_person(self, name: str) -> list[Said]:
        """Everything said by whoever can be called ``name``, in any spelling or script."""
        return [
            said
            for said in self._by_surname.get(key(name), ())
            if same_person(said.statement.speaker, name)
        ]


def _is_person(speaker: str) -> bool:
    words = parts(speaker)
    return bool(words) and words[-1].lower() not in _INSTITUTIONS
