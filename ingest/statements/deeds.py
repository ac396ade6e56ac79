"""Verbs of saying that tell of a deed here ("the storm claimed two lives"); knows no speakers."""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence

_DEEDS = {
    "en": re.compile(
        r"claim(?:s|ed)(?: (?!that\b)[\w,.]+){0,4}? (?:li(?:f|v)es?|victims?|victory|win|gold|silver"
        r"|bronze|medals?|titles?|prizes?|asylum|benefits?)\b"
        r"|call(?:s|ed) (?:(?:a|an|the) )?(?:\w+ )?(?:police|911|999|ambulance|elections?|meeting)\b"
        r"|post(?:s|ed) (?:an? )?(?:\w+ )?(?:profits?|loss|losses|gains?|bail)\b"
        r"|conced(?:es?|ed|ing) (?:[\w-]+ ){0,3}(?:goals?|penalt\w+|possession|corners?)\b"
        r"|den(?:y|ies|ied|ying) (?:[\w’']+ ){0,3}(?:request|visa|asylum|bail|entry|access|parole"
        r"|applications?|permission)\b"
    ),
    "fr": re.compile(
        r"accus\w+ (?:une?|le|la|plus de|près de|\d[\d ,.]*%? de)[ \u00a0]?(?:\w+ )?(?:baisse|pertes?"
        r"|recul|retard|hausse|chute|déficit|coup|repli|manque)\b"
        r"|lanc(?:e|ent|a|ait|é|ée) (?:une?|des|sa|son|ses|leur) (?!(?:\w+ )?(?:appel|avertissement"
        r"|mise en garde|ultimatum|message|défi|cri|alerte|accusations?|menaces?)\b)"
    ),
    "ru": re.compile(
        r"продолж\w+ (?!тем)\w|добав\w+ \d"
        r"|выступа\w+ (?:за|против) (?:\w+ ){0,3}(?:кандидат|соперник|республикан(?:ца|ки)"
        r"|демократ(?:а|ки)\b|чемпион|команд|сборн|клуб)"
    ),
}
# Goods and services are offered as well as words: «сервис предлагает фильмы», but «… отложить».
_OFFERED = re.compile(r"предлага\w+ (?!(?:\w+ )?\w+(?:ть|ться|ти|тись|чь)\b)\w")


def is_deed(sentence: Sentence, link: Link) -> bool:
    """Whether a verb of saying tells of a deed here, or of what a thing is about."""
    start = sentence.tokens[link.cue_end - 1].start
    if _DEEDS[sentence.language].match(sentence.body, start):
        return True
    if link.speaker.actor is not None or link.speaker.pronoun:
        return False
    thing = not link.speaker.person and sentence.language == "en"
    about = thing and sentence.text(link.cue_at, link.cue_end) in ("refers to", "refer to")
    return about or (
        sentence.language == "ru" and _OFFERED.match(sentence.body, start) is not None
    )
