"""Understands what stands behind a command: whom it names, on what, when; finds no answers.

A command says what kind of answer is wanted, so there are no words of asking: whoever is named
first speaks, and the rest is the topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from bot.answering.asking import is_office, language_of
from bot.answering.days import asked_days, latest_words
from bot.answering.named import is_telling, names_in
from bot.answering.question import topic_of, without
from bot.domain import Kind, Question
from vectorstore.actors import Actors, Mention
from vectorstore.domain import Span

_WORD = re.compile(r"\w+(?:-\w+)*")
_PARTED = re.compile(r"[^\w\s'’-]|(?<!\w)(?:and|et|и)(?!\w)", re.IGNORECASE)
_SHORTEST_NAME = 4  # shorter words are too often part of the language
_COMPARED = 2
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def ordered(
    text: str,
    kind: Kind,
    *,
    actors: Actors,
    is_speaker: Callable[[str], bool],
    fallback: str,
    today: date,
) -> Question:
    """What ``text`` names for an answer of ``kind``: "Russia, Turkey: the corridor".

    Of a comparison the first two named speak, else the first. ``is_speaker`` tells whether the
    briefings quote someone of that name; what is printed as a name and is nobody's is a stranger's.
    """
    asked, newest = asked_days(text, today), latest_words(text)
    days = (*(asked.spans if asked else ()), *newest)
    mentions = [m for m in actors.mentions(text, ignore_case=True) if not _in(m.span, days)]
    people = list(names_in(text, is_speaker, [*days, *(m.span for m in mentions)]))
    sides = [m for m in mentions if not _is_beside(text, m, people)]
    known = [*days, *people, *(m.span for m in mentions)]
    strangers = list(_strangers(text, known, actors))
    most = _COMPARED if kind is Kind.COMPARISON else 1
    named = sorted([*people, *(m.span for m in sides)], key=lambda span: span.start)
    whom = [*named, *strangers][:most]
    heard = tuple(dict.fromkeys(s.of(text) for s in whom if s in people or s in strangers))
    codes = tuple(dict.fromkeys(m.code for m in sides if m.span in whom))
    beside = [m.span for m in mentions if m not in sides]
    spans = [*whom, *beside, *days]
    language = _language(text, spans, {m.span for m in mentions}, fallback)
    return Question(
        text=text,
        search=text,
        language=language,
        kind=kind if kind is not Kind.COMPARISON or len(codes) + len(heard) > 1 else Kind.STATEMENT,
        actors=codes,
        people=heard,
        strangers=tuple(s.of(text) for s in whom if s in strangers),
        topic=topic_of(text, spans, kind, language),
        places=tuple(m.code for m in sides if m.span not in whom),
        days=asked.days if asked else None,
        newest=bool(newest),
    )


def _language(text: str, named: Sequence[Span], actors: Collection[Span], fallback: str) -> str:
    """The language of what is no person's name; of names alone, the reader's, if in their script.

    One word of a topic is often of two languages; beside it "Arménie" tells.
    """
    if any(map(str.isalpha, without(text, named))):
        return language_of(without(text, [s for s in named if s not in actors]), fallback)
    return "ru" if _CYRILLIC.search(text) else fallback


def _is_beside(text: str, mention: Mention, people: Sequence[Span]) -> bool:
    """Whether a mention only says whose a person is ("French minister Dupont")."""
    after = [person for person in people if person.start >= mention.span.end]
    if not after:
        return False
    between = text[mention.span.end : after[0].start]
    return not _PARTED.search(between) and all(map(is_office, _WORD.findall(between)))


def _strangers(text: str, known: Sequence[Span], actors: Actors) -> Iterator[Span]:
    """Runs of words that are printed as names and that nobody known bears."""
    run: list[Span] = []
    for word in [*_WORD.finditer(text), None]:
        span = Span(start=word.start(), end=word.end()) if word else None
        if word and span and _like_name(word[0]) and not _in(span, known):
            run.append(span)
            continue
        if run and not any(actors.is_office(each.of(text)) for each in run):
            yield Span(start=run[0].start, end=run[-1].end)
        run = []


def _like_name(word: str) -> bool:
    return word[0].isupper() and len(word) >= _SHORTEST_NAME and is_telling(word)


def _in(span: Span, spans: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in spans)
