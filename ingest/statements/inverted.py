"""Finds the subject that stands behind its verb, and who may stand before one; knows no cues.

Inverted subjects end where grammar lets them end; Russian ones must agree with their verb.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.cases import (
    bent,
    form,
    is_he,
    may_be_object,
    may_head,
    names_subject,
    takes_object,
)
from ingest.statements.departments import is_inside, speaking_inside
from ingest.statements.french import (
    behind_hearers,
    behind_manner,
    has_object,
)
from ingest.statements.lexicon import is_body
from ingest.statements.onward import asked, interviewed, national
from ingest.statements.russian import behind_hearer, behind_latin, behind_programme, somebody
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import (
    Speaker,
    described,
    renamed,
    role_in,
    speaker_in,
    unnamed,
)
from ingest.statements.subjects import APPOSITION, clitic
from ingest.statements.written import behind_paper, own_paper
from vectorstore.actors import Actors

PLURAL = ("ли", "ют", "ят", "ат", "лись", "ли ответом", "ены")  # endings of Russian plural verbs


def subject_after(
    sentence: Sentence, cue_at: int, start: int, actors: Actors
) -> tuple[Speaker, int] | None:
    """The inverted subject behind a verb: “…,” said X; «…», — заявил X; "…, a déclaré X"."""
    letters = sentence.letters
    before = letters[cue_at - 1] if cue_at else ""
    if cue_at > 1 and clitic(sentence, cue_at - 1):
        before = letters[cue_at - 2]  # "« … », lui a dit X"
    if sentence.language == "fr" and re.search(r"y[Dw]?$", letters[:cue_at]):
        before = ","  # "comme l'a souligné X"
    if sentence.language != "ru" and before not in tuple("Q,-.") and (cue_at or before):
        return None
    if sentence.language == "en" and "Q" not in letters[max(0, cue_at - 2) : cue_at]:
        return _headed(sentence, start, actors) if cue_at == 0 else None
    if own := own_paper(sentence, start):
        return own
    if sentence.language == "fr" and has_object(sentence, cue_at, start):
        return None
    if (behind := behind_paper(sentence, start)) > start:
        return _paper_of(sentence, behind, actors)
    verb = sentence.tokens[start - 1].text
    if sentence.language == "ru" and _ALSO.match(letters, start):
        start += 1
    while start < len(letters) and letters[start] in "mM":
        start += 1
    if sentence.language == "ru":
        start = behind_hearer(sentence, behind_programme(sentence, start))
        if start < len(letters) and (gender := somebody(sentence, start)):
            return unnamed(sentence, start, gender), start + 1
        if (end := interviewed(sentence, start)) > start:
            return asked(sentence, start, end), end
        if gender := national(sentence, start):
            return replace(unnamed(sentence, start, gender), role=""), start + 1
    if sentence.language == "ru" and (given := _INTERVIEW.match(letters, start)):
        start = _behind_objects(sentence, start + 1, verb, given.end())
    if sentence.language == "fr":
        start = behind_manner(sentence, start)
    spoken = sentence.language == "ru" and verb.endswith(PLURAL)
    if spoken and (body := speaking_inside(sentence, start, actors)):
        return body
    start = _behind_adverbial(sentence, start)
    if sentence.language == "ru" and _COMMENTS.match(verb) and "Q" in letters[:cue_at]:
        start = _behind_objects(sentence, start, verb, start)
    if spoken and is_inside(sentence, start):
        return speaking_inside(sentence, start, actors)
    if _may_be_object(sentence, cue_at, start):
        return None
    described_first = _NAMED_BEHIND.match(letters, start)
    if described_first:
        return _bearer_behind(sentence, described_first)
    end = start
    while end < len(letters) and (
        letters[end] not in ",;:.()KLWVveSTgybZzXHhQ-/m" or _CLUB.match(letters, end - 1)
    ):
        end += 1
    placed = re.match(r"D?[JC]*R[JC]*i?N[Np]*(?=t)", letters[start:end])
    end = start + placed.end() if placed else end  # "said President Lind | in Oslo"
    end = _short_of_hearers(sentence, start, end)
    for stop in range(end, start, -1):
        named = re.fullmatch(r"i?N[Np]*", letters[start:stop])
        of_it = letters[stop : stop + 2] == "oD" and named  # "said Lind | of his plans"
        if not (of_it or may_end(letters, stop, end)):
            continue
        speaker = speaker_in(sentence, start, stop, actors)
        if speaker is not None and _agrees(sentence, cue_at, start, stop, speaker):
            return with_apposition(sentence, speaker, stop, actors)
    return None


def _headed(sentence: Sentence, start: int, actors: Actors) -> tuple[Speaker, int] | None:
    """ "Added Ms Lind: “…”": the verb heads the sentence."""
    end = re.search("[,:](?=Q)", sentence.letters[start:])
    if end is None:
        return None
    speaker = speaker_in(sentence, start, start + end.start(), actors)
    return (speaker, start + end.start()) if speaker else None


# "“…,” says a young nurse, Ada Lind." The words before the comma describe, and hold no role.
_NAMED_BEHIND = re.compile(r"(?P<role>D[JCAw]*w(?:o[DJCANwR]+)?),(?P<name>i?N[Np]*N)(?=[,.;:)Q]|$)")


def _paper_of(sentence: Sentence, start: int, actors: Actors) -> tuple[Speaker, int] | None:
    """Whose paper it is: a body, or somebody by name."""
    body = re.match(r"D?[JCARNow]*D?[JCARNwop]*", sentence.letters[start:])
    end = start + body.end() if body else start
    for stop in range(end, start, -1):
        if may_end(sentence.letters, stop, end):
            speaker = speaker_in(sentence, start, stop, actors)
            if speaker is not None:
                return with_apposition(sentence, speaker, stop, actors)
    return None


def _bearer_behind(sentence: Sentence, match: re.Match[str]) -> tuple[Speaker, int]:
    """The person named behind the words that describe them."""
    first, last = match.span("role")
    first += sentence.letters[first] == "D"
    start, end = match.span("name")
    start += sentence.letters[start] == "i"
    speaker = Speaker(
        name=sentence.text(start, end),
        role=sentence.text(first, last),
        actor=None,
        span=sentence.span_of(start, end),
        person=True,
    )
    return speaker, end


_ALSO = re.compile("k(?=m*[JA]*[RNC])")  # «опроверг и сам | Линд»
_CLUB = re.compile("[Rw]Q(?=N|,N[Np]*N[,.;:)])")  # «тренер «Зенита» | Ада Линд»
_RUSSIAN_SUBJECT = re.compile(r"[JAw]*R[JARCowQ]*N|w{0,2}N[Np]*N|J*R|C")
_WHERE = ("в", "во", "на", "перед", "по", "после")
_INTERVIEW = re.compile(r"Z[RwMJ]*Q?(?=[JAw]*R|N[Np]*N)")  # «в интервью телеканалу «…» | X»
_HEARING = ("у", "ю", "ам", "ям")  # «корреспонденту «Известий» | Ада Линд»
_COMMENTS = re.compile(
    "прокоммент|комменти|описа|опис|охаракт|оцени|объясн|проинф"
)  # «… слухи | мэр»
_OBJECTS = 8  # tokens at most that say where and to whom


def _behind_adverbial(sentence: Sentence, start: int) -> int:
    """The position behind where or to whom it was said, before the inverted subject."""
    letters, verb = sentence.letters, sentence.tokens[start - 1].text
    if sentence.language == "ru" and letters[start : start + 1] in tuple("RwM"):
        word = sentence.tokens[start].text
        hears = word.endswith(_HEARING) or (letters[start] == "R" and bent(word))
        return _behind_objects(sentence, start, verb, start) if hears else start
    return _behind_place(sentence, start, verb)


def _behind_place(sentence: Sentence, start: int, verb: str) -> int:
    """The position behind where or to whom it was said, before the inverted subject."""
    letters = sentence.letters
    if sentence.language == "en" or letters[start : start + 1] != "t":
        return start
    if sentence.language == "fr":
        return behind_hearers(sentence, start)
    if sentence.tokens[start].text.lower() not in _WHERE:
        return start
    return _behind_objects(sentence, start + 1, verb, start)


def _behind_objects(sentence: Sentence, first: int, verb: str, otherwise: int) -> int:
    """Where a Russian subject begins behind where and to whom it was said."""
    for at in range(first, min(first + _OBJECTS, len(sentence.letters))):
        token = sentence.tokens[at]
        if at > first and _begins_subject(sentence, at, verb):
            return at
        if token.letter not in "JDwnRCMNQtma" or not (
            token.letter in "DMQCtma" or may_be_object(token.text)
        ):
            return otherwise
    return otherwise


def _begins_subject(sentence: Sentence, at: int, verb: str) -> bool:
    token, before = sentence.tokens[at], sentence.letters[at - 1]
    if not _RUSSIAN_SUBJECT.match(sentence.letters, at) or before == "t":
        return False
    names = re.compile("N*").match(sentence.letters, at)
    if names and behind_latin(sentence, at, names.end()) > at:
        return False  # «газете Morning News | Ада Линд»
    word = token.text.split()[0]
    if token.letter in "CJAw":
        return not may_be_object(word) or word.endswith(("ая", "яя"))
    return token.letter in "RN" and may_head(word, verb, name=token.letter == "N")


def _short_of_hearers(sentence: Sentence, start: int, end: int) -> int:
    """Where an office ends before those it speaks to («президент | толпе сторонников»)."""
    if sentence.language == "fr":
        to = re.search(r"tD?(?:M|w)", sentence.letters[start + 1 : end])
        at = start + 1 + to.start() if to else end
        told = to and sentence.tokens[at].text.lower() in ("à", "au", "aux")
        asked = to and (to[0][-1] == "M" or sentence.tokens[at + 2].text.startswith("question"))
        return at if told and asked else end
    if sentence.language != "ru":
        return end
    for at in range(start + 1, end):
        latin = sentence.tokens[at].text[0].isascii() and not sentence.tokens[at - 1].text.isascii()
        if latin and sentence.letters[at] == "N" and sentence.letters[at - 1] == "N":
            return at  # «сказал Росс | Radio Scotland»
    if sentence.letters[start : start + 2] != "Rw":
        return end
    return start + 1 if sentence.tokens[start + 1].text.endswith(_DATIVE) else end


_DATIVE = ("е", "у", "ю", "ам", "ям")


def _may_be_object(sentence: Sentence, cue_at: int, start: int) -> bool:
    """Whether the name behind a Russian verb may be whom it calls on («призвали США …»)."""
    if sentence.language != "ru" or sentence.letters[start : start + 1] not in tuple("CRJ"):
        return False
    first = re.search(r"(?:^|Q[,\-]*|y)m*$", sentence.letters[:cue_at])
    verb = next((t for t in sentence.tokens[cue_at:start] if t.letter == "V"), None)
    head = sentence.tokens[start].text.split()[0]
    if sentence.letters[start] == "R" and is_he(head) and not is_body(head, "ru"):
        return False  # «признал | командующий»: bent, it were «командующего»
    return first is None and verb is not None and takes_object(verb.text)


def may_end(letters: str, stop: int, end: int) -> bool:
    """Whether a speaker behind its cue may end at ``stop``, short of all the words at hand."""
    if letters[stop - 1] in "tokDG":
        return False
    if stop == end or letters[stop - 1] == "P":
        return True
    return letters[stop] in "tmDkPaARM" or (letters[stop] == "w" and letters[stop - 1] in "NC")


def with_apposition(
    sentence: Sentence, speaker: Speaker, end: int, actors: Actors
) -> tuple[Speaker, int]:
    """The speaker with the role that follows it between commas, and where that ends."""
    letters = sentence.letters
    if end < len(letters) and letters[end] == "(" and ")" in letters[end : end + APPOSITION]:
        return with_apposition(sentence, speaker, letters.index(")", end) + 1, actors)
    if not speaker.person:
        own = re.match(r",N(?=,[QDP])", letters[end:])
        if own and speaker.actor is None and speaker.name.islower():
            return replace(speaker, name=sentence.text(end + 1, end + 2)), end + 2
        chief = _CHIEF.match(letters, end)
        if chief and (person := speaker_in(sentence, *chief.span("name"), actors)):
            role = chief.span("role")
            return described(sentence, person, *role, actors), chief.end()
        name = re.match(r",a?(?P<who>i?N[Np]*N)(?=[,.;:)]|$)", letters[end:])
        named = (
            renamed(speaker, sentence, end + name.start("who"), end + name.end()) if name else None
        )
        return (named, end + name.end()) if name and named else (speaker, end)
    if end < len(letters) and letters[end] in ",(":
        stop = end + 1
        while (
            stop < len(letters)
            and letters[stop] not in ",;:.)QVveSTgZ-"
            and stop - end < APPOSITION
        ):
            stop += 1
        if role_in(sentence, end + 1, stop):
            return described(sentence, speaker, end + 1, stop, actors), stop
    return speaker, end


# "said the University of Norwick, | Easton's chancellor, Ada Lind"
_CHIEF = re.compile(r",(?P<role>[NC]+G[JAw]*R),(?P<name>i?N[Np]*N)(?=[,.;:)]|$)")
_OBLIQUE = re.compile(r"\w+(?:ому|ему|ого|ым|ую|ыми|ами|ями|ову|еву|ину|ову|ским|скому|ского)$")


_OBLIQUE_PRONOUNS = {"him", "her", "them", "lui", "eux", "его", "ее", "её", "ему", "ей", "их", "им"}


def may_be_subject(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether what stands before a verb can be its subject («Лаврову ответил», "her remarks")."""
    if speaker.pronoun:
        said = (token.text for token in sentence.tokens if token.start == speaker.span.start)
        return next(said).lower() not in _OBLIQUE_PRONOUNS
    oblique = any(_OBLIQUE.fullmatch(word) for word in speaker.name.split()[-1:])
    return not (sentence.language == "ru" and speaker.person and oblique)


_THING = re.compile(r"(?:ие|ье|во)$")


def agrees(sentence: Sentence, verb: str, start: int, speaker: Speaker) -> bool:
    """Whether a speaker whose words begin at ``start`` can be a verb's subject by its endings."""
    if sentence.language != "ru" or speaker.pronoun:
        return True
    stop = speaker.span.start if speaker.person else speaker.span.end
    heads = [t for t in sentence.tokens[start:] if t.start < stop and t.letter in "Ri"]
    if heads and bent(heads[0].text):
        return False
    thing = not speaker.person and sentence.letters[start] in "Nw"
    if thing and _THING.search(sentence.tokens[start].text) and form(verb) in ("m", "f"):
        return False  # «Решение суда | одобрил мэр»
    return not speaker.person or names_subject(speaker.name.split(), verb)


def _agrees(sentence: Sentence, cue_at: int, start: int, end: int, speaker: Speaker) -> bool:
    """Whether a Russian name behind its verb can be its subject by case and gender."""
    if sentence.language != "ru":
        return True
    head, name = sentence.tokens[start].text.split()[0], sentence.tokens[end - 1].text
    verb = sentence.tokens[cue_at].text
    if any(_OBLIQUE.fullmatch(word) for word in (head, name)):
        return False
    feminine_name = name.endswith(("ова", "ева", "ина", "ская", "цкая"))
    if head.endswith(("ы", "и")) and sentence.letters[start] == "R" and not verb.endswith(PLURAL):
        return False
    if feminine_name and verb.endswith(("л", "лся", "ен")) and sentence.letters[end - 1] == "N":
        return False
    return agrees(sentence, verb, start, speaker)
