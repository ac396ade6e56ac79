"""The nominative of a Russian name that stands in another case, where the same text prints it.

Knows endings, not persons: «по словам Лаврова» is Лавров only if the text says «Лавров», too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

# Ending in another case -> endings of the nominative; surnames first, then given names.
_ENDINGS = (
    (r"(?<=[оеё]в)(?:а|у|ым|е)$", ("",)),
    (r"(?<=[иы]н)(?:а|у|ым|е)$", ("",)),
    (r"(?<=[оеё]в)(?:ой|у)$", ("а",)),
    (r"(?<=[иы]н)(?:ой|у)$", ("а",)),
    (r"(?<=[сц]к)(?:ого|ому|им|ом)$", ("ий",)),
    (r"(?<=[сц]к)(?:ой|ую)$", ("ая",)),
    (r"(?:ого|ому|ым|ом)$", ("ый", "ой")),
    (r"(?:а|у|ом|е)$", ("",)),
    (r"(?:я|ю|ем|е)$", ("й", "ь")),
    (r"(?:ы|у|ой|е)$", ("а",)),
    (r"(?:и|ю|ей|е)$", ("я",)),
    (r"(?<=[гкхжчшщ])и$", ("а",)),
)
_RULES = tuple((re.compile(ending), nominatives) for ending, nominatives in _ENDINGS)
_STEM = 2  # letters that a stem has at least
_MOST = 200  # combinations that are looked for; longer names are left as printed


def nominative(name: str, text: str) -> str:
    """``name`` in the nominative as ``text`` prints it; as it is where that is not sure."""
    forms = [sorted(set(nominatives(word))) for word in name.split()]
    size = 1
    for some in forms:
        size *= len(some)
    if size > _MOST:
        return name
    found = {
        candidate
        for candidate in map(" ".join, product(*forms))
        if candidate != name and re.search(rf"(?<!\w){re.escape(candidate)}(?!\w)", text)
    }
    return found.pop() if len(found) == 1 else name


def nominatives(word: str) -> Iterator[str]:
    """What the nominative of ``word`` may be; the word itself if its cases look alike."""
    changed = False
    for ending, nominatives in _RULES:
        stem = ending.sub("", word)
        if _STEM <= len(stem) < len(word):
            changed = True
            yield from (stem + nominative for nominative in nominatives)
    if not changed or word[-1] in "оиу":
        yield word
