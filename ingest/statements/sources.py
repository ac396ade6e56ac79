"""Sources that no verb governs: "according to X", "for X, …", "TASS quoted X as saying".

Knows where they stand and end, not what they tell.
"""

from __future__ import annotations

import re

from ingest.statements.departments import speaking_inside
from ingest.statements.french import behind_source
from ingest.statements.inverted import may_end, with_apposition
from ingest.statements.link import Link
from ingest.statements.onward import asked, interviewed
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, pronoun_in, speaker_in
from vectorstore.actors import Actors

_RUSSIAN_PAPER = re.compile(r"w?n(?=[JARC])")  # «согласно заявлению | МИД»
_PAPER = re.compile(r"D?[Jw]?nm*[bot]")  # "according to a statement by | the ministry"


def heads_clause(sentence: Sentence, at: int) -> bool:
    """Whether a "for" opens the sentence, or the clause behind a colon or semicolon."""
    return at == 0 or sentence.letters[at - 1] in ":;" or sentence.letters[:at] == "K"


def of_relative(sentence: Sentence, at: int) -> bool:
    """Whether a relative pronoun behind a comma tells the source (", pour qui …", ", for whom")."""
    words = [token.text.lower() for token in sentence.tokens[at : at + 2]]
    if at == 0 or sentence.letters[at - 1] != "," or words[1:] not in (["qui"], ["whom"]):
        return False
    return sentence.letters[at] == "S" or words[0] in ("pour", "for")


def source(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "According to X, …", "… selon X", «по словам X»; "For X, …" at the head of a sentence."""
    letters = sentence.letters
    start = at + 1
    if letters[at] == "S" and (pronoun := pronoun_in(sentence, at)):
        return Link(speaker=pronoun, cue_at=at, cue_end=start, start=at, end=start)
    if sentence.language == "ru" and (end := interviewed(sentence, start)) > start:
        who = asked(sentence, start, end)
        return Link(speaker=who, cue_at=at, cue_end=at + 1, start=at, end=end)
    if sentence.language == "ru" and (inside := speaking_inside(sentence, start, actors)):
        return Link(speaker=inside[0], cue_at=at, cue_end=at + 1, start=at, end=inside[1])
    paper = (_RUSSIAN_PAPER if sentence.language == "ru" else _PAPER).match(letters, start)
    start = paper.end() if paper else start
    if sentence.language == "fr" and letters[at] == "S":
        start = behind_source(sentence, start)
    if letters[start : start + 1] == "P" and letters[start + 1 : start + 2] in tuple("JRw"):
        start += 1  # «по словам её коллеги …»
    end = start
    while end < len(letters) and letters[end] not in ",;:.()KLWVveSTgyZzXHhQ-/m":
        if letters[end] == "k" and letters[end + 1 : end + 2] not in tuple("ANR"):
            break
        end += 1
    if letters[at] == "t":
        word = sentence.tokens[at].text.lower()
        if word not in ("for", "pour", "для") or end >= len(letters) or letters[end] != ",":
            return None
    for stop in range(end, start, -1):
        speaker = speaker_in(sentence, start, stop, actors) if may_end(letters, stop, end) else None
        if speaker is None:
            continue
        speaker, last = with_apposition(sentence, speaker, stop, actors)
        if letters[at] == "t" and not _may_hold(sentence, speaker, last):
            return None
        papers = letters[at] == "S" and letters[start : start + 1] == "w" and speaker.person
        ends = letters[last : last + 1] in ("", ",", ".") and sentence.language == "en"
        if papers and not ends:
            return None  # "according to court papers X …": the papers are the source
        return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=at, end=last)
    return None


_VIEW = 4  # quoted words at least that are a view rather than a term


def _may_hold(sentence: Sentence, speaker: Speaker, end: int) -> bool:
    """Whether "For X, …" tells X's view: an actor's, or a person's if it is quoted at length."""
    if speaker.actor is not None or (speaker.pronoun and sentence.language != "fr"):
        return not speaker.pronoun
    return speaker.person and any(
        token.quotation is not None and len(token.quotation.span.of(sentence.body).split()) >= _VIEW
        for token in sentence.tokens[end:]
    )


def quoted_saying(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "TASS quoted X as saying": X is the speaker."""
    match = re.match(
        r"(?P<who>[^yVveQ,;:.]+)(?P<app>,[^yVveQ;:.]+,)?yv", sentence.letters[at + 1 :]
    )
    if match is None:
        return None
    start, end, cue = at + 1, at + 1 + match.end("who"), at + match.end()
    speaker = speaker_in(sentence, start, end, actors)
    if speaker is None:
        return None
    speaker, end = with_apposition(sentence, speaker, end, actors)
    return Link(speaker=speaker, cue_at=cue, cue_end=cue + 1, start=start, end=end)
