"""The forms of regular verbs of saying; knows spelling, not meaning.

Irregular verbs and lone forms are listed in full in cues.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FRENCH_REFLEXIVE = re.compile(r"^(?:se |s')")
_RUSSIAN_PAST = re.compile(r"л(?P<self>ся)?$")
_RUSSIAN_PRESENT = re.compile(r"(?P<vowel>[еи])т(?P<self>ся)?$")
_RUSSIAN_PHRASE = re.compile(r"(не )?(\w+)((?: \w+)*)")
_HISSING = ("ж", "ч", "ш", "щ")


def finite(verbs: Iterable[str], language: str) -> Iterator[str]:
    """The forms of the third person in present and past, of French infinitives in "-er", English
    base forms, and Russian forms of the third person ("уверил", "уверяет").
    """
    for verb in verbs:
        yield from _FINITE[language](verb)


def participles(verbs: Iterable[str], language: str) -> Iterator[str]:
    """French past participles, masculine singular; none in the other languages."""
    for verb in verbs if language == "fr" else ():
        yield f"{_FRENCH_REFLEXIVE.sub('', verb)[:-2]}é"


def gerunds(verbs: Iterable[str], language: str) -> Iterator[str]:
    """The gerunds of the same verbs."""
    for verb in verbs:
        yield from _GERUNDS[language](verb)


def _english(verb: str) -> Iterator[str]:
    first, gap, rest = verb.partition(" ")
    stem = first[:-1] + "i" if re.search("[^aeiou]y$", first) else first
    ending = "es" if stem.endswith(("i", "ch", "sh", "ss")) else "s"
    yield f"{stem}{ending}{gap}{rest}"
    yield f"{stem.removesuffix('e')}ed{gap}{rest}"


def _english_gerund(verb: str) -> Iterator[str]:
    first, gap, rest = verb.partition(" ")
    yield f"{first.removesuffix('e')}ing{gap}{rest}"


def _french(verb: str) -> Iterator[str]:
    own = _FRENCH_REFLEXIVE.match(verb)
    before, stem = (own[0] if own else ""), _FRENCH_REFLEXIVE.sub("", verb)[:-2]
    silent = re.sub(r"é([^aeiouéè]{1,2})$", r"è\1", stem)  # espérer, espère
    soft = _softened(stem)
    yield from (f"{before}{silent}{ending}" for ending in ("e", "ent"))
    yield f"{before}{stem}èrent"
    yield from (f"{before}{soft}{ending}" for ending in ("a", "ait", "aient"))


def _french_gerund(verb: str) -> Iterator[str]:
    own = _FRENCH_REFLEXIVE.match(verb)
    yield f"{own[0] if own else ''}{_softened(_FRENCH_REFLEXIVE.sub('', verb)[:-2])}ant"


def _softened(stem: str) -> str:
    """The stem before "a": lançait, exigeait."""
    return f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem


def _russian(phrase: str) -> Iterator[str]:
    """The forms of a verb, or of one that words follow («ссылается на»), "не" before it or none."""
    ahead, verb, behind = _parted(phrase)
    yield from (f"{ahead}{form}{behind}" for form in _russian_forms(verb))


def _parted(phrase: str) -> tuple[str, str, str]:
    """A Russian verb with "не" before it or "", and what follows it."""
    parts = _RUSSIAN_PHRASE.fullmatch(phrase)
    return (parts[1] or "", parts[2], parts[3]) if parts else ("", phrase, "")


def _russian_forms(verb: str) -> Iterator[str]:
    yield verb
    if past := _RUSSIAN_PAST.search(verb):
        stem = verb[: past.start()]
        endings = ("лась", "лись", "лось") if past["self"] else ("ла", "ли", "ло")
        yield from (stem + ending for ending in endings)
    elif present := _RUSSIAN_PRESENT.search(verb):
        stem = verb[: present.start()]
        soft, hard = ("ю", "у") if present["vowel"] == "е" else ("я", "а")
        vowel = hard if stem.endswith(_HISSING) else soft
        yield f"{stem}{vowel}т{present['self'] or ''}"


def _russian_gerund(phrase: str) -> Iterator[str]:
    ahead, verb, behind = _parted(phrase)
    yield from (f"{ahead}{form}{behind}" for form in _russian_gerunds(verb))


def _russian_gerunds(verb: str) -> Iterator[str]:
    if past := _RUSSIAN_PAST.search(verb):
        yield verb[: past.start()] + ("вшись" if past["self"] else "в")
    elif present := _RUSSIAN_PRESENT.search(verb):
        stem = verb[: present.start()]
        vowel = "а" if stem.endswith(_HISSING) else "я"
        yield stem + vowel + ("сь" if present["self"] else "")


_FINITE = {"en": _english, "fr": _french, "ru": _russian}
_GERUNDS = {"en": _english_gerund, "fr": _french_gerund, "ru": _russian_gerund}
