"""Which names of a topic a text in another language prints; knows no vectors and no passages.

Names are all that a question and a text in another language have in common in print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.answering.named import is_telling
from bot.domain import Question
from vectorstore.actors import Actors
from vectorstore.names import heard_alike, key, skeleton, skeletons, sound

_WORD = re.compile(r"[^\W\d_]+")
# difflib ratios of two skeletons: "suleiman" and "soleimani" have .82, "salman" .71
_ALIKE = 0.75
_LONGER = 3  # letters that a name may have more in another script
_SHORTEST = 4  # letters: shorter ones are too alike in three languages


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, its bare `skeletons`, and its `sound`."""

    written: str
    spelt: frozenset[str]
    sound: str

    def sounds_as(self, word: str) -> bool:
        """Whether ``word`` is the name in the other script, its vowels apart («Сулеймани»)."""
        if abs(len(word) - len(self.written)) > _LONGER or sound(word) != self.sound:
            return False
        if not heard_alike(self.written, word):
            return False
        return SequenceMatcher(None, key(self.written), key(word)).ratio() >= _ALIKE


def names_of(question: Question, actors: Actors) -> list[Name]:
    """The names of the topic; those of actors have their own codes.

    A question's first word has its capital from there.
    """
    first = _WORD.search(question.text)
    return [
        Name(
            written=word,
            spelt=frozenset(_bare(each) for heard in _heard(word) for each in skeletons(heard)),
            sound=sound(word),
        )
        for word in _WORD.findall(question.topic)
        if word[0].isupper()
        and len(word) >= _SHORTEST
        and not (first and first[0] == word)
        and is_telling(word)
        and not any(m.span.of(word) == word for m in actors.mentions(word, ignore_case=True))
    ]


def share_printed(names: Sequence[Name], text: str) -> float:
    """The share of ``names`` that ``text`` prints in any spelling or script, 0 to 1."""
    if not names:
        return 0.0
    words = {word for word in _WORD.findall(text) if word[0].isupper()}
    printed = {_bare(skeleton(heard)) for word in words for heard in _heard(word)}
    return sum(
        not name.spelt.isdisjoint(printed) or any(name.sounds_as(word) for word in words)
        for name in names
    ) / len(names)


def _heard(word: str) -> tuple[str, ...]:
    """A word, and as it is spelt where Russian writes an English a by its sound («Сэнди»)."""
    spelt = word.replace("э", "а")
    return (word,) if spelt == word else (word, spelt)


def _bare(name: str) -> str:
    """A skeleton without the vowels at its end, which a case may have cost a place ("Моравы")."""
    bare = name.rstrip("aeiou")
    return bare if len(bare) >= _SHORTEST else name
