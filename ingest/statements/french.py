"""What stands in French between a verb and the subject behind it; knows no speaker."""

from __future__ import annotations

import re

from ingest.statements.sentence import Sentence

_MANNER = re.compile(
    r"(?:m?[tm]D?[wJe]{1,3}(?:oD?[wJ]{1,2})?|oD[wJe]{1,3}|,m*[we],|Z[CNM]+)(?=i?N|D[JA]*R)"
)
_MANNERS = ("avec", "sans", "dans", "lors", "après", "devant", "en", "d'", "d’", ",", "au micro de")
_TIMES = ("soir", "matin", "midi", "après-midi", "dernier")
_HEARERS = re.compile(r"tD?M+(?=[DJRN])")  # "a déclaré à l'AFP | Ada Lind"
# "a dit à la foule | le président", "à des journalistes étrangers | Ada Lind"
_CROWD = re.compile(r"t[Do]?[JA]*[wnR][Jw]?(?=D[JA]*R|i?N[Np]*N)")
_CROWDS = (
    "foule", "presse", "public", "caméra", "salle", "assistance", "chaîne", "journal", "quotidien",
    "site", "magazine", "micro", "radio", "télévision", "agence", "hebdomadaire", "assemblée",
    "journalistes", "reporters", "médias",
)  # fmt: skip


def behind_manner(sentence: Sentence, start: int) -> int:
    """Where a subject begins behind how it was said ("confie avec émotion | Ada Lind")."""
    if sentence.letters[start : start + 1] == "w" and sentence.tokens[start].text in _TIMES:
        start += 1
    manner = _MANNER.match(sentence.letters, start)
    told = manner and sentence.tokens[start].text.lower() in _MANNERS
    return manner.end() if manner and told else start


def behind_hearers(sentence: Sentence, start: int) -> int:
    """Where a subject begins behind those who were told ("a dit à la foule | le président")."""
    if hearers := _HEARERS.match(sentence.letters, start):
        return hearers.end()
    crowd = _CROWD.match(sentence.letters, start)
    if crowd is None:
        return start
    heard = {token.text.lower() for token in sentence.tokens[crowd.start() : crowd.end()]}
    named = sentence.letters[crowd.end()] == "D"
    return crowd.end() if named or heard & set(_CROWDS) else start


_TAKES_OBJECT = re.compile(
    r"(?:accus|appel|exhort|condamn|critiqu|dénonc|salu|félicit|remerci|menac|qualifi|rejet|rejett"
    r"|interrog|invit|encourag|fustig|press|somm|pri|reproch|défend|appell)\w*"
)


def has_object(sentence: Sentence, cue_at: int, start: int) -> bool:
    """Whether what stands behind a verb is its object: "le rapport, paru lundi, accuse | le maire".

    Behind a quotation or its comma it is the subject.
    """
    verb = sentence.tokens[start - 1].text.lower()
    return "Q" not in sentence.letters[:cue_at] and bool(_TAKES_OBJECT.fullmatch(verb))


_TEXT = re.compile(r"Dw(?=[.,;:]|$)")


def text_behind(sentence: Sentence, start: int) -> re.Match[str] | None:
    """ "…, précise | le texte": what a body has published."""
    match = _TEXT.match(sentence.letters, start)
    last = sentence.tokens[start + 1].text.lower() if match else ""
    return match if last in ("texte", "document") else None
