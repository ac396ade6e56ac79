"""Says in an editor's language why the ingestion failed; knows the sentences, not their causes.

Ingestion is another program and speaks English to whoever runs it; its sentences also stay in the
history. Each is found by its English form, as in any catalog of translations, with what stands in
the place of the ``{fields}``. One that is not known is shown as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel.messages.pofile import read_po

from bot.i18n import LOCALES, Voice

# Where it happened, which some name first: an address, or a file whose name may hold blanks.
_PLACE = re.compile(r"\S+|.*\.(?:txt|md|html?|jsonl)(?:#.*)?", re.IGNORECASE)
_FIELD = re.compile(r"\\?\{(\w+)\\?\}")
_ONE_WORD = {"host", "url", "root", "address", "status", "seconds", "size", "count", "gone"}
_Known = tuple[tuple[re.Pattern[str], str], ...]


def told(sentence: str, words: Voice) -> str:
    """``sentence`` of the ingestion in the language of ``words``; several may be in one."""
    if (said := _told(sentence, words.language)) is not None:
        return said
    place, colon, rest = sentence.partition(": ")
    if colon and _PLACE.fullmatch(place) and (said := _told(rest, words.language)) is not None:
        return f"{place}: {said}"
    parts = sentence.split("; ")
    return "; ".join(told(part, words) for part in parts) if len(parts) > 1 else sentence


def _told(sentence: str, language: str) -> str | None:
    """The sentence in a language, None when it is not known."""
    for pattern, translation in _known(language):
        if found := pattern.fullmatch(sentence):
            fields = {name: _within(text, language) for name, text in found.groupdict().items()}
            return translation.format(**fields)
    return None


def _within(text: str, language: str) -> str:
    """What stands in a sentence; it may be one itself."""
    return _told(text, language) or text


@lru_cache
def _known(language: str) -> _Known:
    """The sentences that are known, those that say most first, each with its translation."""
    path = LOCALES / language / "LC_MESSAGES" / "ingest.po"
    if not path.exists():  # they are in English already
        return ()
    with path.open("rb") as source:
        messages = [each for each in read_po(source, locale=language) if each.id]
    messages.sort(key=lambda each: len(_FIELD.sub("", str(each.id))), reverse=True)
    return tuple((_pattern(str(each.id)), str(each.string)) for each in messages)


def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(_FIELD.sub(_anything, re.escape(message)), re.DOTALL)


def _anything(field: re.Match[str]) -> str:
    what = r"\S+?" if field[1] in _ONE_WORD else ".*?"
    return f"(?P<{field[1]}>{what})"
