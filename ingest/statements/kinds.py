"""Which roles a description may stand for: "the player" for a footballer; knows words, no persons.

The kinds are listed in cues.toml. An age says nothing of a role.
"""

from __future__ import annotations

import re

from ingest.statements.lexicon import lexicon, lookup

_AGES = re.compile(r"\b(?:âgée? )?de \d+ ans\b|\b\d+[-‐]летн\w+")
_STEM = 6  # letters of a Russian word that its cases leave alone
_CASES = 3  # letters by which they differ at most


def without_age(description: str) -> str:
    """A description without the age that it tells ("le joueur de 24 ans")."""
    return " ".join(_AGES.sub(" ", description).split())


def same_word(one: str, other: str, language: str) -> bool:
    """Whether two words are one, in whatever Russian case."""
    if language != "ru":
        return one == other
    return one[:_STEM] == other[:_STEM] and abs(len(one) - len(other)) < _CASES


def stands_for(description: str, role: str, language: str) -> bool:
    """Whether a description may be meant of somebody with a printed role.

    Words that the kind does not explain ("le dirigeant arménien") must stand in the role.
    """
    asked, told = _words(description), _words(role)
    for general, roles in lexicon(language).kinds:
        for kind in map(str.split, general):
            rest = asked[len(kind) :]
            if not _begins(asked, kind, language) or not _holds(told, rest, language):
                continue
            if any(_holds(told, _words(each), language) for each in roles):
                return True
    return False


def _words(text: str) -> list[str]:
    return lookup(without_age(text)).split()


def _begins(words: list[str], kind: list[str], language: str) -> bool:
    return len(words) >= len(kind) and all(
        same_word(one, other, language) for one, other in zip(words, kind, strict=False)
    )


def _holds(told: list[str], words: list[str], language: str) -> bool:
    """Whether all of some words are among those of a role."""
    return all(any(same_word(word, each, language) for each in told) for word in words)
