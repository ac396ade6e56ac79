"""Whom of the sentence before a Russian «актёр», «собеседник издания» means; knows no cues.

It is who spoke last, if the text has told nothing of them that speaks against it and has named
nobody else since.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.kinds import without_age
from ingest.statements.lexicon import is_body, lexicon, lookup
from ingest.statements.link import Link
from ingest.statements.memory import Known, Memory
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.actors import Actors

_NEAR = 600  # characters
_ON = re.compile(r"(?:добав|дополн|продолж|заключ|резюмир|подытож)")
# What somebody is known for, so that a story calls them so.
_KNOWN_FOR = re.compile(
    r"акт[её]р|актриса|пев(?:ец|ица)|музыкант|артист(?:ка)?|исполнитель(?:ница)?|рэп?пер|звезда"
    r"|спортсмен(?:ка)?|футболист(?:ка)?|хоккеист|теннисист(?:ка)?|бокс[её]р|гимнаст(?:ка)?|игрок"
    r"|пловец|пловчиха|чемпион(?:ка)?|писатель(?:ница)?|режисс[её]р|художни(?:к|ца)|модель|блогер"
)
# General words for whom a story has asked.
_ASKED_FOR = re.compile(
    r"политик|политолог|бизнесмен|предприниматель(?:ница)?|миллиардер|эксперт|аналитик"
    r"|экономист|уч[её]ный|исследователь(?:ница)?|активист(?:ка)?|правозащитни(?:к|ца)"
    r"|оппозиционер(?:ка)?|дипломат|переговорщик"
)
_ANONYMOUS = re.compile(r"\b(?:источник|собеседни|аноним|неназван|очевид)\w*", re.IGNORECASE)
_STEM = 4  # letters of «француз» and «Франции» that are alike
_ASKED = re.compile(r"собеседни(?:к|ка|ку|ком|ца|цы|це|цей)", re.IGNORECASE)
_OF_MEDIUM = re.compile("[wRMQN]?(?=[.,;:-]|$)")


def interviewed(sentence: Sentence, start: int) -> int:
    """The position behind «собеседник издания» at token ``start``; ``start`` where none stands."""
    if start >= len(sentence.tokens) or not _ASKED.fullmatch(sentence.tokens[start].text):
        return start
    medium = _OF_MEDIUM.match(sentence.letters, start + 1)
    return medium.end() if medium else start


_NATIONAL = re.compile(
    r"(?:америк|мексик|итальян|герман|кубин|афган|иран|ливан|перуан|корей|индий|кита[ий]|япон|чех"
    r"|украин|эстон|испан|австралий|канад|нигерий|норвеж|бельгий|голланд|нидерланд|исланд|ирланд"
    r"|шотланд|швейцар|бразил|португал|сенегал|кений|австрий|финлянд|новозеланд|колумбий|аргентин"
    r"|чилий|сирий|алжир|тунис|марокк|камерун|словен|македон|черногор|албан|азербайджан|индонез)"
    r"(?:ан|н)?(?:ец|ка)|(?:англич|датч|росси|армя|египт|поля|голландч|палести)(?:а|я)?н(?:ин|ка)"
    r"|француз|француженка|немец|немка|швед|шведка|финн|финка|поляк|полька|серб|сербка|хорват"
    r"|хорватка|турок|турчанка|грек|гречанка|грузин|грузинка|британ(?:ец|ка)|валли(?:ец|йка)"
    r"|венгр|венгерка|румын|румынка|болгарин|болгарка|белорус|белоруска|казах|казашка|словак"
)


def national(sentence: Sentence, at: int) -> str:
    """The gender of a Russian «испанец», «датчанка» that stands alone at ``at``; "" for others."""
    if sentence.letters[at : at + 1] not in tuple("Jw") or sentence.letters[
        at + 1 : at + 2
    ] in tuple("RNJACw"):
        return ""
    word = sentence.tokens[at].text.lower()
    return ("f" if word.endswith("ка") else "m") if _NATIONAL.fullmatch(word) else ""


def is_unknown(pronoun: Speaker, memory: Memory, body: str) -> bool:
    """Whether «испанец» may be somebody else than who the sentence before is about."""
    word, last = pronoun.span.of(body), memory.last
    if _NATIONAL.fullmatch(word) is None:
        return False
    if last is None or memory.heard_in != memory.before or not memory.alone(pronoun.gender):
        return True
    before = body[memory.before : pronoun.span.start].lower()
    return re.search(rf"\b{word[:_STEM].lower()}", before) is not None


def asked(sentence: Sentence, start: int, end: int) -> Speaker:
    """Whom «собеседник издания» means is told by what was said before, as "he" or "she" is."""
    hers = "ниц" in sentence.tokens[start].text
    return Speaker(
        name="",
        role="",
        actor=None,
        span=sentence.span_of(start, end),
        person=True,
        pronoun=True,
        gender="f" if hers else "m",
    )


def is_hidden(pronoun: Speaker, known: Known, body: str) -> bool:
    """Whether «собеседник» may be a source without a name, whom the text speaks of since."""
    if not _ASKED.match(pronoun.span.of(body)):
        return False
    if known.attribution == known.speaker.span:
        return True  # the text is only about them
    start = min(known.attribution.start, pronoun.span.start)
    return _ANONYMOUS.search(body[start : pronoun.span.start]) is not None


def speaking_on(
    sentence: Sentence, link: Link, memory: Memory, actors: Actors, gender: str
) -> Speaker | None:
    """Who spoke last, if a general word such as «актёр», «эксперт» can mean nobody else.

    A word for whom a story may bring in beside them («врач», «водитель») means them only where
    it goes on with their words: «…», — добавил врач.
    """
    last, words = memory.last, link.speaker
    if sentence.language != "ru" or last is None or not last.speaker.person or words.actor:
        return None
    noun = lookup(without_age(words.name))
    source = sentence.letters[link.cue_at] == "S" and link.start == 0
    noun = noun.removesuffix("а") if source else noun  # «по словам дипломата»
    asked_for = _ASKED_FOR.fullmatch(noun) is not None
    if not (lexicon("ru").is_role(noun) or asked_for) or is_body(noun, "ru"):
        return None
    if actors.is_office(noun) and not asked_for:
        return None
    told = {gender, memory.gender(last)} - {""}
    near = words.span.start - last.attribution.end < _NEAR
    if len(told) != 1 or not near or not memory.alone(told.pop()):
        return None
    office = last.speaker.actor or any(map(actors.is_office, last.speaker.role.split()))
    quoted = link.inverted and sentence.letters[0] == "Q"
    behind = (quoted or source) and _spoke_before(memory, last)
    known_for = _KNOWN_FOR.fullmatch(noun) is not None and not office
    if last.speaker.role or not known_for:
        on = _ON.match(sentence.text(link.cue_at, link.cue_end)) is not None
        if office or not behind or not (known_for or asked_for or on):
            return None
    return replace(last.speaker, span=words.span)


def _spoke_before(memory: Memory, last: Known) -> bool:
    """Whether the last speaker spoke in the sentence before, which not only is about them."""
    return memory.heard_in == memory.before and last.attribution != last.speaker.span
