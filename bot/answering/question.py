"""Understands a question: who is asked about, on what, when; finds no answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.answering.asking import (
    according_to,
    is_asking,
    is_office,
    language_of,
    turns_to_topic,
)
from bot.answering.bearers import description_in
from bot.answering.days import Asked, asked_days, latest_words
from bot.answering.events import asked_event, days_of
from bot.answering.kinds import (
    act_of,
    asks_who_is,
    asks_why,
    happening_of,
    happens_now,
    kind_of,
    tells_kind,
    undergone,
    who_of,
)
from bot.answering.named import among, is_telling, names_in, owns, strangers_in, told_of
from bot.answering.offices import office_in
from bot.domain import Kind, Question
from vectorstore.actors import Actors, Mention
from vectorstore.domain import Span
from vectorstore.lexical import terms

_WORD = re.compile(r"\w+(?:-\w+)*")
# An actor after one of these is a place, unless nobody else is named ("в Москве говорят…").
_PLACE = re.compile(r"(?<!\w)(?:in|at|near|en|dans|в|во)(?: the)?\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|le)\b", re.IGNORECASE)
_JOINT = frozenset({"and", "or", "et", "ou", "и", "или"})
_MARK = re.compile(r"[^\w\s'’]")
_LINKS = _JOINT | {"with", "avec", "с", "со"}
_ARTICLES = frozenset({"the", "le", "la", "les", "l", "s"})


@dataclass(frozen=True, slots=True)
class _Whom:
    """Those whose words are wanted, and what of the question names them."""

    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    role: str = ""


def understand(
    text: str,
    *,
    actors: Actors,
    is_speaker: Callable[[str], bool],
    is_bearer: Callable[[str, str], bool],
    day_of: Callable[[str, str], date | None],
    fallback: str,
    today: date,
) -> Question:
    """What ``text`` asks.

    ``is_speaker`` tells whether the briefings quote someone of that name, ``is_bearer`` whether
    someone who is so described in words of a language, and ``day_of`` on which day they have an
    event that is given in such words.
    """
    language = language_of(text, fallback)
    newest = latest_words(text)
    asked = asked_days(text, today) or _days_by_event(text, language, today, day_of)
    days = (*(asked.spans if asked else ()), *newest)
    mentions = [m for m in actors.mentions(text, ignore_case=True) if not among(m.span, days)]
    kind, act = kind_of(text), act_of(text)
    names = list(names_in(text, is_speaker, [*days, *(m.span for m in mentions)]))
    if kind is not Kind.COMPARISON:
        names = _apart(text, names)
    known = [*days, *names, *(m.span for m in mentions)]
    # "By how many votes was it rejected?" asks for no rejecter's words.
    done = undergone(text)
    asking = [w for w in _WORD.findall(text) if w != done and not (kind is Kind.FACT and act_of(w))]
    wanted = any(map(is_asking, asking)) or according_to(text) is not None
    if asks_who_is(text) and not wanted and not mentions:
        named = names or [*strangers_in(text, Span(start=0, end=len(text)), known, actors)]
        if named:
            return _identity(text, language, named[0])
    happening = None if any(map(is_asking, asking)) else happening_of(text)
    if happening:
        return _happening(text, language, happening, asked, mentions)
    if kind is Kind.LIST and (act or wanted) and not according_to(text):
        return _list(text, language, act, asked, newest)
    speaking = _speaking(text, days)
    rest = without(speaking.of(text), known, speaking.start)
    bare = not any(is_telling(word) for word in _WORD.findall(rest))  # "Turkey on the corridor?"
    whom = _Whom()
    if wanted or bare or kind in (Kind.COMPARISON, Kind.TIMELINE):
        inside = _acting(text, [m for m in mentions if speaking.overlaps(m.span)])
        if kind is not Kind.COMPARISON:
            inside = _joined(text, inside)
        people = _speaking_people(text, [span for span in names if speaking.overlaps(span)])
        if people:  # "Que dit Lavrov de la Turquie ?"
            inside = [m for m in inside if not told_of(text, m.span, people[0])]
        strangers = list(strangers_in(text, speaking, known, actors)) if wanted else []
        speaks = [*(mention.span for mention in inside), *people][:1]
        if speaks and kind is not Kind.COMPARISON:
            strangers = [s for s in strangers if not told_of(text, s, speaks[0])]
            strangers = _before_the_verb(text, strangers, speaks[0])
        if kind is Kind.TIMELINE:
            strangers = [span for span in strangers if not owns(text, span)]
        whom = _whom(text, inside, people, strangers)
        if wanted and kind is not Kind.COMPARISON and not people:
            rest = without(text, days)
            whom = _by_role(rest, language, whom, mentions, is_bearer) or whom
    who = who_of(text) if kind is Kind.LIST else None  # "which countries…" is not the topic
    topic = topic_of(text, [*whom.spans, *days, *((who,) if who else ())], kind, language)
    return Question(
        text=text,
        search=text,
        language=language,
        kind=_possible(kind, whom),
        actors=whom.actors,
        people=whom.people,
        strangers=whom.strangers,
        role=whom.role,
        anyone=wanted and bare and not whom.spans and bool(days or terms(topic, language)),
        act=act if whom.spans else "",
        topic=topic,
        places=tuple(m.code for m in mentions if not among(m.span, whom.spans)),
        days=asked.days if asked else None,
        newest=bool(newest),
        causes=asks_why(text),
    )


def _apart(text: str, names: list[Span]) -> list[Span]:
    """Less those that stand together: of "Mary Trump" neither Mary is asked nor Donald Trump."""
    together = {
        place
        for place, (one, other) in enumerate(pairwise(names))
        if text[one.end : other.start] == " " and text[other.start].isupper()
    }
    return [name for place, name in enumerate(names) if not {place, place - 1} & together]


def topic_terms(question: Question, language: str) -> list[str]:
    """The stems of the topic that carry meaning, as ``language`` stems them."""
    return terms(question.topic, language)


def _days_by_event(
    text: str, language: str, today: date, day_of: Callable[[str, str], date | None]
) -> Asked | None:
    """The days that an event limits ("before the ceasefire"), if the briefings date it."""
    event = asked_event(text)
    day = day_of(event.words, language) if event else None
    if event is None or day is None:
        return None
    return Asked(days=days_of(event, day, today), spans=(event.span,))


def _list(
    text: str, language: str, act: str, asked: Asked | None, newest: Sequence[Span]
) -> Question:
    """A question for whoever spoke ("who condemned the attack?"): all it names is its topic."""
    who = who_of(text)
    days = asked.spans if asked else ()
    topic = topic_of(text, [*((who,) if who else ()), *days, *newest], Kind.LIST, language)
    return Question(
        text=text,
        search=text,
        language=language,
        kind=Kind.LIST,
        anyone=True,
        act=act,
        topic=topic,
        days=asked.days if asked else None,
        newest=bool(newest),
    )


def _identity(text: str, language: str, name: Span) -> Question:
    """A question for who somebody is, whose own words are not wanted."""
    topic = topic_of(text, [], Kind.STATEMENT, language)
    return Question(
        text=text,
        search=text,
        language=language,
        kind=Kind.STATEMENT,
        topic=topic,
        who=name.of(text),
    )


def _happening(
    text: str, language: str, happening: Span, asked: Asked | None, mentions: list[Mention]
) -> Question:
    """A question for what happened: nobody is to speak, and without a topic days are summed up."""
    days, newest = asked.spans if asked else (), latest_words(text)
    topic = topic_of(text, [happening, *days, *newest], Kind.STATEMENT, language)
    return Question(
        text=text,
        search=text,
        language=language,
        kind=Kind.STATEMENT if terms(topic, language) else Kind.SUMMARY,
        topic=topic,
        places=tuple(mention.code for mention in mentions),
        days=asked.days if asked else None,
        newest=bool(newest) or happens_now(happening.of(text)),
    )


def _possible(kind: Kind, whom: _Whom) -> Kind:
    """``kind``, if there are as many to speak as it takes."""
    speakers = len(whom.actors) + len(whom.people)
    if kind is Kind.COMPARISON and speakers < 2:
        return Kind.STATEMENT
    if kind is Kind.LIST or (kind is Kind.SUMMARY and speakers):
        return Kind.STATEMENT
    return kind


def _speaking(text: str, days: Sequence[Span]) -> Span:
    """The part of a question that names whoever is to speak."""
    source = according_to(text)
    start = source.end if source else 0
    turns = [turn for turn in turns_to_topic(text) if not _before_day(text, turn, days)]
    if not source and turns and not text[: turns[0].start].strip(" «“\"'"):
        start = text.find(",") + 1  # "On the corridor, what did Russia say?"
        turns = [turn for turn in turns if 0 < start <= turn.start]
    end = next((turn.start for turn in turns if turn.start >= start), len(text))
    return Span(start=start, end=end)


def _before_day(text: str, turn: Span, days: Sequence[Span]) -> bool:
    """Whether a turn is but the preposition of a day ("on 1 March")."""
    return any(
        day.start <= turn.start < day.end
        or (turn.end <= day.start and not _ARTICLE.sub("", text[turn.end : day.start]).strip())
        for day in days
    )


def _whom(text: str, inside: list[Mention], people: list[Span], strangers: list[Span]) -> _Whom:
    """A person is asked about before the country beside the name ("Turkey's Erdogan")."""
    if people or strangers:
        unheard = tuple(span.of(text) for span in strangers)
        heard = tuple(dict.fromkeys(span.of(text) for span in people))
        spans = (*people, *strangers, *(m.span for m in inside))
        return _Whom((), (*heard, *unheard), unheard, spans)
    codes = tuple(dict.fromkeys(m.code for m in inside))
    return _Whom(codes, (), (), tuple(m.span for m in inside))


def _by_role(
    text: str,
    language: str,
    whom: _Whom,
    mentions: list[Mention],
    is_bearer: Callable[[str, str], bool],
) -> _Whom | None:
    """Those who are asked for by what they are; of an office that nobody bears, nobody."""
    span = description_in(text, mentions)
    described = span.of(text).strip() if span else ""
    office = office_in(described)
    if not span or not described or not (office or not mentions):
        return None
    if not is_bearer(described, language) and (whom.strangers or not office):
        return None
    inside = tuple(m for m in mentions if m.span.overlaps(span))
    codes = tuple(dict.fromkeys(m.code for m in inside[:1]))
    return _Whom(codes, (), (), (span,), described)


def _joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """The first mention and those enumerated with it."""
    found = mentions[:1]
    for mention in mentions[1:]:
        gap = text[found[-1].span.end : mention.span.start]
        between = set(_WORD.findall(gap.lower()))
        if not between <= _JOINT | _ARTICLES or not (between & _JOINT or _MARK.search(gap)):
            break  # «Что ответила Россия Грузии?» asks for the words of one
        found.append(mention)
    return found


def _acting(text: str, mentions: list[Mention]) -> list[Mention]:
    """Less the places ("in Armenia"), and less those to whom words go ("tell Armenia")."""
    acting = [m for m in mentions if not _PLACE.search(text[: m.span.start])] or mentions
    asking = [word for word in _WORD.finditer(text) if is_asking(word[0])]
    if not asking:
        return acting
    said = asking[-1]
    before = [m for m in acting if m.span.end <= said.start()]
    after = [m for m in acting if m.span.start >= said.end()]
    if not before or not after:
        return acting
    between = set(_WORD.findall(text[said.end() : after[0].span.start].lower()))
    return acting if between & _LINKS else before


def _speaking_people(text: str, people: list[Span]) -> list[Span]:
    """Less those named behind the verb: what "Zinke said the Navy could do" is on the Navy."""
    asking = [word for word in _WORD.finditer(text) if is_asking(word[0])]
    before = [span for span in people if asking and span.end <= asking[-1].start()]
    return before or people


def _before_the_verb(text: str, strangers: list[Span], speaker: Span) -> list[Span]:
    """Less those behind the verb of a speaker: "What did Biden say after South Carolina?"."""
    asking = [word.end() for word in _WORD.finditer(text, speaker.end) if is_asking(word[0])]
    return [span for span in strangers if not asking or span.start < asking[-1]]


def topic_of(text: str, known: Sequence[Span], kind: Kind, language: str) -> str:
    """The words that tell what is spoken about."""
    rest = _WORD.findall(without(text, [*known, *turns_to_topic(text)]))
    said = [
        word
        for word in rest
        if not (is_asking(word) or tells_kind(word, kind) or (known and is_office(word)))
    ]
    return " ".join(word for word in said if terms(word, language))


def without(text: str, spans: Iterable[Span], offset: int = 0) -> str:
    """``text``, which stands at ``offset``, with blanks in the place of ``spans``."""
    characters = list(text)
    for span in spans:
        start, end = max(0, span.start - offset), min(len(text), span.end - offset)
        if start < end:
            characters[start:end] = " " * (end - start)
    return "".join(characters)
