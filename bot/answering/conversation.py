"""What a question leaves out because the one before it said so; knows no briefing.

"And Turkey?" asks of Turkey what was asked of Russia; "why?" and "et en septembre ?" keep who
speaks and on what; "what did she say about it?" keeps who speaks.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering.asking import is_asking
from bot.answering.question import topic_terms
from bot.domain import Kind, Question

# A longer question says all that it means.
_SHORT = 8
_WORD = re.compile(r"[\w’'-]+")
_GOES_ON = re.compile(
    r"\W*(?:and|but|what about|how about|also|so|then|or"
    r"|et|mais|ou|alors|aussi|qu['’]en est-il|quid"
    r"|а|и|но|или|тоже|также|еще|ещё)(?!\w)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:he|she|they|him|them|its|his|her|their|-?ils?|-?elles?|lui|leur|eux|son|sa|ses"
    r"|он|она|они|ему|ей|им|его|ее|её|их)(?!\w)",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    r"(?<!\w)(?:it|this|that|these|those|ça|cela|ce sujet|là-dessus|в этом|об этом|этому|это)"
    r"(?!\w)",
    re.IGNORECASE,
)


def continued(question: Question, before: Question | None, *, same: bool = False) -> Question:
    """``question`` with what it takes over from the one ``before`` it in the conversation.

    A question that names who is to speak and on what, or opens no gap, stays as it is. Of the
    ``same`` message, whatever a part leaves out was said in the part before it.
    """
    if before is None or not (same or _follows(question, before)):
        return question
    if _names_a_place(question, before):
        about, places = f"{question.text} {before.topic}", (*question.actors, *before.places)
        question = replace(question, actors=(), topic=about, places=places)
    topic = bool(topic_terms(question, question.language))
    whom = question.wants_words or question.kind is Kind.LIST
    complete = same and topic and not _SOMEBODY.search(question.text)
    kept = question
    if not whom and not complete:
        kept = replace(
            kept,
            actors=before.actors,
            people=before.people,
            strangers=before.strangers,
            role=before.role,
            anyone=before.anyone,
        )
    if not topic:  # the topic keeps its language, or its words would be found nowhere
        dossier = question.dossier or before.dossier
        kept = replace(
            kept,
            topic=before.topic,
            places=before.places,
            dossier=dossier,
            language=before.language,
        )
    kept = replace(
        kept,
        days=question.days or before.days,
        kind=_kind(question, before),
        act=question.act or before.act,
    )
    return replace(kept, search=_search(kept, question, before, topic))


def adds_nothing(question: Question) -> bool:
    """Whether a later part of a message only repeats the one before ("and what did they say?")."""
    named = question.wants_words or question.days or topic_terms(question, question.language)
    return not named and not question.causes and question.kind is Kind.STATEMENT


def _follows(question: Question, before: Question) -> bool:
    words = _WORD.findall(question.text)
    topic = bool(topic_terms(question, question.language))
    if question.kind is Kind.SUMMARY and (question.days or question.dossier or question.newest):
        return False
    if not topic and not question.wants_words:
        return True  # "why?", "in September?", "what did she say?"
    if _GOES_ON.match(question.text) and len(words) <= _SHORT:
        return not (topic and question.wants_words)
    asks_somebody = question.anyone or not question.wants_words
    if topic and asks_somebody and before.wants_words and _SOMEBODY.search(question.text):
        return True  # "what did she say about the corridor?"
    return not topic and bool(_SOMETHING.search(question.text))  # "what did Turkey say about it?"


def _kind(question: Question, before: Question) -> Kind:
    if question.kind is not Kind.STATEMENT or question.wants_words:
        return question.kind
    return before.kind


def _names_a_place(question: Question, before: Question) -> bool:
    """Whether an actor stands where the question before it asked for nobody's words."""
    asked = any(map(is_asking, _WORD.findall(question.text)))
    return bool(question.actors) and not (before.wants_words or before.anyone or asked)


def _search(kept: Question, question: Question, before: Question, topic: bool) -> str:
    """What to look for: the words that are there, and those of before for what is not."""
    if topic and kept.wants_words:
        return f"{question.text} {' '.join(kept.people)}".strip()
    if topic:
        return question.text
    return f"{question.text} {before.topic or before.search}".strip()
