"""From what a reader writes after ``/digest`` to their wish, in three languages; keeps nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from bot.i18n import Voice
from bot.records.digests import Subscription
from vectorstore.domain import LANGUAGES


class Unclear(StrEnum):
    """What could not be understood."""

    WORDS = "words"
    TIME = "time"
    ZONE = "zone"
    DAYS = "days"
    QUIET = "quiet"


# "mon - fri", "mon, wed" and "7 pm" are one value each.
_APART = re.compile(r"\s*([-–,])\s*|(?<=\d)\s+(?=[ap]m\b)", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.hч]\s*(\d{2})?)?\s*(am|pm)?")


def changed(wish: Subscription, words: str) -> Subscription | Unclear:
    """``wish`` as ``words`` change it, or what of them is unclear.

    They are ``on``, ``off``, ``time 07:30``, ``tz Europe/Paris``, ``days mon-fri``,
    ``quiet off``, or several of these one after the other.
    """
    rest = _APART.sub(r"\1", words).split()
    while rest:
        name, value = rest[0].lower(), rest[1] if len(rest) > 1 else ""
        taken = 2
        if name in {"on", "off"}:
            wish, taken = replace(wish, on=name == "on"), 1
        elif name == "time":
            at = time_of(value)
            if at is None:
                return Unclear.TIME
            wish = replace(wish, at=f"{at:%H:%M}", on=True)
        elif name in {"tz", "zone", "timezone"}:
            zone = zone_of(value)
            if zone is None:
                return Unclear.ZONE
            wish = replace(wish, zone=zone, on=True)
        elif name == "days":
            days = _days(value)
            if not days:
                return Unclear.DAYS
            wish = replace(wish, days=days, on=True)
        elif name == "quiet":
            if value.lower() not in {"on", "off"}:
                return Unclear.QUIET
            wish = replace(wish, quiet=value.lower() == "on")
        else:
            return Unclear.WORDS
        rest = rest[taken:]
    return wish


def days_in_words(days: str, words: Voice) -> str:
    """The days of a wish as a reader of a language writes them: "Monday to Friday"."""
    names = _names(words.language, "wide")
    if days == "1234567":
        return words.say("every day")
    first, last = int(days[0]), int(days[-1])
    if len(days) > 2 and last - first == len(days) - 1:
        return words.say("{first} to {last}", first=names[first - 1], last=names[last - 1])
    return words.say("every {days}", days=words.listing([names[int(day) - 1] for day in days]))


def zone_of(text: str) -> str | None:
    """The time zone that somebody names, None when there is none of this name."""
    return _zones().get(text.lower())


def time_of(text: str) -> time | None:
    """The time of day that somebody writes ("7.30", "19h", "7 pm"), None when it is none."""
    match = _TIME.fullmatch(text.lower())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (match[3] == "pm")
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _days(text: str) -> str:
    """The days as digits, "" when some part of ``text`` names none."""
    found: set[int] = set()
    for part in filter(None, text.lower().split(",")):
        first, _, last = part.replace("–", "-").partition("-")
        begin, end = _day(first), _day(last or first)
        if begin is None or end is None:
            return ""
        found.update((begin + ahead - 1) % 7 + 1 for ahead in range((end - begin) % 7 + 1))
    return "".join(map(str, sorted(found)))


def _day(text: str) -> int | None:
    if text in {str(day) for day in range(1, 8)}:
        return int(text)
    for language in LANGUAGES:
        for width in ("abbreviated", "wide"):
            names = [name.rstrip(".").lower() for name in _names(language, width)]
            if text.rstrip(".") in names:
                return names.index(text.rstrip(".")) + 1
    return None


def _names(language: str, width: str) -> list[str]:
    """The days' names from Monday on; CLDR, too, counts from it."""
    names = Locale.parse(language).days["format"][width]
    return [names[day] for day in range(7)]


@cache
def _zones() -> dict[str, str]:
    return {zone.lower(): zone for zone in available_timezones()}
