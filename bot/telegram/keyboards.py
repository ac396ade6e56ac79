"""The buttons under an answer; knows what they are called, not what happens when one is pressed.

What is behind a button stands in the records: it carries only the exchange's key and a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain import Citation, Dossier, Question
from bot.editing.asked import reasons
from bot.i18n import Voice
from bot.records.exchanges import Exchange, Vote
from bot.rendering import ActorName

# Rows that leave room for the answer on a phone's screen.
_IN_A_ROW, _MOST_SOURCES = 4, 8
# Telegram says of no limit; the longest address that it certainly takes is that of a link.
_LONGEST_ADDRESS = 2048
_LONGEST_LABEL = 60  # characters; phones show about half of it
_Row = list[InlineKeyboardButton]


class Keyboards:
    """The keyboards of one exchange in one language."""

    def __init__(self, exchange: Exchange, words: Voice, actor_name: ActorName) -> None:
        self._exchange = exchange
        self._words = words
        self._actor_name = actor_name

    def whole(self) -> InlineKeyboardMarkup | None:
        """Everything that leads somewhere, and the vote while there is none."""
        rows = [*self._sources(), *self._further(), *self._votes()]
        return InlineKeyboardMarkup(rows) if rows else None

    def sources(self) -> InlineKeyboardMarkup | None:
        """Only what works without the records."""
        rows = self._sources()
        return InlineKeyboardMarkup(rows) if rows else None

    def choices(self) -> InlineKeyboardMarkup:
        """Whom to compare with."""
        rows = [
            [self._button(self.compared(each), f"with:{nth}")]
            for nth, each in enumerate(self._exchange.further.compare)
        ]
        return InlineKeyboardMarkup([*rows, [self._button(self._words.say("Back"), "back")]])

    def reasons(self) -> InlineKeyboardMarkup:
        """Why an answer is disliked."""
        labels = reasons(self._words)
        rows = [[self._button(label, f"why:{vote}")] for vote, label in labels.items()]
        other = self._button(self._words.say("Another reason"), "back")
        return InlineKeyboardMarkup([*rows, [other]])

    def more(self, question: Question) -> str:
        """What the button says that leads to more of somebody's words."""
        return self._words.say("More from {name}", name=self._who(question))

    def earlier(self, question: Question) -> str:
        """What the button says that leads to what was said before."""
        assert question.days is not None  # noqa: S101 - it asks for a day
        return self._words.say("Earlier: {day}", day=self._words.day(question.days.first))

    def timeline(self, question: Question) -> str:
        """What the button says that leads to somebody's words over time."""
        return self._words.say("Timeline: {name}", name=self._who(question))

    def compared(self, question: Question) -> str:
        """What the button says that puts another actor's words beside."""
        name = self._actor_name(question.actors[-1], self._words.language)
        return self._words.say("Compare with {name}", name=name)

    def edition(self, language: str) -> str:
        """What the button says that leads to the same in another language."""
        match language:
            case "fr":
                return self._words.say("Read in French")
            case "ru":
                return self._words.say("Read in Russian")
        return self._words.say("Read in English")

    def _who(self, question: Question) -> str:
        codes = (self._actor_name(code, self._words.language) for code in question.actors)
        return self._words.listing([*question.people, *codes])

    def _sources(self) -> list[_Row]:
        answer = self._exchange.answer
        buttons = [
            InlineKeyboardButton(self._words.say("Source {number}", number=number), url=address)
            for number, address in _addresses(answer.citations or answer.nearest)
        ][:_MOST_SOURCES]
        return [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]

    def _further(self) -> Iterator[_Row]:
        further = self._exchange.further
        if further.more:
            yield [self._button(self.more(further.more), "more")]
        if further.earlier:
            yield [self._button(self.earlier(further.earlier), "earlier")]
        if len(further.compare) == 1:
            yield [self._button(self.compared(further.compare[0]), "with:0")]
        elif further.compare:
            yield [self._button(self._words.say("Compare with…"), "compare")]
        if further.timeline:
            yield [self._button(self.timeline(further.timeline), "timeline")]
            if self._exchange.chat == self._exchange.user:  # who follows is told in private
                who = self._who(further.timeline)
                yield [self._button(self._words.say("Follow: {name}", name=who), "follow")]
        if further.editions:
            yield [self._button(self.edition(each), f"edition:{each}") for each in further.editions]

    def _votes(self) -> Iterator[_Row]:
        if self._exchange.vote is Vote.NONE:
            yield [
                self._button(self._words.say("👍 Helpful"), "like"),
                self._button(self._words.say("👎 Not helpful"), "dislike"),
            ]

    def _button(self, label: str, act: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(short(label), callback_data=f"a:{self._exchange.key}:{act}")


def short(label: str) -> str:
    """What a button says, shortened where it would not fit."""
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


def sign(name: str) -> str:
    """A dossier's name as a button can carry it: Telegram takes 64 bytes."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def signed(sign_of: str, dossiers: Iterable[Dossier]) -> Dossier | None:
    """The dossier whose button carries a sign, in whatever language that names it."""
    return next((each for each in dossiers if sign_of in map(sign, each.names)), None)


def follow_button(dossier: str, words: Voice) -> InlineKeyboardButton:
    """What lets its presser follow a dossier."""
    label = short(words.say("Follow: {name}", name=dossier))
    return InlineKeyboardButton(label, callback_data=f"follow:{sign(dossier)}")


def _addresses(citations: Sequence[Citation]) -> Iterator[tuple[int, str]]:
    """The first number of each briefing, with an address that Telegram puts behind a button."""
    seen: set[str] = set()
    for citation in citations:
        address = next(filter(_opens, (citation.link, citation.url)), None)
        if address and citation.briefing not in seen:
            seen.add(citation.briefing)
            yield citation.number, address


def _opens(address: str) -> bool:
    """Whether Telegram takes an address for a button: of the web, with a dot in its host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    known = parts.scheme in {"http", "https"} and "." in host.strip(".")
    return known and not any(map(str.isspace, address)) and len(address) <= _LONGEST_ADDRESS
