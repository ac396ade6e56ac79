"""English media that tell something themselves: "…, ABC reported", "According to the BBC, …".

Knows where they stand. Asked only of sentences in which nobody else speaks: what media pass on is
theirs whom they quote.
"""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

_SOURCE = re.compile(r"(?P<cue>S)D?(?P<who>M)(?=[,.]|$)")
_TELLS = re.compile(r"(?:^(?:[mk],?)*|,)D?(?P<who>M)[mH]*(?P<cue>V)(?!b)")
# Where others write, and the wire that a text of its own calls so.
_NONE = ("twitter", "facebook", "telegram", "wikinews")
# Of what it cites or asks, a medium says nothing.
_VERBS = re.compile(
    r"report|sa(?:id|ys)|wr(?:ote|ites)|not(?:ed|es)|claim|stat|estimat|reveal|confirm"
)
_SURNAME = re.compile(r"[A-Z][a-z]+")


def outlet(sentence: Sentence) -> Link | None:
    """The link of the medium that tells an English sentence, or None where none does."""
    if sentence.language != "en":
        return None
    match = _SOURCE.search(sentence.letters) or _TELLS.search(sentence.letters)
    if match is None:
        return None
    at, cue = match.start("who"), match.start("cue")
    name, verb = sentence.tokens[at].text, sentence.tokens[cue].text
    if sentence.letters[cue] == "V" and not _VERBS.match(verb):
        return None
    if name[0].islower() or name.lower() in _NONE or _is_surname(sentence, name):
        return None  # "the press" is nobody
    span = sentence.span_of(at, at + 1)
    medium = Speaker(name=name, role="", actor=None, span=span, person=False)
    start, end = min(at, cue), max(at, cue) + 1
    return Link(speaker=medium, cue_at=cue, cue_end=cue + 1, start=start, end=end)


def _is_surname(sentence: Sentence, name: str) -> bool:
    """Whether the text prints a name in front of a medium's ("Ada Forbes")."""
    before = rf"\b(?!The\b)[A-Z][a-z]+ {re.escape(name)}\b"
    return _SURNAME.fullmatch(name) is not None and re.search(before, sentence.body) is not None
