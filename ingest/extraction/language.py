"""Which of our languages a page is in, when it says so wrongly or not at all."""

from __future__ import annotations

import re

from ingest.extraction.draft import ExtractionError
from vectorstore.domain import LANGUAGES
from vectorstore.language import detect

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def tell(text: str) -> str:
    """One of ``domain.LANGUAGES``; raise ExtractionError when nothing in ``text`` tells."""
    found = detect(text)
    if found is None:
        raise ExtractionError(f"its language cannot be told; write lang: {', '.join(LANGUAGES)}")
    return found


def fits(language: str, text: str) -> bool:
    """Whether ``text`` is in the script of ``language``; pages often declare a wrong one."""
    cyrillic = len(_CYRILLIC.findall(text))
    latin = len(_LATIN.findall(text))
    return cyrillic >= latin if language == "ru" else latin >= cyrillic
