"""The bodies that a text names, for what later is short for one of them; knows no persons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.statements.kinds import same_word
from ingest.statements.lexicon import is_body, lookup
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.actors import Actors


class Bodies:
    """The bodies of one text, as it prints them (mutable: it reads along)."""

    def __init__(self, actors: Actors, language: str) -> None:
        self._actors = actors
        self._language = language
        self._sides: dict[str, str] = {}  # name -> whose
        self._heads: dict[str, set[str]] = {}  # "commission" -> names printed of such
        self._private: set[str] = set()  # names of those that speak for no country

    def note(self, name: str, head: str) -> None:
        """Remembers that the text prints a body's name, by the word that says what it is."""
        self._heads.setdefault(lookup(head), set()).add(name)

    def named(self, body: Speaker, sentence: Sentence) -> Speaker | None:
        """The one body of the text that an English "the commission" is short for, if it is clear.

        It is not where the text speaks of any other one, too ("a commission").
        """
        head = lookup(body.name)
        names = self._heads.get(head, set())
        before = sentence.body[: body.span.start]
        if len(names) != 1 or self._language != "en" or not before.lower().endswith("the "):
            return None
        name = next(iter(names))
        one = rf"\b(?:an?|another|one|each|every)(?: \w+)? {re.escape(head)}\b"
        other = re.search(one, before, re.IGNORECASE)
        if other or name not in before:
            return None
        side = body.actor or self._actors.actor_of(name, self._language)
        return replace(body, name=name, actor=None if self.is_private(name) else side)

    def learn(self, body: Speaker) -> None:
        """Remembers whose a body is that the text has named with its country."""
        if body.actor is not None and not body.person:
            self._sides[body.name] = body.actor

    def disown(self, name: str) -> None:
        """Remembers that the text calls a body nobody's official voice."""
        self._private.add(name)

    def is_private(self, name: str) -> bool:
        """Whether the text has called a body so named nobody's official voice."""
        return name in self._private

    def short_for(self, body: str) -> str | None:
        """The name of the one body before of which a Russian text prints but a word («Центр»)."""
        if self._language != "ru" or " " in body:
            return None
        names = [name for name in self._sides if self._is_like(name, [lookup(body)])]
        return names[0] if len(names) == 1 else None

    def _is_like(self, name: str, asked: Sequence[str]) -> bool:
        return any(
            same_word(word, each, self._language)
            for word in map(lookup, name.split())
            for each in asked
        )

    def side_of(self, body: str) -> str | None:
        """The side of the one body before that this may be short for ("the ministry").

        It is none's where the text prints such a body of another country, too.
        """
        asked = [w for word in body.split() if is_body(w := lookup(word), self._language)]
        sides = {side for name, side in self._sides.items() if self._is_like(name, asked)}
        printed = [
            n for head, names in self._heads.items() if self._is_like(head, asked) for n in names
        ]
        others = {m.code for name in printed for m in self._actors.mentions(name, self._language)}
        return sides.pop() if len(sides | others) == 1 and sides else None
