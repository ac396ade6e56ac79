"""From a text to its statements and people; knows no briefing and no store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.statements.authors import Author, author_in
from ingest.statements.people import introduced, namesakes
from ingest.statements.quotations import Quotation, quotations
from ingest.statements.reader import Reader
from ingest.statements.sentence import Sentence, read, with_surnames
from vectorstore.actors import Actors
from vectorstore.domain import Person, Span, Statement, StatementKind
from vectorstore.names import key, parts, same_person
from vectorstore.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who says what in a text, and whom it introduces, each in the order of the words."""

    statements: tuple[Statement, ...]
    people: tuple[Person, ...]


def extract(
    text: str, language: str, *, actors: Actors, author: str | None = None, title: str = ""
) -> Account:
    """Who said what in ``text``.

    ``author`` is the actor whose own words the text is: its sentences are that actor's, except
    those that hold another's words; ``title`` may name the person. ``language`` is one of
    ``domain.LANGUAGES``.
    """
    quoted = tuple(_trusted(text, language, quotation) for quotation in quotations(text))
    read_sentences = with_surnames(tuple(read(text, language, quoted, actors)))
    known = introduced(read_sentences, actors, language)
    found = list(Reader(read_sentences, language, actors, known).statements())
    if author is not None:
        named = author_in(title, language, actors)
        if named is None or named.actor != author:
            named = Author(actor=author, speaker="", role="")
        found += _own_words(read_sentences, found, named)
    sides_unknown = {
        key(s.speaker) for s in found if s.actor is None and len(parts(s.speaker)) == 1
    }
    people = (
        *known.introduced(),
        *known.speaking(found),
        *namesakes(read_sentences, known, sides_unknown),
    )
    return Account(
        statements=tuple(
            sorted(found, key=lambda s: (s.span.start, s.span.end, s.attribution.start))
        ),
        people=tuple(sorted(people, key=lambda person: person.span.start)),
    )


def author_of(title: str, text: str, language: str, actors: Actors) -> str | None:
    """The actor whose own words ``text`` is by its ``title``; None for a report on them."""
    author = author_in(title, language, actors)
    if author is None:
        return None
    said = extract(text, language, actors=actors).statements
    person = author.role != ""  # a ministry's own statement says "the Ministry condemns …"
    reported = any(
        (s.actor == author.actor and s.kind is StatementKind.QUOTE)
        or (person and same_person(s.speaker, author.speaker))
        for s in said
    )
    return None if reported else author.actor


def _trusted(text: str, language: str, quotation: Quotation) -> Quotation:
    """Of a quotation that is never closed, only its first sentence."""
    if not quotation.open:
        return quotation
    inside = quotation.span.of(text)
    first = sentences(inside, language)[0]
    words = first.of(inside).rstrip(".") or inside
    end = quotation.span.start + first.start + len(words)
    return replace(
        quotation,
        span=Span(start=quotation.span.start, end=end),
        outer=Span(start=quotation.outer.start, end=end),
    )


def _own_words(
    read_sentences: Sequence[Sentence], found: Sequence[Statement], author: Author
) -> Iterator[Statement]:
    for sentence in read_sentences:
        if any(statement.span.overlaps(sentence.span) for statement in found):
            continue
        yield Statement(
            actor=author.actor,
            speaker=author.speaker,
            role=author.role,
            kind=StatementKind.QUOTE,
            cue="",
            via="",
            span=sentence.span,
            attribution=sentence.span,
        )
