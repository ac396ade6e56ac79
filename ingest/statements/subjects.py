"""Finds the subject of a verb of saying, before or behind it; knows grammar, not cues.

A subject stands right before its verb, but for adverbs, dates and an apposition, or, inverted,
right behind it. What does not read as one speaker there is no subject.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, renamed, role_in, speaker_in
from vectorstore.actors import Actors

PLURAL = ("ли", "ют", "ят", "ат", "лись", "ли ответом")  # endings of Russian plural verbs
_STOPS = frozenset(",;:.()KLWVveSTgybZzXHhQ-/")
_APPOSITION = 28  # tokens at most between the commas of an apposition


def subject_before(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """The speaker whose words end at token ``end``, with the position where it begins."""
    letters = sentence.letters
    end = before_adverbs(sentence, end)
    if not end:
        return None
    if letters[end - 1] in ",)":
        return _before_apposition(sentence, end, actors)
    if letters[end - 1] == "W":
        return _before_relative(sentence, end - 1, actors)
    start = end
    while start and letters[start - 1] not in _STOPS:
        start -= 1
    if start and letters[start - 1] == "Q" and _names(sentence, start - 1, end):
        start -= 1
        while start and letters[start - 1] not in _STOPS:
            start -= 1
    start = _after_adverbial(sentence, start, end)
    if start and letters[start - 1] in "vZ":
        return _before_participle(sentence, start - 1, actors)
    if start and letters[start - 1] == "b":
        return None
    speaker = speaker_in(sentence, start, end, actors)
    if speaker is not None and not speaker.person and start and letters[start - 1] == ",":
        return _described_by(sentence, start, end, actors) or (speaker, start)
    return (speaker, start) if speaker else None


def _before_participle(sentence: Sentence, at: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "X speaking to the council | said": the full name right before the participle."""
    found = _candidate(sentence, at, actors)
    full = found is not None and found[0].person and " " in found[0].name
    return found if full else None


def _described_by(
    sentence: Sentence, start: int, end: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """ "Ada Lind, the party's candidate | said": a name that opens the clause, and its apposition."""
    name = re.search(r"(?:^|[;:k]|^m,?)(?P<name>N[Np]*N),$", sentence.letters[:start])
    if name is None or sentence.letters[start] != "D":
        return None
    first = name.start("name")
    speaker = speaker_in(sentence, first, start - 1, actors)
    if speaker is None or not role_in(sentence, start, end):
        return None
    return described(sentence, speaker, start, end, actors), first


_ADVERBS = re.compile(r"(?:t?(?:am+a?|m+a?))+$")


def before_adverbs(sentence: Sentence, end: int) -> int:
    """The position before the adverbs, dates and clitics that stand between subject and verb."""
    while end and _clitic(sentence, end - 1):
        end -= 1
    match = _ADVERBS.search(sentence.letters[:end])
    return match.start() if match else end


def _before_relative(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "X, who | said" and "X, the minister, who | said": the name right before the pronoun."""
    letters = sentence.letters
    if not end or letters[end - 1] != ",":
        return None
    described_before = _before_apposition(sentence, end, actors)
    if described_before is not None and described_before[0].role:
        return described_before
    name = re.search(r"(?:N[Np]*|C)$", letters[: end - 1])
    if name is None:
        return None
    start, speaker = name.start(), speaker_in(sentence, name.start(), end - 1, actors)
    before = letters[max(0, start - 1) : start]
    if speaker is None or before in tuple("ok") or (speaker.name.count(" ") == 0 and before == "t"):
        return None
    return speaker, start


def _names(sentence: Sentence, quotation: int, end: int) -> bool:
    """Whether a quotation is a name or title in front of a name: “mediator” Gegham Stepanian."""
    rest = sentence.letters[quotation + 1 : end]
    return (
        bool(re.fullmatch(r"[Np]+", rest))
        and quotation > 0
        and sentence.letters[quotation - 1] == "D"
    )


def _clitic(sentence: Sentence, at: int) -> bool:
    return sentence.language == "fr" and sentence.tokens[at].text.lower() in (
        "l'", "l’", "le", "la", "les", "lui", "leur", "y", "en", "s'", "s’", "se", "n'", "n’",
    )  # fmt: skip


def _before_apposition(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "Lavrov, the minister, quoted by TASS, | said": who stands before commas or brackets.

    A name is preferred to a role nearer the verb, which then is the name's apposition.
    """
    letters = sentence.letters
    opener = "(" if letters[end - 1] == ")" else ","
    nearest: tuple[Speaker, int] | None = None
    last = end - 1
    for at in range(end - 2, max(end - 2 - 2 * _APPOSITION, 0), -1):
        aside = bool(set(letters[at:last]) & set("WZ"))
        if letters[at] in ";:.KLTS" or (letters[at] in "VeQ" and not _aside(letters, at, last)):
            break
        if letters[at] != opener:
            continue
        if last - at > _APPOSITION:
            break
        found = _candidate(sentence, at, actors)
        if found is not None and found[0].person:
            speaker, start = found
            known = described(sentence, speaker, *_role_part(sentence, at + 1, last), actors)
            if set(letters[start:at]) <= set("Npi"):
                return _spoken_for(sentence, known, start, actors), start
            nearest = nearest if nearest and nearest[0].person else (known, start)
        elif found is not None and nearest is None and not aside:
            named = renamed(found[0], sentence, at + 1, last)
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


def _aside(letters: str, at: int, last: int) -> bool:
    """Whether a verb or quotation belongs to a relative or participial aside between commas."""
    opening = letters.rfind(",", 0, at)
    return (
        opening >= 0
        and bool(set(letters[opening:at]) & set("WZ"))
        and last - opening <= _APPOSITION
    )


def _adverbial(letters: str, start: int) -> bool:
    """Whether all that stands before ``start`` is an adverbial with its comma ("In Baku, …")."""
    return bool(re.fullmatch(r"[mtDaJACwno]*,", letters[:start]))


def _role_part(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
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
    if start and letters[start - 1] in "bZ":
        return None
    speaker = speaker_in(sentence, start, end, actors)
    return (speaker, start) if speaker else None


def _after_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Skips "in a statement", "In Moscow" before the subject that begins without a comma."""
    letters = sentence.letters
    while start < end and letters[start] in "mk":
        start += 1
    if start >= end or letters[start] != "t":
        return start
    place = re.fullmatch(r"(t[wnD]{1,4})(?:iN[Np]*|N[Np]*)", letters[start:end])
    if place:
        return start + place.end(1)
    articles = [
        at for at in range(start + 2, end) if letters[at] == "D" and letters[at - 1] not in "to"
    ]
    if articles:
        return articles[-1]
    return start + 2 if letters[start + 1] in "Cm" and start + 2 < end else start


def subject_after(
    sentence: Sentence, cue_at: int, start: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """The inverted subject behind a verb: “…,” said X; «…», — заявил X; "…, a déclaré X"."""
    letters = sentence.letters
    before = letters[cue_at - 1] if cue_at else ""
    if cue_at > 1 and _clitic(sentence, cue_at - 1):
        before = letters[cue_at - 2]  # "« … », lui a dit X"
    if sentence.language == "fr" and re.search(r"y[Dw]?$", letters[:cue_at]):
        before = ","  # "comme l'a souligné X"
    if sentence.language != "ru" and before not in tuple("Q,-."):
        return None
    if sentence.language == "en" and "Q" not in letters[max(0, cue_at - 2) : cue_at]:
        return None
    while start < len(letters) and letters[start] in "mM":
        start += 1
    inside = start < len(letters) and sentence.tokens[start].text.lower() in ("в", "во", "на")
    if sentence.language == "ru" and inside and sentence.tokens[start - 1].text.endswith(PLURAL):
        return _speaking_inside(sentence, start + 1, actors)
    if _may_be_object(sentence, cue_at, start):
        return None
    end = start
    while end < len(letters) and letters[end] not in ",;:.()KLWVveSTgybZzXHhQ-/m":
        end += 1
    for stop in range(end, start, -1):
        if not may_end(letters, stop, end):
            continue
        speaker = speaker_in(sentence, start, stop, actors)
        if speaker is not None and _agrees(sentence, cue_at, start, stop):
            return with_apposition(sentence, speaker, stop, actors)
    return None


def _speaking_inside(
    sentence: Sentence, start: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """«…», — сообщили в МИД России: the body that said it."""
    body = re.match(r"J?(?:C|R)[JARCow]*", sentence.letters[start:])
    speaker = speaker_in(sentence, start, start + body.end(), actors) if body else None
    return (speaker, start + body.end()) if body and speaker and speaker.actor else None


_TAKES_OBJECT = re.compile(
    r"(?:призва|призыва|обвин|предупре|попрос|поблагодар|поздрав|.*критик|осуд|осужд|спрос"
    r"|.*приветств|назва|назыв|высмея|пригроз|отверг|отрица|опров|подтвер|.*держа).*"
)


def _may_be_object(sentence: Sentence, cue_at: int, start: int) -> bool:
    """Whether the name behind a Russian verb may be whom it calls on («призвали США …»)."""
    if sentence.language != "ru" or sentence.letters[start : start + 1] not in tuple("CRJ"):
        return False
    first = re.search(r"(?:^|Q[,\-]*|y)m*$", sentence.letters[:cue_at])
    verb = next((t for t in sentence.tokens[cue_at:start] if t.letter == "V"), None)
    takes = verb is not None and _TAKES_OBJECT.fullmatch(verb.text.lower()) is not None
    return first is None and takes


def may_end(letters: str, stop: int, end: int) -> bool:
    """Whether a speaker behind its cue may end at ``stop``, short of all the words at hand."""
    if letters[stop - 1] in "tokDG":
        return False
    if stop == end:
        return True
    return letters[stop] in "tmDkPaAR" or (letters[stop] == "w" and letters[stop - 1] in "NC")


def with_apposition(
    sentence: Sentence, speaker: Speaker, end: int, actors: Actors
) -> tuple[Speaker, int]:
    """The speaker with the role that follows it between commas, and where that ends."""
    letters = sentence.letters
    if end < len(letters) and letters[end] == "(" and ")" in letters[end : end + _APPOSITION]:
        return with_apposition(sentence, speaker, letters.index(")", end) + 1, actors)
    if not speaker.person:
        own = re.match(r",N(?=,[QDP])", letters[end:])
        if own and speaker.actor is None and speaker.name.islower():
            return replace(speaker, name=sentence.text(end + 1, end + 2)), end + 2
        name = re.match(r",(i?N[Np]*N)(?=[,.;:)]|$)", letters[end:])
        named = renamed(speaker, sentence, end + 1, end + name.end()) if name else None
        return (named, end + name.end()) if name and named else (speaker, end)
    if end < len(letters) and letters[end] in ",(":
        stop = end + 1
        while (
            stop < len(letters)
            and letters[stop] not in ",;:.)QVveSTgZ-"
            and stop - end < _APPOSITION
        ):
            stop += 1
        if role_in(sentence, end + 1, stop):
            return described(sentence, speaker, end + 1, stop, actors), stop
    return speaker, end


_OBLIQUE = re.compile(r"\w+(?:ому|ему|ого|ым|ую|ыми|ами|ями|ову|еву|ину|ову|ским|скому|ского)$")


_OBLIQUE_PRONOUNS = {"him", "her", "them", "lui", "eux", "его", "ее", "её", "ему", "ей", "их", "им"}


def nominative(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether what stands before a verb can be its subject («Лаврову ответил», "her remarks")."""
    if speaker.pronoun:
        said = (token.text for token in sentence.tokens if token.start == speaker.span.start)
        return next(said).lower() not in _OBLIQUE_PRONOUNS
    oblique = any(_OBLIQUE.fullmatch(word) for word in speaker.name.split()[-1:])
    return not (sentence.language == "ru" and speaker.person and oblique)


def _agrees(sentence: Sentence, cue_at: int, start: int, end: int) -> bool:
    """Whether a Russian name behind its verb can be its subject by case and gender."""
    if sentence.language != "ru":
        return True
    head, name = sentence.tokens[start].text, sentence.tokens[end - 1].text
    verb = sentence.tokens[cue_at].text
    if any(_OBLIQUE.fullmatch(word) for word in (head, name)):
        return False
    feminine_name = name.endswith(("ова", "ева", "ина", "ская", "цкая"))
    masculine_verb = verb.endswith(("л", "лся", "ен"))
    if head.endswith(("ы", "и")) and sentence.letters[start] == "R" and not verb.endswith(PLURAL):
        return False
    return not (feminine_name and masculine_verb and sentence.letters[end - 1] == "N")
