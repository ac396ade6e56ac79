"""Names of bodies that hold an "and" or a bracket, read as one name; knows words, no speakers.

"the Institute of Volcanology and Seismology (IVS)", "the Bill and Melinda Lind Foundation".
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.lexicon import gender_of, is_body
from ingest.statements.words import Token

_ACRONYM = re.compile(r"(?=(?:\w*[A-ZА-ЯЁ]){2})[\w&-]{2,10}")
# Behind the head: "Institute of | Volcanology and Seismology", "Ministry of Culture and Sport"
_FIELDS = re.compile(r"R[ot]D?(?P<of>[AN]+k[AN]{1,3})(?![ANpR])")
# Ahead of it: "the | Bill and Melinda | Lind Foundation", "Avon and Somerset | Police"
_NAMED = re.compile(r"(?:(?<=D)(?P<of>N+kN{2,3})|(?:^|(?<=[,m]))(?P<places>NkN))(?P<head>R)")


def compounded(tokens: tuple[Token, ...], language: str) -> tuple[Token, ...]:
    """The tokens, with names of bodies that look like two names read as one.

    In English; acronyms in brackets behind a name are left out in all languages.
    """
    found = _without_acronyms(list(tokens))
    letters = "".join(token.letter for token in found)
    if language != "en" or "k" not in letters:
        return tuple(found)
    for match in _FIELDS.finditer(letters):
        first, last = match.span("of")
        behind = last - letters.index("k", first) - 1  # more words may be somebody's name
        named = behind > 1 and gender_of(found[letters.index("k", first) + 1].text, language)
        if _is_printed_body(found[match.start()], language) and not named:
            _join(found, first, last)
    for match in _NAMED.finditer(letters):
        group = "of" if match["of"] else "places"
        if _is_printed_body(found[match.start("head")], language):
            _join(found, *match.span(group))
    return tuple(found)


def _without_acronyms(tokens: list[Token]) -> list[Token]:
    """Leaves out "(IVS)" behind a capitalised name."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        letters = "".join(token.letter for token in tokens[at : at + 3])
        inside = letters in ("(N)", "(C)") and _ACRONYM.fullmatch(tokens[at + 1].text)
        if inside and kept and kept[-1].letter in "NARC" and kept[-1].text[0].isupper():
            at += 3
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _is_printed_body(token: Token, language: str) -> bool:
    return token.text[0].isupper() and is_body(token.text, language)


def _join(tokens: list[Token], first: int, last: int) -> None:
    for at in range(first, last):
        tokens[at] = replace(tokens[at], letter="A")
