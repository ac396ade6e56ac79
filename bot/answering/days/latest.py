"""Finds the words by which people ask for what is newest; counts no days."""

from __future__ import annotations

import re

from bot.answering.days.wording import SAID, UNIT, folded, month_names, weekday_names
from vectorstore.domain import Span

_TIME = (
    rf"{UNIT}|{'|'.join([*month_names(), *weekday_names()])}|week-?end|nuit|night|ночь\w*"
    r"|ete|hiver|automne|printemps"
)
_LATEST = re.compile(
    r"(?<![\w-])(?:(?:the\s+)?(?:very\s+)?(?:latest|most\s+recent|newest)|recently|recent|lately"
    rf"|what(?:'s|\s+is)\s+new(?=\s*(?:\?|$|on|about|from|in\s))|last(?=\s+(?:{SAID}|time)(?!\w))"
    r"|recemment|dernierement|(?:(?:le|la|les)\s+plus\s+)?recente?s?|quoi\s+de\s+neuf"
    r"|(?P<fr>derni(?:er|ere)s?)"
    r"|(?:за|в)\s+последнее\s+время|последн(?:ее|юю|яя|ий|ие|их|его|ей|ем|им|ими)"
    r"|недавн\w+|свеж(?:ее|ая|ий|ие|их|ую|ей|его)|новейш\w+|на\s+днях|что\s+нового)(?!\w)"
)
_BEFORE_LATTER = re.compile(r"(?<!\w)(?:ce|cet|cette|ces|en|au)\s+$")
_UNIT_AFTER = re.compile(rf"\s+(?:\w+\s+)?(?:{_TIME}|очередь)(?!\w)")
_SAID_AFTER = re.compile(rf"\s+{SAID}(?!\w)")
_UNIT_BEFORE = re.compile(rf"(?<!\w)(?:{_TIME}|an|lieu)\s+$")


def latest_words(text: str) -> tuple[Span, ...]:
    """Where ``text`` asks for what is newest, in order.

    "The last three days" and "lundi dernier" are days, and "ce dernier" is the latter.
    """
    seen = folded(text)
    return tuple(
        Span(start=match.start(), end=match.end())
        for match in _LATEST.finditer(seen)
        if not _UNIT_AFTER.match(seen, match.end())
        and not _UNIT_BEFORE.search(seen[: match.start()])
        and not (match["fr"] and _is_latter(seen, match))
    )


def _is_latter(seen: str, match: re.Match[str]) -> bool:
    """Whether "dernier" is "the latter", or last in a row ("en dernier lieu")."""
    if not _BEFORE_LATTER.search(seen[: match.start()]):
        return False
    return not _SAID_AFTER.match(seen, match.end())
