"""Who a run of words names as a speaker: person, role or body; knows grammar, not speech.

Nothing is guessed: a run that does not read as one speaker gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.statements.cases import describes
from ingest.statements.gender import gender
from ingest.statements.lexicon import is_body, is_self
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
_INSIDE = re.compile(
    r"[to]D?[JG]*$|o[DJCANw]*NG[JAw]*$"
)  # a name here belongs to the phrase: "party in | Goa"
# "minister Ada Lind after a meeting with minister | Rick Perry": the first is who speaks.
_TEAM = re.compile(r"RoD?[JA]*w$")  # "spokesman of the team | Lind" is not called Lind
_SOMEBODY = re.compile(r"N[Np]*N[mw]*t")
_MET = re.compile(r"R.*N[Np]*N[mw]*t")
_ARTICLE = re.compile(r"^D")
# Two equal speakers ("Armenia and Azerbaijan", "Lavrov and Blinken"): whose words would they be?
_PAIR = re.compile(r"(?:^|[NCR])k(?:D?J*[NCR])|JkJ")
_TOLD = re.compile(r"N[Np]*R")
_DATIVE = ("у", "ю", "ам", "ям")
_LONG = 6  # lower-case words at most in a role before a name
_ADJECTIVES = ("ого", "его", "ой", "ей", "ый", "ий", "ая", "яя")
_ARTICLES = ("The", "Le", "La", "Les")  # "D'après The Hollywood Reporter"
_SHORT = 5  # letters of names that only look bent («Ри Ён Хо»)
_BENT = ("а", "я", "и", "ы")
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
    inside = len(words) == _CUE_WORDS and words[1] in _PRONOUNS | dict.fromkeys(_THINGS)
    return _pronoun(sentence, at) if inside else None


def speaker_in(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    """The one speaker that tokens ``start`` to ``end`` (excluded) name, or None."""
    letters = sentence.letters[start:end]
    if letters == "P":
        return _pronoun(sentence, start)
    ahead_of_it = _WHEN.match(letters)
    if ahead_of_it:
        start, letters = start + ahead_of_it.end(), letters[ahead_of_it.end() :]
    if not letters or letters[0] in "to" or _PAIR.search(letters):
        return None
    first = sentence.tokens[start]
    if first.letter not in "CJ" and is_self(first.text, sentence.language):
        return None  # not the US
    paper = _PAPER.fullmatch(letters)
    if paper:
        return speaker_in(sentence, start, start + paper.end("who"), actors)
    ahead = _AHEAD.match(letters)
    if ahead:
        person = _person(sentence, start, ahead, actors)
        rest = ahead.start("role")
        if person is None or rest < 0:
            return person
        return described(sentence, person, start + rest, end, actors)
    named = _PERSON.fullmatch(letters)
    if named and sentence.language == "ru" and _is_complement(sentence, start, named):
        if letters[0] not in "RJ":
            return None
        named = None  # «пресс-секретарь кампании Трампа» has no name
    if named and sentence.language == "ru" and not _announces(sentence, start, named):
        return _body_of(sentence, start, end, actors)
    if named and "N" in named["name"] and _introduces(named["pre"], single=len(named["name"]) == 1):
        return _person(sentence, start, named, actors)
    if letters.endswith("RQ") and is_body(sentence.tokens[end - 2].text, sentence.language):
        return _body(sentence, start, end, actors)
    if _BODY.fullmatch(letters) and set(letters) & set("RC") and not _MET.search(letters):
        return _body(sentence, start, end, actors)
    return None


def _is_complement(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    """Whether a Russian name only completes another noun («штаб кампании Трампа»), or is followed
    by whom its bearer told («Файнстайн Комитету»).
    """
    pre, name = match["pre"], match["name"]
    if re.search("N[Np]*A+$", name):
        return True
    words = [token.text for token in sentence.tokens[start : start + match.end("name")]]
    bent = words[-1].endswith(("а", "я"))
    nouns = [
        word
        for word, letter in zip(words, pre, strict=False)
        if letter == "w" and not word.endswith(_ADJECTIVES)
    ]
    return bent and bool(nouns) and (pre.endswith("w") or pre.startswith("w"))


def _body_of(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    """The body with a place behind it («полиция Осло»), or an office that speaks for a side."""
    letters = sentence.letters[start:end]
    head = start + letters.find("R")
    if head < start or not _BODY.fullmatch(letters):
        return None
    body = _body(sentence, start, end, actors)
    speaks = is_body(sentence.tokens[head].text, sentence.language)
    return body if body and (speaks or body.actor) else None


def _announces(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    """Whether the words before a Russian name are of its bearer, not of where they spoke («в
    провинции Юньнань»), what they did («попросил называть себя Лав»), or whose they are («лидер
    Ukip»).
    """
    pre, name = match["pre"], match["name"]
    words = [token.text for token in sentence.tokens[start : start + match.end("name")]]
    latin = words[-1].isascii() and not words[0].isascii()
    body = (
        pre[-1:] == "R" and pre.count("R") == 1 and is_body(words[len(pre) - 1], sentence.language)
    )
    if len(name) == 1 and (body or "t" in pre or (latin and pre[-1:] in tuple("wR"))):
        return False
    if set(pre) & set("RJCt"):
        return True
    return all(describes(word) for word, letter in zip(words, pre, strict=False) if letter == "w")


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
        or letters[0] in "tv"
        or set(letters) & set("VveHhWKXLQ:;")
        or _NAMED.search(letters)
    ):
        return ""
    if sentence.language == "ru" and not _heads(sentence, start, letters):
        return ""
    return sentence.text(start + _leading(letters), end)


def _heads(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether a role heads a Russian apposition (not «предложенный студентам, …»)."""
    at = start + letters.index("R")
    before = sentence.tokens[start:at]
    stands = all(t.letter != "w" or t.text.lower().endswith(_ADJECTIVES) for t in before)
    plural = sentence.tokens[at].text.endswith(("ам", "ям", "ами", "ями", "ах", "ях"))
    return stands and not plural and "t" not in letters[: at - start]


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
        first = _behind_latin(sentence, first, end)
    role = sentence.text(start + _leading(pre), split) if set(pre) & set("RJCwQ") else ""
    object_ = pre.endswith("w") and not pre.startswith("R") and role.endswith(_NO_PERSON)
    if sentence.language == "ru" and object_:
        role = pre = ""  # «прокомментировала решение | Анна Дюпре»
    language = sentence.language
    if sentence.language == "ru" and "R" in pre and end - first > _NAMES:
        words = [token.text for token in sentence.tokens[first : first + 2]]
        long = len(words[0]) > _SHORT
        placed = long and words[0].endswith(_BENT) and not words[1].endswith(_BENT)
        first += placed  # «представитель полиции Лос-Анджелеса | Джош Линд»
    if (
        is_self(sentence.text(first, end), sentence.language)
        or sentence.text(first, end) in _ARTICLES
    ):
        return None
    return Speaker(
        name=sentence.text(first, end),
        role=_unquoted(role) if set(pre) & set("RQw") else "",
        actor=actors.actor_of(role, language) or _owner(role, pre, actors, language),
        span=sentence.span_of(first, end),
        person=True,
        gender=gender(sentence.text(start, end)),
    )


def _behind_latin(sentence: Sentence, first: int, end: int) -> int:
    """Where the Cyrillic name begins behind a club's («босс клуба Sunderland | Джек Росс»)."""
    at = first
    while at < end and sentence.tokens[at].text.isascii():
        at += 1
    return at if at < end else first


def _body(sentence: Sentence, start: int, end: int, actors: Actors) -> Speaker | None:
    letters = sentence.letters[start:end]
    if sentence.language == "ru" and _tells_somebody(sentence, start, letters):
        return None
    if (
        letters[0] == "G"
        or (letters[0] == "w" and sentence.language == "ru")
        or re.search(r"[tm].*[Nw]{4}", letters)
    ):
        return None
    if re.fullmatch("D?RM+", letters):
        return None  # "the agency TASS" passes words on
    first = start + _leading(letters)
    name = sentence.text(first, end)
    return Speaker(
        name=name,
        role="",
        actor=actors.actor_of(name, sentence.language),
        span=sentence.span_of(first, end),
        person=False,
    )


def _tells_somebody(sentence: Sentence, start: int, letters: str) -> bool:
    """«Файнстайн Комитету»: a person, and the body that she told."""
    told = _TOLD.match(letters)
    return told is not None and sentence.tokens[start + told.end() - 1].text.endswith(_DATIVE)


def _pronoun(sentence: Sentence, at: int) -> Speaker:
    words = sentence.tokens[at].text.lower().lstrip("-").removeprefix("t-").split()
    word = words[len(words) // 2]  # «по ее словам»
    return Speaker(
        name="",
        role="",
        actor=None,
        span=sentence.span_of(at, at + 1),
        person=word not in _THINGS,
        pronoun=True,
        gender=_PRONOUNS.get(word, ""),
    )


_THINGS = {"it", "they", "them", "ils", "elles", "eux", "они", "их", "им"}
_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f",
    "il": "m", "lui": "m", "elle": "f",
    "он": "m", "его": "m", "ему": "m", "ним": "m", "она": "f", "ее": "f", "её": "f", "ней": "f",
}  # fmt: skip


def _owner(role: str, pre: str, actors: Actors, language: str) -> str | None:
    """ "Turkey's Erdogan", «глава МИД»: a bare country before the name is whose side it is."""
    if pre.strip("D") not in ("CG", "J"):
        return None
    mentions = actors.mentions(role, language)
    return mentions[0].code if mentions else None


def _leading(letters: str) -> int:
    match = _ARTICLE.match(letters)
    return match.end() if match else 0


def _unquoted(role: str) -> str:
    return role.strip('“”«»"„ ')
