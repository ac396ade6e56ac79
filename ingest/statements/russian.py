"""What the endings of a Russian run of words tell of the name in it; knows no speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.statements.cases import (
    bent,
    describes,
    is_bent_given,
    may_be_object,
    may_head,
)
from ingest.statements.lexicon import gender_of, is_body
from ingest.statements.sentence import Sentence

_TOLD = re.compile(r"N[Np]*R")
_DATIVE = ("у", "ю", "ам", "ям")
_ADJECTIVES = ("ого", "его", "ой", "ей", "ый", "ий", "ая", "яя")


def is_complement(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    """Whether a Russian name only completes another noun («штаб кампании Трампа»), or is followed
    by whom its bearer told («Файнстайн Комитету»).
    """
    pre, name = match["pre"], match["name"]
    if re.search("N[Np]*A+$", name):
        return True
    words = [token.text for token in sentence.tokens[start : start + match.end("name")]]
    given = words[match.start("name")]
    if len(name) > 1 and gender_of(given, "ru") == "f":
        return False  # «директор школы Анна Линд»
    bent = words[-1].endswith(("а", "я"))
    nouns = [
        word
        for word, letter in zip(words, pre, strict=False)
        if letter in "wn" and not word.endswith(_ADJECTIVES)
    ]
    if (
        bent
        and len(name) == 1
        and pre.endswith("R")
        and _KIN.fullmatch(words[len(pre) - 1].lower())
    ):
        return True  # «жена Линда»
    return bent and bool(nouns) and (pre.endswith(("w", "n")) or pre.startswith(("w", "n")))


_KIN = re.compile(
    r"жена|мать|мама|сестра|дочь|дочка|вдова|супруга|подруга|бабушка|тётя|тетя|невеста|соседка"
    r"|помощница|племянница|внучка|защита|секретарша|свекровь|тёща|теща|сторонница|ученица"
)


def announces(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
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
    heads = [word for word, letter in zip(words, pre, strict=False) if letter == "R"]
    body |= pre.endswith("w") and heads != [] and is_body(heads[0], sentence.language)
    bare = pre.endswith("R") and all(map(describes_noun, words[: len(pre) - 1]))
    if latin and bare and not body and not gender_of(words[len(pre)], "ru"):
        return False  # «менеджер | Norwick United»
    acronym = words[-1].isupper() and len(words[-1]) > 1 and "R" in pre  # «глава | ЦИК»
    if len(name) == 1 and (body or acronym or "t" in pre or (latin and pre[-1:] in tuple("wR"))):
        return False
    if set(pre) & set("RJCt"):
        return True
    return all(describes(word) for word, letter in zip(words, pre, strict=False) if letter == "w")


def begins_with_owner(words: Sequence[str]) -> bool:
    """Whether a name begins with that of another («пресс-секретарь Линда | Анна Росс»)."""
    first, second = words[:2]
    if len(words) == _TWO:  # «жительница Норвика | Нелли»
        named = gender_of(second, "ru") != "" and gender_of(first, "ru") == ""
        return named and len(first) > _SHORT and first.endswith(_BENT)
    if first.isupper() and len(first) > 1:
        return True  # «глава ЦИК | Анна Линд»
    given = gender_of(first, "ru") != "" or second.endswith(_PATRONYMICS)
    bent = first.endswith(_BENT) and (len(first) > _SHORT or first.endswith(_SLAVIC))
    if bent and not given and not words[-1].endswith(_BENT):
        return True  # «адвокат Линда | Руди Росс»
    return not given and ((bent and not second.endswith(_BENT)) or gender_of(second, "ru") != "")


def begins_with_object(sentence: Sentence) -> bool:
    """Whether the first word of a Russian sentence is no given name but an object («Ситуацию»)."""
    word = sentence.tokens[0].text
    return len(word) > _SHORT and word.endswith(("у", "ю")) and not gender_of(word, "ru")


_TWO = 2
_SHORT = 5  # letters of names that only look bent («Ри Ён Хо»)
_SLAVIC = ("ова", "ева", "ина")
_BENT = ("а", "я", "и", "ы")
_PATRONYMICS = ("вич", "вича", "вичу", "вичем", "вна", "вны", "вне", "вну", "вной")


def behind_latin(sentence: Sentence, first: int, end: int) -> int:
    """Where the Cyrillic name begins behind a club's («босс клуба Sunderland | Джек Росс»)."""
    at = first
    while at < end and sentence.tokens[at].text.isascii():
        at += 1
    return at if at < end else first


def role_start(words: Sequence[str], letters: str) -> int:
    """How many words before a Russian role are the object of the verb ahead («прокомментировала
    | решение | глава партии»).
    """
    object_ = re.match("w+(?=R)", letters)
    if object_ is None or words[object_.end()].split()[0].endswith(_BENDING):
        return 0  # «начальник | полиции»
    at = 0
    while at < object_.end() and not describes_noun(words[at]) and words[at] not in _ACTING:
        at += 1
    return at


_BENDING = ("а", "я", "ы", "и", "у", "ю", "е", "о")
_ACTING = ("врио", "ио", "экс")


def somebody(sentence: Sentence, at: int) -> str:
    """The gender of a Russian «женщина» that ends a clause as its subject; "" for other words."""
    last = sentence.letters[at + 1 : at + 2] in ("", ".", ",", ";")
    return _SOMEBODY.get(sentence.tokens[at].text, "") if last else ""


_SOMEBODY = {"женщина": "f", "девушка": "f", "мужчина": "m", "парень": "m", "юноша": "m"}


def behind_hearer(sentence: Sentence, start: int) -> int:
    """Where a Russian subject begins behind a medium that hears it («сказала Meduza | политолог X»,
    «сказал «Вестям» | мэр X») or «один из участников, | студент X».
    """
    letters = sentence.letters
    if letters[start : start + 1] == "Q" and hears_quoted(sentence, start):
        start += 1
    if letters[start : start + 1] in tuple("Pw") and sentence.tokens[start].text in _TO_WHOM:
        start += 1
    if letters[start : start + 2] in ("NR", "NJ") and sentence.tokens[start].text.isascii():
        start += 1
    one = _ONE_OF.match(letters, start)
    return one.end() if one else start


def names_group(sentence: Sentence, at: int) -> bool:
    """Whether a Russian quotation says of whom those before it are («лидеры «пятой колонны»»)."""
    quotation = sentence.tokens[at].quotation
    words = quotation.span.of(sentence.body).split() if quotation else []
    return len(words) <= _FULL and sentence.letters[at - 1 : at] in tuple("RN")


def behind_programme(sentence: Sentence, start: int) -> int:
    """Where a Russian subject begins behind «в эфире | телеканала «Восток»»."""
    programme = _PROGRAMME.match(sentence.letters, start)
    if programme is None and sentence.tokens[start - 1].text.lower().endswith("эфире"):
        programme = _CHANNEL.match(sentence.letters, start)
        words = sentence.tokens[start : programme.end()] if programme else ()
        return start + len(words) if all(t.text.endswith(_OWNING) for t in words) else start
    if programme is None:
        return start
    first = sentence.tokens[start]
    genitive = first.letter == "Q" or may_be_object(first.text)
    return programme.end() if genitive else start


_PROGRAMME = re.compile(r"(?:(?<=m)[Rw]|(?<=mM))Q(?=[JAw]*R|N)")


def hears_quoted(sentence: Sentence, at: int) -> bool:
    """Whether a quotation is the name of a Russian medium that is told («сообщил «Вестям»»)."""
    quotation = sentence.tokens[at].quotation
    word = quotation.span.of(sentence.body) if quotation else ""
    return word.endswith(_DATIVE) and " " not in word and word[:1].isupper()


_TO_WHOM = ("ему", "ей", "им", "мне", "нам")
_ONE_OF = re.compile(r"Dt[JAwRC]{1,5}(?:,(?=[JAw]{0,2}R[JCARwQ]{0,6}i?N)|(?=i?N[Np]*N))")


def without_place(role: str) -> str:
    """A role without where, when or whom its bearer told («… директор в ходе встречи»)."""
    return _PLACE.sub("", role)


_PLACE = re.compile(
    r"\s+(?:в (?:ходе|начале|конце|интервью|эфире|беседе|суде|парламенте|сво[её]м|социальных)"
    r"|во время|после|перед|накануне|по итогам|со? (?:улыбкой|ссылкой|грустью|иронией|горечью)"
    r"|на (?:пресс-)?конференции|на (?:брифинге|встрече|заседании|саммите|форуме|митинге|борту"
    r"|полях|открытии|сво[её]й|странице)|(?:газете|изданию|телеканалу|журналистам|агентству))\b.*"
)


def titled(sentence: Sentence, start: int, name: int) -> bool:
    """Whether the full name at ``name`` is of the bearer of a Russian role at ``start``, whose
    complement stands between («директор школы | Анна Линд», not «директор уволил | Анну»).
    """
    between = sentence.tokens[start + 1 : name]
    owned = all(t.letter != "w" or t.text.lower().endswith(_OWNING) for t in between)
    words = [token.text for token in sentence.tokens[name : name + 2]]
    return owned and any(gender_of(word, "ru") for word in words)


def describes_noun(word: str) -> bool:
    """Whether a word is an adjective by its ending («главный»)."""
    return word.lower().endswith(_ADJECTIVES)


def _describes_body(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether adjectives stand before the word for a body («пограничной | службы»)."""
    head = re.match("[wJA]+(?=R)", letters)
    if head is None:
        return False
    words = [token.text for token in sentence.tokens[start : start + head.end() + 1]]
    alike = all(_ADJECTIVE_OF_BODY.search(word) for word in words[:-1])
    return alike and is_body(words[-1].split()[0], sentence.language)


_ADJECTIVE_OF_BODY = re.compile(r"(?:[ыи]й|ая|яя|ое|ее|ого|его|ой|ей|ому|ему|ую|юю|ым|им)$")
_OWNING = ("ы", "и", "а", "я", "ов", "ей", "ого", "его", "ой", "ых", "их", "ев")


def is_no_body(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether Russian words are no body's name: other words stand before it, or whom it tells."""
    other = letters[0] == "w" and not _describes_body(sentence, start, letters)
    return other or _tells_somebody(sentence, start, letters)


def _tells_somebody(sentence: Sentence, start: int, letters: str) -> bool:
    """«Файнстайн Комитету»: a person, and the body that she told."""
    told = _TOLD.match(letters)
    return told is not None and sentence.tokens[start + told.end() - 1].text.endswith(_DATIVE)


def heads(sentence: Sentence, start: int, letters: str) -> bool:
    """Whether a role heads a Russian apposition (not «предложенный студентам, …»)."""
    at = start + letters.index("R")
    before = sentence.tokens[start:at]
    stands = all(t.letter != "w" or t.text.lower().endswith(_ADJECTIVES) for t in before)
    plural = sentence.tokens[at].text.endswith(("ам", "ям", "ами", "ями", "ах", "ях"))
    return stands and not plural and "t" not in letters[: at - start]


_CALLING = ("назва", "назыв", "счел", "счёл", "сочл", "посчитал", "охарактеризов")
_INSTRUMENTAL = ("ым", "им", "ой", "ей", "ом", "ем", "ём", "ыми", "ими", "ами", "ями", "ью")
_FIRST_WORDS = 3


def calls_so(sentence: Sentence, cue_at: int, at: int, between: str) -> bool:
    """Whether the quotation is what a Russian speaker calls something («назвал слова X «ложью»»).

    Such words stand in the instrumental: «назвал заявление X «о мире» ошибкой» quotes X.
    """
    cue, quotation = sentence.tokens[cue_at].text.lower(), sentence.tokens[at].quotation
    if quotation is None or not cue.startswith(_CALLING) or set(between) & set(",;:LWKSVveZQ"):
        return False
    if between.endswith("t") or re.match(r"[^k,;:.\-]", sentence.letters[at + 1 :]):
        return False
    words = [word.strip(",.") for word in quotation.span.of(sentence.body).split()[:_FIRST_WORDS]]
    return words[0][:1].islower() and any(word.endswith(_INSTRUMENTAL) for word in words)


def behind_place(sentence: Sentence, start: int, end: int) -> int:
    """Where a Russian subject begins behind «В своём Telegram-канале», «На встрече с мэром»."""
    verb = next((t.text for t in sentence.tokens[end:] if t.letter == "V"), "")
    for at in range(start + 1, end):
        token, before = sentence.tokens[at], sentence.letters[at - 1]
        word = token.text.split()[0]
        lone = token.letter == "N" and sentence.letters[at + 1 : at + 2] != "N"
        after = before in "wn" or (before == "R" and bent(sentence.tokens[at - 1].text))
        if lone and after and is_owner(word):
            continue  # «Об аресте Линда | сообщила Анна»
        if (
            token.letter in "RN"
            and before != "t"
            and may_head(word, verb, name=token.letter == "N")
        ):
            given = gender_of(word, "ru") != ""
            alone = token.letter == "R" or before != "N" or end - at == 1
            many = token.letter == "N" and end - at > _FULL and not given
            if (given or alone) and not many:
                return _from_adjectives(sentence, at)
        if token.letter in "RNC" and before != "t" and not may_be_object(word):
            return start
    return start


def is_owner(word: str) -> bool:
    """Whether a name in "-а" may be in the genitive, and is no woman's given name."""
    return word.endswith(("а", "я")) and gender_of(word, "ru") != "f"


def _from_adjectives(sentence: Sentence, at: int) -> int:
    """Where the adjectives of a Russian subject begin («На встрече | французский министр»)."""
    while sentence.letters[at - 1] in "wJ" and sentence.tokens[at - 1].text.endswith(_NOMINATIVES):
        at -= 1
    return at


_NOMINATIVES = ("ый", "кий", "ший", "щий", "ая", "яя")  # not «заседаний»


def before_place(sentence: Sentence, start: int, end: int) -> int:
    """Where a Russian subject ends before «на встрече с мэром | сказал»; 0 where none does."""
    place = _BEHIND_NAME.search(sentence.letters, start, end)
    if place is None:
        return 0
    words = sentence.tokens[place.start() + 1 : end]
    bends = all(t.letter not in "RNJ" or may_be_object(t.text.split()[0]) for t in words)
    return place.start() if bends else 0


_BEHIND_NAME = re.compile(r"(?<=[NCR])(?:t|m(?=w))[DJwRnMaCNAmtQ]{1,7}$")
_CHANNEL = re.compile(r"[NJw]{0,2}[wRM](?=[JA]*R|N)")  # «в эфире | Первого телевидения»
_FULL = 2  # words of a full name


def hears(sentence: Sentence, at: int) -> bool:
    """Whether a Russian word is of those whom an interview was given to («газете Times»)."""
    token = sentence.tokens[at]
    bent = token.text.endswith(_HEARING) or is_bent_given(token.text)
    return token.text.isascii() or token.letter == "M" or bent


_HEARING = ("у", "ю", "е", "и", "ам", "ям", "ами", "ями", "ом", "ем")
