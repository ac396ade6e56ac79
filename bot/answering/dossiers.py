"""Which dossier a question names; knows their names and no briefing.

A dossier limits what may answer only where the question says that it means one: what is asked
"on Karabakh" may be told in any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.answering.asking import is_asking
from bot.answering.files import Files, holds
from bot.domain import Kind, Question
from vectorstore.domain import LANGUAGES, Span
from vectorstore.lexical import terms

_DOSSIER = re.compile(
    r"(?<!\w)(?:dossiers?|files?|fichiers?|досье|папк[аеиу])(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_APART = re.compile(r"[^\w\s«“\"'’]")
# Where English says whose file it is ("the Georgia file").
_BEFORE = re.compile(r"(?:\b(?:the|this|your|our|in|on|of|for) |^)(?=([^.!?]{1,150} )$)", re.I)
# The share of a dossier's name that a question must hold; names are long, and people shorten them.
_ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier that a text names: one of its names, the words for it, and where they stand."""

    name: str
    said: tuple[str, ...]
    span: Span


def dossier_named(text: str, files: Files) -> Named | None:
    """The dossier that ``text`` names, if it says "dossier" and names one."""
    for word in _DOSSIER.finditer(text):
        for said, span in (*_behind(text, word), *_before(text, word)):
            if names := [each for each in sorted(files.names) if holds(each, said)]:
                name = _meant(names, said, files)
                return Named(name, tuple(said), span) if name else None
    word_for_it = _DOSSIER.search(text)
    name = _by_share(text, files) if word_for_it else ""
    return Named(name, (name,), _span(word_for_it)) if word_for_it and name else None


def with_dossier(question: Question, named: Named, files: Files) -> Question:
    """``question`` limited to a dossier, which is called as the question's language calls it.

    What asks for nothing in particular of it asks for a summary.
    """
    topic = _without(question.topic, named.said)
    of_nothing = question.kind is Kind.STATEMENT and not (
        topic or question.wants_words or question.anyone
    )
    return replace(
        question,
        kind=Kind.SUMMARY if of_nothing else question.kind,
        dossier=files.called_in(question.language, named.name),
        topic=topic,
    )


def _meant(names: Sequence[str], said: Sequence[str], files: Files) -> str:
    """Of several dossiers the one whose name begins so, of several such that with most stories."""
    same = {files.called(each) for each in names}
    first = names if len(same) == 1 else [each for each in names if _begins(each, said)]
    return max(first, key=lambda each: (len(files.stories(each)), each), default="")


def _begins(name: str, said: Sequence[str]) -> bool:
    return any(
        set(terms(name, one)[: len(said)]) == set(terms(" ".join(said), one)) for one in LANGUAGES
    )


def _behind(text: str, dossier: re.Match[str]) -> Iterator[tuple[list[str], Span]]:
    """The words that may name it behind the word for a dossier, the longest run first."""
    runs: list[tuple[list[str], Span]] = []
    run: list[str] = []
    words = list(_WORD.finditer(text, dossier.end()))
    for word, follower in zip_longest(words, words[1:]):
        if _is_telling(word[0]):
            run = [*run, word[0]]
            gap = text[word.end() : follower.start() if follower else len(text)]
            if follower is None or not _is_telling(follower[0]) or _APART.search(gap):
                runs.append((run, Span(start=dossier.start(), end=word.end())))
    yield from reversed(runs)


def _before(text: str, dossier: re.Match[str]) -> Iterator[tuple[list[str], Span]]:
    """The words before it, between an article and the word for a dossier, the most first."""
    for match in _BEFORE.finditer(text, 0, dossier.start()):
        words = _WORD.findall(match[1])
        said = [word for word in words if _is_telling(word)]
        if said[:1] == words[:1]:
            yield said, Span(start=match.start(1), end=dossier.end())


def _span(word: re.Match[str]) -> Span:
    return Span(start=word.start(), end=word.end())


def _is_telling(word: str) -> bool:
    return not is_asking(word) and all(terms(word, one) for one in LANGUAGES)


def _by_share(text: str, files: Files) -> str:
    """The name of which the question holds most, if that is enough."""
    asked = {stem for language in LANGUAGES for stem in terms(text, language)}
    shares = {name: max(_share(name, asked, one) for one in LANGUAGES) for name in files.names}
    best = max(shares, key=lambda name: (shares[name], name), default="")
    return best if best and shares[best] >= _ENOUGH else ""


def _share(name: str, asked: set[str], language: str) -> float:
    stemmed = terms(name, language)
    return sum(stem in asked for stem in stemmed) / len(stemmed) if stemmed else 0.0


def _without(topic: str, called: Sequence[str]) -> str:
    """The topic without the words that name the dossier and the word for a dossier."""
    named = {stem for text in called for one in LANGUAGES for stem in terms(text, one)}
    return " ".join(
        word
        for word in topic.split()
        if not _DOSSIER.fullmatch(word)
        and not any(stem in named for language in LANGUAGES for stem in terms(word, language))
    )
