"""The words by which people ask what somebody said, in three languages; knows no names."""

from __future__ import annotations

import re
from functools import cache

from vectorstore.domain import LANGUAGES, Span
from vectorstore.language import detect
from vectorstore.lexical import stems, terms, words

# lingua must lead by this much before a question's own language beats the asker's: "OSCE Mziskari"
# is in no language, while "et la Turquie ?" leads by .8.
_LANGUAGE_MARGIN = 0.3
_ENOUGH = 1000  # characters of a question tell its language

# One form of each; they are compared as stems.
_ASKING = {
    "en": "say said state statement position stance react reaction respond response comment "
    "declare declaration think thought view opinion tell told words quote condemn announce claim "
    "argue warn promise accuse demand propose answer compare comparison speak spoke call according "
    "support denounce criticise deny reject threaten urge welcome voice weigh explain stress "
    "insist suggest believe admit reveal mention estimate regard consider describe want",
    "fr": "dit dire disent disait déclare déclaré déclaration position réaction réagir réagi "
    "affirme affirmé pense pensent penser avis opinion propos commentaire commenter commenté "
    "annonce annoncé condamne condamné répondu répond réponse accuse accusé promis promet demande "
    "demandé appelé parole citation comparer comparaison selon point vue soutenu dénoncé critiqué "
    "démenti rejeté menacé exhorté salué exprimé prononcé soutenir soutient averti prévenu estime "
    "estimé expliqué assuré indiqué précisé rappelé souligné reconnu reproche justifie considère "
    "veut veulent",
    "ru": "сказал говорит заявил заявляет заявление позиция позиций реакция реакций отреагировал "
    "мнение считает комментарий прокомментировал ответил осудил объявил слова сообщил думает "
    "цитата сравни обвинил пообещал призвал высказал высказался поддержал раскритиковал опроверг "
    "отверг пригрозил предупредил приветствовал потребовал отозвался утверждает объяснил отметил "
    "подчеркнул оценивает признал добавил относится предложил полагает уверен напомнил хочет хотят",
}
# The office through which an actor speaks is part of whom one asks about, not of the topic.
_OFFICES = frozenset(
    word
    for listed in (
        "foreign defence defense interior ministry minister ministry's mfa president presidency "
        "spokesperson spokesman spokeswoman government parliament office authorities side",
        "ministère ministre étrangères étranger affaires défense intérieur mid président "
        "présidence porte-parole gouvernement parlement autorités",
        "министерство министр иностранных дел обороны мид мида президент президента представитель "
        "официальный пресс-секретарь правительство парламент власти сторона",
    )
    for word in listed.split()
)
# After these words stands what is spoken about; before them, who speaks.
_ABOUT = re.compile(
    r"(?<!\w)(?:(?<!what )(?<!how )about|on|over|regarding|concerning|towards?|against"
    r"|(?<!according )to|sur|à propos|concernant|au sujet|quant|face|envers|contre|à|aux?"
    r"|о|об|обо|про|относительно|насч[её]т|по(?! (?:словам|мнению))|на|против)(?!\w)"
    r"(?!\s+(?:what|quoi|ч[её]м))",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"(?<!\w)(?:according to|selon|d['’]après|по (?:словам|мнению))(?!\w)", re.IGNORECASE
)


def is_asking(word: str) -> bool:
    """Whether one asks by ``word`` for what somebody says or thinks."""
    return any(set(stems(word, language)) & _asking(language) for language in LANGUAGES)


def is_office(word: str) -> bool:
    """Whether ``word`` belongs to the name of an office that speaks for somebody."""
    return word.lower() in _OFFICES


def turns_to_topic(text: str) -> list[Span]:
    """Where ``text`` turns from who speaks to what is spoken about."""
    return [Span(start=match.start(), end=match.end()) for match in _ABOUT.finditer(text)]


def according_to(text: str) -> Span | None:
    """Where ``text`` says "according to", before the one whose words are wanted."""
    match = _ACCORDING.search(text)
    return Span(start=match.start(), end=match.end()) if match else None


def language_of(text: str, fallback: str) -> str:
    """The language to speak to the asker in; ``fallback`` when the question does not tell.

    Two words of grammar more than in any other language tell it, whatever the names beside them
    look like; otherwise its letters must.
    """
    said = set(words(text[:_ENOUGH]))
    grammar = {one: sum(not terms(word, one) for word in said) for one in LANGUAGES}
    second, first = sorted(LANGUAGES, key=grammar.__getitem__)[-2:]
    if grammar[first] >= grammar[second] + 2:
        return first
    return detect(text, margin=_LANGUAGE_MARGIN) or fallback


@cache
def _asking(language: str) -> frozenset[str]:
    return frozenset(stems(_ASKING[language], language))
