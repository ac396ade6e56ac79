"""How the bot speaks English, French and Russian; knows no question, no answer and no chat.

The msgids are the English texts. Catalogs are compiled in memory from the ``.po`` files beside
this module; days, numbers and lists follow CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from vectorstore.domain import LANGUAGES, Days

LOCALES = Path(__file__).parent / "locales"
_CLDR = {"en": "en_GB"}  # "19 September 2023", the order of the newsroom's own pages
# Hebrew, Arabic and their neighbours, and the characters that turn what follows them.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_YEAR_AND_STOP = re.compile(r"(?<=\d[ \u00a0\u202f])г\.\.(?!\.)")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_MARKS = {"en": ("“", "”"), "fr": ("«\u00a0", "\u00a0»"), "ru": ("«", "»")}


def spoken(code: str | None) -> str:
    """The language we speak that comes nearest to ``code`` ("fr-CA" → "fr"), else English."""
    language = (code or "").replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else "en"


def isolated(text: str) -> str:
    """``text`` untouched; where it runs from right to left, marked so that only it does."""
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def own_name(code: str) -> str:
    """The name of a language as its speakers write it: "Français"."""
    return str(Locale.parse(code).language_name).capitalize()


def quoted(text: str, language: str) -> str:
    """``text`` untouched, between the quotation marks of ``language``."""
    opening, closing = _MARKS[spoken(language)]
    return f"{opening}{text}{closing}"


def spells_out(text: str, days: Days) -> bool:
    """Whether ``text`` names the first and the last of some days with their months in letters."""
    here = set(_WORD.findall(text.casefold()))
    ends = (days.first, days.last)
    told = all(str(day.day) in here and _months(day.month) & here for day in ends)
    return told and str(days.last.year) in here


@lru_cache
def _months(month: int) -> frozenset[str]:
    """What a month is called in our languages, in a date and alone, whole and shortened."""
    return frozenset(
        Locale.parse(code).months[context][width][month].casefold().strip(".")
        for code in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )


class Voice:
    """One language of the bot: its words, days, numbers and lists."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_CLDR.get(language, language))
        self._catalog = _catalog(language)

    def say(self, message: str, **fields: object) -> str:
        """``message`` in this language, with ``{fields}`` filled in."""
        return _ended(self._catalog.gettext(message).format(**fields))

    def say_many(self, one: str, many: str, count: int, **fields: object) -> str:
        """The plural form for ``count``, with ``{count}`` and ``{fields}`` filled in."""
        form = self._catalog.ngettext(one, many, count)
        return _ended(form.format(count=self.number(count), **fields))

    def number(self, value: int) -> str:
        """``value`` with this language's group separator."""
        return format_decimal(value, locale=self._locale)

    def day(self, day: date) -> str:
        """``day`` in full: "19 September 2023"."""
        return self._dated(day, self._locale.date_formats["long"].pattern)

    def days(self, days: Days) -> str:
        """A run of days, shortened as usual: "19–20 September 2023"."""
        first, last = days.first, days.last
        if first == last:
            return self.day(first)
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        # CLDR lists intervals with abbreviated months only; the full month keeps their shape.
        opening, closing = self._locale.interval_formats["yMMMd"][differs]
        return self._dated(first, opening.replace("MMM", "MMMM")) + self._dated(
            last, closing.replace("MMM", "MMMM")
        )

    def moment(self, moment: datetime) -> str:
        """``moment`` by day and time, in the zone that it is in: "19 September 2023, 14:05 UTC"."""
        clock = format_time(moment, "HH:mm", locale=self._locale)
        zone = str(moment.tzinfo)
        return f"{self.day(moment)}, {clock} {zone if zone == 'UTC' else f'({zone})'}"

    def ago(self, moment: datetime) -> str:
        """How long before now ``moment`` was: "5 minutes ago"."""
        passed = datetime.now(UTC) - moment
        return format_timedelta(-passed, add_direction=True, threshold=1, locale=self._locale)

    def short_day(self, day: date) -> str:
        """``day`` as it stands on an axis: "19 Sept"."""
        return format_date(day, "d MMM", locale=self._locale)

    def month(self, day: date) -> str:
        """The month of ``day`` as it stands on an axis: "Sept 2023"."""
        return format_date(day, "LLL yyyy", locale=self._locale)

    def listing(self, items: Sequence[str]) -> str:
        """The items as one enumeration: "A, B and C"."""
        return format_list(items, style="standard", locale=self._locale)

    def language_name(self, code: str) -> str:
        """The name of a language in this one; ``code`` itself when CLDR has none."""
        return str(self._locale.languages.get(code, code))

    def _dated(self, day: date, pattern: str) -> str:
        if self.language == "fr" and day.day == 1:
            pattern = pattern.replace("d", "d'er'", 1)  # CLDR has no ordinal for the first
        return format_date(day, pattern, locale=self._locale)


@lru_cache
def voice(code: str | None) -> Voice:
    """The voice for a language code, whole ("fr-CA") or unknown (None)."""
    return Voice(spoken(code))


def _catalog(language: str) -> Translations:
    compiled = BytesIO()
    with (LOCALES / language / "LC_MESSAGES" / "bot.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _ended(sentence: str) -> str:
    """``sentence`` with one full stop behind a Russian year, which ends in one («2026 г.»)."""
    return _YEAR_AND_STOP.sub("г.", sentence)
