"""Reads a mistyped word of a question as the one the briefings print; knows no question's meaning.

Only a long word in lower case that no briefing holds is read so, and only where one slip of the
fingers or of the ear lies between: names are left alone, for another's may differ by a letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache

from bot.answering.named import is_telling
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import Tier
from vectorstore.lexical import terms

_WORD = re.compile(r"[^\W\d_]+")
# Shorter words too often differ by a letter from another that is meant.
_SHORTEST = 6
# From here on a letter too many or too few is a slip, whichever it is; before, a doubled one.
_LONG = 7
# What is longer is no word, and has more neighbours than can be tried.
_LONGEST = 30
_ALIKE = (
    *("ckq", "sz", "sc", "aeiouyéèêàâîôûù", "bp", "dt", "fv", "vw", "gj", "mn"),
    *("аоэеияыуёю", "бп", "дт", "вф", "гкх", "жшщ", "сз", "ьъ", "мн"),
)
_LETTERS = {"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}
_LATIN = "abcdefghijklmnopqrstuvwxyzéèêàâîôûùç"


class Spelling:
    """The words that the readers of some tiers find printed (mutable: read when first needed)."""

    def __init__(self, view: View, tiers: Collection[Tier], actors: Actors) -> None:
        self._view = view
        self._tiers = tiers
        self._actors = actors
        self._printed: dict[str, Counter[str]] = {}

    def corrected(self, text: str, language: str, is_name: Callable[[str], bool]) -> str:
        """``text`` with its mistyped words as they are printed in ``language``.

        ``is_name`` tells whether somebody is called so.
        """

        @cache
        def read(word: str) -> str:
            if (
                not _SHORTEST <= len(word) <= _LONGEST
                or not is_telling(word)
                or self.is_actor(word)
            ):
                return word
            if is_name(word) or self._is_held(word, language):
                return word
            return self._meant(word, language)

        return _WORD.sub(lambda match: read(match[0]), text)

    def _meant(self, word: str, language: str) -> str:
        slips = set(_slips(word.lower(), _LETTERS.get(language, _LATIN)))
        place = next((slip for slip in sorted(slips) if self.is_actor(slip)), None)
        if place or word[0].isupper():
            return place or word
        printed = self._words(language)
        return max(slips, key=lambda slip: (printed[slip], slip)) if slips & set(printed) else word

    def _is_held(self, word: str, language: str) -> bool:
        known = terms(word, language)
        rarity = self._view.index.rarity(self._tiers, language, [*known, "\0"])
        return not known or any(rarity[stem] < rarity["\0"] for stem in known)

    def is_actor(self, word: str) -> bool:
        """Whether a word as a whole names an actor."""
        found = self._actors.mentions(word, ignore_case=True)
        return any(len(mention.span.of(word)) == len(word) for mention in found)

    def _words(self, language: str) -> Counter[str]:
        if language not in self._printed:
            self._printed[language] = Counter(
                word
                for document in self._view.readable(frozenset(self._tiers))
                if document.briefing.language == language
                for word in _WORD.findall(document.briefing.text)
                if len(word) >= _SHORTEST - 1 and word.islower()
            )
        return self._printed[language]


def _slips(word: str, letters: str) -> Iterator[str]:
    """What may have been meant by ``word``: one slip away, its first letter as it is typed."""
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        if after and (len(word) >= _LONG or after[0] == before[-1]):
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        doubles = {before[-1], *after[:1]}
        yield from (
            before + each + after for each in letters if len(word) >= _LONG or each in doubles
        )
        if after:
            alike = {each for group in _ALIKE if after[0] in group for each in group}
            yield from (before + each + after[1:] for each in alike - {after[0]})
