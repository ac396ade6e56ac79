"""Whether a lone word that begins a sentence has its capital from there, or is a name.

Knows the sentence and its text; no people.
"""

from __future__ import annotations

import re

from ingest.statements.inverted import PLURAL
from ingest.statements.link import Link
from ingest.statements.sentence import Sentence

# What things do as well as people, so that a lone word before it need not be a name.
_THINGS_DO = frozenset(
    word
    for words in (
        "threatens threatened suggests suggested indicates indicated confirms confirmed reveals "
        "revealed promises promised",
        "menace menaçait promet confirme indique révèle suggère",
        "угрожает угрожал угрожала обещает указывает подтверждает требует предполагает предлагает "
        "гарантирует допускает исключает признает сулит грозит",
    )
    for word in words.split()
)
_BEFORE_REPORTS = {"Initial", "Early", "Preliminary", "Local", "Recent", "Conflicting"}


def is_common(sentence: Sentence, link: Link) -> bool:
    """Whether the speaker is one word that may have its capital from the start of the sentence."""
    speaker = link.speaker
    if speaker.span.start != sentence.tokens[0].start or " " in speaker.name:
        return False
    if sentence.tokens[link.cue_at].text.lower() in _THINGS_DO:
        return True  # "Drought threatens …"
    if sentence.language == "en":
        if speaker.name.endswith("s") and _is_one(sentence, speaker.name):
            return False  # "Hamas"
        return speaker.name.endswith(("s", "ly")) or speaker.name in _BEFORE_REPORTS
    if speaker.name.isascii() or (speaker.name.isupper() and len(speaker.name) > 1):
        return False  # «BMW»
    # a Russian sentence may begin with the object: «Нападение осудила Франция»
    if sentence.language == "ru" and _PROFESSION.search(speaker.name):
        return not _is_name_elsewhere(sentence, speaker.name)  # «Хирург отметил …»
    plural = sentence.text(link.cue_at, link.cue_end).endswith(PLURAL)
    if sentence.language == "ru" and plural:
        return True  # «Военные отрицают»
    noun = sentence.language == "ru" and speaker.name.endswith(("а", "я", "ь"))
    if noun and not _is_name_elsewhere(sentence, speaker.name):
        return True  # «Пара отметила …»
    follower = sentence.letters[link.cue_end : link.cue_end + 1]
    apart = sentence.letters[1 : link.cue_at].strip("mZ") != ""
    return sentence.language == "ru" and (follower in tuple("CRJ") or link.cue_at == 0 or apart)


_PROFESSION = re.compile(
    r"(?:ист|ник|тель|[щч]ик|олог|тор|ктор|граф|вед|ец|[еиё]р|ург|ент|ант|ат|нин|арь|ач)$"
)
_SURNAME = re.compile(r"\w(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая|ой))$")


def _is_one(sentence: Sentence, name: str) -> bool:
    """Whether an English text prints a word in "-s" as a name of one, and nowhere as of many."""
    inside = re.search(rf"[\w,] {re.escape(name)}\b", sentence.body)
    many = rf"\b(?:[Tt]he|[Mm]any|[Ss]ome|[Mm]ost|[Oo]ther|[A-Z]\w+) {re.escape(name)}\b"
    plural = rf"\b{re.escape(name)} (?:are|were|have|say|do)\b"
    return bool(inside) and not re.search(f"{many}|{plural}", sentence.body)


def _is_name_elsewhere(sentence: Sentence, name: str) -> bool:
    """Whether a word is a surname by its ending, or has its capital within a sentence, too."""
    stem = re.escape(name[: max(_STEM, len(name) - 2)])
    return _SURNAME.search(name) is not None or (
        re.search(rf"[\w,:»\"] {stem}", sentence.body) is not None
    )


_STEM = 3
