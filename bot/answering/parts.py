"""Parts a message into the questions it asks; knows words that open questions, nothing else."""

from __future__ import annotations

import re

# More would be an essay, not a question.
MOST_PARTS = 4
_OPENERS = (
    r"(?:(?:in|on|at|from|to|by|since|for) )?"
    r"(?:what|how|who|whom|whose|when|where|why|which)|did|does"
    r"|(?:à |de |en |par )?(?:qu[ei]|quoi|quand|où|comment|pourquoi|combien|quel(?:le)?s?)"
    r"|qu['’]\w+|est-ce"
    r"|(?:[вокс] )?(?:что|как|кто|кого|когда|где|куда|почему|зачем|сколько|как(?:ой|ая|ое|ие))"
)
_NEXT = re.compile(
    r"[?？!]+\s+(?=\S)"
    r"|(?:[,;]\s*|\s+)(?:and|et|и|а)\s+"
    rf"(?=(?:also |aussi |также )?(?:{_OPENERS})(?!\w))"
    rf"|;\s+(?=(?:{_OPENERS})(?!\w))",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def parted(text: str) -> list[str]:
    """The questions that ``text`` asks, at most `MOST_PARTS`; the whole text when it asks one.

    A part begins behind a question mark, or behind "and" where a question word follows.
    """
    found: list[str] = []
    start = 0
    for match in _NEXT.finditer(text):
        found.append(text[start : match.end()].strip(" ,;"))
        start = match.end()
    found.append(text[start:].strip())
    found = [_without_and(part) for part in found if len(_WORD.findall(part)) > 1]
    return found if 1 < len(found) <= MOST_PARTS else [text]


def _without_and(part: str) -> str:
    return re.sub(r"[\s,;]+(?:and|et|и|а)$", "", part, flags=re.IGNORECASE)
