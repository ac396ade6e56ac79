"""Who of the sentence before speaks on in French: the body that "elle" means, "l'avocate".

Grammatical gender must agree, and nobody else be named whom the words could mean as well.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.french import NEAREST
from ingest.statements.lexicon import is_body, lexicon, lookup
from ingest.statements.link import Link
from ingest.statements.memory import Known, Memory
from ingest.statements.people import People
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.actors import Actors
from vectorstore.domain import Span

_ARTICLES = (
    ("m", re.compile(r"\b(?:le|un|ce|cet|du|au)\s+$", re.IGNORECASE)),
    ("f", re.compile(r"\b(?:la|une|cette)\s+$", re.IGNORECASE)),
)
_ARTICLE_AT = 8  # characters before a name that hold its article
# Behind "l'", the first word of the name tells.
_WORDS = (
    (
        "f",
        re.compile(
            r"(?:\w+(?:tion|sion|ité|ance|ence|erie|ise)|agence|assemblée|académie|alliance|armée"
            r"|ambassade|union|église|équipe|industrie|ong|onu|otan|ue|oms|oif|ocde|omc|aiea|osce"
            r"|opep|unesco)$",
            re.IGNORECASE,
        ),
    ),
    ("m", re.compile(r"(?:institut|état|exécutif|office|observatoire|hôpital|élysée)$", re.I)),
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_NAME = re.compile(r"(?<![lLdD]['’])\b[A-ZÀ-Ý][a-zà-ÿ]\w*(?:[ -](?:de )?[A-ZÀ-Ý][\w’']*)*")
_PLACED = re.compile(r"\b(?:le|la|les|du|des|au|aux|en|à|cette|ce)\s+$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_THE = re.compile(r"\b(?:le\s|la\s|l['’])$", re.IGNORECASE)
_GENDERS = {"le": "m", "la": "f"}
_NOUN_PHRASE = re.compile(
    r"\b(?i:les?|la|l['’]|une?|des?|du|d['’]|aux?|sa|son|ses|leurs?|ce|cet|cette|ces)\b|[A-ZÀ-Ý]"
)
_ONWARD = re.compile(r"\b(?:ajout|poursui|conclu|continu|complét|renchéri|repri|enchaîn)\w*$")
_PEOPLE = frozenset(
    ("homme", "femme", "garçon", "fille", "fils", "père", "mère", "frère", "sœur", "personne",
     "victime", "suspect", "suspecte", "patron", "patronne", "chef", "cheffe")
)  # fmt: skip


def gender_of_body(body: str, name: Span) -> str:
    """ "m" or "f" as the article before a French name tells, or its first word; "" if neither."""
    before = body[max(0, name.start - _ARTICLE_AT) : name.start]
    for gender, article in _ARTICLES:
        if article.search(before):
            return gender
    first = name.of(body).split()[0]
    return next((gender for gender, word in _WORDS if word.match(first)), "")


def body_meant(sentence: Sentence, link: Link, memory: Memory, actors: Actors) -> Known | None:
    """The body that spoke in the sentence before, if the link's pronoun means it.

    The pronoun stands in an incise ("« … », a-t-elle ajouté") or heads its sentence.
    """
    last, at = memory.last, link.speaker.span
    incise = at.of(sentence.body).startswith("-")
    if not incise and set(sentence.letters[: link.start]) - set("mk,K"):
        return None
    if last is None or last.speaker.person or not _spoke_before(memory):
        return None
    gender = gender_of_body(sentence.body, last.speaker.span)
    if gender == "" or gender != link.speaker.gender:
        return None
    ahead = sentence.body[memory.before : last.attribution.start]
    behind = sentence.body[last.attribution.end : at.start]
    named = (_names_somebody(part, memory.people, actors) for part in (ahead, behind))
    return None if any(named) else last


def going_on(sentence: Sentence, link: Link, memory: Memory) -> Speaker | None:
    """Who spoke in the sentence before, where « … », a ajouté l'avocate can mean nobody else.

    The text has told no role of theirs and has named nobody since.
    """
    last, name = memory.last, link.speaker.span
    the = _THE.search(sentence.body[max(0, name.start - _ARTICLE_AT) : name.start])
    onward = _ONWARD.search(sentence.text(link.cue_at, link.cue_end)) and link.inverted
    if last is None or the is None or not onward or sentence.letters[0] != "Q":
        return None
    if not last.speaker.person or last.speaker.role or is_body(name.of(sentence.body), "fr"):
        return None
    genders = {memory.gender(last), link.speaker.gender, _GENDERS.get(the[0].strip().lower(), "")}
    spoke = last.attribution != last.speaker.span  # else the sentence is only about them
    clear = spoke and _spoke_before(memory) and not memory.others
    return replace(last.speaker, span=name) if clear and not genders >= {"m", "f"} else None


def is_nearest(pronoun: Speaker, known: Known, body: str) -> bool:
    """Whether "ce dernier", "celle-ci" means somebody: no noun phrase stands between.

    Other pronouns mean whom a text is about, however near.
    """
    if pronoun.span.of(body).lower() not in NEAREST:
        return True
    between = _QUOTED.sub(" ", body[known.attribution.end : pronoun.span.start])
    return not _NOUN_PHRASE.search(between)


def _spoke_before(memory: Memory) -> bool:
    return memory.heard_in == memory.before and not memory.unclear


def _names_somebody(text: str, people: People, actors: Actors) -> bool:
    """Whether a text, but for what it quotes, names a person or an office that one holds."""
    text = _QUOTED.sub(" ", text)
    for name in _NAME.finditer(text):
        if (" " in name[0] or people.knows(name[0])) and not _PLACED.search(text[: name.start()]):
            return True
    words = (lookup(match[0]) for match in _WORD.finditer(text))
    return any(
        word in _PEOPLE or lexicon("fr").is_role(word) or actors.is_office(word)
        for word in words
        if not is_body(word, "fr")
    )
