"""What readers asked, for editors: grouped by meaning, what went wrong first; tells of nobody.

Who asked is not even counted: a group tells how often something was asked, never by whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.i18n import Voice, quoted
from bot.records.exchanges import Exchange, Vote
from bot.rendering import Page, Paragraph, Piece, plain

MOST_SHOWN = 12
_MOST_WORDINGS = 2
_LONGEST = 200
Alike = Callable[[Sequence[str]], list[list[int]]]
"""From questions to groups of their positions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that mean the same; the first stands for them all."""

    exchanges: tuple[Exchange, ...]

    @property
    def one(self) -> Exchange:
        """The one that stands for all: what went wrong, else the newest."""
        return self.exchanges[0]


def grouped(exchanges: Sequence[Exchange], alike: Alike) -> list[Group]:
    """The groups to show, disliked ones first, then those that found nothing, then the largest."""
    some = sorted(exchanges, key=lambda each: each.asked_at, reverse=True)
    groups = [
        Group(exchanges=tuple(sorted((some[at] for at in positions), key=_rank)))
        for positions in alike([each.text for each in some])
    ]
    return sorted(groups, key=lambda group: _rank(group.one))[:MOST_SHOWN]


def asked_page(
    exchanges: Sequence[Exchange], groups: Sequence[Group], since: date, words: Voice
) -> Page:
    """All the questions in numbers, then the groups under what became of them, numbered."""
    if not groups:
        return plain(words.say("Nothing was asked since {day}.", day=words.day(since)))
    return (_summary(exchanges, since, words), *_sections(groups, words))


def reasons(words: Voice) -> dict[Vote, str]:
    """Why somebody may dislike an answer, in words."""
    return {
        Vote.WRONG_SPEAKER: words.say("Wrong speaker"),
        Vote.NOT_ASKED: words.say("Not what I asked"),
        Vote.MISSING: words.say("Something is missing"),
        Vote.OUTDATED: words.say("Out of date"),
    }


def _rank(exchange: Exchange) -> int:
    if exchange.vote.is_dislike:
        return 0
    return 2 if exchange.answer.found else 1


def _summary(exchanges: Sequence[Exchange], since: date, words: Voice) -> Paragraph:
    unanswered = sum(not each.answer.found for each in exchanges)
    disliked = sum(each.vote.is_dislike for each in exchanges)
    facts = (
        words.say("asked: {count}", count=words.number(len(exchanges))),
        words.say("without an answer: {count}", count=words.number(unanswered)),
        words.say("disliked: {count}", count=words.number(disliked)),
    )
    title = words.say("Questions since {day}", day=words.day(since))
    return Piece(title, strong=True), Piece("\n" + " · ".join(facts))


def _sections(groups: Sequence[Group], words: Voice) -> Iterator[Paragraph]:
    titles = (words.say("Disliked"), words.say("Found nothing"), words.say("Asked most"))
    numbered = enumerate(groups, start=1)
    for rank, some in groupby(numbered, key=lambda item: _rank(item[1].one)):
        rows = (piece for number, group in some for piece in _row(number, group, words))
        yield (Piece(titles[rank], strong=True), *rows)


def _row(number: int, group: Group, words: Voice) -> Iterator[Piece]:
    one = group.one
    facts = [words.say_many("asked {count} time", "asked {count} times", len(group.exchanges))]
    told = reasons(words)
    votes = (each.vote for each in group.exchanges)
    facts += dict.fromkeys(told[vote] for vote in votes if vote in told)
    if one.is_case:
        facts.append(words.say("a case of the golden set"))
    yield Piece(f"\n{number}. {_shown(one)} — {', '.join(facts)}")
    wordings = dict.fromkeys(map(_shown, group.exchanges))
    others = [each for each in wordings if each != _shown(one)][:_MOST_WORDINGS]
    if others:
        yield Piece("\n" + words.say("also asked as: {texts}", texts=", ".join(others)))


def _shown(exchange: Exchange) -> str:
    text = " ".join(exchange.text.split())
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return quoted(cut, exchange.answer.language)
