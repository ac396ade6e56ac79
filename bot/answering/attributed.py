"""Tells whether a sentence itself says that somebody speaks in it; knows no statement.

For words that ingestion has not put into anybody's mouth: such a sentence is shown as it stands,
whole and as the newsroom's own, where somebody's words are asked for. It is stricter than a reader:
the name must stand beside the word of speaking, or behind "according to".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.answering.asking import is_asking
from bot.answering.offices import office_in
from vectorstore.domain import LANGUAGES, Span
from vectorstore.lexical import terms
from vectorstore.names import heard_alike, key, same_person

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?")
_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'-]*(?: [A-ZÀ-ÞА-ЯЁ][\w’'-]*)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_QUOTATION = re.compile(r"«[^«»\n]*»|“[^“”\n]*[”“]|„[^„“”\n]*[“”]|\"[^\"\n]*\"")
# Behind these, with at most a role between, stands who says it; "pour" says so of a quotation only.
_ACCORDING = re.compile(
    r"(?<!\w)(?:according to|selon|d['’]après|по (?:словам|мнению))(?: [\w’'-]+){0,6},? $", re.I
)
_FOR = re.compile(r"(?:^|[.;] )pour(?: [\w’'-]+){0,6},? $", re.I)
_APPOSITION = re.compile(r"(?:, [^,«“\"]{1,80},| \([^)]{1,60}\))")
_COLON = re.compile(r"[^«“\":]{0,40}: ?[«“\"]")
# How many words may stand between a name and the word of speaking: "has in her turn said".
_BESIDE = 3
_OWNED = re.compile(r"['’]s")
_PASSIVE = frozenset({"was", "were", "is", "been", "being", "est", "été", "был", "была", "были"})
_AUXILIARIES = frozenset({"a", "ont", "aurait", "avait", "has", "had"})
_OF = frozenset({"of", "de", "du", "d", "to", "à"})
_BEHIND = 6  # "affirme un jeune manifestant, Abdel Nasser"


def speaks_in(sentence: str, name: str) -> bool:
    """Whether ``sentence`` says that the bearer of ``name`` speaks in it."""
    quoted = [Span(start=m.start(), end=m.end()) for m in _QUOTATION.finditer(sentence)]
    bare = sentence
    for span in quoted:  # what somebody says names no speaker of this sentence
        inside = " " * (span.end - span.start - 2)
        bare = f"{bare[: span.start + 1]}{inside}{bare[span.end - 1 :]}"
    return any(_speaks(bare, named, bool(quoted)) for named in named_in(bare, name))


def named_in(text: str, name: str) -> Iterator[Span]:
    """Where ``text`` names whoever can be called ``name``, in any script."""
    for run in _CAPITALS.finditer(text):
        words = _WORD.finditer(text, run.start(), run.end())
        start = next((word.start() for word in words if not _is_beside(word[0])), run.end())
        end = run.end() - len(run[0]) + len(_POSSESSIVE.sub("", run[0]))
        if start < end and _can_be(text[start:end], name):
            yield Span(start=start, end=end)


@lru_cache(maxsize=20_000)
def _is_beside(word: str) -> bool:
    """Whether a word with a capital only begins a sentence ("Pour") or names an office."""
    grammar = not all(terms(word, language) for language in LANGUAGES)
    return grammar or is_asking(word) or office_in(word) is not None


def _can_be(printed: str, name: str) -> bool:
    same = key(printed) == key(name) and same_person(printed, name)
    return same or heard_alike(printed, name)


def _speaks(bare: str, named: Span, quotes: bool) -> bool:
    before, after = bare[: named.start], bare[named.end :]
    if _ACCORDING.search(before) or (quotes and _FOR.search(before)):
        return True
    if quotes and _COLON.match(after):
        return True
    apposition = _APPOSITION.match(after)
    behind = after[apposition.end() :] if apposition else after
    near = [word.lower() for word in _WORD.findall(_clause(behind))[:_BESIDE]]
    if not _OWNED.match(after) and any(map(is_asking, near)) and not _PASSIVE & set(near):
        return True
    return quotes and _inverted(before)


def _clause(text: str) -> str:
    """``text`` up to where its clause ends."""
    return re.split(r"[,;:«“\"]", text.lstrip(" "), maxsplit=1)[0]


def _inverted(before: str) -> bool:
    """Whether a word of speaking follows a quotation and leads to the name behind it."""
    tail = re.split(r"[»”\"]", before)[-1]
    words = [word.lower() for word in _WORD.findall(tail)]
    if tail == before or not words or len(words) > _BEHIND or words[-1] in _OF:
        return False
    return is_asking(words[0]) or (words[0] in _AUXILIARIES and is_asking("".join(words[1:2])))
