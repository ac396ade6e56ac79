"""Media that tell something themselves: "…, ABC reported", "According to the BBC, …", in French
"selon Le Monde", "…, rapporte Le Figaro".

Knows where they stand. Asked only of sentences in which nobody else speaks: what media pass on is
theirs whom they quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.statements.lexicon import is_newsroom, reports
from ingest.statements.link import Link
from ingest.statements.outlets_russian import PLATFORMS, russian_outlet
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

_SOURCE = re.compile(r"(?P<cue>S)D?(?:RN?)?(?P<who>M)(?=[,.]|$)")
_TELLS = {
    "en": re.compile(r"(?:^(?:[mk],?)*|,)D?(?P<who>M)[mH]*(?P<cue>V)(?!b)"),
    "fr": re.compile(
        r"^(?:[mk],?)*D?(?P<who>M)[mH]*(?P<cue>[Ve])(?!b)|,(?P<turned>[HmV]*[Ve])m*D?(?P<telling>M)(?=[,.]|$)"
    ),
}
# Of what it cites or asks, a medium says nothing.
_VERBS = re.compile(
    r"report|sa(?:id|ys)|wr(?:ote|ites)|not(?:ed|es)|claim|stat|estimat|reveal|confirm"
    r"|rapport|indiqu|révèl|affirm|annonc|précis|écri|assur|expliqu|relat|relèv|avanc|croit savoir"
)
_SURNAME = re.compile(r"[A-Z][a-z]+")
_ARTICLE = re.compile(r"^l['’]")


def outlet(sentence: Sentence, found: Sequence[Link]) -> Link | None:
    """The link of the medium that tells a sentence, or None where none does.

    ``found`` are the sentence's links: where one tells, it must be a newspaper's.
    """
    if sentence.language == "ru":
        return None if found else russian_outlet(sentence)
    told = [x for x in found if reports(sentence.text(x.cue_at, x.cue_end), sentence.language)]
    if sentence.language not in _TELLS or len(told) > 1:
        return None
    if told:
        return _newsroom(sentence, told[0])
    match = _SOURCE.search(sentence.letters) or _TELLS[sentence.language].search(sentence.letters)
    if match is None:
        return None
    turned = match.groupdict().get("turned") is not None
    at, cue = (
        (match.start("telling"), match.end("turned") - 1)
        if turned
        else (match.start("who"), match.start("cue"))
    )
    name, verb = _ARTICLE.sub("", sentence.tokens[at].text), sentence.tokens[cue].text
    if sentence.letters[cue] in "Ve" and not _VERBS.match(verb):
        return None
    if name[0].islower() or name.lower() in PLATFORMS or _is_surname(sentence, name):
        return None  # "the press" is nobody
    span = sentence.span_of(at, at + 1)
    medium = Speaker(name=name, role="", actor=None, span=span, person=False)
    start, end = min(at, cue), max(at, cue) + 1
    return Link(speaker=medium, cue_at=cue, cue_end=cue + 1, start=start, end=end, inverted=turned)


def _newsroom(sentence: Sentence, link: Link) -> Link | None:
    """``link`` with the printed name of a newspaper ("la chaîne | BFM TV"), if it is one's."""
    words = link.speaker.name.split()
    while words and words[0][0].islower():
        words = words[1:]
    verb = sentence.text(link.cue_at, link.cue_end).split()[-1]
    tells = sentence.letters[link.cue_at] == "S" or _VERBS.match(verb)
    if len(words) < _NAME or not tells or link.negated:
        return None
    if words[-1][0].islower() or not is_newsroom(words[-1], sentence.language):
        return None
    speaker = replace(link.speaker, name=" ".join(words), role="", actor=None, person=False)
    return replace(link, speaker=speaker)


_NAME = 2  # words of a newspaper's name, at least


def _is_surname(sentence: Sentence, name: str) -> bool:
    """Whether the text prints a name in front of a medium's ("Ada Forbes")."""
    before = rf"\b(?!The\b)[A-Z][a-z]+ {re.escape(name)}\b"
    return _SURNAME.fullmatch(name) is not None and re.search(before, sentence.body) is not None
