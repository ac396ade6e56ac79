"""Whose words answer a question, and in which order; knows statements, not passages or pages.

A statement, a comparison, a timeline and a list differ only in which words they take of whom.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from bot.answering.evidence import (
    FARTHEST,
    SPEAKER_ALLOWANCE,
    Evidence,
    as_evidence,
    latest,
    newest_first,
    on_topic,
)
from bot.answering.kinds import asks_for_states, performs, tells_why
from bot.answering.numbers import has_figure
from bot.answering.relevance import Relevance
from bot.domain import Count, Kind, Question
from vectorstore.domain import Hit, Span, StatementKind
from vectorstore.names import key
from vectorstore.speakers import Said

# A digest of an answer fits a phone's screen; more is a click away on the page itself.
MOST_STATEMENTS = 8
MOST_SPEAKERS = 10
MOST_ON_TIMELINE = 10
MOST_EARLIER = 5
# Statements that answer less well than the best by more than this are left out: with .1 in all
# languages .85 of hand-written questions were shown the answer (in 70 words), with .15 .89 (in 93).
# Those in another language, which share no words with the question, must come closer.
MARGIN, MARGIN_ACROSS = 0.15, 0.1
# The share of what is asked for that a sentence must name to be on a list of who did it.
OBJECT_COVERAGE = 0.5
# Over time a subject is spoken of in other words: whatever else the asked themselves say of it
# counts as far below the bar as anything does. So do words that themselves name what is asked.
MENTION_ALLOWANCE = 0.03
# "This attack", and not "this week".
_THIS = re.compile(
    r"(?<!\w)(?:this|these|such|ce|cet|cette|ces|эт(?:от|а|о|и|у|ого|ой|их|ом))"
    r"(?! (?:week|month|year|morning|afternoon|evening|day|time|summer|winter|spring|autumn|semaine"
    r"|mois|année|matin|soir|jour|fois|été|hiver|недел|месяц|год|утр|вечер|ден|дн|раз|лет))"
    r"(?!\w)",
    re.IGNORECASE,
)
# "It was condemned by", "her remarks were criticised by".
_IT = re.compile(
    r"\W*(?:it|he|she|they|ils?|elles?|он[аио]?|(?:its|his|her|their|son|sa|ses|leurs?|его|е[её]|их)"
    r" \w+)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…”»])\s+(?=[A-ZÀ-ÞА-ЯЁ«“])|\n")
_BEFORE = 400  # characters that hold the sentence before
_AFTER_CUE = 4  # words behind a cue that may name the act: "expressed its full support"
# Words of a sentence, and from its cue on, among which stands what the act is done to.
_SUBJECT, _OBJECT = 3, 8
_BARE_WHY = 4  # a question of fewer words that asks why asks nothing else
_UNIONS = frozenset({"EU", "UN"})  # two letters, as countries have, and no countries


@dataclass(frozen=True, slots=True)
class Words:
    """The words that answer, and which days have more where no day was asked for."""

    evidence: tuple[Evidence, ...] = ()
    silent: tuple[str, ...] = ()
    latest: date | None = None
    earlier: tuple[date, ...] = ()
    counts: tuple[Count, ...] = ()


def chosen(
    question: Question,
    said: Sequence[Sequence[Said]],
    hits: Sequence[Hit] | None,
    relevance: Relevance,
) -> Words:
    """What to show of what each of those asked about ``said``.

    ``hits`` are the passages on the topic, None where the question has none.
    """
    ranked = [_ranked(question, some, hits, relevance) for some in said]
    return replace(_shown(question, ranked, hits), counts=_counts(question, ranked))


def _shown(question: Question, ranked: list[Ranked], hits: Sequence[Hit] | None) -> Words:
    if question.kind is Kind.TIMELINE:
        found = [_over_time(_good(some, question)) for some in ranked]
        return Words(_evidence(sorted(_all(found), key=_oldest_first)))
    most = max(1, MOST_STATEMENTS // max(1, len(ranked)))
    if hits is None and question.days is None:
        return _latest(question, ranked, most)
    if question.kind is Kind.LIST:
        return Words(_evidence(_one_each(_all(ranked), question)))
    if question.newest:
        ranked = [_of_newest(some, question) for some in ranked]
    shown = [_by_speaker(_good(some, question)[:most]) for some in ranked]
    return Words(_evidence(_all(shown)), _silent(question, shown))


Ranked = list[tuple[float, Said]]
_all = chain.from_iterable


def _ranked(
    question: Question, said: Sequence[Said], hits: Sequence[Hit] | None, relevance: Relevance
) -> Ranked:
    """The statements on the topic that do what is asked for, with how well, best first."""
    some = _doing(question, said)
    if hits is None:
        return [(0.0, each) for each in sorted(some, key=_newest_first)]
    if question.act and question.anyone:
        some = [each for each in some if _names_the_object(question.act, each, relevance)]
    found = on_topic(some, hits, relevance, _allowance(question), asked=question.wants_words)
    return _preferred(question, found)


def _allowance(question: Question) -> float:
    if question.kind is Kind.TIMELINE:
        return FARTHEST if question.wants_words else MENTION_ALLOWANCE
    return MENTION_ALLOWANCE if question.act and question.anyone else SPEAKER_ALLOWANCE


def _doing(question: Question, said: Sequence[Said]) -> Sequence[Said]:
    """Those that perform the act asked for, and of the asked what else the same briefings have.

    An accusation told in one sentence is often quoted in the next.
    """
    if not question.act:
        return said
    doing = [each for each in said if _performs(question.act, each)]
    if question.anyone:
        return doing
    where = {each.document for each in doing}
    return [each for each in said if each.document in where] or said


def _names_the_object(act: str, said: Said, relevance: Relevance) -> bool:
    """Whether the sentence itself tells to what something was done, not only what stands near it.

    "This attack" is what stands before it, where the act is done to it: "this attack was condemned
    by", "condemned this attack", and not "bowed to this while condemning". "It was condemned by"
    goes on the sentence before, and so does one that follows "the attack was condemned". What has
    a name is named before it at least; across languages only names tell it. Whoever does it is not
    what it is done to.
    """
    briefing, statement = said.document.briefing, said.statement
    start = min(statement.span.start, statement.attribution.start)
    end = max(statement.span.end, statement.attribution.end)
    sentence = briefing.text[start:end]
    cue = sentence.find(statement.cue) if statement.cue else -1
    done_to = " ".join((*sentence.split()[:_SUBJECT], *sentence[max(0, cue) :].split()[:_OBJECT]))
    before = _SENTENCE_ENDS.split(briefing.text[max(0, start - _BEFORE) : start].rstrip())[-1]
    if _IT.match(sentence) or performs(act, before):
        sentence = f"{before} {sentence}"
    for doer in said.document.statements:
        if doer.speaker and doer.attribution.overlaps(Span(start=start, end=end)):
            sentence = sentence.replace(doer.speaker, " ")
    if relevance.is_own(briefing):
        covered = relevance.coverage(sentence)
    else:
        covered = relevance.coverage_by_name(sentence, briefing.language) or 0.0
    if covered >= OBJECT_COVERAGE or not _THIS.search(done_to):
        return covered >= OBJECT_COVERAGE
    told = f"{briefing.title} {briefing.text[:start]}"
    return relevance.coverage_by_name(told, briefing.language) != 0


def _performs(act: str, said: Said) -> bool:
    body, statement = said.document.briefing.text, said.statement
    if statement.kind is StatementKind.QUOTE and performs(act, statement.span.of(body), own=True):
        return True
    first = min(statement.span.start, statement.attribution.start)
    at = body.find(statement.cue, first) if statement.cue else -1
    if at < 0:
        return False
    behind = body[at + len(statement.cue) : statement.span.end].split()[:_AFTER_CUE]
    return performs(act, " ".join((statement.cue, *behind)))


def _preferred(question: Question, ranked: Ranked) -> Ranked:
    """Of several, those that hold the figure or the cause that is asked for."""
    holds: Callable[[str], bool] | None = None
    if question.kind is Kind.FACT:
        holds = has_figure
    elif question.causes:
        holds = tells_why
    if holds is None:
        return ranked
    holding = [(score, each) for score, each in ranked if holds(_text(each))]
    return holding if holding or len(question.text.split()) < _BARE_WHY else ranked


def _text(said: Said) -> str:
    return said.statement.span.of(said.document.briefing.text)


# ------------------------------------------------------------------ what is shown
def _latest(question: Question, ranked: Sequence[Ranked], most: int) -> Words:
    """The words of the last day that each spoke on, and the days before it."""
    newest = [latest(said for _, said in some) for some in ranked]
    newest = [
        [said for _, said in _preferred(question, [(0.0, each) for each in some])]
        for some in newest
    ]
    if question.kind is Kind.LIST:
        shown = [_one_each(((0.0, each) for each in some), question) for some in newest]
    else:
        shown = [_by_speaker(_spread(some, most)) for some in newest]
    days = {day for each in _all(shown) if (day := each.document.briefing.day)}
    last = days.pop() if len(days) == 1 else None
    before = {
        day
        for _, each in _all(ranked)
        if (day := each.document.briefing.day) and last and day < last
    }
    earlier = tuple(sorted(before, reverse=True)[:MOST_EARLIER])
    return Words(_evidence(_all(shown)), _silent(question, shown), last, earlier)


def _good(ranked: Ranked, question: Question) -> list[Said]:
    """The statements that answer hardly less well than the best."""
    best = max((score for score, _ in ranked), default=0.0)
    return [each for score, each in ranked if score >= best - _margin(each, question)]


def _margin(said: Said, question: Question) -> float:
    own = said.document.briefing.language == question.language
    return MARGIN if own else MARGIN_ACROSS


def _of_newest(ranked: Ranked, question: Question) -> Ranked:
    newest = set(map(id, latest(_good(ranked, question))))
    return [(score, each) for score, each in ranked if id(each) in newest]


def _spread(said: Sequence[Said], most: int) -> list[Said]:
    """At most ``most``, quotes first; no speaker is left out while another has two."""
    turns: dict[str, int] = defaultdict(int)
    ordered = []
    for each in sorted(said, key=lambda one: one.statement.kind is not StatementKind.QUOTE):
        ordered.append((turns[_who(each)], each))
        turns[_who(each)] += 1
    return [each for _, each in sorted(ordered, key=lambda item: item[0])[:most]]


def _by_speaker(said: Sequence[Said]) -> list[Said]:
    """Grouped by speaker: who spoke last comes first, and of each the newest words."""
    groups: dict[str, list[Said]] = defaultdict(list)
    for each in sorted(said, key=_newest_first):
        groups[_who(each)].append(each)
    return [each for group in groups.values() for each in group]


def _over_time(said: Sequence[Said]) -> list[Said]:
    """The best of each day, then the next best of each, as far as there is room."""
    by_day: dict[date | None, list[Said]] = defaultdict(list)
    for each in said:
        by_day[each.document.briefing.day].append(each)
    rounds = max(map(len, by_day.values()), default=0)
    turns = [some[turn] for turn in range(rounds) for some in by_day.values() if turn < len(some)]
    return turns[:MOST_ON_TIMELINE]


def _one_each(ranked: Iterable[tuple[float, Said]], question: Question) -> list[Said]:
    """The best statement of each actor, or of each speaker without one, the best first."""
    found: dict[str, Said] = {}
    states = asks_for_states(question.text)
    quotes_first = sorted(ranked, key=lambda item: item[1].statement.kind is StatementKind.REPORTED)
    for _, each in quotes_first:
        code = each.actor
        if not (code or _who(each)) or (states and not (code and _is_state(code))):
            continue
        if not code and not each.statement.speaker[:1].isupper():
            continue  # "the police": who would that be, in a list?
        found.setdefault(code or _who(each), each)
    shown = list(dict.fromkeys(map(_place, found.values())))[:MOST_SPEAKERS]
    return [each for each in found.values() if _place(each) in shown]


def _place(said: Said) -> tuple[str, Span]:
    """Where words stand: those of several in one sentence are shown once."""
    return said.document.briefing.version, said.statement.span


def _is_state(code: str) -> bool:
    """Whether a code is a country's or a de facto entity's, and no organisation's."""
    return code not in _UNIONS and (len(code) == 2 or code.startswith("X-"))


def _silent(question: Question, shown: Sequence[Sequence[Said]]) -> tuple[str, ...]:
    """Those asked about who are not among the speakers, where others are."""
    asked = (*question.actors, *question.people)
    if len(asked) != len(shown) or not any(shown):
        return ()
    return tuple(who for who, some in zip(asked, shown, strict=True) if not some)


def _counts(question: Question, ranked: Sequence[Ranked]) -> tuple[Count, ...]:
    """How much each of those asked about says on which day, where that is what was asked for."""
    asked = (*question.actors, *question.people)
    if question.kind not in (Kind.TIMELINE, Kind.COMPARISON) or len(asked) != len(ranked):
        return ()
    return tuple(
        Count(who=who, day=day, statements=count)
        for who, some in zip(asked, ranked, strict=True)
        for day, count in sorted(_days(some).items())
    )


def _days(ranked: Ranked) -> Counter[date]:
    days = (each.document.briefing.day for _, each in ranked)
    return Counter(day for day in days if day)


def _who(said: Said) -> str:
    statement = said.statement
    return key(statement.speaker) or statement.speaker or statement.role or said.actor or ""


def _evidence(said: Iterable[Said]) -> tuple[Evidence, ...]:
    return tuple(map(as_evidence, said))


def _newest_first(said: Said) -> tuple[object, ...]:
    """Newest first, then as the page has it."""
    return (*newest_first(said.document.briefing), said.statement.span.start)


def _oldest_first(said: Said) -> tuple[object, ...]:
    briefing = said.document.briefing
    return ((briefing.day or date.min).toordinal(), briefing.id, said.statement.span.start)
