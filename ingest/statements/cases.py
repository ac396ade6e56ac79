"""Whether Russian words can be the subject of a verb, by their endings; knows given names alone.

An ending that fits a subject as well as an object is let pass: only what cannot be one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.statements.lexicon import gender_of
from ingest.statements.nominative import nominatives

_PAST = (
    (("ли", "лись", "ны"), "p"),
    (("ла", "лась", "на"), "f"),
    (("ло", "лось"), "n"),
    (("л", "лся", "ен", "ён", "ег", "ёг", "ек", "ёк"), "m"),
)
_PRESENT_PLURAL = ("ут", "ют", "ат", "ят", "утся", "ются", "атся", "ятся")
_VERB = re.compile(r"\w(?:л|ла|ло|ли|лся|лась|лось|лись|[её]н|на|но|ны|ег|ёг|[еиую]т|[аея]т|тся)$")
# Cases of masculine roles that end as a feminine nominative may: «президента», but «актриса».
_GENITIVE = re.compile(
    r"(?:тор|ент|ист|[тнслмджйрь]ер|лог|вед|ант|дат|кат|ник|тик|рик|дик|мэр|урор|[влнр]ц|нин"
    r"|тан|рок|граф|дёр|сол|рал|(?<!се)стр|[кфв]ер|тат|посл|перт|врач|ург|айор|шеф|отц|сын|брат"
    r"|муж|друг|ейх|арх|соф|лит|навт|лот|[мз]ик)а$|(?:тел|ар|корол)я$"
)
_OBLIQUE = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ами|ями|(?<!им)ам|ям|ах|ях|(?<!к)ом|ем|ём|ов|телей|рей|ым|им|ых"
    r"|их|у|ю|(?<![иыо])е)$"
)
_NO_NOUN = re.compile(r"(?:\w[аеиоуыяю]ть(?:ся)?|ти|себя)$")
_NAME = re.compile(r"\w{3}ом$|\w(?:ову|еву|ину|ским|скому|ского|овым|евым)$")
_TITLES = re.compile(r"г-(?:на|ну|ном|не|жу|жи|же|жой)|госпо(?:ди(?:на|ну|ном)|ж[иуе]|жой)")


def form(verb: str) -> str:
    """What a verb tells of its subject: "m", "f", "n", "p" in the past, "now" or "nowp" else."""
    words = verb.lower().split()
    last = next(
        (word for word in reversed(words) if _VERB.search(word)), words[-1] if words else ""
    )
    for endings, told in _PAST:
        if last.endswith(endings):
            return told
    return "nowp" if last.endswith(_PRESENT_PLURAL) else "now"


def bent(role: str) -> bool:
    """Whether a word for a role stands in a case that no subject has."""
    word = role.lower().split()[0]
    return bool(_OBLIQUE.search(word) or _GENITIVE.search(word) or _TITLES.fullmatch(word))


def describes(word: str) -> bool:
    """Whether a common word can stand before a name in a noun phrase: no infinitive does."""
    return _NO_NOUN.search(word.lower()) is None


def names_subject(words: Sequence[str], verb: str) -> bool:
    """Whether a person's printed name can be the subject of a printed verb."""
    told, first = form(verb), words[0]
    if _NAME.search(words[-1].lower()) or told in ("p", "nowp", "n") or is_bent_given(first):
        return False
    if len(words) == 1 and first.endswith("ы"):
        return False  # «врач Лолы подтвердил»
    gender = gender_of(first, "ru")
    if gender == "" and first.endswith(("у", "ю")) and words[-1].endswith(("а", "я", "ы", "и")):
        return False  # «Песню Линда отметил хор»
    if told == "m":
        return gender == "m" or (
            gender != "f" and (not first.endswith(("а", "я")) or _is_he(words))
        )
    if told == "f" and gender == "m":
        return False
    # «Александра Новака» may be a man in the genitive
    of_man = any(gender_of(name, "ru") == "m" for name in nominatives(first) if name != first)
    return not (of_man and words[-1].endswith(("а", "я")) and not words[-1].endswith("ая"))


_OF_MEN = re.compile(r"(?:[вкнлт]ава|[уи]а|ия|[рнзкй]ба|ынга)$")  # «Кукава», «Ардзинба»
_NOT_BENT = re.compile(r"(?:дзе|швили|[бвгджзйклмнпрстфхцчшщ])$")


def _is_he(words: Sequence[str]) -> bool:
    """Whether a man's name whose first word ends in "-а" stands in the nominative, as its surname
    tells («Гела Зуев»: bent, it were «Гелы Зуева»).
    """
    first, last = words[0], words[-1]
    if len(words) == 1:
        return _OF_MEN.search(first) is not None
    bent = any(gender_of(name, "ru") == "m" for name in nominatives(first))
    return not bent and (_NOT_BENT.search(last) or _OF_MEN.search(last)) is not None


@lru_cache(maxsize=10_000)
def is_bent_given(word: str) -> bool:
    """Whether a word is a given name in a case that no subject has («Анны», «Дональда»)."""
    return gender_of(word, "ru") == "" and any(gender_of(n, "ru") for n in nominatives(word))


_ENDINGS_OF_OBJECTS = (
    "а", "я", "ы", "и", "у", "ю", "е", "ом", "ем", "ём", "ой", "ей", "ым", "им", "ам", "ям", "ах",
    "ях", "ами", "ями", "ых", "их", "ого", "его", "ому", "ему", "ов",
)  # fmt: skip
_ENDINGS_OF_NAMES = ("у", "ю", "е", "ом", "ем", "ой", "ей", "ым", "им", "ого", "ому")
_SHORT = 4  # letters of names that only look bent: «Том»


def may_be_object(word: str) -> bool:
    """Whether a noun or name may stand in another case than a subject does."""
    return word.isascii() or word.endswith(_ENDINGS_OF_OBJECTS)


def may_head(word: str, verb: str, *, name: bool) -> bool:
    """Whether a role or a name can begin the subject of a printed verb, as far as endings tell."""
    told = form(verb)
    if not name:
        return not bent(word) and (told in ("p", "nowp") or not word.endswith(("ы", "и")))
    if is_bent_given(word):
        return False
    gender = gender_of(word, "ru")
    if gender:
        return told not in ("m", "f") or told == gender
    if len(word) > _SHORT and word.endswith(_ENDINGS_OF_NAMES):
        return False
    return told == "f" or not word.endswith(("а", "я"))


def is_he(role: str) -> bool:
    """Whether a word for a role can be but a man's, in the nominative («командующий», «мэр»)."""
    word = role.lower()
    return (
        not bent(word)
        and re.search(r"[бвгджзклмнпрстфхцчшщ]$|[щшкн]ий$|[нвл]ый$", word) is not None
    )


_TAKES_OBJECT = re.compile(
    r"(?:призва|призыва|признал|признава|обвин|предупре|попрос|поблагодар|поздрав|.*критик|осуд|осужд|спрос"
    r"|.*приветств|назва|назыв|высмея|пригроз|отверг|отрица|опров|подтвер|.*держа|хвал"
    r"|похвал|упрек|оцени).*"
)


def takes_object(verb: str) -> bool:
    """Whether a Russian verb has whom it is about as its object («призвали США», «осудил X»)."""
    return _TAKES_OBJECT.fullmatch(verb.lower()) is not None
