"""The figures and dates of a text, as values that compare across spellings; knows no evidence.

5,5 and 5.5 are one figure, as are 5 500, 5,500 and 5.500; "1.8 million" and 1,800,000; eleven, onze
and 11. "One" counts after tens alone, for it is an article too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from vectorstore.domain import LANGUAGES, Span

_SPACES = " \u00a0\u202f"
_TOKEN = re.compile(
    rf"\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+"
)
_PERCENT = re.compile(r"\s*(?:%|per ?cent|pour cent|процент)", re.IGNORECASE)
_AND = re.compile(r" (?:and|et) |-et-")

_UNITS = {
    "en": "2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine 10 ten 11 eleven 12 twelve "
    "13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty "
    "30 thirty 40 forty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety",
    "fr": "2 deux 3 trois 4 quatre 5 cinq 6 six 7 sept 8 huit 9 neuf 10 dix 11 onze 12 douze "
    "13 treize 14 quatorze 15 quinze 16 seize 20 vingt vingts 30 trente 40 quarante 50 cinquante "
    "60 soixante 70 septante 80 huitante 90 nonante",
    "ru": "2 два две двух двум двумя двое двоих 3 три трех трем тремя трое троих 4 четыре четырех "
    "четырем четырьмя четверо 5 пять пяти пятью пятеро 6 шесть шести шестью 7 семь семи семью "
    "8 восемь восьми 9 девять девяти 10 десять десяти 11 одиннадцать одиннадцати "
    "12 двенадцать двенадцати 13 тринадцать тринадцати 14 четырнадцать четырнадцати "
    "15 пятнадцать пятнадцати 16 шестнадцать шестнадцати 17 семнадцать семнадцати "
    "18 восемнадцать восемнадцати 19 девятнадцать девятнадцати 20 двадцать двадцати "
    "30 тридцать тридцати 40 сорок сорока 50 пятьдесят пятидесяти 60 шестьдесят шестидесяти "
    "70 семьдесят семидесяти 80 восемьдесят восьмидесяти 90 девяносто девяноста "
    "200 двести двухсот 300 триста трехсот 400 четыреста четырехсот 500 пятьсот пятисот "
    "600 шестьсот шестисот 700 семьсот семисот 800 восемьсот восьмисот 900 девятьсот девятисот",
}
_VERBS = {"may", "march"}  # without their capital these are no months
_CASES = ("е", "ю", "у", "ем", "ом")  # in the place of the last letter of a Russian genitive
_ONE = frozenset(["one", "un", "une", "один", "одна", "одно", "одного", "одной", "одну", "одним"])
_SCALES = {
    "en": {
        r"dozens?": 12, r"hundreds?": 100, r"thousands?": 10**3, r"millions?|mln": 10**6,
        r"billions?|bn": 10**9, r"trillions?": 10**12,
    },
    "fr": {
        r"dizaines?": 10, r"douzaines?": 12, r"quinzaines?": 15, r"vingtaines?": 20,
        r"centaines?|cents?": 100, r"mille|milliers?": 10**3, r"millions?": 10**6,
        r"milliards?": 10**9, r"billions?": 10**12,
    },
    "ru": {
        r"десят(?:ок|к\w+)": 10, r"дюжин\w*": 12, r"сотн\w*|сотен|сто|ста": 100,
        r"тысяч\w*|тыс": 10**3, r"миллион\w*|млн": 10**6, r"миллиард\w*|млрд": 10**9,
        r"триллион\w*|трлн": 10**12,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it may be read: "2,340" is 2340 or 2.34; ``percent`` says that it is a share."""

    values: frozenset[float]
    percent: bool

    def same(self, other: Figure) -> bool:
        """Whether both can be the same number of the same thing."""
        return self.percent == other.percent and not self.values.isdisjoint(other.values)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed; ``year`` is None where none stands beside it."""

    day: int
    month: int
    year: int | None


def figures(text: str, language: str) -> list[Figure]:
    """The numbers of ``text``, in digits or words."""
    return [Figure(frozenset(values), percent) for values, percent in _phrases(text, language)]


def dates(text: str) -> list[tuple[Span, Day]]:
    """The days of ``text``, whatever its language; "14–15 May" are two, in one place."""
    found: dict[Span, list[Day]] = {}
    for pattern in _date_patterns():
        for match in pattern.finditer(text):
            span = Span(start=match.start(), end=match.end())
            if match["month"] in _VERBS or any(span.overlaps(other) for other in found):
                continue
            month, year = _months()[match["month"].lower()], match["year"]
            days = [match["first"], match["last"]] if match["first"] else [match["last"]]
            found[span] = [Day(int(day), month, int(year) if year else None) for day in days]
    return [(span, day) for span, days in found.items() for day in days]


def months(text: str) -> set[int]:
    """The months that ``text`` names; English ones only with their capital."""
    named = re.findall(r"[^\W\d_]+", text)
    return {
        _months()[word.lower()]
        for word in named
        if word.lower() in _months() and word not in _VERBS
    }


def as_day(day: date) -> Day:
    """A calendar day as it would be printed in full."""
    return Day(day.day, day.month, day.year)


def _phrases(text: str, language: str) -> Iterator[tuple[set[float], bool]]:
    """Runs of numerals and scales as their possible values."""
    run: _Run | None = None
    for match in _TOKEN.finditer(text):
        if match[0].lower() in {"and", "et"}:
            continue  # "vingt et un", "two hundred and ten"
        read = _read(match[0].lower().replace("ё", "е"), language)
        if run and (read is None or not run.takes(read, text[run.end : match.start()])):
            yield run.values(), bool(_PERCENT.match(text, run.end))
            run = None
        if read is not None and (run or not read.is_one):
            run = run or _Run()
            run.add(read, match.end())
    if run:
        yield run.values(), bool(_PERCENT.match(text, run.end))


@dataclass(frozen=True, slots=True)
class _Token:
    values: tuple[float, ...]
    digits: bool
    scale: bool

    @property
    def is_one(self) -> bool:
        """Whether this is "one", which alone may be an article."""
        return self.values == (1,) and not self.digits


class _Run:
    """Tokens that make one number: "two hundred", "84 million", "quatre-vingt-dix"."""

    def __init__(self) -> None:
        self.end = 0
        self._done = 0.0
        self._group: tuple[float, ...] = ()
        self._last: _Token | None = None

    def takes(self, token: _Token, between: str) -> bool:
        """Whether the token, after the characters ``between``, goes on with this number."""
        last = self._last
        if last is None:
            return True
        if not (between in set(_SPACES) | {"-"} or (_AND.fullmatch(between) and not last.digits)):
            return False
        if token.scale:
            return True
        if token.digits or last.digits:
            return False
        if token.is_one:
            return not last.scale and last.values[0] >= 20
        return last.scale or last.values[0] >= 10 or (last.values, token.values) == ((4,), (20,))

    def add(self, token: _Token, end: int) -> None:
        """Take the token, which ends at ``end``."""
        last, self._last, self.end = self._last, token, end
        value = token.values[0]
        if token.scale and value == 100:
            self._group = tuple(one * 100 for one in self._group or (1.0,))
        elif token.scale:
            self._group = tuple(one * value for one in self._group or (1.0,))
            if len(self._group) == 1:
                self._done, self._group = self._done + self._group[0], ()
        elif last and last.values == (4,) and value == 20:
            self._group = (self._group[0] - 4 + 80,)
        elif self._group:
            self._group = (self._group[0] + value,)
        else:
            self._group = token.values

    def values(self) -> set[float]:
        """What the number can be."""
        return {round(self._done + one, 6) for one in self._group or (0.0,)}


def _read(token: str, language: str) -> _Token | None:
    if token[0].isdigit():
        return _Token(_digits(token, language), digits=True, scale=False)
    if token in _ONE:
        return _Token((1.0,), digits=False, scale=False)
    if token in _numerals(language):
        return _Token((float(_numerals(language)[token]),), digits=False, scale=False)
    for pattern, value in _SCALES[language].items():
        if re.fullmatch(pattern, token):
            return _Token((float(value),), digits=False, scale=True)
    return None


def _digits(token: str, language: str) -> tuple[float, ...]:
    """The readings of digits with or without separators, which are those of the language first."""
    bare = re.sub(rf"[{_SPACES}'’]", "", token)
    parts = re.split(r"[.,]", bare)
    whole = float("".join(parts))
    if len(parts) == 1:
        return (whole,)
    grouping = "," if language == "en" else "."
    in_groups = all(len(part) == 3 for part in parts[1:])
    if in_groups and (len(parts) > 2 or grouping in bare):
        return (whole,)
    decimal = float("".join(parts[:-1]) + "." + parts[-1])
    return (decimal, whole) if in_groups and bare == token else (decimal,)


@cache
def _numerals(language: str) -> dict[str, int]:
    found, value = {}, 0
    for word in _UNITS[language].split():
        if word.isdigit():
            value = int(word)
        else:
            found[word] = value
    return found


@cache
def _months() -> dict[str, int]:
    named = {
        name.lower(): number
        for language in LANGUAGES
        for use in ("format", "stand-alone")
        for number, name in Locale(language).months[use]["wide"].items()
    }
    russian = Locale("ru").months["format"]["wide"].items()
    return named | {name[:-1] + case: number for number, name in russian for case in _CASES}


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{'|'.join(sorted(_months(), key=len, reverse=True))})(?!\w)"
    year = r"(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)"
    ordinal = r"(?:er|st|nd|rd|th|-?го|-?е)?"
    day = rf"(?P<last>\d{{1,2}}){ordinal}"
    run = rf"(?:(?<![\d.,:])(?P<first>\d{{1,2}}){ordinal}\s?(?:[-–—]|and|et|и|to|au|по)\s?)?"
    flags = re.IGNORECASE
    return (
        re.compile(rf"{run}(?<![\d.,:]){day} (?:of )?{month}{year}", flags),
        re.compile(rf"(?<!\w){month} {run}{day}(?!\d){year}", flags),
    )
