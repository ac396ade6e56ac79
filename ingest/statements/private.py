"""Bodies that an apposition calls nobody's official voice; knows no cues and no links."""

from __future__ import annotations

import re

from ingest.statements.sentence import Sentence
from vectorstore.actors import Actors
from vectorstore.domain import Span

_APPOSITION = re.compile(r",(?P<what>[DJCAwRmN]+)")
_ADJECTIVE = re.compile(r"\w+(?:[ая]я|[ыио]й|[оеы]е)$")


def called_private(sentence: Sentence, body: Span, actors: Actors) -> bool:
    """Whether what is told between commas right behind ``body`` is a private word.

    "the Georgian National Council, the main opposition alliance, said"; not "the ministry, long
    critical of the opposition", nor "the ministry, the opposition's target".
    """
    end = next((at for at, t in enumerate(sentence.tokens) if t.start >= body.end), 0)
    behind = _APPOSITION.match(sentence.letters, end) if end else None
    if behind is None:
        return False
    for at in range(*behind.span("what")):
        word = sentence.tokens[at].text
        if actors.is_private(word):
            return sentence.letters[at + 1 : at + 2] != "G"
        if sentence.language == "ru" and not _ADJECTIVE.fullmatch(word):
            return False
    return False
