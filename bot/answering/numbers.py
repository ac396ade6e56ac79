"""Whether words hold a figure, in digits or in words, in three languages; counts nothing."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from vectorstore.domain import LANGUAGES

# "one" is left out: in all three languages it is an article or a pronoun, too.
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds? "
    "thousands? millions? billions? dozens? half third quarter none nobody "
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt "
    "trente quarante cinquante soixante cents? mille milliers? milliards? dizaines? douzaine "
    "vingtaine trentaine quarantaine cinquantaine soixantaine centaines? moitié tiers quart "
    "aucune? "
    r"дв[ае] двух двум тр[её]х три четыре четыр[её]х пять пяти шесть шести семь семи восемь восьми "
    r"девять девяти десят\w* одиннадцат\w* двенадцат\w* \w+надцат\w* двадцат\w* тридцат\w* сорока? "
    r"пятьдесят шестьдесят семьдесят восемьдесят девяносто сто сот\w* двести триста четыреста "
    r"\w+сот тысяч\w* миллион\w* миллиард\w* десятк\w* дюжин\w* половин\w* трет[ьи] четверт\w+ "
    r"двое трое четверо пятеро шестеро семеро"
)
_FIGURE = re.compile(r"\d|(?<!\w)(?:" + "|".join(_WORDS.split()) + r")(?!\w)", re.IGNORECASE)


@cache
def _dates() -> re.Pattern[str]:
    """What is printed in figures and counts nothing: days, years and hours."""
    months = {
        name
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for name in Locale(language).months[context]["wide"].values()
    }
    month = rf"(?:{'|'.join(months)})(?!\w)"
    return re.compile(
        rf"\d{{1,2}}(?:er|st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+{month}(?:,?\s+\d{{4}})?"
        rf"|{month}\s+\d{{1,2}}(?!\d)(?:,?\s+\d{{4}})?"
        r"|(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)|\d{1,2}[:hч]\s?\d\d|\d{1,2}\s?[ap]\.?m\b",
        re.IGNORECASE,
    )


def has_figure(text: str) -> bool:
    """Whether ``text`` says how many or how much; dates and hours do not."""
    return bool(_FIGURE.search(_dates().sub(" ", text)))
