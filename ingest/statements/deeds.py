"""Verbs of saying that tell of a deed here ("the storm claimed two lives"); knows no speakers."""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence

_DEEDS = {
    "en": re.compile(
        r"claim(?:s|ed)(?: (?!that\b)[\w,.]+){0,4}? (?:li(?:f|v)es?|victims?|victory|win|gold"
        r"|silver|bronze|medals?|titles?|prizes?|asylum|benefits?)\b"
        r"|call(?:s|ed) (?:(?:a|an|the) )?(?:\w+ )?(?:police|911|999|ambulance|elections?"
        r"|meeting)\b|call(?:s|ed) off\b"
        r"|post(?:s|ed) (?:an? )?(?:\w+ )?(?:profits?|loss|losses|gains?|bail"
        r"|photos?|photographs?|pictures?|images?|videos?|clips?|podcasts?|links?)\b"
        r"|conced(?:es?|ed|ing) (?:[\w-]+ ){0,3}(?:goals?|penalt\w+|possession|corners?)\b"
        r"|wr(?:ites?|ote) (?!in\b)(?:[\w’'-]+ ){0,4}(?:books?|novels?|poems?|plays?|songs?"
        r"|scripts?|essays?|lyrics|music|memoirs?)\b"
        r"|den(?:y|ies|ied|ying) (?:[\w’']+ ){0,3}(?:request|visa|asylum|bail|entry|access|parole"
        r"|applications?|permission)\b"
    ),
    "fr": re.compile(
        r"accus\w+ (?:une?|le|la|plus de|près de|\d[\d ,.]*%? de)[ \u00a0]?(?:\w+ )?(?:baisse"
        r"|pertes?|recul|retard|hausse|chute|déficit|coup|repli|manque)\b"
        r"|écri\w+ (?!dans\b)(?:[\w’'-]+ ){0,3}(?:livres?|romans?|poèmes?|pièces?|chansons?"
        r"|scénarios?|essais?)\b"
        r"|lanc(?:e|ent|a|ait|é|ée) (?:une?|les?|la|des|sa|son|ses|leur) (?!(?:\w+ )?(?:appel"
        r"|avertissement|mise en garde|ultimatum|message|défi|cri|alerte|accusations?|menaces?)\b)"
    ),
    "ru": re.compile(
        r"продолж\w+ (?!тем)\w|отвеча\w+ за\b|рассказывая о"
        r"|добав\w+ \d|насчитыва\w+ (?:более|около|до|\d)"
        r"|(?:напис|писал|сочин)\w* (?!в\b)(?:[«\"]|(?:\w+ ){0,3}(?:поэм|книг|роман|пьес|трактат"
        r"|песн|сценари|музык|рассказ|эссе))"
        r"|(?:опаса|боит|боя)\w+ (?:\w+ )?\w+(?:ть|ться|ти|чь)\b"
        r"|выступа\w+ (?:за|против) (?:\w+ ){0,3}(?:кандидат|соперник|республикан(?:ца|ки)"
        r"|демократ(?:а|ки)\b|лица\b|чемпион|команд|сборн|клуб)"
    ),
}
# Goods and services are offered as well as words: «сервис предлагает фильмы», but «… отложить».
_OFFERED = re.compile(r"предлага\w+ (?!(?:\w+ )?\w+(?:ть|ться|ти|тись|чь)\b)\w")

# What a term is about: "local government refers to …", but "Baku refers to the town as …".
_ABOUT = re.compile(r"refers? to (?![^.\n]*\bas\b)")


def is_deed(sentence: Sentence, link: Link) -> bool:
    """Whether a verb of saying tells of a deed here, or of what a thing is about."""
    start = sentence.tokens[link.cue_end - 1].start
    if _DEEDS[sentence.language].match(sentence.body, start):
        return True
    thing = not link.speaker.person and not link.speaker.pronoun
    if sentence.language == "en" and thing and _ABOUT.match(sentence.body, start):
        return True
    if sentence.language != "ru" or link.speaker.actor is not None or link.speaker.pronoun:
        return False
    return _OFFERED.match(sentence.body, start) is not None
