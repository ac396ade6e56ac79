"""Finds days, months, seasons and years as calendars write them; knows no "yesterday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from bot.answering.days.moments import YEAR, Moment, every_year, months, once, one_day
from bot.answering.days.wording import (
    IN_MONTH,
    IN_YEAR,
    LEAD,
    ONWARDS,
    OPENER,
    ORDINAL,
    PART,
    SAID,
    TO,
    month_names,
    month_shortenings,
    weekday_names,
)
from vectorstore.domain import Days, Span

# Months whose names are other words too, or people's: without a figure they need more grammar,
# some of them only with a capital letter.
_WORDS_TOO = {"may", "march", "mars", "april", "june", "august"}
_NAMES_TOO = {"mai", "марта", "мая", "август", "августа", "июля", "июня"}
_VERBS_TOO = {"may", "march"}
_FROM = re.compile(r"(?<!\w)(?:from|between|de|entre|с|между)\s+$")
_JOIN = re.compile(TO)
_NOUN_OF = re.compile(r"(\w+)\s+(?:of|de|d')\s*$")
_SAID = re.compile(SAID)
_NEXT_WORD = re.compile(r"\s+[^\W\d_]")
_POSSESSIVE = re.compile(r"'s(?!\w)")
# Four figures before one of these count something.
_COUNTED = re.compile(
    r"\s+(?:people|persons|troops|soldiers|men|women|homes|houses|euros|dollars|metres|meters|km"
    r"|kilomet|tons|tonnes|hours|personnes|soldats|morts|maisons|hommes|femmes|habitants|человек"
    r"|люд|солдат|военных|домов|рублей|долларов|евро|метров|км|тонн|тысяч|жител)|\s*%"
)
# Seasons as the weather service counts them; a winter belongs to two years.
_SEASONS = {
    "spring": (3, r"spring|printemps|весн(?:ой|ы|у)"),
    "summer": (6, r"summer|ete|лет(?:ом|а|о)"),
    "autumn": (9, r"autumn|fall|automne|осен(?:ью|и|ь)"),
    "winter": (12, r"winter|hiver|зим(?:ой|ы|у)"),
}
_IN_SEASON = re.compile(
    r"(?<!\w)(?:(?:in|since|during|over|before|after|until)(?:\s+the)?\s+|last\s+|this\s+|en\s+"
    r"|au\s+|a\s+l'|cet\s+|ce\s+|(?:depuis|avant|apres)\s+(?:l'|le\s+)"
    r"|(?:с|до|после|за|эт\w+|прошл\w+)\s+)$"
)
_BY_ITSELF = re.compile(r"весной|летом|осенью|зимой")


def calendar_moments(seen: str, text: str, today: date) -> Iterator[Moment]:
    """The moments that ``text``, folded as ``seen``, writes out, in no order."""
    for match in _figures().finditer(seen):
        if match["iso_year"] or match["year"] or _is_day_and_month(seen, match):
            yield _numeric(match)
    until = 0  # the end of the last moment: another that it runs to needs no grammar of its own
    for match in _written().finditer(seen):
        joined = until and _JOIN.fullmatch(seen, until, match.start())
        told = _month_grammar(seen, text, match) if match["month"] else _year_grammar(seen, match)
        if joined or told:
            until = match.end()
            yield _named(match, today)
    for match in _seasons().finditer(seen):
        before = _IN_SEASON.search(seen, max(0, match.start() - 20), match.start())
        if match["year"] or match["last"] or before or _BY_ITSELF.match(match[0]):
            yield _season(match)


def _numeric(match: re.Match[str]) -> Moment:
    span = Span(start=match.start(), end=match.end())
    if match["iso_year"]:
        return _dated(span, int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    month, day = int(match["month"]), int(match["day"])
    if month > 12 and match["mark"] == "/":  # 05/16/2024
        month, day = day, month
    if not match["year"]:
        return _yearly(span, month, day)
    year = int(match["year"])
    return _dated(span, year + (2000 if year < 100 else 0), month, day, match["first"])


def _named(match: re.Match[str], today: date) -> Moment:
    span = Span(start=match.start(), end=match.end())
    if not match["month"]:
        return once(span, months(int(match["only_year"]), 1, 12), dated=True)
    name = match["month"]
    month = month_names().get(name) or month_shortenings()[name]
    first = match["first"] or (match["us_day"] if match["us_last"] else None)
    day = 1 if match["premier"] else int(match["day"] or match["us_last"] or match["us_day"] or 0)
    year = int(match["year"] or 0) or _relative_year(match, today)
    return _dated(span, year, month, day, first) if year else _yearly(span, month, day, first)


def _relative_year(match: re.Match[str], today: date) -> int:
    names = {"this_year": 0, "last_year": 1, "before_last": 2}
    return next((today.year - back for name, back in names.items() if match[name]), 0)


def _dated(span: Span, year: int, month: int, day: int, first: str | None = None) -> Moment:
    days = _run(month, day, first, year)
    return Moment(span=span, last=lambda _: days, dated=True, bounded=bool(first))


def _yearly(span: Span, month: int, day: int, first: str | None = None) -> Moment:
    last = every_year(partial(_run, month, day, first))
    return Moment(span=span, last=last, cycle=YEAR, bounded=bool(first))


def _run(month: int, last: int, first: str | None, year: int) -> Days | None:
    """A day, the days from ``first`` to it if that is earlier, or, without a day, the month."""
    if not last:
        return months(year, month)
    start, end = one_day(year, month, min(int(first or last), last)), one_day(year, month, last)
    return Days(first=start.first, last=end.last) if start and end else end


def _season(match: re.Match[str]) -> Moment:
    span = Span(start=match.start(), end=match.end())
    month = next(month for name, (month, _) in _SEASONS.items() if match[name])
    if not match["year"]:
        return Moment(span=span, last=every_year(lambda y: months(y, month, 3)), cycle=YEAR)
    year = int(match["year"])
    days = months(year, 1, 12) if match["winter"] else months(year, month, 3)
    return once(span, days, dated=True)


def _is_day_and_month(seen: str, match: re.Match[str]) -> bool:
    """Whether two figures are a day: "le 14/05", not "9/11" or "24/7"."""
    before = max(0, match.start() - 20)
    led = LEAD.search(seen, before, match.start()) or OPENER.search(seen, before, match.start())
    both = len(match["day"]) == len(match["month"]) == 2
    return both and match["mark"] == "/" and bool(led and led[0])


def _year_grammar(seen: str, match: re.Match[str]) -> bool:
    """Whether the words around four figures make a year of them."""
    before = max(0, match.start() - 40)
    led = (
        match["year_word"]
        or IN_YEAR.search(seen, before, match.start())
        or PART.search(seen, before, match.start())
        or _begins_run(seen, before, match)
    )
    return bool(led) and not _COUNTED.match(seen, match.end())


def _month_grammar(seen: str, text: str, match: re.Match[str]) -> bool:
    """Whether the words around a month's name make a month of it."""
    start, end, name = match.start(), match.end(), match["month"]
    before = max(0, start - 40)
    if match["day"] or match["us_day"] or match["premier"]:
        if name not in _VERBS_TOO or match["year"] or text[match.start("month")].isupper():
            return True
        led = LEAD.search(seen, before, start)
        told = (led and led[0]) or OPENER.search(seen, before, start) or match["ordinal"]
        return bool(told) or not _NEXT_WORD.match(seen, end)
    if name in month_shortenings():
        return bool(match["year"])
    other = name in _WORDS_TOO or (name in _NAMES_TOO and text[start].isupper())
    if other and _POSSESSIVE.match(seen, end):
        return False
    if IN_MONTH.search(seen, before, start) or PART.search(seen, before, start):
        return True
    if match["year"] and OPENER.search(seen, before, start):
        return True
    if seen[before:start].endswith("the ") and _NEXT_WORD.match(seen, end):
        return False  # "the September offensive" happened then: it may be spoken of at any time
    if match["year"]:
        return True
    if _begins_run(seen, before, match):
        return True
    noun = _NOUN_OF.search(seen, before, start)
    return not other and (not noun or bool(_SAID.fullmatch(noun[1])))


def _begins_run(seen: str, before: int, match: re.Match[str]) -> bool:
    """Whether the words are the "from March" of "from March to May" or "from March on"."""
    if not _FROM.search(seen, before, match.start()):
        return False
    to = _JOIN.match(seen, match.end())
    end = _written().match(seen, to.end()) if to else None
    return bool(end) or bool(ONWARDS.match(seen, match.end()))


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(
        rf"{_weekday()}(?<![\w/.-])(?:(?P<iso_year>\d{{4}})[-/](?P<iso_month>\d\d?)[-/]"
        rf"(?P<iso_day>\d\d?)|(?:(?P<first>\d\d?){TO})?(?P<day>\d\d?)(?P<mark>[/.])"
        r"(?P<month>\d\d?)(?:(?P=mark)(?P<year>\d{4}|\d\d))?)(?![\w/%-]|[.,]\d)"
    )


@cache
def _written() -> re.Pattern[str]:
    names = sorted({*month_names(), *month_shortenings()}, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w/.])(?:{_weekday()}(?:(?:(?P<first>\d\d?){ORDINAL}(?:,\s*\d\d?{ORDINAL})*{TO})?"
        rf"(?:(?P<day>\d\d?)(?P<ordinal>{ORDINAL})|(?P<premier>premier))\s+(?:of\s+|de\s+)?)?"
        rf"(?P<month>{'|'.join(names)})(?!\w)(?:\.(?=\s*[\d,]))?"
        rf"(?:\s+(?P<us_day>\d\d?){ORDINAL}(?![\w:])(?:{TO}(?P<us_last>\d\d?){ORDINAL}(?!\w))?)?"
        rf"{_YEAR}"
        r"|(?P<year_word>(?:the\s+)?year\s+|l'annee\s+)?(?P<only_year>(?:19|20)\d\d)"
        r"(?!'s|-?(?:е|х|ые|ых)(?!\w))(?:-?(?:м|го|й))?(?![\w%])(?:\s+год(?:а|у|ом|ах|ы)?(?!\w)"
        r"|\s+гг?\.)?)"
    )


@cache
def _seasons() -> re.Pattern[str]:
    names = "|".join(f"(?P<{name}>{words})" for name, (_, words) in _SEASONS.items())
    return re.compile(
        rf"(?<!\w)(?:{names})(?!\w|\s+of\s+(?!\d))(?:(?:\s+of|\s+de)?\s+(?P<year>(?:19|20)\d\d)(?!\w)"
        r"(?:\s+года)?|(?=\s+(?P<last>dernier|passe)))?"
    )


def _weekday() -> str:
    """The name of the day that may stand before its date."""
    return rf"(?:(?<!\w)(?:{'|'.join(weekday_names())}),?\s+(?:the\s+|le\s+)?)?"


_YEAR = (
    r"(?:,?\s+(?:of\s+|de\s+)?(?P<year>(?:19|20)\d\d)(?!\w)(?:\s+г(?:ода|оду|\.))?"
    r"|\s+(?:(?:of\s+)?(?:(?P<last_year>last\s+year|de\s+l'an(?:nee)?\s+(?:derniere?|passee?)"
    r"|(?:прошлого|минувшего)\s+года)|(?P<this_year>this\s+year|de\s+cette\s+annee"
    r"|(?:этого|нынешнего|текущего)\s+года)|(?P<before_last>позапрошлого\s+года)))(?!\w))?"
)
