"""Asides between auxiliary and participle ("a, par la voix de X, exprimé"); knows no cues."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import speaker_in
from ingest.statements.subjects import APPOSITION
from vectorstore.actors import Actors

_VOICE = re.compile(r",g(?P<who>D?[DJCARoNp]+),")


def parted(sentence: Sentence, at: int) -> int | None:
    """Where the auxiliary stands that an aside parts from the verb at ``at``; None where none does.

    "a, par la voix de X, | exprimé"; "has, in recent weeks, | warned"; "has, in a statement, | …".
    """
    letters = sentence.letters
    if letters[at - 1 : at] != "," or not at:
        return None
    opening = letters.rfind(",", 0, at - 1)
    aside = letters[opening + 1 : at - 1]
    if opening < 1 or len(aside) > APPOSITION or set(aside) & set("VveQWKLPX;:."):
        return None
    return opening - 1 if letters[opening - 1] == "H" and aside[:1] in tuple("tgZyTm") else None


def voiced(sentence: Sentence, link: Link, actors: Actors) -> Link:
    """The link of whoever speaks for its speaker, where an aside in the cue names them."""
    voice = _VOICE.search(sentence.letters, link.cue_at, link.cue_end)
    speaker = speaker_in(sentence, *voice.span("who"), actors) if voice else None
    if speaker is None or not speaker.person:
        return link
    return replace(link, speaker=replace(speaker, actor=speaker.actor or link.speaker.actor))
