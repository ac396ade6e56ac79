"""Cuts a sentence into words and marks with offsets; knows spelling, not meaning."""

from __future__ import annotations

import re

_WORD = r"[^\W_]+(?:(?:[-‐'’&]|\.(?=[a-z]{2,3}\b))STOP[^\W_]+)*"
_INVERTED = r"-(?:t-)?(?:ils?|elles?|on)\b"
_ANY = r"\d+:\d+|(?:[A-Z][a-z]?\.){2,}|(?:[A-ZА-ЯЁ]|Дж|Ст|Th|Ph|Ch)\.(?=\s?[A-ZА-ЯЁ])|\bM\."
_NO_GENITIVE = r"(?!s\b)"  # French and Russian print it in names alone: Moody's
_PATTERNS = {
    "en": re.compile(rf"{_ANY}|['’]s\b|{_WORD.replace('STOP', _NO_GENITIVE)}|\S"),
    "fr": re.compile(
        rf"{_ANY}|{_INVERTED}|\b(?:[ldjnmtcs]|(?:jus|lors|puis|tandis )?qu)['’]"
        rf"|{_WORD.replace('STOP', '(?!(?:t-)?(?:ils?|elles?|on)(?![a-z]))')}|\S",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        rf"{_ANY}|г-(?:жой|ж[аеиу]|ном|на|ну|не|н)(?!\w)|{_WORD.replace('STOP', '')}|\S"
    ),
}


def cut(text: str, language: str) -> list[tuple[int, int]]:
    """Offsets of the tokens of ``text``: words, elided articles, initials, single marks."""
    return [match.span() for match in _PATTERNS[language].finditer(text)]
