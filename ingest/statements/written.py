"""Papers that speak: "reads a statement by X", «говорится в сообщении X»; knows no speakers."""

from __future__ import annotations

import re

from ingest.statements.french import is_of_paper, text_behind
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

# "reads a statement by | the ministry", «говорится в сообщении | МИД»
_OF_PAPER = {
    "en": re.compile(r"D[JAw]*n(?:b|t|o|w?b|Z(?=D?[JCARN]))"),
    "fr": re.compile(r"(?:t?D?[JAw]*(?P<what>[nw])|m)o(?=[DRJC])"),
    "ru": re.compile(r"t[JDw]*[nm](?=[JARw]*[RC]|N)|m(?=[JA]*[RC]|N)"),
}
_PAPERS = ("в", "во", "на", "dans", "a", "the", "un", "une", "le", "la", "l'", "l’")
_WRITTEN = {
    "en": ("read", "reads", "says", "said", "states", "stated"),
    "fr": ("lire", "lit-on", "indique", "précise", "affirme", "annonce", "explique", "souligne",
           "ajoute", "poursuit", "conclut", "dénonce", "estime", "rappelle", "relève", "insiste"),
    "ru": ("говорится", "сказано", "отмечается", "подчеркивается", "подчёркивается",
           "указывается", "сообщается", "уточняется", "поясняется"),
}  # fmt: skip


def behind_paper(sentence: Sentence, start: int) -> int:
    """The position behind the paper that speaks, where a verb of such is before ``start``."""
    verb = sentence.tokens[start - 1].text.lower() if start else ""
    if not verb.endswith(_WRITTEN[sentence.language]):
        return start
    paper = _OF_PAPER[sentence.language].match(sentence.letters, start)
    if paper is None or sentence.tokens[start].text.lower().split()[0] not in _PAPERS:
        return start
    what = paper.start("what") if sentence.language == "fr" else -1
    if what >= 0 and not is_of_paper(sentence.tokens[what].text):
        return start  # "indique une analyse de l'ADN"
    return paper.end()


_OWN_PAPER = {"fr": re.compile(r"Dn(?=[.,;:]|$)"), "ru": re.compile(r"(?:t[JDw]*n|m)(?=[.,;:]|$)")}


def own_paper(sentence: Sentence, start: int) -> tuple[Speaker, int] | None:
    """«— говорится в заявлении», "précise le communiqué": of the body that spoke last."""
    form = _OWN_PAPER.get(sentence.language)
    paper = form and form.match(sentence.letters, start)
    if sentence.language == "fr" and paper is None:
        paper = text_behind(sentence, start)
    verb = sentence.tokens[start - 1].text.lower() if start else ""
    if paper is None or not verb.endswith(_WRITTEN[sentence.language]):
        return None
    if sentence.tokens[start].text.lower().split()[0] not in _PAPERS:
        return None
    span = sentence.span_of(start, paper.end())
    it = Speaker(name="", role="", actor=None, span=span, person=False, pronoun=True)
    return it, paper.end()


def is_written(verb: str) -> bool:
    """Whether a Russian verb tells what a paper says («говорится»)."""
    return verb.lower().endswith(_WRITTEN["ru"])
