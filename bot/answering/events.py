"""Dates the events by which a question counts time, from what the briefings say of them.

A wrong day is worse than none: only a sentence in which the event itself happens on a day dates it
("a ceasefire was agreed on Wednesday", "the ceasefire of 20 September", not "the ceasefire was
condemned on Thursday"), and the stories that date it have to agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answering.dating import MAY_TELL, NAME_ENDS, UNSURE, day_told
from bot.answering.days import EARLIEST, Asked, named_days
from bot.answering.days.happening import core_words, happenings
from bot.answering.days.wording import folded, month_names, weekday_names
from vectorstore.corpus import View
from vectorstore.domain import LANGUAGES, Briefing, Days, Passage, Span, Tier
from vectorstore.lexical import stems, terms

# What is read and what is looked at, so that an event is dated in a few milliseconds.
MOST_READ = 20
MOST_TITLES = 40
# Titles that name an event more than this many days apart name more than one.
SAME_EVENT = timedelta(days=31)
# Good enough here, and ten times as fast as `vectorstore.sentences`: a sentence cut in two dates no
# event, and one that runs on into the next is cut again at the clause.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?=[\"«“(]*[A-ZÀ-ÞА-ЯЁ])|\n")
_MAY_DATE = re.compile(rf"\d|today|yesterday|hier|вчера|сегодня|{'|'.join(weekday_names())}")
_ANY_DAY = date(2000, 1, 1)  # for a text without a day, where only dates with a year count

_BEFORE_TITLE = re.compile(
    r"(?<!\w)(?:talks?|negotiations?|calls?|appels?|ahead|campaign|pourparlers|negociations"
    r"|переговор\w+|призыв\w*|после|накануне|after|before|since|apres|avant|depuis|campagne)(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEvent:
    """An event by which a question limits time.

    ``relation`` is "before" or "since", ``words`` are the event's own, and ``span`` covers them
    with what relates to them ("before the ceasefire").
    """

    relation: str
    words: str
    span: Span


def asked_event(text: str) -> AskedEvent | None:
    """The first event that limits when in ``text``; None when none does.

    It is meant for a question in which `asked_days` finds no day: a day beats an event.
    """
    found = happenings(folded(text), text)
    return next(
        (AskedEvent(relation=each.relation, words=each.words, span=each.span) for each in found),
        None,
    )


def days_of(event: AskedEvent, day: date, today: date) -> Days:
    """The days that ``event`` leaves when it happened on ``day``, which itself is "since" it."""
    if event.relation == "before":
        return Days(first=EARLIEST, last=max(EARLIEST, day - timedelta(days=1)))
    return Days(first=day, last=max(day, today))


def dated(words: str, language: str, view: View, tiers: Collection[Tier]) -> date | None:
    """The day that the briefings of ``tiers`` give the event of these ``words``.

    Sentences that date it come first; then the first of the briefings whose titles name it. Other
    languages are read when none in the question's ``language`` names the event. None when nothing
    dates it or they disagree.
    """
    for one in (language, *(other for other in LANGUAGES if other != language)):
        event = _Event.of(words, one)
        found = event.found(view, tiers) if event else []
        if not event or not found:
            continue
        told = [each for passage in found[:MOST_READ] for each in event.told(passage)]
        if any(each.day for each in told):
            return _agreed(told)
        titled = event.titled({passage.briefing for passage in found})
        if told or titled:
            return _told_by_titles(titled, told)
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """That a story names an event, the day it gives it, if any, and if it is sure to happen."""

    story: str
    published: date | None
    day: date | None
    sure: bool


def _agreed(told: Sequence[_Told]) -> date | None:
    """The day that most of the stories that date an event give it; None if another came later.

    One story alone is believed when most that name the event can mean this one.
    """
    given = {(each.story, each.day) for each in told if each.day}
    votes = Counter(day for _, day in given)
    day, many = votes.most_common(1)[0]
    if 2 * many <= votes.total() or day != max(votes):
        return None
    return day if many > 1 or _is_meant(told, day) else None


def _is_meant(told: Sequence[_Told], day: date) -> bool:
    """Whether most of the stories that name an event can mean one of that day."""
    naming = {each.story for each in told}
    meant = {each.story for each in told if each.day == day or _soon_after(each.published, day)}
    return 2 * len(meant) > len(naming) or not naming


def _soon_after(published: date | None, day: date) -> bool:
    return published is not None and timedelta() <= published - day <= SAME_EVENT


def _told_by_titles(titled: Mapping[Briefing, bool], told: Sequence[_Told]) -> date | None:
    """The first day under a title that names the event, if nobody doubted it until then."""
    first = _first_of(titled)
    sure = all(each.sure or not _until(each.published, first) for each in told)
    return first if first and sure and _is_meant(told, first) else None


def _until(published: date | None, day: date | None) -> bool:
    return published is None or day is None or published <= day


def _first_of(titled: Mapping[Briefing, bool]) -> date | None:
    """The first day of what is told under titles that name one event, if that one tells it.

    None when the days are those of more than one run of news.
    """
    days = {briefing: _news_day(briefing) for briefing in titled}
    known = [day for day in days.values() if day]
    if not known or max(known) - min(known) > SAME_EVENT:
        return None
    first = min(known)
    return first if all(tells for each, tells in titled.items() if days[each] == first) else None


def _news_day(briefing: Briefing) -> date | None:
    return briefing.covers.first if briefing.covers else briefing.day


@dataclass(frozen=True, slots=True)
class _Event:
    """An event's words as one language stems them: its name, where it was, and the months."""

    language: str
    name: tuple[str, ...]
    where: frozenset[str]
    months: frozenset[int]

    @classmethod
    def of(cls, words: str, language: str) -> _Event | None:
        said = re.findall(r"[\w-]+", folded(words))
        core = core_words(said)
        names = month_names()
        rest = [word for word in said[len(core) :] if word not in names]
        name = terms(" ".join(core), language)
        if not name:
            return None
        months = frozenset(names[word] for word in said[len(core) :] if word in names)
        return cls(language, tuple(name), frozenset(terms(" ".join(rest), language)), months)

    def found(self, view: View, tiers: Collection[Tier]) -> list[Passage]:
        """The passages that hold words of the event, best first."""
        wanted = [*self.name, *self.where]
        matches = [
            match
            for tier in sorted(tiers)
            for match in view.index.matching(tier, self.language, wanted, MOST_TITLES)
        ]
        matches.sort(key=lambda match: -match.score)
        return [view.passage(match.id) for match in matches[:MOST_TITLES]]

    def told(self, passage: Passage) -> Iterator[_Told]:
        """What the sentences of a passage that name the event tell of its day."""
        briefing, text = passage.briefing, passage.text
        if self.where and not self.where <= set(stems(f"{briefing.title} {text}", self.language)):
            return
        for sentence in _SENTENCE_ENDS.split(text):
            mention = self._mention(seen := folded(sentence))
            if mention:
                hint = _MAY_DATE.search(seen) and MAY_TELL.search(seen)
                day = _day_in(sentence, seen, mention, briefing) if hint else None
                if self._in_months(day or briefing.day):
                    sure = not UNSURE.search(seen)
                    yield _Told(briefing.story, briefing.day, day, sure)

    def titled(self, briefings: Iterable[Briefing]) -> dict[Briefing, bool]:
        """Those whose titles name the event: whether they tell of it, not of calls for it."""
        named: dict[Briefing, bool] = {}
        for briefing in briefings:
            title, day = folded(briefing.title), _news_day(briefing)
            mention = self._mention(title)
            where = set(stems(briefing.title, self.language)) if self.where else set()
            if mention and self.where <= where and day and self._in_months(day):
                ends = NAME_ENDS.match(title, mention.end)
                talk = _BEFORE_TITLE.search(title) or UNSURE.search(title)
                named[briefing] = bool(ends and not talk)
        return named

    def _in_months(self, day: date | None) -> bool:
        return not self.months or day is None or day.month in self.months

    def _mention(self, seen: str) -> Span | None:
        """Where a text names the event: its words in their order, but for words of grammar."""
        for first in re.finditer(r"\w+", seen):
            if first[0][:2].replace("й", "и") != self.name[0][:2]:
                continue  # to stem every word would take longer than to read them
            end = self._end(seen, first)
            if end:
                return Span(start=first.start(), end=end)
        return None

    def _end(self, seen: str, first: re.Match[str]) -> int:
        """Where the event's name ends that begins with the word ``first``; 0 if it does not."""
        left = list(self.name)
        for word in re.compile(r"\w+").finditer(seen, first.start()):
            stem = terms(word[0], self.language)
            if stem and stem != left[:1]:
                return 0
            left = left[len(stem) :]
            if not left:
                return word.end()
        return 0


def _day_in(sentence: str, seen: str, mention: Span, briefing: Briefing) -> date | None:
    """The day that a sentence, read on the day of its briefing, gives the event it mentions."""
    day = briefing.day or (briefing.covers.last if briefing.covers else None)
    named = [each for each in named_days(sentence, day or _ANY_DAY) if _is_day(each)]
    if not day:
        named = [each for each in named if re.search(r"\d{4}", each.spans[0].of(seen))]
    return day_told(seen, mention, named)


def _is_day(asked: Asked) -> bool:
    return asked.days.first == asked.days.last and not asked.open
