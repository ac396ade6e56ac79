"""The subject that begins a sentence, for a second predicate of it; knows no cues."""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import renamed, speaker_in
from vectorstore.actors import Actors

_HEAD = re.compile(
    r"(?:K|m,?|t[mwDoC]{1,6},)?"
    r"(D?[JA]*(?:CG)?[JA]*R[oDJCAR]*,?i?N[Np]*N|D?[JA]*(?:N[Np]*|C|R)|P)(?:,[^,;:.QVe]{1,16},|(?<=N),)?"
    r"(?=m*[wH]|hZ|hX*m*w)(?!h[hm]*[Vew]m*b)"
)


def first_subject(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "X bowed while reiterating …": the sentence begins with its subject and an ordinary verb."""
    letters = sentence.letters
    head = _HEAD.match(letters)
    if head is None or re.search(r"W|K(?!m*v|[ma]|V[t,])|[;:.]|L", letters[head.end() : at + 1]):
        return None
    speaker = speaker_in(sentence, head.start(1), head.end(1), actors)
    # It may have its capital from its place; of a Russian one that is asked later.
    first_word = head.start(1) == 0 and letters[:2] == "Nw" and sentence.language != "ru"
    lone = first_word and not _has_capital(sentence)
    if speaker is None:
        full = re.match(r"(?P<role>D?[JA]*(?:CG)?[JA]*R[oDJCAR]*),(?P<name>i?N[Np]*N)$", head[1])
        body = full and speaker_in(
            sentence, head.start(1), head.start(1) + full.end("role"), actors
        )
        first = head.start(1)
        speaker = (
            renamed(body, sentence, first + full.start("name"), first + full.end("name"))
            if body and full
            else None
        )
    if speaker is None or lone:
        return None
    return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=head.start(1), end=head.end(1))


def _has_capital(sentence: Sentence) -> bool:
    """Whether an English text prints the first word of a sentence with its capital elsewhere."""
    inside = rf"[\w,;] {re.escape(sentence.tokens[0].text)}\b"
    return sentence.language == "en" and re.search(inside, sentence.body) is not None
