"""The words that attribute speech, looked up by the letter that says what they do; reads cues.toml.

A sentence is read as a word of letters, one per token, so that its grammar can be a regex.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ingest.statements.conjugation import finite, gerunds, participles
from ingest.statements.tokens import cut
from vectorstore.inflection import forms

_TABLE = Path(__file__).with_name("cues.toml")

# Group of cues.toml -> letter. Where a word is in several groups, the earlier group wins.
LETTERS = {
    "says": "V",
    "said": "e",
    "saying": "v",
    "terms": "T",
    "according": "S",
    "through": "g",
    "passes": "Z",
    "have": "H",
    "be": "h",
    "by": "b",
    "that": "L",
    "who": "W",
    "while": "K",
    "as": "y",
    "negation": "X",
    "titles": "i",
    "pronouns": "P",
    "and": "k",
    "of": "o",
    "adverbs": "m",
    "determiners": "D",
    "prepositions": "t",
    "words": "n",
    "media": "M",
    "roles": "R",
    "particles": "p",
    "common": "A",
    "quoted": "z",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon with its letter; ``printed`` is its spelling in the list."""

    words: tuple[str, ...]
    letter: str
    printed: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's cues: phrases by first word, the longest first, and the special lists."""

    phrases: dict[str, tuple[Entry, ...]]
    newsrooms: frozenset[str]
    denials: frozenset[str]
    beside: frozenset[str]
    infinitives: frozenset[str]
    naming: frozenset[str]
    selves: frozenset[str]
    anonymous: frozenset[str]
    common: tuple[str, ...]
    bodies: frozenset[str]
    genders: dict[str, str]
    kinds: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def at(self, words: list[str], position: int) -> Entry | None:
        """The longest entry that stands at ``position`` among the lower-cased ``words``."""
        for entry in self.phrases.get(words[position], ()):
            length = len(entry.words)
            if length == 1 or tuple(words[position : position + length]) == entry.words:
                return entry
        return None

    def is_role(self, word: str) -> bool:
        """Whether a lower-cased word alone is a role."""
        return any(
            entry.letter == "R" and len(entry.words) == 1 for entry in self.phrases.get(word, ())
        )


@cache
def lexicon(language: str) -> Lexicon:
    """The cues of ``language`` (one of ``domain.LANGUAGES``)."""
    table: dict[str, Any] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    phrases: dict[str, dict[tuple[str, ...], Entry]] = {}
    for group, letter in LETTERS.items():
        listed = _forms(group, language, table[group].get(language, ""))
        if group == "roles":
            listed += _forms(group, language, _kinds_listed(table, language))
            listed += _forms("bodies", language, table["bodies"][language])
        if group == "media":
            listed += _listed(table[group]["en"])  # their names are printed everywhere
        for printed in (*listed, *_conjugated(group, language, table)):
            pieces = tuple(lookup(printed[start:end]) for start, end in cut(printed, language))
            phrases.setdefault(pieces[0], {}).setdefault(pieces, Entry(pieces, letter, printed))
    return Lexicon(
        phrases={
            first: tuple(sorted(entries.values(), key=lambda entry: -len(entry.words)))
            for first, entries in phrases.items()
        },
        newsrooms=frozenset(map(lookup, _listed(table["newsrooms"][language]))),
        denials=frozenset(map(lookup, _listed(table["denials"][language]))),
        beside=_beside(table, language),
        infinitives=_infinitives(table, language),
        naming=frozenset(map(lookup, _listed(table["naming"][language]))),
        selves=frozenset(map(lookup, _listed(table["selves"][language]))),
        anonymous=frozenset(
            map(lookup, _forms("anonymous", language, table["anonymous"][language]))
        ),
        common=tuple(_listed(table["shared"][language])),
        bodies=frozenset(map(lookup, _forms("bodies", language, table["bodies"][language]))),
        genders=_genders(table, language),
        kinds=tuple(_kinds(table, language)),
    )


def is_newsroom(name: str, language: str) -> bool:
    """Whether a printed name is a newspaper's, an agency's or a station's."""
    last = lookup(name.rpartition(" ")[2])
    return last in lexicon(language).newsrooms


def denies(cue: str, language: str) -> bool:
    """Whether the printed cue says that what follows is not so ("denied", "a démenti")."""
    return lookup(cue.rpartition(" ")[2]) in lexicon(language).denials


def reports(cue: str, language: str) -> bool:
    """Whether a printed cue tells of speech without a quotation, too (not "smiled", "went on")."""
    beside = lexicon(language).beside
    return not beside & {lookup(cue), lookup(cue.rpartition(" ")[2])}


def is_infinitive(words: str, language: str) -> bool:
    """Whether the words are a French infinitive of saying ("ajouter", "faire valoir")."""
    return lookup(words) in lexicon(language).infinitives


def is_of_title(word: str, language: str) -> bool:
    """Whether a word with a capital is of titles of offices, and no name ("Foreign", "Défense")."""
    entry = lexicon(language).at([lookup(word)], 0)
    return entry is not None and entry.letter == "A" and len(entry.words) == 1


def is_self(word: str, language: str) -> bool:
    """Whether a word is a first or second person, who is not named there."""
    return lookup(word) in lexicon(language).selves


def names(word: str, language: str) -> bool:
    """Whether a word before a quotation says that it is a name or a term ("so-called")."""
    return lookup(word) in lexicon(language).naming


def is_anonymous(word: str, language: str) -> bool:
    """Whether a word says that the speaker is left unnamed ("sources", "experts")."""
    return lookup(word) in lexicon(language).anonymous


def is_common(text: str, language: str) -> bool:
    """Whether a text speaks of one statement of several ("in a joint statement")."""
    lowered = text.lower()
    return any(phrase in lowered for phrase in lexicon(language).common)


def is_body(word: str, language: str) -> bool:
    """Whether a printed office is a body rather than a person."""
    return lookup(word) in lexicon(language).bodies


def gender_of(name: str, language: str) -> str:
    """ "m" or "f" as the given name tells, "" where it does not."""
    return lexicon(language).genders.get(lookup(name.partition(" ")[0]), "")


@lru_cache(maxsize=100_000)
def lookup(word: str) -> str:
    """The key of a printed word: lower case, one apostrophe, е for ё."""
    return word.lower().replace("’", "'").replace("ё", "е")


def _forms(group: str, language: str, text: str) -> list[str]:
    """The listed words; French participles in all agreements, Russian roles in all cases."""
    listed = _listed(text)
    if group in ("roles", "anonymous", "bodies") and language == "ru":
        return [form for role in listed for form in _cases(role)]
    if language == "fr":
        listed += [f"{word[:-1]}'" for word in listed if word.endswith(" de")]
    if (group, language) != ("said", "fr"):
        return listed
    return listed + list(_agreeing(word for word in listed if " " not in word))


def _agreeing(participles: Iterable[str]) -> Iterator[str]:
    """French participles in all agreements."""
    return (word + ending for word in participles for ending in ("", "e", "s", "es"))


_CONJUGATIONS = {"says": finite, "said": participles, "saying": gerunds}


_REGULAR = re.compile(r"^\w+(?:л(?:ся)?|[еи]т(?:ся)?)$")  # Russian verbs that conjugation bends


def _conjugated(group: str, language: str, table: dict[str, Any]) -> list[str]:
    """The forms of the regular verbs that belong to a group of cues."""
    conjugation = _CONJUGATIONS.get(group)
    if conjugation is None:
        return []
    verbs = _listed(table["verbs"][language])
    if group == "saying":
        return list(conjugation(verbs, language))
    verbs += _listed(table["beside"][language])
    if language == "ru":
        verbs += [verb for verb in _listed(table["says"]["ru"]) if _REGULAR.search(verb)]
    found = conjugation(verbs, language)
    if group == "said":
        return list(_agreeing(found))
    return [*found, *_listed(table["lone"][language])]


def _beside(table: dict[str, Any], language: str) -> frozenset[str]:
    verbs, lone = (_listed(table[group][language]) for group in ("beside", "lone"))
    found = (*finite(verbs, language), *_agreeing(participles(verbs, language)), *lone)
    return frozenset(map(lookup, found))


def _infinitives(table: dict[str, Any], language: str) -> frozenset[str]:
    if language != "fr":
        return frozenset()
    groups = ("infinitives", "verbs", "beside")
    return frozenset(lookup(verb) for group in groups for verb in _listed(table[group]["fr"]))


def _genders(table: dict[str, Any], language: str) -> dict[str, str]:
    """The given names of all languages; where they differ ("Jean"), the language's own goes."""
    return {
        lookup(name): gender
        for of in (*sorted({*table["men"]} - {language}), language)
        for gender, group in (("m", "men"), ("f", "women"))
        for name in _listed(table[group][of])
    }


def _kinds(
    table: dict[str, Any], language: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """General words for a person, each with the roles that they may stand for."""
    for line in table["kinds"].get(language, "").strip().splitlines():
        general, _, roles = line.partition(":")
        yield tuple(map(lookup, _listed(general))), tuple(map(lookup, _listed(roles)))


def _kinds_listed(table: dict[str, Any], language: str) -> str:
    return ", ".join(role for kind in _kinds(table, language) for words in kind for role in words)


def _cases(role: str) -> list[str]:
    if " " in role:
        return [role]
    return list(forms(role, "ru")[0])


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.replace("\n", " ").split(",") if item.strip()]
