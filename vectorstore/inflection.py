"""The printed forms of a dictionary word in en, fr and ru; knows endings, not meanings."""

from __future__ import annotations

import re

# Ending of the nominative -> all endings, the longest ending first.
_RUSSIAN = (
    ("ский", ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские",
              "ских", "скими")),
    ("цкий", ("цкий", "цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое", "цкие",
              "цких", "цкими")),
    ("ское", ("ское", "ского", "скому", "ским", "ском", "ские", "ских", "скими")),
    ("ские", ("ские", "ских", "ским", "скими")),
    ("осол", ("осол", "осла", "ослу", "ослом", "ослы", "ослов", "ослам", "ослами", "ослах")),
    ("ство", ("ство", "ства", "ству", "ством", "стве", "ств")),
    ("ный", ("ный", "ного", "ному", "ным", "ном", "ная", "ной", "ную", "ное", "ные", "ных",
             "ными")),
    ("ший", ("ший", "шего", "шему", "шим", "шем", "шая", "шей", "шую", "шее", "шие", "ших",
             "шими")),
    ("щий", ("щий", "щего", "щему", "щим", "щем", "щая", "щей", "щую", "щее", "щие", "щих",
             "щими")),
    ("щие", ("щие", "щих", "щим", "щими")),
    ("шние", ("шние", "шних", "шним", "шними")),
    ("овы", ("овы", "овых", "овым", "овыми")),
    ("трова", ("трова", "тровов", "тровам", "тровами", "тровах")),
    ("яне", ("яне", "ян", "янам", "янами", "янах")),
    ("ане", ("ане", "ан", "анам", "анами", "анах")),
    ("ели", ("ели", "елей", "елям", "елями", "елях")),
    ("пет", ("пет", "пта", "пту", "птом", "пте")),
    ("ово", ("ово", "ова", "ову", "овом", "ове")),
    ("ево", ("ево", "ева", "еву", "евом", "еве")),
    ("ая", ("ая", "ой", "ую")),
    ("ое", ("ое", "ого", "ому", "ым", "ом")),
    ("ой", ("ой", "ого", "ому", "ым", "ом", "оя", "ою", "оем", "ое")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ий", ("ий", "ия", "ию", "ием", "ии")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ия", ("ия", "ии", "ию", "ией", "ий", "иям", "иями", "иях")),
    ("ие", ("ие", "ия", "ию", "ием", "ии")),
    ("ье", ("ье", "ья", "ью", "ьем")),
    ("жа", ("жа", "жи", "же", "жу", "жей")),
    ("ша", ("ша", "ши", "ше", "шу", "шей")),
    ("га", ("га", "ги", "ге", "гу", "гой")),
    ("ка", ("ка", "ки", "ке", "ку", "кой")),
    ("ха", ("ха", "хи", "хе", "ху", "хой")),
    ("ца", ("ца", "цы", "це", "цу", "цей")),
    ("а", ("а", "ы", "е", "у", "ой")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("ец", ("ец", "ца", "цу", "цем", "цом", "це", "цы", "цев", "цов", "цам", "цами", "цах")),
    ("цы", ("цы", "цев", "цам", "цами", "цах")),
    ("ы", ("ы", "ов", "ам", "ами", "ах", "")),
    ("ти", ("ти", "тей", "тям", "тями", "тях")),
    ("ки", ("ки", "ков", "кам", "ками", "ках")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью", "ём")),
    ("й", ("й", "я", "ю", "ем", "е")),
)  # fmt: skip
# What several of them take beside these; names of places have no plural, and «куб» is no Cuba.
_RUSSIAN_MANY = (
    ("ство", ("ствам", "ствами", "ствах")),
    ("ие", ("ий", "иям", "иями", "иях")),
    ("ка", ("ок", "к", "кам", "ками", "ках")),
    ("а", ("", "ам", "ами", "ах")),
    ("я", ("й", "ям", "ями", "ях")),
    ("ь", ("ей", "ям", "ями", "ях")),
)
# What the names of bodies begin with before a genitive, by the ending of their nominative.
_HEADS = {"o": "о", "e": "е", "a": "а", "ja": "я"}
_HEAD = re.compile(
    r"(?:(?P<o>(?:министер|правитель|агент|посоль|ведом|представитель)ств)(?:а|у|ом|е)"
    r"|(?P<e>(?:управлен|командован|объединен|учрежден)и)(?:я|ю|ем|и)"
    r"|(?P<a>служб|прокуратур|палат)(?:ы|е|у|ой)"
    r"|(?P<ja>(?:администрац|комисс|организац|делегац)и)(?:и|ю|ей))(?=\s\w)",
    re.IGNORECASE,
)
_CONSONANT = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", "и", "ем", "ей")


def forms(
    phrase: str, language: str, *, bends: bool = True, many: bool = False
) -> tuple[tuple[str, ...], ...]:
    """For each word of ``phrase`` the forms that print may show; only itself if not ``bends``.

    With ``many`` also the plurals of Russian words of which there can be several.
    """
    words = phrase.split()
    if not bends:
        return tuple((word,) for word in words)
    if language == "ru":
        return tuple((*_russian(word), *(_russian_many(word) if many else ())) for word in words)
    return (*((word,) for word in words[:-1]), _western(words[-1], language))


def unbent(body: str) -> str:
    """A Russian body's name, of which print has bent only the first word, in the nominative.

    "" where the first word is in the nominative, or none that a body begins with.
    """
    match = _HEAD.match(body)
    if not match or " и " in body:  # «Министерства обороны и финансов» may be two
        return ""
    ending = next(ending for ending in _HEADS if match[ending])
    return body[: match.end(ending)] + _HEADS[ending] + body[match.end() :]


def _western(word: str, language: str) -> tuple[str, ...]:
    if language == "en":
        return (word,) if word.endswith(("s", "sh", "ch", "se")) else (word, word + "s")
    feminine = _feminine(word)
    plural = word if word.endswith(("s", "x")) else word + "s"
    return tuple(dict.fromkeys((word, plural, feminine, feminine + "s")))


def _feminine(word: str) -> str:
    if word.endswith("en"):
        return word + "ne"
    return word if word.endswith("e") else word + "e"


def _russian(word: str) -> tuple[str, ...]:
    if word.isupper() or len(word) < 3:
        return (word,)
    for ending, others in _RUSSIAN:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return tuple(dict.fromkeys(stem + other for other in others))
    if word[-1] in "оиуэею":
        return (word,)
    return tuple(word + ending for ending in _CONSONANT)


def _russian_many(word: str) -> tuple[str, ...]:
    for ending, others in _RUSSIAN_MANY:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return tuple(stem + other for other in others)
    return ()
