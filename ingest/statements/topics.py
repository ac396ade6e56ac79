"""Whom a sentence is about: the person that is its subject, whatever they do; knows no cues."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.cases import form
from ingest.statements.inverted import agrees, may_be_subject, subject_after
from ingest.statements.lexicon import is_body
from ingest.statements.russian import describes_noun, titled
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, speaker_in
from ingest.statements.subjects import subject_before
from ingest.statements.words import is_adverb
from vectorstore.actors import Actors

# "In May", "After a long stay", "Asked about it", "Speaking to the board"
_BEFORE = r"(?:[Kmk],?|t[mwDoCJRAanNp]{1,6},|(?:[KZ]|V(?=t)|w(?=[tDP]))[^,;:.QVeWL]{1,24},)*"
_TOPIC = re.compile(
    rf"{_BEFORE}"
    r"(?P<who>(?:D?[JAC]*G?[JAw]*R[oDtJCAR]*)?i?N[Np]*|D?[JAC]*G?[JAw]*R[oDJCA]*)"
    r"(?:(?:\([^)]*\),W[^;:.Q]{1,40},|(?P<app>,[^,VveSQ;:.]{1,16},|,W[^;:.Q]{1,40},|\([^)]*\)))?"
    r"(?=m*[wHhXV])|(?=,(?!m*k|D?i?N)))"
)
_TOPIC_IN_COMMAS = re.compile(
    r"(?:[Kmk],?|t[mwDoCJRAanNp]{1,6},)*(?:D(?=[DJCANRMGwo])|N[Np]*G|CG)[DJCANRMGwo]{0,9}[Rw][JCANMo]*,"
    r"(?P<name>i?N[Np]*N),(?=m*[wHhXV])"
)
# French "Autre avocat du port, | Ada Lind | a appris"
_TOPIC_BEHIND = re.compile(r"D?[JAw]{0,2}R[^,;:.QVeWHh]{0,8},(?P<name>i?N[Np]*N)(?=m*[wHh])")
# «Директор школы Анна Линд | открыла выставку»
_OWNED = re.compile(
    r"(?P<who>[JA]{0,2}R[JCAR]{0,4}w[JCARw]{0,5}(?P<name>N[Np]{1,3}))(?P<app>)(?=m*[wHhXV])"
)
# "Actor Ada Lind's part was small": she is who it is about, if what she has is nobody
_OWNER = re.compile(rf"{_BEFORE}(?P<who>(?:[JAC]*R)?i?N[Np]*)G[JAa]*(?P<what>[wn])(?=[^GNR])")
_SOMEBODY = re.compile(r"(?:er|or|ist|i?an|ee|man|woman|son|[^s]s|mate|child|heir|rival|ally)$")
_PASSIVE = re.compile(r"h[hm]*[Vew]m*b")


def topic(sentence: Sentence, actors: Actors) -> tuple[Speaker, int] | None:
    """Whom a sentence that nobody speaks in is about: who is its subject.

    With the position behind it. None in the passive: it is about somebody's doings.
    """
    if _PASSIVE.search(sentence.letters):
        return None
    named = _TOPIC_IN_COMMAS.match(sentence.letters)
    if named is None and sentence.language == "fr":
        named = _TOPIC_BEHIND.match(sentence.letters)
    if named is not None:
        speaker = speaker_in(sentence, *named.span("name"), actors)
        return (speaker, named.end()) if speaker else None
    head = _TOPIC.match(sentence.letters)
    owned = _OWNED.match(sentence.letters) if sentence.language == "ru" else None
    if owned and titled(sentence, owned.start("who"), owned.start("name")):
        head = owned
    if head and head.start("who") == 0 and _is_adjective(sentence):
        head = None
    if head is None:
        return _of_deed(sentence, actors)
    start, end = head.span("app")
    if head["app"] and re.fullmatch(r",i?N[Np]*N,", head["app"]):
        person = speaker_in(sentence, start + 1, end - 1, actors)  # "Bond's daughter, Ada Lind,"
        return (person, head.end()) if person else None
    speaker = speaker_in(sentence, *head.span("who"), actors)
    if speaker is None or _bent(sentence, *head.span("who")):
        return None
    if not _agrees(sentence, speaker, head.start("who"), head.end()):
        return None
    if head["app"] and speaker.person:
        speaker = described(sentence, speaker, start + 1, end - 1, actors)
    return _of_gender(speaker, sentence, head.end()), head.end()


def _is_adjective(sentence: Sentence) -> bool:
    """Whether a Russian sentence begins with an adjective, which has its capital from there."""
    lone = sentence.letters[:2] == "Nw"
    return lone and sentence.language == "ru" and describes_noun(sentence.tokens[0].text)


def possessor(sentence: Sentence, actors: Actors) -> tuple[Speaker, int] | None:
    """Whose the thing is that an English sentence begins with ("Lind's part was small")."""
    head = _OWNER.match(sentence.letters) if sentence.language == "en" else None
    if head is None or _SOMEBODY.search(sentence.tokens[head.start("what")].text):
        return None
    whose = speaker_in(sentence, *head.span("who"), actors)
    return (whose, head.end()) if whose and whose.person else None


def _of_deed(sentence: Sentence, actors: Actors) -> tuple[Speaker, int] | None:
    """The subject of the first Russian verb in the past («В июле мэр Линд | открыл музей»)."""
    at = next((n for n in range(len(sentence.tokens)) if _is_verb(sentence, n)), 0)
    ahead = re.sub("(?<=[Rw])Q(?=N)", "", sentence.letters[:at])  # «Глава «Норда» Ада Линд | ушла»
    if sentence.language != "ru" or not at or set(ahead) & set("KWLVQ;:"):
        return None
    end = at
    while sentence.letters[end - 1] in "mX" or is_adverb(sentence.tokens[end - 1].text, "ru"):
        end -= 1
    found = subject_before(sentence, end, actors) if end > 0 else None
    if found is None or not may_be_subject(sentence, found[0]):
        return _behind_deed(sentence, at, actors)
    speaker, start = found
    body = not speaker.person and any(is_body(word, "ru") for word in speaker.name.split())
    agreed = agrees(sentence, sentence.tokens[at].text, start, speaker)
    if not agreed or body or speaker.pronoun:
        return None
    return _of_gender(speaker, sentence, at), at


def _is_verb(sentence: Sentence, at: int) -> bool:
    """Whether a Russian verb in the past stands there, or another right behind a name."""
    word = sentence.tokens[at].text
    behind = sentence.letters[at - 1 : at] == "N" and sentence.letters[at] in "wV"
    return _PAST.fullmatch(word) is not None or (behind and _FINITE.search(word) is not None)


_FINITE = re.compile(r"[а-яё]{2}(?:[еиё]т|[уюая]т)(?:ся)?$")  # «Линд | сыграет»


def _of_gender(speaker: Speaker, sentence: Sentence, at: int) -> Speaker:
    """A person with the gender that a Russian verb in the past tells («Линд | вышла из игры»)."""
    verb = sentence.tokens[at].text if at < len(sentence.tokens) else ""
    if speaker.gender or not speaker.person or sentence.language != "ru":
        return speaker
    told = form(verb) if _PAST.fullmatch(verb) else ""
    return replace(speaker, gender=told) if told in ("m", "f") else speaker


def _behind_deed(sentence: Sentence, at: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The full name behind the first Russian verb («С речью выступил | мэр Ян Линд.»)."""
    found = subject_after(sentence, at, at + 1, actors)
    named = found is not None and found[0].person and " " in found[0].name
    return found if named else None


def _agrees(sentence: Sentence, speaker: Speaker, start: int, end: int) -> bool:
    """Whether a Russian verb in the past right behind a speaker can be theirs."""
    verb = sentence.tokens[end].text if end < len(sentence.tokens) else ""
    return not _PAST.fullmatch(verb) or agrees(sentence, verb, start, speaker)


_PAST = re.compile(
    r"[а-яё]{2,}л(?:а|и|о)?(?:с[яь])?|(?:вн|прин|перен|произн|пон|прив)[её][сз]|умер|погиб|достиг"
)


def _bent(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a Russian phrase is in a case of objects from its first word to its last."""
    words = (sentence.tokens[start].text, sentence.tokens[end - 1].text)
    return sentence.language == "ru" and all(word.endswith(_BENT) for word in words)


_BENT = ("у", "ю", "ом", "ем", "ой", "ым", "им", "ому", "ого")
