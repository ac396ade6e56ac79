"""Understands a question: who is asked about, on what, when; finds no answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.days import asked_days
from vectorstore.actors import Actors
from vectorstore.domain import LANGUAGES, Days, Span
from vectorstore.language import detect
from vectorstore.lexical import terms

# lingua must lead by this much before a question's own language beats the asker's: "OSCE Mziskari"
# is in no language, while "et la Turquie ?" leads by .8.
LANGUAGE_MARGIN = 0.3

# By these words one asks for what somebody says or thinks.
_ASKING = {
    "en": "say says said saying state states stated statement statements position stance react "
    "reacts reacted reaction reactions respond responded response comment comments commented "
    "declare declared declaration think thinks thought view views opinion tell told words quote "
    "quotes quoted condemn condemned announce announced claim claims claimed argue argued warn "
    "warned promise promised accuse accused demand demanded propose proposed answer answered "
    "compare comparison speak spoke call called according",
    "fr": "dit dire disent disait déclare déclaré déclarer déclaration déclarations position "
    "réaction réactions réagir réagit réagi affirme affirmé affirmer pense pensent penser avis "
    "opinion propos commentaire commenté annonce annoncé condamne condamné répondu répond réponse "
    "accuse accusé promis promet demande demandé appelé parole paroles citation comparer compare "
    "comparaison selon point vue",
    "ru": "сказал сказала сказали говорит говорят заявил заявила заявили заявляет заявление "
    "заявления позиция позицию реакция реакцию отреагировал отреагировала отреагировали мнение "
    "считает считают комментарий прокомментировал прокомментировала прокомментировали ответил "
    "ответила ответили осудил осудила осудили объявил объявила объявили слова словам сообщил "
    "сообщила сообщили думает думают цитата сравни сравните обвинил обвинила пообещал призвал",
}
_ASKING_WORDS = frozenset(word for words in _ASKING.values() for word in words.split())
# The office through which an actor speaks is part of whom one asks about, not of the topic.
_OFFICES = frozenset(
    word
    for words in (
        "foreign defence defense interior ministry minister ministry's mfa president presidency "
        "spokesperson spokesman spokeswoman government parliament office authorities side",
        "ministère ministre étrangères étranger affaires défense intérieur mid président "
        "présidence porte-parole gouvernement parlement autorités",
        "министерство министр иностранных дел обороны мид мида президент президента представитель "
        "официальный пресс-секретарь правительство парламент власти сторона",
    )
    for word in words.split()
)
# After these words stands what is spoken about; before them, who speaks.
_ABOUT = re.compile(
    r"(?<!\w)(?:about|on|over|regarding|concerning|towards?|against|(?<!according )to"
    r"|sur|à propos|concernant|au sujet|quant|face|envers|contre|à|aux?"
    r"|о|об|обо|про|относительно|насч[её]т|по поводу|на|против)(?!\w)(?!\s+(?:what|quoi|ч[её]м))",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"(?<!\w)(?:according to|selon|d['’]après|по (?:словам|мнению))(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"\w[\w'’-]*")
_SHORTEST_NAME = 4  # shorter words are too often part of the language


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    ``actors`` are the codes and ``people`` the names whose own words are wanted; both are empty
    when the question asks for no one's words. ``topic`` is the question without whom, when and
    the words of asking, "" when nothing else is left. ``days`` limits what may answer.
    """

    text: str
    language: str
    actors: tuple[str, ...]
    people: tuple[str, ...]
    topic: str
    days: Days | None

    @property
    def wants_words(self) -> bool:
        """Whether the words of particular speakers are wanted."""
        return bool(self.actors or self.people)

    def topic_terms(self, language: str) -> list[str]:
        """The stems of the topic that carry meaning, as ``language`` stems them."""
        return terms(self.topic, language)


def language_of(text: str, fallback: str) -> str:
    """The language to speak to the asker in; ``fallback`` when the question does not tell."""
    return detect(text, margin=LANGUAGE_MARGIN) or fallback


def understand(
    text: str,
    *,
    actors: Actors,
    is_speaker: Callable[[str], bool],
    fallback: str,
    today: date,
) -> Question:
    """What ``text`` asks; ``is_speaker`` tells whether the briefings quote someone of that name."""
    language = language_of(text, fallback)
    asked = asked_days(text, today)
    day_spans = asked.spans if asked else ()
    mentions = [m for m in actors.mentions(text, ignore_case=True) if not _in(m.span, day_spans)]
    names = list(_names(text, is_speaker, [*day_spans, *(m.span for m in mentions)]))
    about = _about(text)
    subjects = [m for m in mentions if m.span.start < about]
    people = [span for span in names if span.start < about]
    if not _asks_for_words(text, [*(m.span for m in mentions), *names, *day_spans]):
        subjects, people = [], []
    whom = [*(m.span for m in subjects), *people]
    return Question(
        text=text,
        language=language,
        actors=tuple(dict.fromkeys(m.code for m in subjects if not people)),
        people=tuple(dict.fromkeys(span.of(text) for span in people)),
        topic=_topic(text, [*whom, *day_spans]),
        days=asked.days if asked else None,
    )


def _about(text: str) -> int:
    """Where the question turns from who speaks to what is spoken about."""
    accepted = _ACCORDING.sub(lambda match: "_" * len(match[0]), text)
    found = _ABOUT.search(accepted)
    return found.start() if found else len(text)


def _names(text: str, is_speaker: Callable[[str], bool], taken: Iterable[Span]) -> Iterable[Span]:
    """The names of people whom the briefings quote, with their given names."""
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        span = Span(start=word.start(), end=word.end())
        if len(word[0]) >= _SHORTEST_NAME and not _in(span, taken) and is_speaker(_bare(word[0])):
            full = Span(start=before.start(), end=span.end) if before else span
            yield full if before and before[0][0].isupper() and is_speaker(full.of(text)) else span
        before = word


def _asks_for_words(text: str, known: Iterable[Span]) -> bool:
    rest = _without(text, known)
    words = {word.lower() for word in _WORD.findall(rest)}
    only_a_name = not all(terms(rest, language) for language in LANGUAGES)  # "and Turkey?"
    return bool(words & _ASKING_WORDS) or bool(_ACCORDING.search(text)) or only_a_name


def _topic(text: str, known: Sequence[Span]) -> str:
    words = _WORD.findall(_without(text, known))
    said = _ASKING_WORDS | _OFFICES if known else _ASKING_WORDS
    return " ".join(word for word in words if word.lower() not in said)


def _without(text: str, spans: Iterable[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(characters)


def _in(span: Span, spans: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in spans)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
