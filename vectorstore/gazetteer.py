"""Finds the names of actors in text: forms, capitals and namesakes; knows no roles.

A name is looked up word by word, the longest first. What one language prints is looked for in its
own table, with Russian cases and French feminines made in advance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from babel import Locale

from vectorstore.domain import LANGUAGES, Span
from vectorstore.inflection import forms

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")
_ALIKE = str.maketrans({"ё": "е", "’": "'", "ı": "i"})
# How CLDR shortens what print gives in full.
_SHORTENED = (("&", "and"), ("St.", "Saint"), ("о-ва", "острова"), ("о-в", "остров"))
_NATIONAL_BEFORE = re.compile(r"\b[Nn]ational\s+$")
_NATIONAL_BEHIND = re.compile(r"\s+nationale?\b")
_JOINED = re.compile(r"(?: |-)(?:of |de |du |des |d['’]|)(?:the |la |le |l['’]|)")


class MentionKind(StrEnum):
    """By what sort of word a text names an actor."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a text names an actor."""

    code: str
    span: Span
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as printed, with its offsets, and as it is looked up."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase that names an actor: per word its possible keys and whether it needs capitals."""

    code: str
    kind: MentionKind
    words: tuple[frozenset[str], ...]
    capitals: tuple[str, ...]


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """``word`` in lower case, without accents and dots: «Élysée» and "Elysee" share a key."""
    if word.isascii():
        return word.lower().replace(".", "")
    lowered = unicodedata.normalize("NFC", word.lower()).translate(_ALIKE)
    bare = (c if "а" <= c <= "я" else unicodedata.normalize("NFD", c)[0] for c in lowered)
    return "".join(bare)


def words(text: str) -> list[Word]:
    """The words of ``text`` with their offsets; hyphens and apostrophes part words."""
    return [Word(m.group(), m.start(), m.end(), key(m.group())) for m in _WORD.finditer(text)]


class Gazetteer:
    """The names of all actors in three languages; tables are built when a language is first met."""

    def __init__(
        self, table: Mapping[str, Any], reading: Mapping[str, Any], offices: frozenset[str]
    ) -> None:
        self._table = table
        self._offices = offices
        self._reading = reading
        self._locales = {language: Locale(language) for language in LANGUAGES}  # lazy themselves
        self._capitals_only = frozenset(reading["capitals_only"])
        self._given = frozenset(key(word) for word in reading["given_names"])
        self._shared = frozenset(key(phrase) for phrase in reading["shared"])
        self._indexes: dict[str, dict[str, tuple[_Entry, ...]]] = {}

    @property
    def codes(self) -> frozenset[str]:
        """Every code that has a name."""
        return frozenset(self._table) | frozenset(self._territories("en"))

    def name(self, code: str, language: str) -> str:
        """What to call ``code`` in ``language``; the code itself where nobody has named it."""
        own = self._table.get(code, {}).get("name", {})
        return str(own.get(language) or self._locales[language].territories.get(code, code))

    def mentions(self, text: str, language: str | None, *, ignore_case: bool) -> list[Mention]:
        """See ``Actors.mentions``."""
        found = words(text)
        absent = self._elsewhere(text)
        mentions: list[Mention] = []
        position = 0
        while position < len(found):
            entry = self._entry_at(found, position, language, ignore_case)
            taken = 1 if entry is None else len(entry.words)
            if (
                entry
                and entry.code not in absent
                and not self._is_person(entry, found, position, text)
            ):
                span = Span(start=found[position].start, end=found[position + taken - 1].end)
                mentions.append(Mention(code=entry.code, span=span, kind=entry.kind))
                position += taken
            else:
                position += 1
        return self._without_shared(text, mentions)

    def _without_shared(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Drops bodies that many have where their owner stands beside them ("Armenia's …").

        A national one is some country's, whoever does not say whose.
        """
        return [
            mention
            for at, mention in enumerate(mentions)
            if key(mention.span.of(text)) not in self._shared
            or not (
                (at and _beside(text, mentions[at - 1], mention))
                or (at + 1 < len(mentions) and _beside(text, mention, mentions[at + 1]))
                or _NATIONAL_BEFORE.search(text[: mention.span.start])
                or _NATIONAL_BEHIND.match(text[mention.span.end :])
            )
        ]

    def _entry_at(
        self, found: list[Word], position: int, language: str | None, ignore_case: bool
    ) -> _Entry | None:
        best: _Entry | None = None
        for one in (language,) if language else LANGUAGES:
            for entry in self._index(one).get(found[position].key, ()):
                if best is not None and len(entry.words) <= len(best.words):
                    break
                if self._matches(entry, found, position, ignore_case):
                    best = entry
                    break
        return best

    def _matches(self, entry: _Entry, found: list[Word], position: int, ignore_case: bool) -> bool:
        if position + len(entry.words) > len(found):
            return False
        for offset, (keys, capitals) in enumerate(zip(entry.words, entry.capitals, strict=True)):
            word = found[position + offset]
            if word.key not in keys:
                return False
            strict = not ignore_case or word.key in self._capitals_only
            # "what did the us say": with its article even a lower-case "us" is a country
            article = ignore_case and position > 0 and found[position - 1].key == "the"
            if strict and not article and not _cased(word.text, capitals):
                return False
        return True

    def _is_person(self, entry: _Entry, found: list[Word], position: int, text: str) -> bool:
        """Whether a name that people bear stands beside another part of a person's name."""
        if len(entry.words) > 1 or found[position].key not in self._given:
            return False
        here = found[position]
        after = found[position + 1] if position + 1 < len(found) else None
        before = found[position - 1] if position else None
        if after and text[here.end : after.start] == " " and self._like_name(after.text):
            return True
        return bool(
            before
            and text[before.end : here.start] == " "
            and self._like_name(before.text)
            and not self._starts_sentence(text, before)
        )

    def _like_name(self, word: str) -> bool:
        return word[0].isupper() and not word.isupper() and key(word) not in self._offices

    def _starts_sentence(self, text: str, word: Word) -> bool:
        before = text[: word.start].rstrip()
        return not before or before[-1] in '.!?:;«“"\n(—–-'

    def _elsewhere(self, text: str) -> set[str]:
        places: dict[str, list[str]] = self._reading["elsewhere"]
        return {code for code, signs in places.items() if any(sign in text for sign in signs)}

    def _index(self, language: str) -> dict[str, tuple[_Entry, ...]]:
        """First word -> entries, the longest first; built when the language is first met."""
        if language not in self._indexes:
            index: dict[str, list[_Entry]] = {}
            for code, kind, phrase in self._phrases(language):
                entry = _entry(code, kind, phrase, language)
                for first in entry.words[0]:
                    index.setdefault(first, []).append(entry)
            order = list(MentionKind)
            self._indexes[language] = {
                first: tuple(sorted(entries, key=lambda e: (-len(e.words), order.index(e.kind))))
                for first, entries in index.items()
            }
        return self._indexes[language]

    def _phrases(self, language: str) -> Iterator[tuple[str, MentionKind, str]]:
        territories = self._territories(language)
        owners = frozenset(territories.values())  # of «Виргинские о-ва (Великобритания)»
        for code, name in territories.items():
            for variant in _cldr_variants(name):
                if variant == name or variant not in owners:
                    yield code, MentionKind.NAME, variant
        for code, row in self._table.items():
            if language in row.get("name", {}):
                yield code, MentionKind.NAME, row["name"][language]
            for kind in MentionKind:
                for phrase in row.get(language, {}).get(kind.value + "s", ()):
                    yield code, kind, phrase

    def _territories(self, language: str) -> dict[str, str]:
        skipped = self._reading["skipped"]
        territories = self._locales[language].territories
        return {c: n for c, n in territories.items() if c.isalpha() and c not in skipped}


def _entry(code: str, kind: MentionKind, phrase: str, language: str) -> _Entry:
    plain = " ".join(word.text for word in words(phrase))
    bends = language == "ru" or kind is MentionKind.DEMONYM
    keys = tuple(frozenset(map(key, each)) for each in forms(plain, language, bends=bends))
    lower = kind is MentionKind.DEMONYM and language != "en"
    capitals = tuple("" if lower else _needed(word) for word in plain.split())
    if language != "en" and kind is MentionKind.INSTITUTION and len(capitals) > 1:
        # "département d'État": French and Russian print but one of the capitals, often the last
        capitals = ("", *capitals[1:]) if any(capitals[1:]) else capitals
    return _Entry(code, kind, keys, capitals)


def _needed(word: str) -> str:
    """Which letters of a word must be capitals: "all", "first" or none ("")."""
    if word.isupper() and len(word.replace(".", "")) > 1:
        return "all"
    return "first" if word[0].isupper() else ""


def _cased(text: str, needed: str) -> bool:
    if needed == "all":
        return text.isupper()
    return not needed or text[0].isupper()


def _cldr_variants(name: str) -> Iterator[str]:
    """ "Myanmar (Burma)" is printed as either; "Bosnia & Herzegovina" with "and", "St." in full."""
    inside = re.search(r"\((.+)\)", name)
    plain = re.sub(r"\s*\(.*\)|,.*| SAR China|, САР.*", "", name).strip()
    yield plain
    full = plain
    for short, long in _SHORTENED:
        full = full.replace(short, long)
    if full != plain:
        yield full
    if inside and len(inside.group(1)) > 3:
        yield inside.group(1)


def _beside(text: str, first: Mention, second: Mention) -> bool:
    between = text[first.span.end : second.span.start].removeprefix("'s").removeprefix("’s")
    return bool(_JOINED.fullmatch(between))
