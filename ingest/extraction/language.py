"""Tells which of our languages a text is in."""

from __future__ import annotations

import re
from functools import cache

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

from ingest.extraction.draft import ExtractionError
from vectorstore.domain import LANGUAGES

# The beginning decides as well as the whole, in a hundredth of the time.
_ENOUGH = 1000
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def detect(text: str) -> str:
    """One of ``domain.LANGUAGES``; raise ExtractionError when nothing in ``text`` tells."""
    found = _detector().detect_language_of(text[:_ENOUGH])
    if found is None:
        raise ExtractionError(f"its language cannot be told; write lang: {', '.join(LANGUAGES)}")
    return found.iso_code_639_1.name.lower()


def fits(language: str, text: str) -> bool:
    """Whether ``text`` is in the script of ``language``; pages often declare a wrong one."""
    cyrillic = len(_CYRILLIC.findall(text))
    latin = len(_LATIN.findall(text))
    return cyrillic >= latin if language == "ru" else latin >= cyrillic


@cache
def _detector() -> LanguageDetector:
    codes = [IsoCode639_1.from_str(language) for language in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
