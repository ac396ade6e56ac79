"""Gender and number as words of a sentence tell them: «сказала Уоррен», "the officers said"."""

from __future__ import annotations

import re

from ingest.statements.lexicon import is_body
from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

_OF = re.compile(r"\b(?:of|at|for|in|from)\b")


def many(sentence: Sentence, speaker: Speaker) -> str:
    """ "p" where English words name a body or several, whom no "he" or "she" means; else ""."""
    words = _OF.split(speaker.name)[0].split()
    if sentence.language != "en" or speaker.person or speaker.pronoun or not words:
        return ""
    head = words[-1]
    several = head.endswith("s") and not head.endswith("ss")
    return "p" if several or is_body(head, "en") else ""


def told_by_verb(sentence: Sentence, link: Link) -> str:
    """The gender that a Russian verb in the past gives its subject («сказала Уоррен»)."""
    if sentence.language != "ru" or sentence.letters[link.cue_at] not in "VmX":
        return ""
    verb = sentence.text(link.cue_at, link.cue_end).split()[-1].lower()
    return "f" if verb.endswith(("ла", "лась")) else "m" if verb.endswith(("л", "лся")) else ""
