"""Documents that tell something, and the words that say whose they are; knows no speaker."""

from __future__ import annotations

import re

from ingest.statements.sentence import Sentence

_DOCUMENTS = {
    "en": (
        "statement", "letter", "report", "study", "survey", "poll", "press release",
        "news release", "communiqué", "memo", "document", "analysis", "assessment", "declaration",
        "data", "figures",
    ),
    "fr": (
        "communiqué", "communiqué de presse", "rapport", "étude", "enquête", "sondage", "lettre",
        "note", "déclaration", "document", "bilan", "message", "courrier",
    ),
}  # fmt: skip
_MAKERS = {"en": ("of", "by", "from"), "fr": ("de", "du", "d'", "d’", "des", "par")}
# "a joint statement from | the ministry", "un rapport final de | l'ONU"
_OF = re.compile(r"D?(?P<what>[JAwanR]{1,4})(?P<by>[obt])(?=D?[JCARN])")
# "the ministry | 's report", "the UN | report"
_WHOSE = re.compile(r"(?:D?R(?=C))?(?P<who>D?[JCARNop]*[CARN])(?:G[JAw]*)?(?P<what>[nRw])")
_BY = re.compile(r"D?(?P<what>[JAwanRe]{1,4})b$")


def owner_of_document(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Where those are named whose document tokens ``start`` to ``end`` tell of; None for others."""
    letters = sentence.letters[start:end]
    made = _OF.match(letters)
    if made and _tells(sentence, start + made.start("what"), start + made.end("what")):
        by = sentence.tokens[start + made.start("by")].text.lower()
        somewhere = by == "from" and letters[made.end() :] == "C"  # "a report from Norway"
        if somewhere or by not in _MAKERS[sentence.language]:
            return None
        return start + made.end(), _without_day(sentence, start + made.end(), end)
    whose = _WHOSE.fullmatch(letters) if sentence.language == "en" else None
    if whose and _tells(sentence, end - 1, end) and sentence.tokens[end - 1].text.islower():
        return start + whose.start("who"), start + whose.end("who")
    return None


def is_made_by(sentence: Sentence, at: int) -> bool:
    """Whether a document stands right before the "by" that ends at ``at``."""
    made = _BY.search(sentence.letters[:at])
    return made is not None and _tells(sentence, *made.span("what"))


def _tells(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a document is among the words of tokens ``start`` to ``end``."""
    documents = _DOCUMENTS.get(sentence.language, ())
    return any(token.text.lower() in documents for token in sentence.tokens[start:end])


def _without_day(sentence: Sentence, start: int, end: int) -> int:
    """Where a maker's name ends before when it was made ("the army | during the weekend")."""
    for at in range(start + 1, end):
        word = sentence.tokens[at].text.lower()
        made = word.endswith(_MADE) and sentence.letters[at + 1 : at + 2] in tuple("tm")
        if word in ("during", "on") or (sentence.language == "fr" and made):
            return at
    return end


_MADE = ("é", "ée", "és", "ées")  # "un sondage de l'institut | réalisé en mai"
