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
from ingest.statements.subjects import subject_before
from vectorstore.actors import Actors

_RUSSIAN_PAPER = re.compile(r"w?n(?=[JARC])")  # «согласно заявлению | МИД»
_PAPER = re.compile(r"D?[Jw]?nm*[bot]")  # "according to a statement by | the ministry"


# "according to data from | the WHO", "… a report published on Monday by | the ministry"
_STUDY = re.compile(r"[wnRmV](?:t(?=a)|[wVema]){0,4}(?P<by>[bt])(?=D?[JCARN])")
_STUDIES = (
    "data", "figures", "statistics", "estimates", "projections", "analysis", "report", "reports",
    "study", "survey", "poll", "review", "assessment", "ranking", "count", "tally", "reporting",
)  # fmt: skip
_ADJECTIVES = 3  # words at most before the noun, the article with them


def _behind_study(sentence: Sentence, start: int) -> int:
    """Where the body begins whose study is the English source at ``start``, else ``start``."""
    ahead = sentence.tokens[start : start + _ADJECTIVES]
    noun = next((at for at, token in enumerate(ahead) if token.text in _STUDIES), -1)
    study = _STUDY.match(sentence.letters, start + noun) if noun >= 0 else None
    if study is None or set(sentence.letters[start : start + noun]) - set("DJwa"):
        return start
    by = sentence.tokens[study.start("by")].text
    return study.end() if by in ("by", "from") else start


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
    if sentence.language == "en" and letters[at] == "S":
        start = _behind_study(sentence, start)
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
    if speaker.pronoun and sentence.tokens[end - 1].text.lower() in ("lui", "elle"):
        return True
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


_QUOTED_BY = re.compile(r"(?P<cue>[Hh]{1,2})m*Z[DMNRACQw]{1,5}y$")


def quoted_by(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "X was quoted by TASS | as saying": whoever is quoted."""
    match = _QUOTED_BY.search(sentence.letters[:at])
    before = subject_before(sentence, match.start("cue"), actors) if match else None
    if match is None or before is None:
        return None
    speaker, start = before
    cue = match.start("cue")
    return Link(speaker=speaker, cue_at=cue, cue_end=at + 1, start=start, end=at + 1)
