"""The nominative of a Russian name that stands in another case; knows endings, not persons.

«По словам Лаврова» is Лавров only if the text says «Лавров», too. Of a body the word for what it is
bends («в министерстве обороны»), with the adjectives before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from ingest.statements.lexicon import body_named

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


def nominative_body(name: str) -> str:
    """A body's ``name`` with the word that says what it is in the nominative; as it is without."""
    words = name.split()
    head = next((at for at, word in enumerate(words) if body_named(word)), len(words))
    if head == len(words) or not all(_ADJECTIVE.search(word) for word in words[:head]):
        return name
    body = body_named(words[head])
    kind = next((kind for kind, ending in _KINDS if ending.search(body)), "m")
    printed = body if words[head].islower() else _as_printed(words[head], body)
    return " ".join(
        (*(_adjective(word, kind) for word in words[:head]), printed, *words[head + 1 :])
    )


def candidates(name: str) -> Iterator[str]:
    """What the nominative of a printed name may be, the likeliest first."""
    forms = [list(dict.fromkeys(nominatives(word))) for word in name.split()]
    size = 1
    for some in forms:
        size *= len(some)
    yield from map(" ".join, product(*forms)) if size <= _MOST else ()


_KINDS = (("f", re.compile("[ая]$")), ("n", re.compile("[ое]$")), ("p", re.compile("[ыи]$")))
_ADJECTIVE = re.compile(r"(?P<soft>[оеыию])(?:го|му|й|ю|м|х|ми)$|(?:ую|ая|яя|ое|ее|ые|ие)$")
_HARD = {"m": "ый", "f": "ая", "n": "ое", "p": "ые"}
_SOFT = {"m": "ий", "f": "яя", "n": "ее", "p": "ие"}
_HISSING = ("к", "г", "х", "ж", "ш", "щ", "ч")  # «высшая», but «высший»


def _adjective(word: str, kind: str) -> str:
    stem = re.sub(r"(?:[оеыи](?:го|му|й|м|х|ми)|[ую]ю|[аяоеыи][яе])$", "", word)
    soft = word[len(stem) :][:1] in ("е", "ю", "я") and not stem.endswith(_HISSING)
    if stem.endswith(_HISSING) and kind in ("m", "p"):
        soft = True
    return stem + (_SOFT if soft else _HARD)[kind]


def _as_printed(word: str, body: str) -> str:
    """``body`` with the capitals of ``word`` («Госдепартамента», «МИД»)."""
    return body.upper() if word.isupper() else body[0].upper() + body[1:]
