"""Finds what is said of time from today: "yesterday", "last week", "lundi", «три дня назад».

"Last week" is a week of the calendar, Monday to Sunday, as in CLDR's relative weeks and in
everybody's «на прошлой неделе»; "the past week" and "la dernière semaine" are the seven days that
end today. "Two weeks ago" is the week of the calendar in which that day was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial

from bot.answering.days.moments import (
    EARLIEST,
    WEEK,
    Moment,
    every_week,
    months,
    once,
    week_of,
)
from bot.answering.days.wording import (
    LEAD,
    NUMBER,
    OPENER,
    PART,
    UNIT,
    count,
    is_plural,
    unit_of,
    weekday_names,
)
from vectorstore.domain import Days, Span

# How many days ago, from the first day to the last.
_DAYS = {
    (0, 0): r"today|tonight|this\s+(?:morning|afternoon|evening)|aujourd'hui|cet\s+apres-midi"
    r"|ce\s+(?:matin|soir)|сегодня(?:шн\w+)?",
    (1, 1): r"yesterday|hier|вчера(?:шн\w+)?",
    (2, 2): r"(?:the\s+)?day\s+before\s+yesterday|avant-hier|позавчера(?:шн\w+)?",
    (1, 0): r"last\s+night|cette\s+nuit|la\s+nuit\s+derniere|(?:прошлой|этой)\s+ночью",
}
_HOUR = (
    r"(?:'s(?!\w))?(?:\s+(?:morning|afternoon|evening|night|matin|apres-midi|soir|утром|днем"
    r"|вечером|ночью|дня|день)(?!\w))?"
)
_NOT_OF = r"(?!\s+(?:of|d[eu]s?|before|ago|назад|тому)(?!\w)|\s+d')"
_LAST = r"last|previous|derniere?|passee?|precedente?|прошл\w+|минувш\w+|предыдущ\w+"
_THIS = r"this|current|ce|cet|cette|en\s+cours|courante?|ci|эт\w+|текущ\w+|нынешн\w+"
_BEFORE_LAST = r"before\s+last|позапрошл\w+"
_WEEKEND = r"week-?end|выходн(?:ые|ых|ым|ыми)"
_BY_CALENDAR = re.compile(
    rf"(?<![\w-])(?:(?P<before>позапрошл\w+|{_LAST}|{_THIS})\s+)?(?P<unit>{_WEEKEND}|week|semaine"
    rf"|недел[яюеи]|month|mois|месяц[еау]?|year|annee|an|год[ау]?)(?!\w|-la(?!\w))"
    rf"(?:'s(?!\w))?(?:[\s-]+(?P<after>{_BEFORE_LAST}|{_LAST}|{_THIS})(?!\w))?{_NOT_OF}"
)
# "The last three days", "ces 10 derniers jours", «за последнюю неделю»: they end today.
_UP_TO_NOW = re.compile(
    rf"(?<!\w)(?:(?P<ahead>{NUMBER})\s+)?(?:(?:in|over|within|during|for|throughout)\s+the\s+"
    r"(?P<rolling>last)|(?P<which>past|recent|last|previous|preceding|derni(?:er|ere)s?"
    rf"|последн\w+|прошедш\w+|минувш\w+))\s+(?:(?P<number>{NUMBER})\s+)?(?P<unit>{UNIT}){_NOT_OF}"
)
_CALENDAR_TOO = {"last", "previous", "preceding"}
_ONE_DAY = re.compile("jour|journee|день|дня")
_OVER = re.compile(r"(?<!\w)(?:за|cours\s+du)\s+$")
_SO_LONG = re.compile(
    rf"(?<!\w)(?:since|depuis)\s+(?:about\s+|environ\s+|plus\s+de\s+)?(?P<number>{NUMBER})"
    rf"\s+(?P<unit>{UNIT}){_NOT_OF}"
)
_AGO = re.compile(
    rf"(?<!\w)(?:(?P<number>{NUMBER})\s+(?P<unit>{UNIT})\s+(?:ago|(?:тому\s+)?назад)(?!\w)"
    rf"|(?:il\s+)?y\s+a\s+(?:environ\s+)?(?P<number_fr>{NUMBER})\s+(?P<unit_fr>{UNIT}){_NOT_OF}"
    rf"|(?P<unit_ru>{UNIT})\s+(?:тому\s+)?назад(?!\w))"
)
_DAY_WORD = re.compile(
    "|".join(
        rf"(?<![\w-])(?P<d{first}_{last}>{words})(?!\w|[»”\"]){_HOUR}"
        for (first, last), words in _DAYS.items()
    )
)
_NOWADAYS = re.compile(r"(?<!\w)(?:still|even|known\s+as|than\s+it\s+is|encore|meme|даже)\s+$")
# What makes a weekday a holiday, a habit or a newspaper.
_NO_WEEKDAY_BEFORE = re.compile(
    r"(?:every|each|chaque|tous\s+les|кажд\w+|good|black|bloody|cyber|easter"
    r"|palm|ash|super|holy)\s+$"
)
_NO_WEEKDAY_AFTER = re.compile(r"\s+(?:gras|saint|noir|de\s+paques|обитания)(?!\w)")
_ARTICLES = {"the", "le", "la", "les", "du", "au", "a", "des"}
_IN_CASE = re.compile(r"сред[ыо]|.*[ауы]$|.*ом$|.*ем$|.*ей$")


def relative_moments(seen: str, text: str, today: date) -> Iterator[Moment]:
    """The moments that ``text``, folded as ``seen``, counts from ``today``, in no order."""
    for match in _DAY_WORD.finditer(seen):
        if not _is_name(text, match) and not _NOWADAYS.search(seen, 0, match.start()):
            yield once(_span(match), _day_word(match, today))
    for match in _UP_TO_NOW.finditer(seen):
        yield from _found(match, _up_to_now(seen, match, today))
    for match in _SO_LONG.finditer(seen):
        yield from _found(match, _back(today, match["number"], match["unit"]))
    for match in _AGO.finditer(seen):
        yield from _found(match, _ago(match, today))
    for match in _BY_CALENDAR.finditer(seen):
        yield from _found(match, _by_calendar(seen, match, today))
    yield from _weekdays(seen, text)


def _found(match: re.Match[str], days: Days | None) -> Iterator[Moment]:
    if days:
        yield once(_span(match), days)


def _span(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the word belongs to a name: "Russia Today"."""
    before = text[: match.start()].split()
    return text[match.start()].isupper() and bool(before) and before[-1][0].isupper()


def _day_word(match: re.Match[str], today: date) -> Days:
    first, last = next(ago for ago in _DAYS if match[f"d{ago[0]}_{ago[1]}"])
    return Days(first=today - timedelta(days=first), last=today - timedelta(days=last))


def _up_to_now(seen: str, match: re.Match[str], today: date) -> Days | None:
    which, number = match["which"] or "", match["number"] or match["ahead"]
    plural = which.endswith("s") or is_plural(match["unit"])
    if not number and not plural and which in _CALENDAR_TOO:
        return None  # "last week"
    if not number and which.startswith("минувш"):
        return None
    is_final = which[:5] in ("derni", "после") and _ONE_DAY.fullmatch(match["unit"])
    if is_final and not number and not _OVER.search(seen, 0, match.start()):
        return None  # "le dernier jour"
    return _back(today, number, match["unit"], plural=plural)


def _back(today: date, number: str | None, word: str, *, plural: bool = False) -> Days | None:
    """The run of so many units that ends with ``today``."""
    unit = unit_of(word)
    many, _ = count(number, plural=plural, unit=unit)
    first = _day_ago(today, many, unit)
    return Days(first=first, last=today) if first else None


def _ago(match: re.Match[str], today: date) -> Days | None:
    word = match["unit"] or match["unit_fr"] or match["unit_ru"]
    unit = unit_of(word)
    many, is_open = count(match["number"] or match["number_fr"], plural=False, unit=unit)
    day = _day_ago(today, many, unit)
    if not day or is_open:
        return Days(first=day, last=today) if day else None
    return _unit_around(day, unit)


def _unit_around(day: date, unit: str) -> Days:
    """The week, month or year of the calendar that holds a day, or the day."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return months(day.year, day.month)
    return months(day.year, 1, 12) if unit == "year" else Days(first=day, last=day)


def _day_ago(today: date, many: int, unit: str) -> date | None:
    """The day so many units before ``today``; None when no briefing is as old."""
    if unit in ("month", "year"):
        back = many * (12 if unit == "year" else 1)
        if today.year - EARLIEST.year <= back // 12:
            return None
        month = months(today.year, today.month - back)
        return month.first.replace(day=min(today.day, month.last.day))
    days = {"hour": -(-many // 24), "day": many, "week": 7 * many}[unit]
    return today - timedelta(days=days) if (today - EARLIEST).days > days else None


def _by_calendar(seen: str, match: re.Match[str], today: date) -> Days | None:
    which = [match[group] for group in ("before", "after") if match[group]]
    back = max((_units_back(word) for word in which), default=-1)
    if back < 0:
        if not PART.search(seen, max(0, match.start() - 40), match.start()):
            return None
        back = 0  # "since the beginning of the year"
    if re.fullmatch(_WEEKEND, match["unit"]):
        until = week_of(today).first + timedelta(days=4) if back else today
        return every_week(5, 2)(until - timedelta(days=7 * max(0, back - 1)))
    unit = unit_of(match["unit"].replace("неделе", "неделя"))
    if unit == "week":
        return week_of(today, back)
    return (
        months(today.year - back, 1, 12)
        if unit == "year"
        else months(today.year, today.month - back)
    )


def _units_back(word: str) -> int:
    return 2 if re.fullmatch(_BEFORE_LAST, word) else 1 if re.fullmatch(_LAST, word) else 0


def _weekdays(seen: str, text: str) -> Iterator[Moment]:
    for match in _weekday().finditer(seen):
        if not _names_weekday(seen, text, match):
            continue
        every = every_week(weekday_names()[match["name"]])
        is_last = any(match[group] and _units_back(match[group]) for group in ("before", "after"))
        last = partial(_strictly_before, every) if is_last else every
        yield Moment(span=_span(match), last=last, cycle=WEEK)


def _strictly_before(last: Callable[[date], Days | None], day: date) -> Days | None:
    return last(day - timedelta(days=1))


def _names_weekday(seen: str, text: str, match: re.Match[str]) -> bool:
    before, after = seen[: match.start()], text[match.end() :]
    if _NO_WEEKDAY_BEFORE.search(before) or _NO_WEEKDAY_AFTER.match(seen, match.end()):
        return False
    if match["before"] or match["after"]:
        return True
    led = OPENER.search(before[-40:]) or LEAD.search(before[-40:])
    if led and led[0] and led[0].strip() not in _ARTICLES:
        return True
    if re.match(r"[а-я]", match["name"]) and match["name"] != "среду" and _is_oblique(match):
        return False
    previous = text[: match.start()].split()[1:]  # the first word is a capital anyway
    inside_name = previous and previous[-1][0].isupper() and text[match.start()].isupper()
    return not inside_name and not re.match(r"\s+[A-ZÀ-Þ]", after)


def _is_oblique(match: re.Match[str]) -> bool:
    return bool(_IN_CASE.fullmatch(match["name"]))


@cache
def _weekday() -> re.Pattern[str]:
    which = rf"{_LAST}|{_THIS}"
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{which})\s+)?(?P<name>{'|'.join(weekday_names())})(?!\w)"
        rf"(?:\s+(?P<after>derniere?|passee?))?{_HOUR}"
    )
