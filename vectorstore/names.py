"""Whether two printed names can be one person's, across spellings and scripts; knows no persons.

Newsrooms write Hadjiyev, Hajiyev and Гаджиев, Pashinian and Pashinyan. Names are compared by a
skeleton in which such spellings fall together. It says "can be the same", never "is".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "s", "ш": "s", "щ": "s",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "є": "e", "ї": "i",
    "ґ": "g",
}  # fmt: skip
# Spellings that fall together, the longer first: French, English, Turkish and German habits.
_ALIKE = (
    ("shch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"),
    ("dzh", "j"), ("dj", "j"), ("dg", "j"), ("дж", "j"), ("zh", "j"),
    ("ou", "u"), ("oo", "u"), ("ck", "k"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("gj", "g"),
    ("tz", "ts"), ("w", "v"), ("q", "k"), ("x", "ks"), ("c", "k"), ("y", "i"), ("h", "g"),
)  # fmt: skip
_PARTICLES = {
    "von", "van", "der", "den", "ter", "de", "du", "des", "la", "le", "al", "el", "di", "da", "dos",
    "bin", "ibn", "фон", "ван", "дер", "аль", "эль", "де", "ди", "да", "дю", "ла", "ле",
}  # fmt: skip
# The Arabic article before some letters: "ash-Shara".
_ASSIMILATED = {"as", "ash", "ad", "ar", "at", "an", "ас", "аш", "ад", "ар", "ат", "ан"}
_RUSSIAN_CASE = re.compile(
    r"(?:ского|скому|ским|ском|ской|скую|ого|ому|ыми?|ой|ою|ом|ем|ую|[аяуюеыи])$"
)
_SOFT_C = re.compile(r"c(?=[eiy])|(?<=i)c$")  # Moscovici, Vucic
_SOFT = re.compile(r"(?<=ov|ev|in)a$")
_DOUBLE = re.compile(r"(?P<first>[^\W\d_]+)[-‐][^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+\.?")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s(?!\w)")  # "Moody's"
_HYPHEN = re.compile("[-‐]")
# Endings of Slavic surnames; "-ова", "-ову" and "-ину" are hers in one case and his in another.
_HIS = re.compile(r"(?:[oe]v|[oe]ff|sk[iy]y?|[оеё]в(?:ым|е)?|ин(?:ым|е)?|ск(?:ий|ого|ому|им|ом))$")
_HERS = re.compile(r"(?:[oe]va|ina|ska[yiï]a|[оеё]вой|иной|ск(?:ая|ую|ой))$")
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
# difflib ratios of two skeletons: "kaguzak" and "kaiuzak" have .71, "putin" and "paton" .6
_ALIKE_ALONE = 0.66
_ALIKE_WITH_GIVEN = 0.5
_TELLING_CONSONANTS = 3
_SHORTEST_STEM = 4
_SURE = 0.75  # difflib ratio from which two given names can be one ("Dmitry", "Dimitri": .92)


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """One name in lower-case Latin letters in which its usual spellings fall together."""
    return _skeleton(word, bent=True)


@lru_cache(maxsize=50_000)
def skeletons(word: str) -> tuple[str, ...]:
    """The skeleton, and a Russian name's with its last letters: «Пелоси» is in no case."""
    return tuple(dict.fromkeys((_skeleton(word, bent=True), _skeleton(word, bent=False))))


def _skeleton(word: str, *, bent: bool) -> str:
    text = word.lower().replace("дж", "j").replace("’", "").replace("'", "").replace("ский", "ski")
    if re.search("[а-яё]", text):
        text = _nominative(text) if bent else text
        text = "".join(_CYRILLIC.get(c, c) for c in text)
    text = (
        text.replace("ş", "s")
        .replace("ç", "s")
        .replace("ğ", "g")
        .replace("ə", "a")
        .replace("ı", "i")
    )
    text = "".join(c for c in unicodedata.normalize("NFD", text) if c.isascii() and c.isalpha())
    text = _SOFT_C.sub("s", text)
    for spelling, sound in _ALIKE:
        text = text.replace(spelling, sound)
    text = re.sub(r"(.)\1+", r"\1", text)
    text = re.sub(r"ii?(?=[aeou])", "i", text)
    text = re.sub(r"(?<=[nlkz])e$|(?<=sk)i+$", "", text)
    text = re.sub(r"(?<=..)u$", "", text)
    return _SOFT.sub("", re.sub(r"(?<=.)iev", "ev", text)) or text


def _nominative(word: str) -> str:
    """A Russian word without the ending of its case (and of its gender)."""
    if word.endswith("ски"):
        return word
    if word.endswith(("ского", "скому", "ским", "ском", "ской", "скую", "ская")):
        return re.sub(r"ск\w+$", "ски", word)
    bare = _RUSSIAN_CASE.sub("", word)
    return bare if len(bare) > 2 else word


@lru_cache(maxsize=50_000)
def parts(name: str) -> tuple[str, ...]:
    """The words of a printed name that tell: no particles, no titles; initials keep their dot.

    The last word is a name, whatever it is.
    """
    words = _WORD.findall(_POSSESSIVE.sub("", name))
    return (*filter(_is_name, words[:-1]), *words[-1:])


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """The skeleton of the surname, which is a name's last word; "" for no name."""
    words = parts(name)
    return skeleton(words[-1].strip(".")) if words else ""


def heard_alike(a: str, b: str) -> bool:
    """Whether two names of different scripts can be one, written by its sound: "Каюзак", "Cahuzac".

    The consonants of the surnames must agree, silent h apart, and most of their letters; given
    names too where both print them.
    """
    if bool(_RUSSIAN.search(a)) == bool(_RUSSIAN.search(b)):
        return False
    left, right = parts(a), parts(b)
    if _half(a, right) or _half(b, left):
        return False
    if not left or not right or _sound(left[-1]) != _sound(right[-1]):
        return False
    alike = SequenceMatcher(None, key(a), key(b)).ratio()
    first, second = _given(a), _given(b)
    if first and second:
        return _any_agree(first, second, _given_alike) and alike >= _ALIKE_WITH_GIVEN
    telling = len(_sound(left[-1])) >= _TELLING_CONSONANTS
    return (telling and alike >= _ALIKE_ALONE) or _but_for_its_ending(key(a), key(b))


def _given_alike(a: str, b: str) -> bool:
    """Whether two given names of different scripts can be one; «Жером» looks like a case."""
    short, long = sorted((skeleton(a), skeleton(b)), key=len)
    begins = len(short) >= _TELLING_CONSONANTS and long.startswith(short)
    return begins or _agree(a, b) or _sound(a) == _sound(b)


def _but_for_its_ending(a: str, b: str) -> bool:
    """Whether one is the other less the vowel that looks like a case ("Обама")."""
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST_STEM and long.startswith(short) and len(long) - len(short) <= 2


def sound(name: str) -> str:
    """What `heard_alike` surnames have in common: their consonants, in a few classes."""
    words = parts(name)
    return _sound(words[-1]) if words else ""


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    bare = re.sub(r"[aeioug]", "", skeleton(word.strip(".")).replace("ts", "s"))
    return re.sub(r"(.)\1+", r"\1", bare.replace("z", "s").replace("j", "s").replace("b", "v"))


@lru_cache(maxsize=50_000)
def same_person(a: str, b: str) -> bool:
    """Whether two printed names can be the same person's.

    Surnames must agree; given names too where both print them (an initial agrees with its name).
    Zakharov is not Zakharova, unless Russian print may only have bent his name.
    """
    left, right = parts(a), parts(b)
    if not left or not right or key(a) != key(b) or _half(a, right) or _half(b, left):
        return False
    if {_gender(left[-1]), _gender(right[-1])} == {"m", "f"}:
        return False
    first, second = _given(a), _given(b)
    return not first or not second or _any_agree(first, second, _agree)


def _is_name(word: str) -> bool:
    return word.lower().strip(".") not in _PARTICLES


@lru_cache(maxsize=50_000)
def _given(name: str) -> tuple[tuple[str, ...], ...]:
    """The given names before a surname, each as its halves: (("Jean", "Marie"),)."""
    *first, last = _POSSESSIVE.sub("", name).split() or [""]
    found: list[tuple[str, ...]] = []
    for word in (*first, "" if _HYPHEN.search(last) else last):
        halves = tuple(filter(_is_name, _WORD.findall(word)))
        found += [halves] if _HYPHEN.search(word) else [(half,) for half in halves]
    return tuple(filter(None, found if _HYPHEN.search(last) else found[:-1]))


def _any_agree(
    some: Iterable[tuple[str, ...]],
    others: Iterable[tuple[str, ...]],
    agree: Callable[[str, str], bool],
) -> bool:
    """Whether any two given names can be one: a double one is its first half, or written as one.

    Jean-Marie is neither Marie nor Jean-Luc.
    """
    return any(
        all(map(agree, x, y))
        if len(x) == len(y)
        else agree(x[0], y[0]) or agree("".join(x), "".join(y))
        for x, y in product(some, others)
    )


def _half(name: str, other: tuple[str, ...]) -> bool:
    """Whether ``other`` is only the second half of a double name ("Berners-Lee" is not "Lee").

    A particle is no half: "al-Sisi" is "Sisi".
    """
    double = _DOUBLE.search(name)
    first = double["first"].lower() if double else ""
    return first not in _PARTICLES | _ASSIMILATED | {""} and len(other) == 1


def _gender(surname: str) -> str:
    """ "m", "f" or "" as far as the ending of a Slavic surname tells in any of its cases."""
    if _HIS.search(surname):
        return "m"
    return "f" if _HERS.search(surname) else ""


def _agree(a: str, b: str) -> bool:
    x, y = skeleton(a.strip(".")), skeleton(b.strip("."))
    if not x or not y:
        return False
    if a.endswith(".") or b.endswith(".") or min(len(x), len(y)) == 1:
        return x[0] == y[0]
    return x == y or SequenceMatcher(None, x, y).ratio() >= _SURE
