"""Which dossier a question names; knows their names and no briefing.

A dossier limits what may answer only where the question says that it means one: what is asked
"on Karabakh" may be told in any.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot.domain import Question
from vectorstore.domain import LANGUAGES
from vectorstore.lexical import terms

_DOSSIER = re.compile(
    r"(?<!\w)(?:dossiers?|files?|fichiers?|досье|папк[аеиу])(?!\w)", re.IGNORECASE
)
# The share of a dossier's name that a question must hold; names are long, and people shorten them.
_ENOUGH = 0.3


def with_dossier(question: Question, names: Collection[str]) -> Question:
    """``question`` limited to the dossier that it names, if it says "dossier" and names one."""
    if not _DOSSIER.search(question.text):
        return question
    asked = {stem for language in LANGUAGES for stem in terms(question.text, language)}
    shares = {name: max(_share(name, asked, language) for language in LANGUAGES) for name in names}
    best = max(shares, key=lambda name: (shares[name], name), default="")
    if not best or shares[best] < _ENOUGH:
        return question
    return replace(question, dossier=best, topic=_without(question.topic, best))


def _share(name: str, asked: set[str], language: str) -> float:
    stemmed = terms(name, language)
    return sum(stem in asked for stem in stemmed) / len(stemmed) if stemmed else 0.0


def _without(topic: str, name: str) -> str:
    """The topic without the words of the dossier's name and the word for a dossier."""
    named = {stem for language in LANGUAGES for stem in terms(name, language)}
    return " ".join(
        word
        for word in topic.split()
        if not _DOSSIER.fullmatch(word)
        and not any(stem in named for language in LANGUAGES for stem in terms(word, language))
    )
