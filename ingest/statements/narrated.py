"""Speech told without a finite verb: "Et X d'ajouter", "Calling it “…”, Lind"; knows the form."""

from __future__ import annotations

import re

from ingest.statements.inverted import with_apposition
from ingest.statements.lexicon import is_infinitive, lookup
from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from vectorstore.actors import Actors

_OPENING = re.compile(
    r"(?:[kmK]+,?)?(?P<who>D?[JCA]*(?:R[JCARoD]*)?i?N[Np]*|D?[JA]*C|D?[JCA]*R[JCARoD]*)"
    r"(?P<app>,[^,;:.QVve]{1,16},)?o"
)
_GOING_ON = re.compile(r"[kKm]o")
_CLITICS = ("se", "s'", "lui", "leur", "le", "l'")
_WORDS = 3  # of an infinitive: "mettre en garde"


def narrated(sentence: Sentence, actors: Actors) -> Link | None:
    """ "Et X de rappeler que …", "Le ministre de conclure : …"; "Et d'ajouter : …" goes on."""
    if sentence.language != "fr":
        return None
    head = _OPENING.match(sentence.letters)
    if head is not None:
        cue = _cue(sentence, head.end())
        speaker = speaker_in(sentence, *head.span("who"), actors) if cue else None
        if cue is None or speaker is None:
            return None
        speaker, _ = with_apposition(sentence, speaker, head.end("who"), actors)
        start = head.start("who")
        return Link(speaker=speaker, cue_at=head.end(), cue_end=cue, start=start, end=cue)
    on = _GOING_ON.match(sentence.letters)
    cue = _cue(sentence, on.end()) if on else None
    if on is None or cue is None:
        return None
    span = sentence.span_of(0, cue)
    same = Speaker(name="", role="", actor=None, span=span, person=True, pronoun=True)
    return Link(speaker=same, cue_at=on.end(), cue_end=cue, start=0, end=cue, onward=True)


_BEHIND_GERUND = re.compile(
    r"v[^,;:.QL]*[QL][^,;:.]*,(?P<who>P|i?N[Np]*|D?[JA]*(?:CG)?[JA]*R[oDJCAR]*(?:i?N[Np]*N)?|D?J*C)(?=m*[wHhVX])"
)


def ahead_of_subject(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "Calling the vote “…”, Lind left": the gerund that opens a sentence is its subject's."""
    match = _BEHIND_GERUND.match(sentence.letters, at) if sentence.language != "ru" else None
    speaker = speaker_in(sentence, *match.span("who"), actors) if match else None
    if match is None or speaker is None:
        return None
    return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=at, end=at + 1)


_WITH = {"en": ("with",), "fr": ("avec",)}


def own_subject(sentence: Sentence, at: int, found: list[Link]) -> re.Match[str] | None:
    """The subject that a gerund has of its own (", with Lind insisting … and Ross adding …")."""
    phrase = re.search(r"[tk](?P<who>[DJCAwRNo]+)m*$", sentence.letters[:at])
    if phrase is None:
        return None
    if sentence.letters[phrase.start()] == "k":
        return phrase if any(link.absolute for link in found) else None
    words = _WITH.get(sentence.language, ())
    return phrase if sentence.tokens[phrase.start()].text.lower() in words else None


def absolute(sentence: Sentence, phrase: re.Match[str], at: int, actors: Actors) -> Link | None:
    """The link of a gerund and its own subject, in English behind a comma alone."""
    start = phrase.start("who")
    apart = sentence.letters[start - 2 : start] == ",t" or sentence.letters[start - 1] == "k"
    if sentence.language != "en" or not apart:
        return None
    speaker = speaker_in(sentence, *phrase.span("who"), actors)
    if speaker is None:
        return None
    return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=start, end=at + 1, absolute=True)


def _cue(sentence: Sentence, at: int) -> int | None:
    """The position behind the infinitive that stands at ``at``, if it is one of saying."""
    words = [lookup(token.text) for token in sentence.tokens[at : at + _WORDS + 1]]
    first = 1 if words and words[0] in _CLITICS else 0
    for length in range(_WORDS, 0, -1):
        if is_infinitive(" ".join(words[first : first + length]), sentence.language):
            return at + first + length
        if first and is_infinitive(_reflexive(words[: 1 + length]), sentence.language):
            return at + 1 + length
    return None


def _reflexive(words: list[str]) -> str:
    return " ".join(words).replace("' ", "'")
