"""Words of a sentence with their letters, and those that their neighbours tell apart.

Knows no phrases: "the calls" is a noun, "her" before a noun an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.statements.lexicon import gender_of
from ingest.statements.quotations import Quotation

_ADVERB = {
    "en": re.compile(r"\w{3}ly$"),
    "fr": re.compile(r"\w{3}ment$"),
    "ru": re.compile(r"\w{3}(?:но|ко|то|ски)$"),
}
_SURNAME_LIKE = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]{2,}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark, phrase or whole quotation; offsets are into the body."""

    letter: str
    start: int
    end: int
    text: str
    quotation: Quotation | None = None


def settled(tokens: list[Token], language: str) -> tuple[Token, ...]:
    """The tokens, with nouns that look like verbs told apart ("the calls", "la demande")."""
    for at, token in enumerate(tokens):
        if not at and language == "en" and _is_participle(tokens):
            tokens[at] = replace(token, letter="w")  # "Speaking to the board, …"
        elif token.letter == "V" and at and _is_noun(tokens, at, language):
            tokens[at] = replace(token, letter="n")
        elif token.letter in "Vv" and at and _is_no_cue(tokens, at, language):
            tokens[at] = replace(token, letter="w")
        elif (
            token.letter == "V" and token.text[0].isupper() and at and tokens[at - 1].letter == "N"
        ):
            tokens[at] = replace(token, letter="N")  # « Dustin Lance Black »
        elif token.letter in "Ve" and at and tokens[at - 1].letter == "w":
            if is_adverb(tokens[at - 1].text, language):
                tokens[at - 1] = replace(tokens[at - 1], letter="m")
        elif token.letter in "Ven" and _in_name(tokens, at, language):
            tokens[at] = replace(token, letter="N")  # "Dustin Lance Black"
        elif token.letter == "w" and language == "ru" and _speaks_with(tokens, at):
            tokens[at] = replace(token, letter="V")
        elif token.letter == "t" and language == "ru" and _in_name(tokens, at, language):
            tokens[at] = replace(token, letter="N")  # «Рэймонд Со»
        elif token.letter == "M" and at and _is_surname(tokens[at - 1], token):
            tokens[at] = replace(token, letter="N")  # "Robert Forbes"
        elif token.text in ("however", "однако") and _in_passing(tokens, at):
            tokens[at] = replace(token, letter="m")
        elif token.letter in "PD" and _possesses(tokens, at):
            tokens[at] = replace(token, letter="D")
        elif _is_adverb_here(tokens, at, language):
            tokens[at] = replace(token, letter="m")
        elif token.text in "'’" and at and tokens[at - 1].text.endswith("s"):
            tokens[at] = replace(token, letter="G")  # "the drivers' union"
        elif language == "fr" and token.letter in "oD" and _is_particle(tokens, at):
            tokens[at] = replace(token, letter="p")  # Jean-Marie Le Pen
    if language == "fr":
        _without_asides(tokens)
    return tuple(tokens)


def _is_adverb_here(tokens: list[Token], at: int, language: str) -> bool:
    """Whether a word that is something else elsewhere only dates or describes a verb."""
    letter = tokens[at].letter
    if letter == "T":
        return _ahead_of_verb(tokens, at)
    return letter in "wK" and (_is_time(tokens, at, language) or _is_since(tokens, at))


def _is_since(tokens: list[Token], at: int) -> bool:
    """Whether "since", "long", "once" dates the English verb behind it ("has since | said")."""
    around = "".join(token.letter for token in tokens[at - 1 : at + 2]) if at else ""
    before = {"since": "H", "long": "H", "once": "NPR"}.get(tokens[at].text, "")
    return around[2:] == "V" and around[0] in before


_TIMES = {
    "en": ("morning", "afternoon", "evening", "night"),
    "fr": ("matin", "midi", "après-midi", "soir"),
}


def _is_time(tokens: list[Token], at: int, language: str) -> bool:
    """Whether a word is a part of the day behind its day ("on Tuesday | evening")."""
    return at > 0 and tokens[at - 1].letter == "m" and tokens[at].text in _TIMES.get(language, ())


_SHORTEST = 6  # letters of a participle: "King", "Irving"


def _is_participle(tokens: list[Token]) -> bool:
    """Whether an English sentence begins with a participle rather than a name."""
    first, after = tokens[0], "".join(token.letter for token in tokens[1:2])
    ending = first.text.endswith("ing") and len(first.text) >= _SHORTEST
    return first.letter == "N" and ending and after in tuple("tDP")


def is_adverb(word: str, language: str) -> bool:
    """Whether a common word looks like an adverb ("openly", «косвенно»)."""
    return _ADVERB[language].search(word) is not None


_TONIC = ("lui", "elle", "eux", "elles")


def _without_asides(tokens: list[Token]) -> None:
    """Reads the commas around an adverb as part of it ("X, lui, parle"; "X a, hier, déclaré")."""
    letters = "".join(token.letter for token in tokens)
    for match in _ASIDE.finditer(letters):
        inside = tokens[match.start("in")]
        if inside.letter == "P" and inside.text.lower() not in _TONIC:
            continue
        for at in range(match.start("in") - 1, match.end("in") + 1):
            tokens[at] = replace(tokens[at], letter="m")


_ASIDE = re.compile(
    r"(?:(?<=[NRCAJw])(?=,[^,]+,[HhVXm])|(?<=H)(?=,[^,]+,e)|(?<=[eV])),(?P<in>P|mm?),"
)


def _is_particle(tokens: list[Token], at: int) -> bool:
    """Whether an article belongs to the name around it ("Nick De Santis", "Thomas de Waal")."""
    around = tokens[at - 1 : at] + tokens[at + 1 : at + 2]
    if at == 0 or len(around) < 2 or around[0].letter != "N" or around[1].letter != "N":
        return False
    given = tokens[at].text in ("de", "du") and gender_of(around[0].text, "fr") != ""
    return given or tokens[at].text in ("Le", "La", "De", "Du", "Des", "Di")


def _in_name(tokens: list[Token], at: int, language: str) -> bool:
    """Whether a word that looks like a cue has its capital within a name."""
    inside = bool(at) and tokens[at - 1].letter in "Ni"
    return language != "en" and inside and tokens[at].text[0].isupper()


_SPEAKS = re.compile(r"выступ(?:ил[аио]?|а[ею]т|ал[аио]?)|обрат(?:ил(?:ся|ась|ись|ось))")
_WITH = re.compile(
    r"(?:заявлени|обвинени|предложени|опровержени|осуждени|обращени)(?:ем|ями)|критикой"
    r"|призыв(?:ом|ами)|просьбой|инициативой|угрозами|требовани(?:ем|ями)|комментарием|ответом"
)
_WITH_WORDS = re.compile(rf"(?:^| )со? (?:\w+ ){{0,2}}(?:{_WITH.pattern})(?: |$)")
_HOLDS = re.compile(r"придержива(?:ется|ются|лся|лась|лись)")
_VIEW = re.compile(r"мнения|позиции|точки|взглядов")
_SHOWS = re.compile(r"показал[аио]?|показыва[ею]т|выявил[аио]?|свидетельству[ею]т")
_PAPERS = re.compile(r"опрос|доклад|отч[её]т|рейтинг|исследование|обзор")
_BESIDE = 4
_FAR = 14  # tokens


def _speaks_with(tokens: list[Token], at: int) -> bool:
    """Whether a Russian verb is one of saying by what stands farther behind it («выступил перед
    послами с заявлением», «обратилась к парламенту с просьбой»).
    """
    verb = tokens[at].text.lower()
    if _SHOWS.fullmatch(verb):
        ahead = tokens[max(0, at - _BESIDE) : at]
        that = "".join(token.letter for token in tokens[at + 1 : at + 3]) == ",L"
        return that and any(_PAPERS.fullmatch(token.text.lower()) for token in ahead[:-1])
    around = tokens[max(0, at - _BESIDE) : at + _BESIDE]
    if _HOLDS.fullmatch(verb):
        return any(_VIEW.fullmatch(token.text.lower()) for token in around)
    if not _SPEAKS.fullmatch(verb):
        return False
    before = [token.text.lower() for token in tokens[max(0, at - _BESIDE) : at]]
    if before[:1] in (["с"], ["со"]) and len(before) > 1 and _WITH.fullmatch(before[1]):
        return True
    behind = tokens[at + 1 : at + _FAR]
    stop = next((n for n, token in enumerate(behind) if token.letter in ",;:.VQL"), len(behind))
    words = " ".join(token.text.lower() for token in behind[:stop])
    return _WITH_WORDS.search(words) is not None


def _is_surname(before: Token, token: Token) -> bool:
    """Whether a newspaper's name is a surname here: one word behind a given name."""
    return before.letter == "N" and bool(_SURNAME_LIKE.fullmatch(token.text))


def _in_passing(tokens: list[Token], at: int) -> bool:
    """Whether a word stands between commas behind a subject ("Lind, however, said"), in Russian
    behind any word.
    """
    around = "".join(token.letter for token in tokens[max(0, at - 2) : at + 2])
    subject = tokens[at].text == "однако" or around[0] in "NRCP"
    return len(around) == 4 and subject and around[1] == around[3] == ","


def _ahead_of_verb(tokens: list[Token], at: int) -> bool:
    """Whether a Russian «так» only describes the verb behind it («так оценила решение: …»)."""
    verb = at + 1 < len(tokens) and tokens[at + 1].letter == "V"
    return verb and tokens[at].text.lower() == "так"


_WHOSE = {"her": "JRAw", **dict.fromkeys(("его", "её", "ее", "их"), "JR")}


def _possesses(tokens: list[Token], at: int) -> bool:
    """Whether "her", «её» stands before a noun phrase: "her Swedish counterpart"."""
    owned = _WHOSE.get(tokens[at].text.lower(), "")
    return at + 1 < len(tokens) and tokens[at + 1].letter in owned


_TELLING = {"states": "LQ:DP", "related": "LQ:"}  # verbs only where one of these follows
_ONE_OF = ("a", "an", "another", "one")


def _is_no_cue(tokens: list[Token], at: int, language: str) -> bool:
    """Whether a word is no verb of saying here: "most states", "a company called Nord", "the first
    warning", "une situation critique".
    """
    word, before = tokens[at].text.lower(), tokens[at - 1].letter
    after = tokens[at + 1].letter if at + 1 < len(tokens) else "."
    if language == "fr":
        return word == "critique" and before == "w"
    if language != "en":
        return False
    if word in _TELLING:
        return after not in _TELLING[word]
    if word == "called":
        head = at + 1 + (after == "D")
        named = tokens[min(head, len(tokens) - 1)]
        whose = any(t.letter == "G" for t in tokens[head + 1 : head + 2])  # "called Lind's vote …"
        one = any(t.text.lower() in _ONE_OF for t in tokens[max(0, at - 4) : at])
        if before == "m" and at > 1 and tokens[at - 2].letter == ",":
            return after != "D"  # "plankton, also called green algae"
        listed = before == "," and tokens[at - 2].letter != "Q"
        return (one or listed) and named.text[0].isupper() and not whose
    noun = before == "D" or (before in "wAJ" and at > 1 and tokens[at - 2].letter == "D")
    return word == "warning" and noun and after not in "LoPQ"


def _is_noun(tokens: list[Token], at: int, language: str) -> bool:
    text, before = tokens[at].text, tokens[at - 1].letter
    if language == "en":
        return " " not in text and (before in "DGto" or (text.endswith("s") and before in "JA"))
    if language == "fr":
        clitic = before == "D" and at > 1 and tokens[at - 2].letter in "NCRAPmy),"
        return before in "ot" or (before == "D" and not clitic)
    return False
