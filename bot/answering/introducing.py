"""Who somebody is: the sentences that introduce them; knows no question's words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.attributed import named_in
from bot.answering.evidence import Evidence, newest_first, with_speaker
from vectorstore.domain import Document, Person, Span
from vectorstore.names import key, same_person
from vectorstore.sentences import sentences

MOST = 3


def introductions(name: str, documents: Iterable[Document]) -> list[Evidence]:
    """Where ``documents`` say who ``name`` is: at most `MOST` sentences, newest first.

    Briefings about them, by their titles, go before others. Of several that give one role the
    first is taken, and none that gives only the name.
    """

    def order(document: Document) -> tuple[bool, tuple[int, str]]:
        about = any(named_in(document.briefing.title, name))
        return not about, newest_first(document.briefing)

    found: dict[str, Evidence] = {}
    for document in sorted(documents, key=order):
        for person in document.people:
            is_meant = key(person.name) == key(name) and same_person(person.name, name)
            if is_meant and person.role and len(found) < MOST:
                found.setdefault(person.role.casefold(), _evidence(person, document))
    return list({(each.document, each.span): each for each in found.values()}.values())


def _evidence(person: Person, document: Document) -> Evidence:
    spans = sentences(document.briefing.text, document.briefing.language)
    around = [span for span in spans if span.overlaps(person.span)] or [person.span]
    return with_speaker(document, Span(start=around[0].start, end=around[-1].end))
