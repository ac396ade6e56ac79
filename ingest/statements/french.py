"""What stands in French between a verb and the subject behind it, and where names begin there;
knows no speaker.
"""

from __future__ import annotations

import re

from ingest.statements.lexicon import gender_of, is_anonymous, is_body, lexicon, lookup
from ingest.statements.sentence import Sentence

# The nearest, not the subject: "Lind a reçu Ferrand. | Ce dernier | a dit …"
NEAREST = ("ce dernier", "cette dernière", "celui-ci", "celle-ci")
_MANNER = re.compile(
    r"(?:m?[tm]D?[wJen]{1,3}(?:oD?[wJ]{1,2})?|oD[wJe]{1,3}|,m*[we],|Z[CNM]+)(?=i?N|D[JA]*R)"
)
_MANNERS = ("avec", "sans", "dans", "lors", "après", "devant", "en", "d'", "d’", ",", "au micro de")
_TIMES = ("soir", "matin", "midi", "après-midi", "dernier")
# "a déclaré à l'AFP | Ada Lind", "à l'agence russe RIA Novosti | Ada Lind"
_HEARERS = re.compile(r"tD?(?:RJ?)?M+(?=[DJRN])")
# "a martelé mardi à Moscou | le ministre", "en Russie | Ada Lind"
_PLACE = re.compile(r"t(?:C|N)m*(?=D[JA]*R)|tC(?=i?N[Np]*N)")
_IN = ("à", "en", "au", "aux", "depuis")
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
        while sentence.letters[start : start + 1] == "m":
            start += 1  # "lundi soir à la télévision"
    manner = _MANNER.match(sentence.letters, start)
    told = manner and sentence.tokens[start].text.lower() in _MANNERS
    return manner.end() if manner and told else start


def behind_hearers(sentence: Sentence, start: int) -> int:
    """Where a subject begins behind those who were told ("a dit à la foule | le président")."""
    if hearers := _HEARERS.match(sentence.letters, start):
        return hearers.end()
    place = _PLACE.match(sentence.letters, start)
    if place and sentence.tokens[start].text.lower() in _IN:
        return place.end()
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


# "qualifié de « … » par | X", "jugé « … » par | X"
_CALLED = re.compile(r"[Ve](?:oD?|yD?)?$")
_CALLS = ("qualifi", "décri", "dépein", "présent", "jug", "dénonc", "considér", "surnomm")
_CALLER = re.compile(r"b(?P<who>D?[JCARNop]+)(?=[,.;:)mt]|$)")


def called_by(sentence: Sentence, at: int) -> re.Match[str] | None:
    """Who is named behind the quotation at ``at`` as calling something so, in the group "who"."""
    called = _CALLED.search(sentence.letters[:at]) if sentence.language == "fr" else None
    verb = sentence.tokens[called.start()].text if called else ""
    return _CALLER.match(sentence.letters, at + 1) if verb.startswith(_CALLS) else None


_TEXT = re.compile(r"Dw(?=[.,;:]|$)")


def text_behind(sentence: Sentence, start: int) -> re.Match[str] | None:
    """ "…, précise | le texte": what a body has published."""
    match = _TEXT.match(sentence.letters, start)
    last = sentence.tokens[start + 1].text.lower() if match else ""
    return match if last in ("texte", "document") else None


# "selon un rapport publié lundi par | l'ONU", "d'après les données de | l'Insee"
_PAPER = re.compile(r"D?[wAJa]*?(?P<what>[wnR])(?:[wJAa]*o(?=D|C|NN|[JA]*R)|[wJAaem]*b)")
_PAPERS = (
    "rapport", "étude", "enquête", "sondage", "baromètre", "classement", "recensement", "bilan",
    "décompte", "chiffres", "données", "statistiques", "calculs", "estimation", "estimations",
    "prévisions", "projections", "évaluation", "document", "documents", "texte",
    "témoignage", "récit", "version",
)  # fmt: skip


def behind_source(sentence: Sentence, start: int) -> int:
    """Where the body begins whose paper is the source at ``start``; ``start`` where none is."""
    paper = _PAPER.match(sentence.letters, start)
    while paper and sentence.tokens[paper.start("what")].text not in _PAPERS:
        paper = _PAPER.match(sentence.letters, paper.start("what") + 1)
    return paper.end() if paper and paper.start("what") - start <= _ADJECTIVES else start


def is_of_paper(word: str) -> bool:
    """Whether a noun is of papers that tell something ("un rapport de l'ONU")."""
    entry = lexicon("fr").at([lookup(word)], 0)
    return word.lower() in _PAPERS or (entry is not None and entry.letter == "n")


def is_paper(sentence: Sentence, cue: int) -> bool:
    """Whether a source at ``cue`` is a paper, whose short quotations are terms."""
    source = sentence.language == "fr" and sentence.letters[cue] == "S"
    return source and behind_source(sentence, cue + 1) > cue + 1


_ADJECTIVES = 3  # tokens at most before the noun


# "le maire de Norvic | Luc Morvan"
_OWNER = re.compile(r"D?[JA]*R[JAw]*oD?N(?=N+[Np]*$)")


def behind_owner(sentence: Sentence, start: int, end: int) -> int:
    """Where a full name begins behind a role that ends with a name; 0 where no given name tells."""
    role = _OWNER.match(sentence.letters[start:end])
    first = start + role.end() if role else end
    given = (at for at in range(first, end - 1) if gender_of(sentence.tokens[at].text, "fr"))
    return next(given, 0)


_THIS = {"ce": "m", "cet": "m", "cette": "f"}
_KIN = ("mère", "père", "fille", "fils", "veuve", "veuf", "femme", "homme", "retraitée")
_SHOWN = re.compile(r"D[JA]*(?P<head>[wR])[wJoDaNCRAt]*")
_SHOWN_BEFORE = 400  # characters


def shown(sentence: Sentence, start: int, end: int) -> str:
    """The gender of "cette mère de trois enfants", "ce diplomate", which mean who spoke last.

    It is "" for other words, or if the text has called somebody so without a name ("un diplomate").
    """
    gender = _THIS.get(sentence.tokens[start].text.lower(), "")
    match = _SHOWN.fullmatch(sentence.letters[start:end]) if gender else None
    if match is None:
        return ""
    word = sentence.tokens[start + match.start("head")].text
    person = match["head"] == "R" and not is_body(word, "fr") and not is_anonymous(word, "fr")
    before = sentence.body[max(0, sentence.tokens[start].start - _SHOWN_BEFORE) :][:_SHOWN_BEFORE]
    other = re.search(rf"\b(?:une?|des|les|d['’]une?)\s+{re.escape(word)}", before, re.IGNORECASE)
    return gender if (person or word in _KIN) and not other else ""
