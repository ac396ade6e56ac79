"""Follows a text fragment as a browser does, step by step as the specification has it.

https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive
A page is a text whose lines are its blocks; white space and letter case do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True)
class _Parts:
    prefix: str
    start: str
    end: str
    suffix: str


def resolved(address: str, page: str) -> tuple[int, int] | None:
    """From where to where ``page`` would be highlighted; None if nothing is found."""
    parts = _parsed(address.partition(":~:text=")[2])
    searched = 0
    while searched < len(page):
        if parts.prefix:
            prefix = _first(page, searched, parts.prefix, starts=True, ends=False)
            if prefix is None:
                return None
            searched = prefix[0] + 1
            at = _next_word(page, prefix[1])
            whole = bool(parts.end) or not parts.suffix
            match = _first(page, at, parts.start, starts=False, ends=whole)
            if match is None:
                return None
            if match[0] != at:
                continue
        else:
            whole = bool(parts.end) or not parts.suffix
            match = _first(page, searched, parts.start, starts=True, ends=whole)
            if match is None:
                return None
            searched = match[0] + 1
        ended = _ended(page, match, parts)
        if ended or parts.end:
            return ended
    return None


def _ended(page: str, match: tuple[int, int], parts: _Parts) -> tuple[int, int] | None:
    at = match[1]
    while True:
        if parts.end:
            end = _first(page, at, parts.end, starts=True, ends=not parts.suffix)
            if end is None:
                return None
            match, at = (match[0], end[1]), end[1]
        if not parts.suffix:
            return match
        after = _next_word(page, match[1])
        suffix = _first(page, after, parts.suffix, starts=False, ends=True)
        if suffix is None:
            return None
        if suffix[0] == after:
            return match
        if not parts.end:
            return None


def _parsed(directive: str) -> _Parts:
    terms = directive.split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    assert 1 <= len(terms) <= 2, directive
    assert not any("-" in term for term in (prefix, suffix, *terms)), "a hyphen is not encoded"
    start, end = (*terms, "")[:2]
    return _Parts(*map(unquote, (prefix, start, end, suffix)))


def _first(
    page: str, since: int, query: str, *, starts: bool, ends: bool
) -> tuple[int, int] | None:
    return next(_occurrences(page, since, query, starts, ends), None)


def _occurrences(
    page: str, since: int, query: str, starts: bool, ends: bool
) -> Iterator[tuple[int, int]]:
    """Where ``query`` stands within one line, bounded by the ends of words where that is asked."""
    pattern = r"[^\S\n]+".join(re.escape(word) for word in query.split())
    for match in re.finditer(f"(?=({pattern}))", page[since:], re.IGNORECASE):
        start, end = since + match.start(1), since + match.end(1)
        if (not starts or _bounded(page, start)) and (not ends or _bounded(page, end)):
            yield start, end


def _bounded(page: str, at: int) -> bool:
    """Whether no word goes on over ``at``."""
    before, after = page[at - 1 : at] if at else "", page[at : at + 1]
    return not (before.isalnum() and after.isalnum())


def _next_word(page: str, at: int) -> int:
    while at < len(page) and page[at].isspace():
        at += 1
    return at
