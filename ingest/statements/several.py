"""Several speakers with one verb ("Armenia, Iran and Turkey said"); knows where their names end."""

from __future__ import annotations

import re

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from vectorstore.actors import Actors

_ONE = r"D?(?:J*C|[JCA]*R[JCARoD]*(?:N[Np]*N)?|N[Np]*N)"
_LIST = re.compile(rf"(?:^|[,;:mK])(?P<all>(?:{_ONE},){{0,8}}{_ONE}k{_ONE})$")
_EACH = re.compile("[^,k]+")


def several(sentence: Sentence, end: int, actors: Actors) -> list[tuple[Speaker, int]]:
    """The speakers whose list ends at token ``end``, with the position where the list begins; empty
    unless all are plainly named.
    """
    match = _LIST.search(sentence.letters[:end])
    if match is None:
        return []
    spans = [each.span() for each in _EACH.finditer(sentence.letters, *match.span("all"))]
    found = [speaker_in(sentence, *span, actors) for span in spans]
    many = len(spans) > 2  # "X, the minister, and Y" are two: of three, all must be countries
    named = [
        (speaker, match.start("all"))
        for speaker in found
        if speaker and (speaker.actor or (speaker.person and not many))
    ]
    return named if len(named) == len(found) else []
