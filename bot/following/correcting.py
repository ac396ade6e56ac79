"""Which cited words are no longer on their pages, and what stands there now; knows no chat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.answering.citing import citation
from bot.domain import Citation
from bot.records.cited import Quoted
from vectorstore.corpus import View
from vectorstore.domain import Briefing, Document, Span, Statement
from vectorstore.lexical import words
from vectorstore.names import key, same_person
from vectorstore.sentences import sentences

# The share of the cited words that a sentence has, in their order: a corrected figure or name
# leaves .8 and more of a sentence, and .6 of a short quotation; another sentence has its articles.
SAME_SENTENCE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Words that were ``cited`` of ``before``, and the sentence in their place ``now``.

    Without ``now`` they were taken out; ``withdrawn`` says that the whole briefing is gone.
    ``by`` says who speaks now, where the words stand but are no longer those of whom we named.
    """

    cited: Quoted
    before: Briefing
    now: Citation | None
    withdrawn: bool
    by: Statement | None = None


def corrected(cited: Iterable[Quoted], view: View) -> list[Corrected]:
    """What of the words that were cited no longer stands where it stood."""
    some = list(cited)
    here = {document.briefing.id: document for document in view.documents.values()}
    before = view.catalog.documents({each.version for each in some})
    found = []
    for each in some:
        cited_from, document = before.get(each.version), here.get(each.briefing)
        if cited_from is None:
            continue
        old = cited_from.briefing
        if document and _has(document.briefing, each.quote):
            if by := _by_another(each, cited_from, document):
                same = citation(1, document.briefing, by.span)
                found.append(Corrected(cited=each, before=old, now=same, withdrawn=False, by=by))
            continue
        if document is None:
            if not _stands_elsewhere(each.quote, old, view.documents.values()):
                found.append(Corrected(cited=each, before=old, now=None, withdrawn=True))
        else:
            now = _in_its_place(each.quote, document.briefing)
            found.append(Corrected(cited=each, before=old, now=now, withdrawn=False))
    return found


def _has(briefing: Briefing, quote: str) -> bool:
    """Whether a page has these words, whatever marks and spaces it has between them."""
    if quote in briefing.text:
        return True
    return f" {' '.join(words(quote))} " in f" {' '.join(words(briefing.text))} "


def _by_another(each: Quoted, before: Document, document: Document) -> Statement | None:
    """The statement that the cited words are now, if that is certainly somebody else's.

    Another side is somebody else, and so is another person; an office may be called otherwise.
    """
    body, quote = document.briefing.text, each.quote
    places = [
        Span(start=at, end=at + len(quote))
        for at in range(len(body) - len(quote) + 1)
        if body.startswith(quote, at)
    ]
    here = [one for one in document.statements if any(one.span.overlaps(it) for it in places)]
    was = _person(each.speaker or "", before)
    for one in here:
        now = _person(one.speaker, document)
        if was and now:
            differs = not same_person(was, now)
        else:
            differs = bool(each.actor and one.actor) and each.actor != one.actor
        if not differs:
            return None
    return here[0] if here else None


def _person(speaker: str, document: Document) -> str:
    """The name of whoever speaks, if a page introduces them as a person; else ""."""
    introduced = (person.name for person in document.people)
    return speaker if key(speaker) in map(key, introduced) else ""


def _stands_elsewhere(quote: str, old: Briefing, documents: Collection[Document]) -> bool:
    """Whether the article goes on under another id, as after a move."""
    return any(
        each.briefing.tier is old.tier and _has(each.briefing, quote)
        for each in documents
        if each.briefing.language == old.language
    )


def _in_its_place(quote: str, briefing: Briefing) -> Citation | None:
    """The sentence that says nearly the same, if there is one."""
    sought = words(quote)

    def likeness(span: Span) -> tuple[float, float]:
        match = SequenceMatcher(None, sought, words(span.of(briefing.text)), autojunk=False)
        shared = sum(block.size for block in match.get_matching_blocks())
        return shared / max(1, len(sought)), match.ratio()

    best = max(sentences(briefing.text, briefing.language), key=likeness, default=None)
    if best is None or likeness(best)[0] < SAME_SENTENCE:
        return None
    return citation(1, briefing, best)
