"""Who a run of words names as a speaker: person, role or body; knows grammar, not speech.

Nothing is guessed: a run that does not read as one speaker gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.statements.cases import bent
from ingest.statements.documents import owner_of_document
from ingest.statements.french import behind_owner, shown
from ingest.statements.gender import PRONOUNS, THINGS, gender
from ingest.statements.lexicon import is_body, is_self
from ingest.statements.offices import is_pair
from ingest.statements.russian import (
    announces,
    begins_with_object,
    begins_with_owner,
    behind_latin,
    heads,
    is_complement,
    is_no_body,
    role_start,
    without_place,
)
from ingest.statements.sentence import Sentence
from vectorstore.actors import Actors
from vectorstore.domain import Span

# Optional article; what describes; the name. "the Russian foreign minister | Sergey Lavrov"
_PERSON = re.compile(r"(?P<pre>[DaAJCRwoQGtknN\-mL]*?)(?P<name>i?[NA](?:[Npi]|(?<=[Np])A)*)")
# The name first, then where they belong ("Jennifer Lu of the coalition") or an apposition.
_AHEAD = re.compile(r"(?P<pre>D?[JCAw]*R*[AJC]*)(?P<name>i?N[Np]*N)(?=[ot]|(?P<role>Dw?R))")
_BODY = re.compile(r"D?[aAJCNRwGQ\-]*[RCJ][aAJCNRwoGtDkp\-nM]*")
_PAPER = re.compile(r"(?P<who>[^G]+)G[JAw]*n(?:[to].*)?")  # "the minister's statement | said"
_WHEN = re.compile(r"(?:[mk]|D(?=m))+")  # "This Wednesday | the minister"
# A name here belongs to the phrase: "party in | Goa".
_INSIDE = re.compile(r"[to]D?[JG]*$|o[DJCANw]*NG[JAw]*$")
# "spokesman of the team | Lind", "for the rescue agency | Lind" is not called Lind
_TEAM = re.compile(r"RoD?[JA]*w$|Rt[DJACGNw]*[wR]$")
# "minister Ada Lind after a meeting with minister | Rick Perry": the first is who speaks.
_SOMEBODY = re.compile(r"N[Np]*N[mw]*t")
_MET = re.compile(r"R.*N[Np]*N[mw]*t")
_AGED = re.compile(r"\d+-year-old")

_LONG = 6  # lower-case words at most in a role before a name
_ARTICLES = ("The", "Le", "La", "Les")  # "D'après The Hollywood Reporter"
_NO_PERSON = ("е", "о", "у", "ю", "и", "ы")  # endings of Russian objects before a subject
_CUE_WORDS = 3
_NAMES = 2  # words of a name that follows another name


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as the text prints it; ``span`` holds the name, or what stands for it."""

    name: str
    role: str
    actor: str | None
    span: Span
    person: bool
    pronoun: bool = False
    gender: str = ""


def pronoun_in(sentence: Sentence, at: int) -> Speaker | None:
    """The pronoun in the midst of a Russian cue («по ее словам»), if the token is one."""
    words = sentence.tokens[at].text.lower().split()
    inside = len(words) == _CUE_WORDS and words[1] in PRONOUNS | dict.fromkeys(THINGS)
    return _pronoun(sentence, at) if inside else None


def speaker_in(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    """The one speaker that tokens ``start`` to ``end`` (excluded) name, or None."""
    letters = sentence.letters[start:end]
    if letters == "P":
        return _pronoun(sentence, start)
    aged = letters == "Da" and _AGED.fullmatch(sentence.tokens[start + 1].text)
    if aged and sentence.tokens[start].text.lower() == "the":
        # "the 31-year-old" is told by what was said before, as "he" or "she" is
        span = sentence.span_of(start, end)
        return Speaker(name="", role="", actor=None, span=span, person=True, pronoun=True)
    if sentence.language == "fr" and (told := shown(sentence, start, end)):
        span = sentence.span_of(start, end)
        return Speaker(
            name="", role="", actor=None, span=span, person=True, pronoun=True, gender=told
        )
    if sentence.language == "fr" and (split := behind_owner(sentence, start, end)):
        person = speaker_in(sentence, split, end, actors)
        return person and described(sentence, person, start, split, actors)
    ahead_of_it = _WHEN.match(letters)
    if ahead_of_it:
        start, letters = start + ahead_of_it.end(), letters[ahead_of_it.end() :]
    if letters[:1] == "o" and sentence.tokens[start].text.lower() == "des":
        start, letters = start + 1, letters[1:]  # "Des responsables norvégiens | ont dit"
    if not letters or letters[0] in "to" or is_pair(sentence, start, letters):
        return None
    first = sentence.tokens[start]
    if first.letter not in "CJ" and is_self(first.text, sentence.language):
        return None  # not the US
    paper = _PAPER.fullmatch(letters)
    if paper:
        return speaker_in(sentence, start, start + paper.end("who"), actors)
    document = owner_of_document(sentence, start, end)
    if document is not None:
        return speaker_in(sentence, *document, actors)
    ahead = _AHEAD.match(letters)
    if ahead:
        person = _person(sentence, start, ahead, actors)
        rest = ahead.start("role")
        if person is None or rest < 0:
            return person and _belonging(sentence, person, start + ahead.end(), end, actors)
        return described(sentence, person, start + rest, end, actors)
    named = _PERSON.fullmatch(letters)
    if named and sentence.language == "ru" and is_complement(sentence, start, named):
        if letters[0] not in "RJ":
            return None
        named = None  # «пресс-секретарь кампании Трампа» has no name
    if named and sentence.language == "ru" and not announces(sentence, start, named):
        return _body_of(sentence, start, end, actors)
    if named and "N" in named["name"] and _introduces(named["pre"], single=len(named["name"]) == 1):
        return _person(sentence, start, named, actors)
    body = sentence.language == "ru" or is_body(sentence.tokens[end - 2].text, sentence.language)
    if letters.endswith("RQ") and body:
        return _body(sentence, start, end, actors)
    if _BODY.fullmatch(letters) and set(letters) & set("RC") and not _MET.search(letters):
        return _body(sentence, start, end, actors)
    return None


def _body_of(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    """The body with a place behind it («полиция Осло»), or an office that speaks for a side."""
    letters = sentence.letters[start:end]
    head = start + letters.find("R")
    if head < start or not _BODY.fullmatch(letters):
        return None
    body = _body(sentence, start, end, actors)
    speaks = is_body(sentence.tokens[head].text.split()[-1], sentence.language)
    return body if body and (speaks or body.actor) else None


def _introduces(pre: str, *, single: bool) -> bool:
    """Whether the words before a name can introduce its bearer."""
    first = min((pre.find(letter) for letter in "tLm" if letter in pre), default=-1)
    return (
        not _INSIDE.search(pre)
        and not _SOMEBODY.search(pre)
        and pre.count("w") <= _LONG
        and not (_TEAM.search(pre) and single)
        and (first < 0 or -1 < pre.find("R") < first)
    )


def _belonging(
    sentence: Sentence, person: Speaker, start: int, end: int, actors: Actors
) -> Speaker:
    """ "Ada Lind of the Drivers' Union": whom the person belongs to is a role, if it is a body."""
    owner = _OWNER.fullmatch(sentence.letters[start:end]) if sentence.language == "en" else None
    if owner is None:
        return person
    whose = sentence.text(start + owner.start("who"), end)
    if person.role:  # only an office speaks for somebody: "Prime Minister Ada Lind of Norway"
        side = actors.actor_of(f"{person.role} of {whose}", sentence.language)
        return replace(person, actor=person.actor or side)
    body = {"R", "C"} & set(owner["who"]) or len(owner["who"]) > _NAMES
    side = actors.actor_of(whose, sentence.language)
    country = side is not None and "R" not in owner["who"]
    return replace(person, role=whose) if body and not country else person


_OWNER = re.compile(r"oD?(?P<who>[JCANRwG]*[NRC])")
_ACRONYM = re.compile(r"[A-ZА-ЯЁ]{2,}")


def described(
    sentence: Sentence, speaker: Speaker, start: int, end: int, actors: Actors
) -> Speaker:
    """``speaker`` with the apposition in tokens ``start`` to ``end`` as role, where it is one."""
    role = role_in(sentence, start, end)
    if not role or not speaker.person or speaker.role or _ACRONYM.fullmatch(speaker.name):
        return speaker
    return replace(
        speaker,
        role=role,
        actor=speaker.actor or actors.actor_of(role, sentence.language),
        gender=speaker.gender or gender(role),
    )


# "nominee Howie Hawkins", "and president Donald Trump": somebody else
_NAMED = re.compile(r"[Rw]N[Np]*N$|R[CA]*N[Np]*N|^m*k")


def role_in(sentence: Sentence, start: int, end: int) -> str:
    """The role that an apposition prints, without its article; "" where it is none."""
    letters = sentence.letters[start:end]
    if (
        "R" not in letters
        or letters[0] in "tvb"
        or set(letters) & set("VveHhWKXLQ:;")
        or _NAMED.search(letters)
        or _acts(sentence, start, letters)
    ):
        return ""
    if sentence.language == "ru" and not heads(sentence, start, letters):
        return ""
    role = sentence.text(start + _leading(letters), end)
    return _closed(without_place(role) if sentence.language == "ru" else role)


def _acts(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether English words are a clause: "the Queen suspended parliament"."""
    verb = re.match(r"D?R(?=w[wDNRJC])", letters) if sentence.language == "en" else None
    return verb is not None and sentence.tokens[start + verb.end()].text.endswith("ed")


def renamed(body: Speaker, sentence: Sentence, start: int, end: int) -> Speaker | None:
    """ "The minister of finance, Pierre Moscovici, …": the name in the commas bears the role."""
    if body.person or not re.fullmatch(r"i?N[Np]*N", sentence.letters[start:end]):
        return None
    roles = (
        token.text
        for token in sentence.tokens
        if token.letter == "R" and body.span.start <= token.start < body.span.end
    )
    if all(is_body(role, sentence.language) for role in roles):
        return None
    name = sentence.text(start + (sentence.letters[start] == "i"), end)
    return replace(
        body,
        name=name,
        role=body.name,
        span=sentence.span_of(start, end),
        person=True,
        gender=gender(f"{body.name} {name}"),
    )


def _person(sentence: Sentence, start: int, match: re.Match[str], actors: Actors) -> Speaker | None:
    pre, name = match["pre"], match["name"]
    split, end = start + len(pre), start + match.end("name")
    first = split + (1 if name[0] == "i" else 0)
    if re.search(r"[to][DJA]*R$|tw$", pre) and len(name) > _NAMES:
        first = end - _NAMES  # "a lecturer from the University of … | Tiffany Ng"
    if sentence.language == "ru":
        first = behind_latin(sentence, first, end)
    elif len(pre) > 1 and pre[-1] == "w" and sentence.tokens[split - 1].text.endswith("ing"):
        return None  # "the lawyers supporting | Lind"
    leading = _leading(pre)
    if sentence.language == "ru":
        leading += role_start(
            [t.text for t in sentence.tokens[start + leading : split]], pre[leading:]
        )
    role = sentence.text(start + leading, split) if set(pre) & set("RJCwQ") else ""
    object_ = pre.endswith("w") and not pre.startswith("R") and role.endswith(_NO_PERSON)
    hearer = sentence.language == "ru" and first > split and role != "" and bent(role)
    if hearer or (sentence.language == "ru" and object_):
        role = pre = ""  # «прокомментировала решение | Анна Дюпре», «газете News | Анна Дюпре»
    language = sentence.language
    if sentence.language == "ru" and "R" in pre and end - first >= _NAMES:
        words = [token.text for token in sentence.tokens[first:end]]
        if begins_with_owner(words):  # «представитель полиции Лос-Анджелеса | Джош Линд»
            first += 1
            role = sentence.text(start + leading, first)
    if sentence.language == "ru" and first == 0 and end > 1 and begins_with_object(sentence):
        first, role = 1, ""  # «Ситуацию | Линд назвала …»
    printed = sentence.text(first, end)
    if is_self(printed, language) or printed in _ARTICLES:
        return None
    if set(pre) in ({"A"}, {"D", "A"}) and language == "en":
        first = start + leading  # "Human Rights Watch"
    if set(pre) == {"C"} and len(name) == 1:  # "Manila Bulletin" is nobody of Manila
        first, role = start, ""
    told = set(pre) & set("RQw")
    owner = _owner(role, pre, len(name), actors, language)
    return Speaker(
        name=sentence.text(first, end),
        role=_unquoted(role) if told else "",
        actor=actors.actor_of(role, language) if told else owner,
        span=sentence.span_of(first, end),
        person=not (pre == "D" and language == "en"),  # "the Red Cross"
        gender=gender(sentence.text(start, end)) or _of_article(sentence, start, pre),
    )


def _of_article(sentence: Sentence, start: int, pre: str) -> str:
    """The gender that a French article gives the name right behind it ("la CGT")."""
    article = sentence.tokens[start].text.lower() if pre == "D" else ""
    return {"le": "m", "la": "f"}.get(article, "") if sentence.language == "fr" else ""


def _body(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    letters = sentence.letters[start:end]
    if sentence.language == "ru" and is_no_body(sentence, start, letters):
        return None
    if (
        letters[0] == "G"
        or re.search(r"[tm].*[Nw]{4}", letters)
        or (sentence.language != "ru" and re.search(r"w[DP]", letters))  # "a board runs | a scheme"
    ):
        return None
    if re.fullmatch("D?RM+", letters):
        return None  # "the agency TASS" passes words on
    first = start + _leading(letters)
    name = without_place(sentence.text(first, end))
    return Speaker(
        name=name,
        role="",
        actor=actors.actor_of(name, sentence.language),
        span=sentence.span_of(first, end),
        person=False,
    )


def unnamed(sentence: Sentence, at: int, gender: str) -> Speaker:
    """Somebody told by what was said before, whom the text calls a woman or a man."""
    return replace(_pronoun(sentence, at), role=sentence.tokens[at].text, gender=gender)


def _pronoun(sentence: Sentence, at: int) -> Speaker:
    words = sentence.tokens[at].text.lower().lstrip("-").removeprefix("t-").split()
    word = words[len(words) // 2]  # «по ее словам»
    return Speaker(
        name="",
        role="",
        actor=None,
        span=sentence.span_of(at, at + 1),
        person=word not in THINGS,
        pronoun=True,
        gender=PRONOUNS.get(word, ""),
    )


def _owner(role: str, pre: str, words: int, actors: Actors, language: str) -> str | None:
    """ "Turkey's Erdogan": a bare country before a surname that all know is whose side it is.

    Of "Norway's Ada Lind" and "Norwegian Ada Lind" it tells the nation: they may be athletes.
    "The US Coast Guard" is a body's name.
    """
    if (pre.strip("D"), words > 1) not in (("CG", False), ("C", True)):
        return None
    mentions = actors.mentions(role, language)
    return mentions[0].code if mentions else None


def _leading(letters: str) -> int:
    return 1 if re.match("D(?!o)", letters) else 0  # "one of the engineers" begins with none


def _unquoted(role: str) -> str:
    bare = _closed(role).strip('“”«»"„ ')
    return f"{bare}»" if bare.count("«") > bare.count("»") else bare


def _closed(role: str) -> str:
    """A role without a bracket that is cut off ("agency (ABC")."""
    return role[: role.rindex("(")].rstrip() if role.count("(") > role.count(")") else role
