"""Finds the subject that stands before its verb; knows grammar, not cues.

It stands right before its verb, but for adverbs, dates and an apposition. What does not read as
one speaker there is no subject.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.documents import is_made_by
from ingest.statements.french import NEAREST
from ingest.statements.openings import (
    bearer_in_commas,
    before_bare_relative,
    before_clause,
    described_name,
    heading,
    of_clause,
    opening,
)
from ingest.statements.parted import issuer, parted
from ingest.statements.russian import before_place, behind_place, hears, is_owner
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, renamed, role_in, speaker_in
from vectorstore.actors import Actors

_STOPS = frozenset(",;:.()KLWVveSTgybZzXHhQ-/")
_NOMINATIVE = ("he", "she", "they", "il", "elle", "ils", "elles", "он", "она", "они", *NEAREST)
APPOSITION = 28  # tokens at most between the commas of an apposition


def subject_before(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The speaker whose words end at token ``end``, with the position where it begins."""
    letters = sentence.letters
    end = before_adverbs(sentence, end)
    if not end:
        return None
    if letters[end - 1] == ")" and (party := _PARTY.search(letters[:end])):
        return subject_before(sentence, party.start(), actors)
    if sentence.language == "en" and letters[:end].endswith("(N)"):
        return subject_before(sentence, end - 3, actors)  # "the Federation of Nord (FN) | said"
    if letters[end - 1] in ",)":
        return (
            heading(sentence, end, actors)
            or _before_apposition(sentence, end, actors)
            or _in_commas(sentence, end, actors)
            or opening(sentence, end, actors)
        )
    if letters[end - 1] == "P" and sentence.tokens[end - 1].text.lower() in _NOMINATIVE:
        pronoun = speaker_in(sentence, end - 1, end, actors)
        return (pronoun, end - 1) if pronoun else None
    if letters[end - 1] == "W":
        if sentence.language == "ru" and letters[:end].endswith(",tW"):
            return of_clause(sentence, end - 3, actors)
        return before_relative(sentence, end - 1, actors)
    if cut := before_clause(sentence, end, actors):
        return cut
    if dashed := _DASHED.search(letters[:end]):
        speaker = speaker_in(sentence, *dashed.span("who"), actors)
        return (speaker, dashed.start("who")) if speaker else None
    if sentence.language == "ru" and (named := _PLACE_NAMED.search(letters[:end])):
        return subject_before(sentence, named.start(), actors)
    start = end
    while start and letters[start - 1] not in _STOPS:
        start -= 1
    if start == end > 1 and letters[start - 2 : start] == "RQ":
        return _named_body(sentence, end, actors)
    if start and letters[start - 1] == "Q" and _names(sentence, start - 1, end):
        start -= 1
        while start and letters[start - 1] not in _STOPS:
            start -= 1
    if start and letters[start - 1] in "Ve" and "k" in letters[start:end]:
        start = letters.rindex("k", start, end) + 1  # "voiced concern and | China said"
    start = _after_adverbial(sentence, start, end)
    if sentence.language == "ru" and letters[start : start + 1] == "t":
        start = behind_place(sentence, start, end)
    if start and letters[start - 1] == "Z" and sentence.language == "ru":
        while start + 1 < end and hears(sentence, start):
            start += 1  # «в беседе с журналистами | Линд»
    elif start and letters[start - 1] in "vZ":
        return _before_participle(sentence, start - 1, actors)
    if start and letters[start - 1] == "b" and not is_made_by(sentence, start):
        return None
    if sentence.language == "ru" and (whose := issuer(sentence, start, end, actors)):
        return whose, start
    speaker = speaker_in(sentence, start, end, actors)
    place = before_place(sentence, start, end) if sentence.language == "ru" else 0
    if place and (speaker is None or _FULL_NAME.search(letters[start:place])):
        return subject_before(sentence, place, actors)
    if speaker is None and sentence.language == "ru":
        return parted(sentence, start, end, actors)
    if speaker is not None and not speaker.person and start and letters[start - 1] == ",":
        return _described_by(sentence, start, end, actors) or (speaker, start)
    return (speaker, start) if speaker else None


_FULL_NAME = re.compile(r"N[Np]*N$")
_PLACE_NAMED = re.compile(r"(?<=N)[tm][DJwRMm]{0,4}Q$")  # «Линд | в эфире шоу «Вечер» заявил»


def _before_participle(sentence: Sentence, at: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "X speaking to the council | said": the full name right before the participle."""
    found = _candidate(sentence, at, actors)
    full = found is not None and found[0].person and " " in found[0].name
    return found if full else None


def _described_by(
    sentence: Sentence, start: int, end: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """ "Ada Lind, the party's candidate | said": the name that opens the clause."""
    name = re.search(r"(?:^|[;:kQ]|^m,?)(?P<name>N[Np]*N),$", sentence.letters[:start])
    if name is None or sentence.letters[start] not in _BEGINS_ROLE[sentence.language]:
        return None
    first = name.start("name")
    speaker = speaker_in(sentence, first, start - 1, actors)
    if speaker is None or not role_in(sentence, start, end):
        return None
    return described(sentence, speaker, start, end, actors), first


_PARTY = re.compile(r"(?<=N)\([RwJ]*Q\)$")  # «Линд | (партия «Север») сказал»
_BEGINS_ROLE = {"en": "DR", "fr": "D", "ru": "D"}
# "Lind — who was elected in May — | said"
_DASHED = re.compile(r"(?:^|[,;:kKQ])(?P<who>D?[JCA]*(?:R[RoDJCA]*)?i?N[Np]*)-W[^-;:.QN]{1,20}-$")
_ADVERBS = re.compile(r"(?:m,a[mw],|t?(?:am+a?|m+a?)|t[DJw]{0,2}n|Z(?:[wRMJ]+[QM]?|Q)?)+$")


def before_adverbs(sentence: Sentence, end: int) -> int:
    """The position before the adverbs, dates and clitics that stand between subject and verb."""
    while end and clitic(sentence, end - 1):
        end -= 1
    match = _ADVERBS.search(sentence.letters[:end])
    return match.start() if match else end


def before_relative(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "X, who | said" and "X, the minister, who | said": the name right before the pronoun."""
    letters = sentence.letters
    if not end or letters[end - 1] != ",":
        return before_bare_relative(sentence, end, actors)
    named = described_name(sentence, end, actors) or _before_apposition(sentence, end, actors)
    if named is not None and named[0].role:
        return named
    name = re.search(r"(?:N[Np]*|C)$", letters[: end - 1])
    if name is None:
        return None
    start, speaker = name.start(), speaker_in(sentence, name.start(), end - 1, actors)
    before = letters[:start].removesuffix("D")[-1:]  # "the court of the United States, which …"
    lone = speaker is not None and (not speaker.person or " " not in speaker.name)
    if speaker is None or before in tuple("ok") or (lone and before == "t"):
        return None
    return speaker, start


def _named_body(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """«Компания «Норд» | сообщила», "L'association « Les Amis du port » | dénonce"."""
    start = end - 1
    while start and sentence.letters[start - 1] in "RJCAD":
        start -= 1
    speaker = speaker_in(sentence, start, end, actors)
    return (speaker, start) if speaker else None


def _names(sentence: Sentence, quotation: int, end: int) -> bool:
    """Whether a quotation is a name or title in front of a name: “mediator” Gegham Stepanian."""
    rest = sentence.letters[quotation + 1 : end]
    return (
        bool(re.fullmatch(r"[Np]+", rest))
        and quotation > 0
        and sentence.letters[quotation - 1] == "D"
    )


def clitic(sentence: Sentence, at: int) -> bool:
    """Whether a French pronoun belongs to the verb behind it ("l'a souligné", "lui a dit")."""
    return sentence.language == "fr" and sentence.tokens[at].text.lower() in (
        "l'", "l’", "le", "la", "les", "lui", "leur", "y", "en", "s'", "s’", "se", "n'", "n’",
        "m'", "m’", "nous", "vous",
    )  # fmt: skip


def _before_apposition(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "Lavrov, the minister, quoted by TASS, | said": who stands before commas or brackets.

    A name is preferred to a role nearer the verb, which then is the name's apposition.
    """
    letters = sentence.letters
    opener = "(" if letters[end - 1] == ")" else ","
    nearest: tuple[Speaker, int] | None = None
    last = end - 1
    for at in range(end - 2, max(end - 2 - 2 * APPOSITION, 0), -1):
        aside = bool(set(letters[at:last]) & set("WZ"))
        if letters[at] in ";:." or (letters[at] in "KLTSVeQ" and not _aside(sentence, at, last)):
            break
        if letters[at] != opener:
            continue
        clause = "X" in letters[at:last] and "W" not in letters[at:last]
        if clause or last - at > APPOSITION:
            break  # "As Norway grows, Sweden should pay, | says Ada Lind"
        found = _candidate(sentence, at, actors)
        if found is not None and found[0].person:
            speaker, start = found
            known = described(sentence, speaker, *role_part(sentence, at + 1, last), actors)
            if set(letters[start:at]) <= set("Npi"):
                return _spoken_for(sentence, known, start, actors), start
            nearest = nearest if nearest and nearest[0].person else (known, start)
        elif found and nearest is None and (not aside or _has_relative(letters, at, found[1])):
            stop = at + 1 + len(_BRACKETS.sub("", letters[at + 1 : last]))
            first = at + 1 + (letters[at + 1 : at + 2] == "a")  # «мать, 40-летняя Ада Линд»
            named = renamed(found[0], sentence, first, stop)
            named = named or bearer_in_commas(sentence, found[0], at + 1, last, actors)
            nearest = (named or found[0], found[1])
        elif found is None and nearest is None and _is_described(letters, at, last):
            named = speaker_in(sentence, at + 1, last, actors)
            nearest = (named, at + 1) if named else None
            break
        if opener == "(":
            break
    if nearest and nearest[0].person:
        return nearest
    if nearest and (
        nearest[1] == 0 or letters[nearest[1] - 1] != "," or _adverbial(letters, nearest[1])
    ):
        return nearest
    return None


_BRACKETS = re.compile(r"\([^()]*\)$")  # "Ada Lind (PS)"


def _has_relative(letters: str, at: int, start: int) -> bool:
    """Whether a relative clause follows the first words ("The board, which met, said")."""
    relative = letters[at + 1 : at + 3].startswith(("W", "tW"))
    return relative and (start == 0 or letters[start - 1] == "." or _adverbial(letters, start))


_COMMAS = re.compile(
    r"(?P<role>[DJCAowRN][JCAGowRDN]*[Rw]|D?[JCAwo]*RoD?[JCAwN]+),a?(?P<name>i?N[Np]*N),$"
)


def _in_commas(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "The paper's editorial director, Ada Lind, | said": the full name between commas."""
    match = _COMMAS.search(sentence.letters[:end])
    if match is None or not set(match["role"]) & set("RDG"):
        return None
    start, stop = match.span("name")
    speaker = speaker_in(sentence, start, stop, actors)
    if speaker is None:
        return None
    first = match.start("role")
    return described(sentence, speaker, first, match.end("role"), actors), first


def _is_described(letters: str, at: int, last: int) -> bool:
    """Whether commas hold a full name that explains what stands before: "the coach, Jack Ross,"."""
    return bool(re.fullmatch(r"i?N[Np]*N", letters[at + 1 : last])) and bool(
        re.search(r"(?:^|[,;:.kKm])D[JCAw]*w(?:oD?[JCANw]+)*$", letters[:at])
    )


def _spoken_for(sentence: Sentence, speaker: Speaker, start: int, actors: Actors) -> Speaker:
    """ "France, through X, …": a person of unknown side speaks for the country before."""
    before = re.search(r"(?:^|[,;:kK])D?(C),?g$", sentence.letters[:start])
    if before is None or speaker.actor is not None:
        return speaker
    country = sentence.tokens[before.start(1)].text
    return replace(speaker, actor=actors.actor_of(country, sentence.language))


def _aside(sentence: Sentence, at: int, last: int) -> bool:
    """Whether a verb or quotation belongs to an aside between commas: a relative clause, a
    participle, "when asked about it", "while campaigning".
    """
    letters = sentence.letters
    opening = letters.rfind(",", 0, at)
    if opening < 0 or last - opening > APPOSITION:
        return False
    short = letters[opening + 1] == "K" and _PARTICIPLE.search(sentence.tokens[opening + 2].text)
    return bool(short) or bool(set(letters[opening:at]) & set("WZ"))


_PARTICIPLE = re.compile(r"[a-z]{2}(?:ing|ed)$")


def _adverbial(letters: str, start: int) -> bool:
    """Whether all that stands before ``start`` is an adverbial with its comma ("In Baku, …")."""
    return bool(re.fullmatch(r"(?:SD?M+|[mtDaJACwno]*),", letters[:start]))


def role_part(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The first of the appositions in tokens ``start`` to ``end`` that reads as a role."""
    position = start
    for piece in sentence.letters[start:end].split(","):
        if role_in(sentence, position, position + len(piece)):
            return position, position + len(piece)
        position += len(piece) + 1
    return start, start


def _candidate(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The speaker that ends right before the comma or bracket at token ``end``."""
    letters = sentence.letters
    if letters[end - 1] not in "NRCJPGAw":
        return None
    start = end
    while start and letters[start - 1] not in _STOPS:
        start -= 1
    start = _after_adverbial(sentence, start, end)
    if sentence.language == "ru" and letters[start : start + 1] == "t":
        start = behind_place(sentence, start, end)
    if start and letters[start - 1] in "bZ":
        return None
    speaker = speaker_in(sentence, start, end, actors)
    return (speaker, start) if speaker else None


_DATE = re.compile("am|(?<=m)a(?=w)")  # «5 мая 2020 года | Линд»
_YEAR = ("года", "году", "г.")


def _after_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Skips "in a statement", "In Moscow" before the subject that begins without a comma."""
    letters = sentence.letters
    while start < end and (letters[start] in "mk" or _DATE.match(letters, start)):
        start += 1
        if sentence.tokens[start - 1].letter == "a" and sentence.tokens[start].text in _YEAR:
            start += 1
    if start >= end or letters[start] != "t":
        return start
    place = re.fullmatch(r"(t[wnD]{1,4})(?:iN[Np]*|N[Np]*)", letters[start:end])
    if place and sentence.language == "ru" and end - start - place.end(1) == 1:
        lone = sentence.tokens[end - 1].text
        return start if is_owner(lone) else end - 1  # «Об аресте Линда | сообщила Анна»
    if place:
        return start + place.end(1)
    articles = [
        at for at in range(start + 2, end) if letters[at] == "D" and letters[at - 1] not in "to"
    ]
    if articles:
        return articles[-1]
    return start + 2 if letters[start + 1] in "Cm" and start + 2 < end else start
