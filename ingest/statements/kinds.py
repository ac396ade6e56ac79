"""Which roles a description may stand for: "the player" for a footballer; knows words, no persons.

The kinds are listed in cues.toml. An age says nothing of a role.
"""

from __future__ import annotations

import re

from ingest.statements.lexicon import is_body, lexicon, lookup

_AGES = re.compile(r"\b(?:âgée? )?de \d+ ans\b|\b\d+[-‐]летн\w+")
_STEM = 6  # letters of a Russian word that its cases leave alone
_SHORTEST = 3
_CASES = 3  # letters by which they differ at most
_ADJECTIVE = re.compile(r"(?:[ыио]й|[оеи]го|[оеи]му|[ая]я|[оеы]м|им|[оу]ю|и\.о\.|врио|ио)$")
_FORMER = re.compile(r"^экс[-‐]")


_AGED = re.compile(r"(?:[\w’'-]+\s){1,3}(?:âgée? )?de \d+\s+ans|\d+-year-old [\w-]+")


def is_aged(description: str) -> bool:
    """Whether a description tells an age, as newspapers do of whom they are about."""
    return _AGED.fullmatch(description) is not None


def without_age(description: str) -> str:
    """A description without the age that it tells ("le joueur de 24 ans")."""
    return " ".join(_AGES.sub(" ", description).split())


def same_word(one: str, other: str, language: str) -> bool:
    """Whether two words are one, in whatever Russian case."""
    if language != "ru":
        return one == other
    stem = min(_STEM, max(_SHORTEST, min(len(one), len(other)) - 1))
    return one[:stem] == other[:stem] and abs(len(one) - len(other)) < _CASES


def stands_for(description: str, role: str, language: str, side: str | None = None) -> bool:
    """Whether a description may be meant of somebody with a printed role, who speaks for ``side``.

    Words that the kind does not explain ("le dirigeant arménien") must stand in the role.
    """
    asked, told = _words(description), _words(role)
    if is_of_state(description) and not _holds_state(description, role, side):
        return False
    body = language == "fr" and any(is_body(word, language) for word in asked)
    if language != "en" and asked and not body and bears(told, asked, language):
        return True  # "the analyst" is who is a military analyst
    for general, roles in lexicon(language).kinds:
        for kind in map(str.split, general):
            rest = asked[len(kind) :]
            if not _begins(asked, kind, language) or not _holds(told, rest, language):
                continue
            if any(bears(told, _words(each), language) for each in roles):
                return True
    return False


_STATE = re.compile(
    r"(?:chef|cheffe|président|présidente) d(?:e l'état|u gouvernement|e la république)$"
)
_OF_SOMETHING = re.compile(r"\b(?:de|du|des)\b|\bd'")


def is_of_state(description: str) -> bool:
    """Whether a French description tells an office that a state has one of."""
    return _STATE.match(lookup(description)) is not None


def _holds_state(description: str, role: str, side: str | None) -> bool:
    """Whether a role is of a state: no "président du groupe" is "le chef de l'État", no foreign one
    "le président de la République".
    """
    if description.lower().endswith("république"):
        return side in (None, "FR") and not _OF_SOMETHING.search(lookup(role))
    return side is not None or not _OF_SOMETHING.search(lookup(role))


def heads(role: list[str]) -> list[str]:
    """The words of which one is what a Russian role is, not whose."""
    noun = next((word for word in role if not _ADJECTIVE.search(word)), "")
    return [_FORMER.sub("", word) for word in {*role[:1], noun}]


def bears(role: list[str], asked: list[str], language: str) -> bool:
    """Whether a role has all the words asked, and in Russian is what the first of them is."""
    if language == "ru":
        role = [_FORMER.sub("", word) for word in role]
        if not any(
            same_word(head, each, language) for head in heads(role) for each in heads(asked)
        ):
            return False
    return all(any(same_word(word, each, language) for each in role) for word in asked)


def _words(text: str) -> list[str]:
    return lookup(without_age(text)).split()


def _begins(words: list[str], kind: list[str], language: str) -> bool:
    return len(words) >= len(kind) and all(
        same_word(one, other, language) for one, other in zip(words, kind, strict=False)
    )


def _holds(told: list[str], words: list[str], language: str) -> bool:
    """Whether all of some words are among those of a role."""
    return all(any(same_word(word, each, language) for each in told) for word in words)


# French nouns before a body's own name: "le groupe Norda", not "le gouvernement Lind".
_NAMED_BODIES = frozenset(
    ("organisation", "ong", "association", "fondation", "fédération", "syndicat", "collectif",
     "groupe", "société", "entreprise", "compagnie", "agence", "institut", "banque")
)  # fmt: skip
_THE = ("le ", "la ", "l'", "l’")


def names_body(role: str) -> bool:
    """Whether a French role says what body a name is of ("l'agence suisse | Norda")."""
    return lookup(role).partition(" ")[0] in _NAMED_BODIES


def has_noun(role: str, noun: str) -> bool:
    """Whether a role begins with a noun."""
    return lookup(role).partition(" ")[0] == lookup(noun)


def is_only_one(noun: str, before: str) -> bool:
    """Whether a French noun means the one body of that kind that the text ``before`` names."""
    if lookup(noun) not in _NAMED_BODIES or not before.lower().endswith(_THE):
        return False
    other = rf"\b(?:une?|des|autres?|chaque)\s+{re.escape(noun)}"
    return re.search(other, before, re.IGNORECASE) is None


_COLLEAGUES = ("коллега", "визави")


def is_colleague(description: str, language: str) -> bool:
    """Whether a Russian description tells no more of somebody than their side."""
    return language == "ru" and description.lower().split()[-1:] in [[w] for w in _COLLEAGUES]


_SPOKESMEN = ("представител", "пресс-", "организатор")


def names_nobody(description: list[str]) -> bool:
    """Whether a Russian description is of one of many («помощник депутата»).

    A body is somebody, and so is the spokesman of one that has a name («представитель «Норда»»).
    """
    head = next((word for word in description if not _ADJECTIVE.search(word)), "").lower()
    if head.startswith(_SPOKESMEN):
        return all(word[0].islower() for word in description)
    return lexicon("ru").is_role(head) and not is_body(head, "ru")


def is_broad(description: str) -> bool:
    """Whether a Russian description may be meant of many people of a side."""
    return description.lower().endswith(("политик", "чиновник", "чиновница", "эксперт"))


def another(description: str, role: str, between: str) -> bool:
    """Whether a Russian text names another such one between somebody and their description."""
    head = re.escape(description.split()[0][:_STEM])
    rest = between.replace(role or " ", " ")
    other = re.search(rf"\b{head}\w{{0,3}} {_WHOSE}", rest)
    foreign = re.search(rf"\b(?P<side>\w+[сц]к)\w{{2,3}} {head}", rest)
    if foreign is not None and foreign["side"] not in lookup(f"{role} {description}"):
        return True
    return other is not None and other[0] not in description


# «министр обороны», «глава МИД», but «министр сказала», «министр журналистам»
_WHOSE = r"(?:[А-ЯЁ]\w+|\w{2,}(?:[ыия]|ов|ей|ых|их|ого|его|ой|(?<!л)а)\b)"
