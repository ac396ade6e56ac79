"""Who heads a sentence or a relative clause, before their verb; knows no cues."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, speaker_in
from vectorstore.actors import Actors

# "Lind, who has married a colleague, Bo Ross, his elder, | said"
_CLAUSE = re.compile(r"(?:[km],?)*(?P<name>i?N[Np]*),W[^;:.V]*,(?:[^;:.VW]*,)+$")
# "Professor Ada Lind, National Institute, Norwick, Maryland, | said"
_ADDRESS = re.compile(r"(?P<name>D?[JCA]*(?:R[JCA]*)?i?N[Np]*N),[JCARNw]+R?[JCARNwot]*,N,[NCRw]+,$")
_OPENING = re.compile(r"(?:[mk],?)*(?P<name>i?N[Np]*N),[^;:.QKN]{2,40},$")


def heading(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The name that a relative clause or an address parts from the verb at ``end``, and its place.

    Names nearer to the verb are of that clause or address.
    """
    return _by(_CLAUSE, sentence, end, actors) or _by(_ADDRESS, sentence, end, actors)


def opening(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "Ada Lind, born soon after …, | said": the full name that opens the sentence."""
    return _by(_OPENING, sentence, end, actors)


# "of Ada Lind who", "Bo Ross and Ada Lind who": the relative may be of the one before
_BARE = re.compile(r"(?<![NAokJ-])N[Np]*N$")


def before_bare_relative(
    sentence: Sentence, end: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """ "by Ada Lind who | said": the full name right before an English pronoun without a comma."""
    name = _BARE.search(sentence.letters[:end])
    if name is None or sentence.language != "en" or sentence.tokens[end].text != "who":
        return None
    speaker = speaker_in(sentence, name.start(), end, actors)
    return (speaker, name.start()) if speaker else None


# "Senator Ada Lind who runs the port | said", "la sénatrice Ada Lind qui dirige le port | a dit"
_BEHIND_CLAUSE = re.compile(
    r"(?:^|[,;:kKL]|m)(?P<who>D?[JA]*(?:CG)?[JAw]{0,2}R?[JA]*i?N[Np]*N)W(?:H[we]|[wh])[^,;:.QVeWLKXHhk]{1,9}$"
)


def before_clause(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The full name that a relative clause without commas parts from the verb at ``end``."""
    match = _BEHIND_CLAUSE.search(sentence.letters[:end])
    if match is None:
        return None
    pronoun = sentence.tokens[match.end("who")].text
    speaker = speaker_in(sentence, *match.span("who"), actors) if pronoun in _SUBJECT else None
    return (speaker, match.start("who")) if speaker and speaker.person else None


_SUBJECT = ("who", "qui")


def bearer_in_commas(
    sentence: Sentence, office: Speaker, start: int, end: int, actors: Actors
) -> Speaker | None:
    """ "The head of the church, | Patriarch Ada Lind, |": the person whom the commas hold."""
    if not re.fullmatch(r"D?[JAw]*R[JA]*i?N[Np]*N", sentence.letters[start:end]):
        return None
    person = speaker_in(sentence, start, end, actors)
    if person is None or not person.person or "k" in sentence.letters[:start]:
        return None
    return replace(person, role=office.name, actor=office.actor or person.actor)


_DESCRIBED = re.compile(r"(?<=t)(?P<name>N[Np]*N),(?P<role>D?[JA]*R[^,;:.QVe]{0,8}),$")


def described_name(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """French "… avec Ada Lind, la ministre des Ports, qui | a dit": the name before its role."""
    match = _DESCRIBED.search(sentence.letters[:end]) if sentence.language == "fr" else None
    speaker = speaker_in(sentence, *match.span("name"), actors) if match else None
    if match is None or speaker is None:
        return None
    known = described(sentence, speaker, *match.span("role"), actors)
    return (known, match.start("name")) if known.role else None


_ISSUER = re.compile(
    r"(?:[mkK],?|t[DJwa]{1,3},?)*(?P<who>[JA]*R[JCARoN]*|C+|N[Np]*N)(?P<app>,[^,;:.QVeW]{1,16},)?m*(?P<verb>[wV])"
)
_PAPER = re.compile(
    r"(?:заявлени|обращени|письм|послани|резолюци|доклад|отч[её]т|пост|твит|видео|сообщени|коммюнике"
    r"|реч|статью|колонк|ролик|петици|декларац|пресс-релиз|ноту|запис|интервью|документ)\w*"
)


def of_clause(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """«Сейм принял резолюцию, в которой | призвал …»: whose the Russian paper before ``end`` is."""
    issuer = _ISSUER.match(sentence.letters[:end])
    paper = any(_PAPER.fullmatch(t.text.lower()) for t in sentence.tokens[:end][-_PAPER_AT:])
    if issuer is None or not paper or set(sentence.letters[issuer.end() : end]) & set(",;:LWKk"):
        return None
    start, stop = issuer.span("who")
    if sentence.letters[start - 1 : start] == "t":
        return None
    speaker = speaker_in(sentence, start, stop, actors)
    return (speaker, start) if speaker else None


_PAPER_AT = 5  # tokens before the relative that hold what the paper is


def _by(
    form: re.Pattern[str], sentence: Sentence, end: int, actors: Actors
) -> tuple[Speaker, int] | None:
    match = form.match(sentence.letters[:end])
    speaker = match and speaker_in(sentence, *match.span("name"), actors)
    return (speaker, match.start("name")) if match and speaker else None
