"""The words of time in three languages, to be sought in folded text; knows no calendar."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

from vectorstore.domain import LANGUAGES

# What "a few" days, weeks, months or years are taken for.
FEW = {"hour": 24, "day": 7, "week": 4, "month": 6, "year": 5}

_NUMBERS = (
    "a an one un une один одну одного одна",
    "two deux couple два две двух пару пара",
    "three trois три трех",
    "four quatre четыре четырех",
    "five cinq пять пяти",
    "six шесть шести",
    "seven sept семь семи",
    "eight huit восемь восьми",
    "nine neuf девять девяти",
    "ten dix десять десяти",
    "eleven onze одиннадцать",
    "twelve douze двенадцать",
    "thirteen treize тринадцать",
    "fourteen quatorze четырнадцать",
    "fifteen quinze пятнадцать",
)
_NUMBER = {word: n for n, words in enumerate(_NUMBERS, start=1) for word in words.split()} | {
    "twenty": 20, "vingt": 20, "двадцать": 20, "thirty": 30, "trente": 30, "тридцать": 30,
    "sixty": 60, "soixante": 60, "hundred": 100, "cent": 100, "сто": 100,
}  # fmt: skip
_FEW = r"few|several|some|quelques|plusieurs|несколько|нескольких"
_UNITS = {
    "hour": r"hours?|heures?|час(?:а|ов|ы)?",
    "day": r"days?|jours?|journees?|день|дн(?:я|ей|и|ю)|сутки|суток",
    "week": r"weeks?|semaines?|недел(?:я|ю|и|ь)",
    "month": r"months?|mois|месяц(?:а|ев|ы|е)?",
    "year": r"years?|ans?|annees?|год(?:а|у|ы)?|лет",
}
# "3", "a", "deux", «несколько»; and a word for a unit of time.
NUMBER = rf"(?:\d{{1,4}}|{'|'.join(sorted(_NUMBER, key=len, reverse=True))}|{_FEW})(?:\s+of)?(?!\w)"
UNIT = rf"(?:{'|'.join(_UNITS.values())})(?!\w)"
_PLURAL = re.compile(r"(?!mois).*s|дн[ие]й?|недел[иь]|месяц(?:ы|ев)|годы|лет")

# What is published on a day: "the statements of May", "les déclarations de mai".
SAID = (
    r"(?:statements?|words?|comments?|remarks?|speech(?:es)?|positions?|messages?|updates?|reports?"
    r"|briefings?|news|interviews?|declarations?|announcements?|reactions?|responses?|articles?"
    r"|events?|annonces?|prises?|propos|discours|nouvelles?|evenements?|communiques?|informations?)"
)
ORDINAL = r"(?:st|nd|rd|th|er|-?го|-?е)?"
# From one day to another: "14-16 May", "du 14 au 16 mai", «с 14 по 16 мая».
TO = (
    r"\s*(?:[-–—]|(?<!\w)(?:to|through|thru|up\s+to|and|until|till|a|au|et|jusqu'(?:a|au|en)"
    r"|по|до|и|and\s+until|вплоть\s+до)(?!\w))\s*(?:the\s+|le\s+|la\s+|l')?"
)

# How the words before a day open the run: what ends there or begins there.
OPENING = {
    "since": r"(?:ever\s+)?since|starting(?:\s+(?:from|on))?|as\s+of|depuis|a\s+partir\s+d[eu]"
    r"|начиная\s+со?|со?",
    "from": r"from",
    "after": r"after|following|(?<!d')apres|после",
    "before": r"before|prior\s+to|ahead\s+of|avant|до|перед",
    "until": r"until|till|up\s+to|through|by|jusqu'(?:a|aux?|en)|вплоть\s+до|по|к",
}
_ARTICLE = r"(?:(?:the|these|les?|la|l'|ces?|cet|cette|des)\s*)?"
OPENER = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in OPENING.items())
    + rf")\s+{_ARTICLE}$"
)
ONWARDS = re.compile(r"\s+(?:onwards?|forward|on(?=\s*(?:[,.?!]|$)))(?!\w)")
# What reads with a day and leaves nothing out when it is taken away with it.
LEAD = re.compile(
    r"(?<!\w)(?:(?:on|in|at|during|over|within|for|throughout|of|back\s+in|between|from|dated"
    r"|en|a|au|aux|du|de|d'|des|dans|pendant|durant|au\s+cours\s+d(?:e|es|u)|sur|entre|courant"
    r"|в|во|на|за|от|с|со|в\s+течение|между)(?:\s+|(?<=')))?"
    rf"{_ARTICLE}$"
)
# After one of these a month's name is a month, even if it is another word besides.
IN_MONTH = re.compile(
    r"(?<!\w)(?:in|since|during|last|this|until|till|before|after|early|late|mid|month\s+of"
    r"|(?:end|start|beginning|middle|half)\s+of"
    r"|en|depuis|avant|apres|fin|debut|mi|courant|des|jusqu'en|mois\s+d[e']|entre|between"
    r"|в|с|до|после|по|за|на|начал[оае]|кон(?:ец|ца|це|цу)|середин[аеуы])[\s-]+$"
)
# After one of these four figures are a year.
IN_YEAR = re.compile(
    r"(?<!\w)(?:(?:in|since|during|throughout|until|till|before|after|from|between|early|late|mid"
    r"|(?:end|start|beginning|middle|half|quarter|spring|summer|autumn|fall|winter)\s+of"
    r"|en|depuis|avant|apres|fin|debut|mi|courant|des|jusqu'en|entre|l'annee|annee"
    r"|(?:fin|debut|milieu|semestre|trimestre|moitie)\s+d[e']"
    r"|в|во|с|со|до|после|по|за|между|начал[оае]|кон(?:ец|ца|це|цу)|середин[аеуы])"
    r"(?:\s+the)?(?:\s+year)?[\s-]+|(?<!\w)d')$"
)

_OF = r"(?:\s+(?:of|in|d[eu]|du\s+mois|au\s+mois))?(?:\s+(?:the|le|la|mois|month)(?!\w))*"
_OF += r"(?:\s+(?:of|de)(?!\w))?(?:[\s-]+(?:l'|d')?|\s+d')$"
# Parts of a month or a year, as (which, of how many).
PARTS = {
    (0, 3): r"early|(?:the\s+)?(?:start|beginning)|(?:au\s+|le\s+)?debut|начал[оаеу]",
    (1, 3): r"mid|(?:the\s+)?middle|mi|(?:au\s+|le\s+)?milieu|середин[аеуы]",
    (2, 3): r"late|(?:the\s+)?end|(?:a\s+)?(?:la\s+)?fin|кон(?:ец|ца|це|цу)",
    (
        0,
        2,
    ): r"(?:the\s+)?first\s+half|(?:la\s+)?premiere\s+moitie|(?:le\s+)?(?:premier|1er)\s+semestre"
    r"|перв\w+\s+половин\w",
    (1, 2): r"(?:the\s+)?second\s+half|(?:la\s+)?(?:seconde|deuxieme)\s+moitie"
    r"|(?:le\s+)?(?:second|deuxieme|2e)\s+semestre|втор\w+\s+половин\w",
}
_QUARTERS = (
    "first|premier|1er|перв",
    "second|deuxieme|2e|втор",
    "third|troisieme|3e|треть",
    "fourth|last|quatrieme|4e|четверт",
)
PARTS |= {
    (index, 4): rf"q{index + 1}|(?:the\s+)?(?:{words})\w*\s+(?:quarter|trimestre|квартал\w?)"
    for index, words in enumerate(_QUARTERS)
}
PART = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<p{i}_{of}>{words})" for (i, of), words in PARTS.items())
    + f"){_OF}"
)


class _Folding(dict[int, str]):
    """How each letter is compared: lower case, without accents; its length stays 1."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        lower = letter.lower() if len(letter.lower()) == 1 else letter
        plain = unicodedata.normalize("NFD", lower)[0]
        latin = plain.isascii() and plain.isalpha()
        self[code] = plain if latin or lower == "ё" else lower
        return self[code]


_FOLDING = _Folding({ord(mark): "'" for mark in "’‘ʼ`´"})


def folded(text: str) -> str:
    """``text`` in the spelling of this module, letter for letter."""
    return text.translate(_FOLDING)


def count(number: str | None, *, plural: bool, unit: str) -> tuple[int, bool]:
    """How many of a unit a `NUMBER` says, and whether it leaves that open ("a few").

    Without a number the plural leaves it open, and the singular is one.
    """
    word = (number or "").removesuffix(" of").strip()
    if word.isdecimal():
        return int(word), False
    known = _NUMBER.get(word, 0 if word or plural else 1)
    return (known, False) if known else (FEW[unit], True)


def is_plural(word: str) -> bool:
    """Whether a word for a unit of time is in the plural ("mois" does not tell)."""
    return bool(_PLURAL.fullmatch(word))


def unit_of(word: str) -> str:
    """The unit that a word names."""
    return next(unit for unit, forms in _UNITS.items() if re.fullmatch(forms, word))


@cache
def month_names() -> dict[str, int]:
    """Months by name: CLDR's forms with and without a day, and the Russian «в сентябре»."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for number, name in Locale(language).months[context]["wide"].items():
                names[folded(name)] = number
                if language == "ru":
                    names[folded(name)[:-1] + "е"] = number
    return names


@cache
def month_shortenings() -> dict[str, int]:
    """Months by CLDR's abbreviations, without the point: months only beside a figure."""
    names = {"sep": 9, "сен": 9, "фев": 2, "ноя": 11}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for number, name in Locale(language).months[context]["abbreviated"].items():
                names[folded(name).rstrip(".")] = number
    return {name: number for name, number in names.items() if name not in month_names()}


@cache
def weekday_names() -> dict[str, int]:
    """Weekdays by name (0 is Monday), in the Russian cases that stand after a preposition.

    «Среда» is also the surroundings: only «среду» is Wednesday by itself.
    """
    names: dict[str, int] = {}
    for language in ("en", "fr"):
        for number, name in Locale(language).days["format"]["wide"].items():
            names[folded(name)] = number
    russian = (
        "понедельник понедельника понедельником",
        "вторник вторника вторником",
        "среду среды средой",
        "четверг четверга четвергом",
        "пятницу пятница пятницы пятницей",
        "субботу суббота субботы субботой",
        "воскресенье воскресенья воскресеньем",
    )
    return names | {word: n for n, words in enumerate(russian) for word in words.split()}
