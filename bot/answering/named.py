"""Finds who is named in a question, whether the briefings quote them or not; knows no actor's code.

Knows neither what is asked of them nor when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.answering.asking import is_asking, is_office
from bot.answering.kinds import tells_kind
from bot.domain import Kind
from vectorstore.actors import Actors
from vectorstore.domain import LANGUAGES, Span
from vectorstore.lexical import terms

_WORD = re.compile(r"\w+(?:-\w+)*")
_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w-]*(?: [A-ZÀ-ÞА-ЯЁ][\w-]*)+")
_SHORTEST_NAME = 4  # shorter words are too often part of the language, but for "BMW"
_GENITIVE = frozenset({"de", "du", "des", "d"})
_ARTICLES = frozenset({"the", "le", "la", "les", "l", "s"})


def names_in(text: str, is_speaker: Callable[[str], bool], taken: Iterable[Span]) -> Iterator[Span]:
    """The names of people whom the briefings quote, with their given names."""
    found = list(_full_names(text, is_speaker, taken))
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        span = Span(start=word.start(), end=word.end())
        free = not among(span, taken) and not among(span, found)
        may_be = _long_enough(text, word[0]) and free and is_telling(word[0])
        if may_be and _may_be_name(text, word) and is_speaker(word[0]):
            full = Span(start=before.start(), end=span.end) if before else span
            if before and before[0][0].isupper() and is_speaker(full.of(text)):
                span = full
            if not _goes_before(text, span, is_speaker, taken) and not _is_anothers(
                text, span, is_speaker, taken
            ):
                found.append(span)
        before = word
    yield from sorted(found, key=lambda span: span.start)


def _may_be_name(text: str, word: re.Match[str]) -> bool:
    """Whether a word is printed as names are here, and names no office ("Energy Minister")."""
    follower = _WORD.search(text, word.end())
    names_office = bool(follower and is_office(follower[0]) and follower[0][0].isupper())
    others = _WORD.findall(text)[1:]
    typed_low = not any(each[0].isupper() and not each.isupper() for each in others)
    return (word[0][0].isupper() or typed_low) and not names_office


def _full_names(
    text: str, is_speaker: Callable[[str], bool], taken: Iterable[Span]
) -> Iterator[Span]:
    """Runs of words with capitals that are a name as a whole, however short ("Ri Yong Ho")."""
    for run in _CAPITALS.finditer(text):
        words = list(_WORD.finditer(text, run.start(), run.end()))
        for first in range(len(words) - 1):
            span = Span(start=words[first].start(), end=run.end())
            if not among(span, taken) and is_speaker(span.of(text)):
                if not _is_anothers(text, span, is_speaker, taken):
                    yield span
                break


def _goes_before(
    text: str, name: Span, is_speaker: Callable[[str], bool], taken: Iterable[Span]
) -> bool:
    """Whether a name is but the given name of a stranger's that follows ("Ada" of "Ada Lind")."""
    after = _WORD.match(text, name.end + 1)
    goes_on = after and text[name.end] == " " and after[0][0].isupper() and not text.isupper()
    if not after or not goes_on or not is_telling(after[0]) or is_speaker(after[0]):
        return False
    return not among(Span(start=after.start(), end=after.end()), taken)


def _is_anothers(
    text: str, surname: Span, is_speaker: Callable[[str], bool], taken: Iterable[Span]
) -> bool:
    """Whether a given name that no speaker of a surname has stands before it.

    One with the same initial may be short for a speaker's ("Joe", "Joseph").
    """
    before = list(_WORD.finditer(text, 0, surname.start))[-1:]
    for word in before:
        span = Span(start=word.start(), end=word.end())
        given = word[0][0].isupper() and word.start() > 0 and is_telling(word[0])
        given = given and not is_speaker(word[0])
        if given and text[span.end : surname.start] == " " and not among(span, taken):
            return not is_speaker(f"{word[0][0]}. {surname.of(text)}")
    return False


def strangers_in(
    text: str, speaking: Span, known: Sequence[Span], actors: Actors
) -> Iterator[Span]:
    """What is printed as a name of someone to speak, and is nobody's whom the briefings quote."""
    run: list[Span] = []
    for word in [*_WORD.finditer(text, speaking.start, speaking.end), None]:
        span = Span(start=word.start(), end=word.end()) if word else None
        goes_on = word and span and run and _goes_on(text, run[-1], word)
        if word and span and (goes_on or _like_name(text, word)) and not among(span, known):
            run.append(span)
            continue
        name = Span(start=run[0].start, end=run[-1].end) if run else None
        if name and not _is_office(name.of(text), actors):
            yield name
        run = []


def _is_office(name: str, actors: Actors) -> bool:
    """Whether a name is an office's ("Energy Ministry"), and no person's ("Marine Le Pen")."""
    words = _WORD.findall(name)
    person = any(word.lower() in _ARTICLES for word in words[1:-1])
    return any(map(actors.is_office, words)) and not person


def told_of(text: str, name: Span, speaker: Span) -> bool:
    """Whether a name stands behind the speaker as what is spoken of ("dit Paris de Gaza")."""
    between = _WORD.findall(text[speaker.end : name.start].lower())
    return bool(_GENITIVE & set(between)) or ("of" in between and any(map(is_asking, between)))


def owns(text: str, stranger: Span) -> bool:
    """Whether a stranger stands behind what is told of and only owns it ("le train de l'Arpa")."""
    before = _WORD.findall(text[: stranger.start].lower())
    while before and before[-1] in _ARTICLES:
        before.pop()
    return len(before) > 1 and before[-1] in _GENITIVE and is_telling(before[-2])


def _goes_on(text: str, name: Span, word: re.Match[str]) -> bool:
    """Whether a short word with a capital is a part of the name before it ("Marine Le Pen")."""
    return text[name.end : word.start()] == " " and word[0][0].isupper() and not is_office(word[0])


def _like_name(text: str, word: re.Match[str]) -> bool:
    capital = word[0][0].isupper() and not text.isupper() and word.start() > 0
    return capital and _long_enough(text, word[0]) and is_telling(word[0])


def _long_enough(text: str, word: str) -> bool:
    acronym = len(word) > 1 and word.isupper() and not text.isupper()
    return acronym or len(word) >= _SHORTEST_NAME


def is_telling(word: str) -> bool:
    """Whether a word is neither grammar nor one by which words or offices are asked for."""
    grammar = not all(terms(word, language) for language in LANGUAGES)
    return not (grammar or is_asking(word) or is_office(word) or tells_kind(word, Kind.STATEMENT))


def among(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of ``spans``."""
    return any(span.overlaps(other) for other in spans)
