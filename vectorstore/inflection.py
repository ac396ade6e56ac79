"""The printed forms of a dictionary word in en, fr and ru; knows endings, not meanings."""

from __future__ import annotations

# Ending of the nominative -> all endings, the longest ending first.
_RUSSIAN = (
    ("ский", ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские",
              "ских", "скими")),
    ("цкий", ("цкий", "цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое", "цкие",
              "цких", "цкими")),
    ("ный", ("ный", "ного", "ному", "ным", "ном", "ная", "ной", "ную", "ное", "ные", "ных",
             "ными")),
    ("ший", ("ший", "шего", "шему", "шим", "шем", "шая", "шей", "шую", "шее", "шие", "ших",
             "шими")),
    ("ая", ("ая", "ой", "ую")),
    ("ое", ("ое", "ого", "ому", "ым", "ом")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ия", ("ия", "ии", "ию", "ией", "ий", "иям", "иями", "иях")),
    ("ие", ("ие", "ия", "ию", "ием", "ии")),
    ("ье", ("ье", "ья", "ью", "ьем")),
    ("ство", ("ство", "ства", "ству", "ством", "стве", "ств")),
    ("яне", ("яне", "ян", "янам", "янами", "янах")),
    ("ша", ("ша", "ши", "ше", "шу", "шей")),
    ("га", ("га", "ги", "ге", "гу", "гой")),
    ("ка", ("ка", "ки", "ке", "ку", "кой")),
    ("ха", ("ха", "хи", "хе", "ху", "хой")),
    ("а", ("а", "ы", "е", "у", "ой")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("ец", ("ец", "ца", "цу", "цем", "це", "цы", "цев", "цам", "цами", "цах")),
    ("ы", ("ы", "ов", "ам", "ами", "ах", "")),
    ("ти", ("ти", "тей", "тям", "тями", "тях")),
    ("ки", ("ки", "ков", "кам", "ками", "ках")),
    ("ь", ("ь", "я", "ю", "ем", "ем", "е", "и", "ью", "ём")),
    ("й", ("й", "я", "ю", "ем", "е")),
)  # fmt: skip
_CONSONANT = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", "и", "ем", "ей")


def forms(phrase: str, language: str, *, bends: bool = True) -> tuple[tuple[str, ...], ...]:
    """For each word of ``phrase`` the forms that print may show; only itself if not ``bends``."""
    words = phrase.split()
    if not bends:
        return tuple((word,) for word in words)
    if language == "ru":
        return tuple(_russian(word) for word in words)
    return (*((word,) for word in words[:-1]), _western(words[-1], language))


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
