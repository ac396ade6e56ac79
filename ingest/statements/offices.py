"""Whether "and" joins two speakers or two offices of one; knows no cues."""

from __future__ import annotations

import re

from ingest.statements.lexicon import is_body
from ingest.statements.sentence import Sentence

# Without an article: "the president and prime minister Ada Lind" are two.
_TWO = re.compile(r"[JCANR]*(?P<one>R)k[JCA]*R[JCAR]*i?N[Np]*N")


# Two equal speakers ("Armenia and Azerbaijan", "Lavrov and Blinken"): whose words would they be?
_PAIR = re.compile(r"(?:^|[NCR])k(?:D?J*[NCR])|JkJ")


def is_pair(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether ``letters``, from token ``start`` on, name two speakers."""
    return _PAIR.search(letters) is not None and not _has_two_offices(sentence, start, letters)


def _has_two_offices(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether English words are two offices and the name of their holder.

    The first is one person's: neither a body nor several ("police and mayor Ada Lind").
    """
    both = _TWO.fullmatch(letters) if sentence.language == "en" else None
    if both is None:
        return False
    office = sentence.tokens[start + both.start("one")].text
    return not office.endswith("s") and not is_body(office, "en")
