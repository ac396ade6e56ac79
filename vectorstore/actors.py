"""From words to actors: which country or organisation a text names; knows no statement or person.

``Actors.load()`` reads CLDR's territory names and ``actors.toml`` beside this file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from vectorstore.gazetteer import Gazetteer, Mention, MentionKind, Word, key, words
from vectorstore.inflection import forms

__all__ = ["Actors", "Mention", "MentionKind"]

_TABLE = Path(__file__).with_name("actors.toml")
_ROLES = ("offices", "posts", "managers", "private")
_ARTICLES = {"the", "l", "la", "le", "les", "s"}
# Of a state, where nothing but its adjective stands beside them: "des responsables norvégiens".
_OFFICIALS = {"responsable", "responsables", "dirigeant", "dirigeante", "dirigeants", "dirigeantes"}


class Actors:
    """The catalogue of actors: finds them in text and names them. Immutable once loaded."""

    def __init__(self, table: dict[str, Any]) -> None:
        reading = table["reading"]
        self._roles = {name: _role_words(reading[name]) for name in _ROLES}
        self._abroad = frozenset(
            key(word) for listed in reading["abroad"].values() for word in listed
        )
        self._topics = frozenset(
            key(word) for listed in reading["topics"].values() for word in listed
        )
        rows = {code: row for code, row in table.items() if code != "reading"}
        self._gazetteer = Gazetteer(rows, reading, self._roles["offices"])

    @classmethod
    def load(cls) -> Actors:
        """The catalogue that comes with the product."""
        return cls(tomllib.loads(_TABLE.read_text(encoding="utf-8")))

    @property
    def codes(self) -> frozenset[str]:
        """Every code of the catalogue."""
        return self._gazetteer.codes

    def name(self, code: str, language: str) -> str:
        """What to call ``code`` in ``language``; the code itself where nobody has named it."""
        return self._gazetteer.name(code, language)

    def mentions(
        self, text: str, language: str | None = None, *, ignore_case: bool = False
    ) -> list[Mention]:
        """Where ``text`` names actors, in order, the longest name first, never overlapping.

        Without ``language`` all three are tried. ``ignore_case`` is for questions, which people
        type in lower case.
        """
        return self._gazetteer.mentions(text, language, ignore_case=ignore_case)

    def actor_of(self, phrase: str, language: str | None = None) -> str | None:
        """Whom the bearer of a role speaks for, or None when the phrase does not make it clear.

        "US ambassador to Armenia" speaks for the US; a former minister, an analyst or a member of
        the opposition speaks for no country.
        """
        mentions = self.mentions(phrase, language)
        if not mentions:
            return None
        if not self._has(phrase, mentions, "private"):
            return self._speaks_for(phrase, mentions)
        for part in re.split(r",| and | et | и ", phrase):
            inside = self.mentions(part, language)
            if inside and not self._has(part, inside, "private"):
                code = self._speaks_for(part, inside)
                if code:
                    return code
        return None

    def is_unofficial(self, role: str, language: str | None = None) -> bool:
        """Whether a printed role is nobody's official voice, whatever country it names."""
        mentions = self.mentions(role, language)
        return self._has(role, mentions, "private") and self.actor_of(role, language) is None

    def is_office(self, word: str) -> bool:
        """Whether ``word`` is the head of a role or of a body that speaks for somebody."""
        return key(word).replace("-", " ") in self._roles["offices"]

    def is_private(self, word: str) -> bool:
        """Whether ``word`` marks a speaker who is nobody's official voice."""
        return key(word).replace("-", " ") in self._roles["private"]

    # ---------------------------------------------------------------- roles
    def _speaks_for(self, phrase: str, mentions: list[Mention]) -> str | None:
        outside = [
            word
            for word in words(phrase)
            if not any(m.span.start <= word.start < m.span.end for m in mentions)
        ]
        head = self._head(outside)
        first = mentions[0]
        if head is None:
            if first.kind is MentionKind.INSTITUTION and self._bears_office(phrase, first):
                return first.code
            one = len({mention.code for mention in mentions}) == 1
            return first.code if one and _only(phrase, mentions) else None
        if head.key in self._roles["managers"] and not self._directs(outside, head, mentions):
            officials = head.key in _OFFICIALS and outside == [head] and len(mentions) == 1
            return first.code if officials and first.kind is MentionKind.DEMONYM else None
        before = [m for m in mentions if m.span.end <= head.start]
        if before:
            return None if _paired(phrase, before) else before[0].code
        post = head.key in self._roles["posts"]
        for mention in mentions:
            between = words(phrase[head.end : mention.span.start])
            if any(word.key in self._topics for word in between):
                return None
            if between and self._names_branch(phrase, between[-1], mention, head.end):
                return None
            abroad = self._preposition(phrase, mention) in self._abroad
            if not abroad or not (post or mention.kind is MentionKind.CAPITAL):
                return None if _paired(phrase, mentions) else mention.code
        return None

    def _names_branch(self, phrase: str, last: Word, mention: Mention, after: int) -> bool:
        """Whether an acronym stands right before a country: "vice-president of APRI Armenia"."""
        printed = phrase[after + last.start : after + last.end]
        beside = phrase[after + last.end : mention.span.start].isspace()
        acronym = len(printed) > 1 and printed.isalpha() and printed.isupper()
        return beside and acronym and not self.is_office(printed)

    def _head(self, outside: list[Word]) -> Word | None:
        """The first word that is an office, or the first of two that are one ("porte-parole")."""
        offices = self._roles["offices"]
        for word, follower in zip_longest(outside, outside[1:]):
            if word.key in offices or (follower and f"{word.key} {follower.key}" in offices):
                return word
        return None

    def _bears_office(self, phrase: str, mention: Mention) -> bool:
        """Whether the phrase begins with an office that names its body ("EU Commissioner")."""
        inside = words(mention.span.of(phrase))
        begins = {word.key for word in words(phrase[: mention.span.start])} <= _ARTICLES
        return begins and any(self.is_office(word.text) for word in inside)

    def _directs(self, outside: list[Word], head: Word, mentions: list[Mention]) -> bool:
        """Whether a director directs a body of state: an office or institution is named too."""
        offices = any(word is not head and word.key in self._roles["offices"] for word in outside)
        return offices or any(m.kind is MentionKind.INSTITUTION for m in mentions)

    def _preposition(self, phrase: str, mention: Mention) -> str:
        """The last short word before the mention that can tell where from where to."""
        before = [word.key for word in words(phrase[: mention.span.start])]
        articles = {"the", "la", "le", "les", "l", "its", "sa", "son", "south", "du"}
        while before and before[-1] in articles:
            before.pop()
        return before[-1] if before else ""

    def _has(self, phrase: str, mentions: list[Mention], role: str) -> bool:
        if role == "private" and _MEMBER.search(phrase):
            return True
        masked = phrase
        for mention in mentions:
            start, end = mention.span.start, mention.span.end
            masked = masked[:start] + "·" * (end - start) + masked[end:]
        masked = _RULING.sub("·", masked)
        keys = [word.key for word in words(masked)]
        pairs = {" ".join(pair) for pair in pairwise(keys)}
        return not self._roles[role].isdisjoint(pairs.union(keys))


# A coalition that governs is a country's voice.
_RULING = re.compile(
    r"\bcoalition(?=['’]?s? (?:government|cabinet)\b)"
    r"|(?<=gouvernement )de coalition\b|(?<=cabinet )de coalition\b",
    re.IGNORECASE,
)
# Members of a parliament speak for themselves, other than its speaker.
_MEMBER = re.compile(
    r"\bmembers? of (?:the )?(?:\w+ ){0,2}(?:parliament|congress|assembly|senate)\b"
    r"|\b(?:parliament|congress) members?\b"
    r"|\bmembres? (?:du|de la|de l['’]) ?(?:parlement|congrès|sénat|assemblée)\b"
    r"|\bчлен\w* (?:\w+ )?(?:парламент|конгресс|сенат|госдум|дум)\w*|\bдепутат\w*",
    re.IGNORECASE,
)


def _role_words(listed: dict[str, list[str]]) -> frozenset[str]:
    """All forms of the listed roles of three languages, as they are looked up."""
    return frozenset(
        " ".join(map(key, form.split()))
        for language, roles in listed.items()
        for role in roles
        for form in _role_forms(role.replace("-", " "), language)
    )


def _role_forms(word: str, language: str) -> Iterator[str]:
    yield word
    if language == "ru":
        if " " not in word:
            yield from (form[0] for form in zip(*forms(word, "ru", many=True), strict=True))
    elif " " not in word:
        yield word + "s"


def _only(phrase: str, mentions: list[Mention]) -> bool:
    """Whether the phrase is mentions and nothing but articles ("Israel's Home Front Command")."""
    for mention in reversed(mentions):
        phrase = f"{phrase[: mention.span.start]} {phrase[mention.span.end :]}"
    return {word.key for word in words(phrase)} <= _ARTICLES


def _paired(phrase: str, mentions: list[Mention]) -> bool:
    """Whether the first two mentions are joined as equals ("Russian-Armenian", "EU and US")."""
    if len(mentions) < 2 or mentions[0].code == mentions[1].code:
        return False
    between = phrase[mentions[0].span.end : mentions[1].span.start]
    return between.strip() in {"-", "–", "and", "et", "и", "/", "&"}
