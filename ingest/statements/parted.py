"""Russian subjects that an object, a participle or a paper parts from their verb; knows no cues."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from vectorstore.actors import Actors

_OBJECT_BEHIND = re.compile(
    r"(?:^|[,;:kmJAR])m*(?:[JA]*R[JCAR]*)?i?(?P<who>N[Np]*|C)(?P<what>[DJA]{0,2}[wn])$"
)
_OBJECT_AHEAD = re.compile(r"(?P<what>[DN]?[JA]*[wn])(?P<who>N[Np]*|C)$")
_PARTICIPLED = re.compile(r"[wN]t[^,;:V]{1,9}?(?P<who>[JA]*R[JCAR]{0,4}N[Np]*N)$")
_ACTIVE = re.compile(
    r"\w+(?:(?:вш|дш|тш|ющ|ящ|ущ|ащ)(?:ий|ая)(?:ся)?|(?:нн|т)(?:ый|ая))$", re.IGNORECASE
)


def parted(sentence: Sentence, start: int, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """«Линд обвинения | отверг», «Эту новость Линд | опроверг», «Выступивший в Осло поэт Ян Линд
    | сказал»: a Russian subject with an object or a participle beside it.
    """
    letters = sentence.letters[start:end]
    if described := _PARTICIPLED.match(letters):
        if not _ACTIVE.match(sentence.tokens[start].text):
            return None
        first = start + described.start("who")
        speaker = speaker_in(sentence, first, end, actors)
        return (speaker, first) if speaker else None
    if behind := _OBJECT_BEHIND.search(letters):
        what = sentence.tokens[end - 1].text
        last = start + behind.end("who")
        speaker = speaker_in(sentence, start, last, actors)
        return (speaker, start) if speaker and what.endswith(_ACCUSATIVE) else None
    ahead = _OBJECT_AHEAD.fullmatch(letters)
    if ahead is None or not sentence.tokens[start + ahead.end("what") - 1].text.endswith(
        ("у", "ю")
    ):
        return None
    first = start + ahead.start("who")
    speaker = speaker_in(sentence, first, end, actors)
    bends = speaker is None or speaker.name.endswith(("а", "я", "ы", "и", "у", "ю"))
    return None if speaker is None or bends else (speaker, first)


_PAPER = re.compile(r"опрос|доклад|отч[её]т|рейтинг|исследование|обзор")
_WHOSE = re.compile(r"[wRN](?:[JA]*R[JCAR]*|C+|N+)$")  # «Опрос | YouGov показал»


def issuer(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    """Whose a Russian report or poll is («Доклад ООН | учит», «Опрос YouGov | показал»)."""
    paper = start < end and _PAPER.fullmatch(sentence.tokens[start].text.lower())
    whose = _WHOSE.match(sentence.letters[start:end]) if paper else None
    body = speaker_in(sentence, start + 1, start + whose.end(), actors) if whose else None
    named = body is not None and (body.actor is not None or body.name.isascii())
    return replace(body, person=False) if body and named else None


_ACCUSATIVE = ("ия", "ие", "ию", "ну", "ку", "ду", "ость", "ки", "ги", "ты", "вины", "это", "ства")
