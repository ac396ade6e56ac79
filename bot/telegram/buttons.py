"""What the buttons under an answer do: go on from it, show other editions, take a vote.

Every press looks up what its button is about, whose it is, and what its presser may read now.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bot.browsing import within_line
from bot.domain import Answer, Further, Question
from bot.following.naming import begin, meant
from bot.i18n import Voice, voice
from bot.listing import briefing_row
from bot.records.exchanges import Exchange, Vote, new_key
from bot.rendering import Page, Piece, answer_page, listed, plain
from bot.telegram.editors import answer
from bot.telegram.html import messages
from bot.telegram.keyboards import Keyboards
from bot.telegram.outbox import Outbox, patiently
from bot.telegram.parts import Parts
from bot.telegram.pictures import Pictures
from bot.telegram.reception import Reception, enough
from bot.telegram.streaming import Streams
from bot.telegram.turns import Turns
from vectorstore.domain import Tier

_REASONS = frozenset(vote.value for vote in Vote if vote.is_dislike)
_PRESSED = re.compile(r"a:([\w-]{12}):([a-z]+)(?::(\w+))?")


@dataclass(frozen=True, slots=True)
class _Press:
    """A button that its asker pressed: under which answer of ours, and what they may read now."""

    query: CallbackQuery
    message: Message
    exchange: Exchange
    tiers: frozenset[Tier]
    words: Voice
    keyboards: Keyboards


class Buttons:
    """The buttons under answers; ``threads`` bounds the questions answered at once."""

    def __init__(
        self,
        parts: Parts,
        reception: Reception,
        outbox: Outbox,
        streams: Streams,
        turns: Turns,
        pictures: Pictures,
        threads: Executor,
    ) -> None:
        self._parts = parts
        self._reception = reception
        self._exchanges = parts.records.exchanges
        self._outbox = outbox
        self._streams = streams
        self._turns = turns
        self._pictures = pictures
        self._threads = threads

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring these buttons here."""
        app.add_handler(CallbackQueryHandler(self.pressed, _PRESSED))

    async def under(
        self,
        chat: int,
        user: int,
        text: str,
        found: Answer,
        tiers: frozenset[Tier],
        timeline: Question | None = None,
    ) -> tuple[Exchange, InlineKeyboardMarkup | None]:
        """The exchange that an answer to ``user`` makes, to keep when it was sent, with its keys.

        ``timeline`` is what a profile leads to.

        Where nothing may be kept there are only those that open a page.
        """
        keeps = self._keeps(user)
        newsroom = self._parts.newsroom
        further = await asyncio.to_thread(newsroom.further, found, tiers=tiers) if keeps else None
        exchange = Exchange(
            key=new_key(),
            user=user,
            chat=chat,
            asked_at=datetime.now(UTC),
            tier=max(tiers, key=[*Tier].index),
            text=text,
            answer=found,
            further=replace(further, timeline=timeline) if further else Further(),
        )
        keyboards = self._keyboards(exchange, chat)
        return exchange, keyboards.whole() if keeps else keyboards.sources()

    def kept(self, exchange: Exchange) -> Exchange | None:
        """An exchange to remember what its buttons are about, None where nothing may be kept."""
        return exchange if self._keeps(exchange.user) else None

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the button says, for whoever asked."""
        query = update.callback_query
        match = _PRESSED.fullmatch(query.data or "") if query else None
        if query is None or match is None:
            return
        words, message = self._parts.languages.voice(update), query.message
        exchange = await asyncio.to_thread(self._exchanges.of, match[1])
        if exchange is None or not isinstance(message, Message) or exchange.chat != message.chat_id:
            old = words.say("This answer is too old to continue. Please ask again.")
            await answer(query, old)
            return
        tiers = await self._reception.tiers_for(
            query.from_user.id, private=message.chat.type == "private"
        )
        if query.from_user.id != exchange.user:
            await answer(query, words.say("Only whoever asked this can use this button."))
        elif not tiers:
            await answer(query, words.say("These briefings are for subscribers."))
        else:
            keyboards = self._keyboards(exchange, message.chat_id)
            press = _Press(query, message, exchange, tiers, words, keyboards)
            await self._act(press, match[2], match[3] or "")

    async def _act(self, press: _Press, act: str, what: str) -> None:
        further, keyboards = press.exchange.further, press.keyboards
        match act:
            case "more" if further.more:
                await self._go_on(press, further.more, keyboards.more(further.more))
            case "earlier" if further.earlier:
                await self._go_on(press, further.earlier, keyboards.earlier(further.earlier))
            case "with" if what.isdecimal() and int(what) < len(further.compare):
                chosen = further.compare[int(what)]
                await self._show(press, keyboards.whole())
                await self._go_on(press, chosen, keyboards.compared(chosen))
            case "timeline" if further.timeline:
                await self._go_on(press, further.timeline, keyboards.timeline(further.timeline))
            case "follow" if further.timeline and press.message.chat.type == "private":
                await self._follow(press, further.timeline)
            case "edition":
                await self._editions(press, what)
            case "compare" if press.exchange.tier in press.tiers:
                await answer(press.query)
                await self._show(press, keyboards.choices())
            case "like":
                await self._vote(press, Vote.LIKED)
            case "dislike":
                await self._vote(press, Vote.DISLIKED)
            case "why" if what in _REASONS:
                await self._vote(press, Vote(what))
            case _:
                await answer(press.query)
                await self._show(press, keyboards.whole())

    async def _go_on(self, press: _Press, question: Question, label: str) -> None:
        """Answer what the button asks, in a message of its own under the button's words."""
        user, chat = press.exchange.user, press.message.chat_id
        if await self._reception.has_asked_enough(user):
            await answer(press.query, enough(press.words))
            return
        await answer(press.query)
        async with self._streams.open(press.message) as listener:
            found = await self._ask(
                partial(self._parts.newsroom.go_on, question, tiers=press.tiers, listener=listener)
            )
        text = f"{press.exchange.text} → {label}"
        exchange, keyboard = await self.under(chat, user, text, found, press.tiers)
        page = await asyncio.to_thread(self._page, found, chat)
        headed = ((Piece(label, strong=True),), *page)
        shown = await self._outbox.add(press.message, messages(headed), keyboard=keyboard)
        kept = self.kept(replace(exchange, continues=True))
        await asyncio.to_thread(self._reception.record, chat, user, text, found, kept)
        self._turns.remember(
            press.message, shown, _without_its_day(found.asked or question, press.exchange)
        )
        await self._pictures.add(
            press.message, replace(found, language=self._language(found, chat))
        )

    async def _follow(self, press: _Press, asked: Question) -> None:
        """Let the presser follow whose profile this is."""
        await answer(press.query)
        said = await asyncio.to_thread(
            begin,
            self._parts.records.follows,
            press.exchange.user,
            meant(asked),
            zone=self._parts.rules.zone,
            words=press.words,
            actor_name=self._parts.actor_name,
            now=datetime.now(UTC),
        )
        await self._outbox.add(press.message, messages(plain(said)))

    async def _editions(self, press: _Press, language: str) -> None:
        """The pages in another language of what is cited, as far as it may be read now."""
        cited = {citation.briefing for citation in press.exchange.answer.citations}
        editions = await self._ask(
            partial(self._parts.newsroom.editions, cited, language, tiers=press.tiers)
        )
        if not editions:
            gone = press.words.say("There is no such edition any more.")
            await answer(press.query, gone)
            return
        await answer(press.query)
        rows = listed(briefing_row(each, press.words) for each in editions)
        page: Page = ((Piece(press.keyboards.edition(language), strong=True), *rows),)
        await self._outbox.add(press.message, messages(page))

    async def _vote(self, press: _Press, vote: Vote) -> None:
        voted = await asyncio.to_thread(self._exchanges.vote, press.exchange, vote)
        if vote is Vote.DISLIKED:
            await answer(press.query)
            await self._show(press, press.keyboards.reasons())
            return
        await answer(press.query, press.words.say("Thank you, the newsroom will see it."))
        await self._show(press, self._keyboards(voted, press.message.chat_id).whole())

    async def _show(self, press: _Press, keyboard: InlineKeyboardMarkup | None) -> None:
        """Put another keyboard under the answer; that it stands there already does no harm."""
        with suppress(TelegramError):
            await patiently(lambda: press.message.edit_reply_markup(keyboard))

    # How

    def _page(self, found: Answer, chat: int) -> Page:
        as_of = self._parts.desk.freshness.stale_since()
        language = self._language(found, chat)
        page = answer_page(replace(found, language=language), self._parts.actor_name, as_of)
        file = found.asked.dossier if found.asked else ""
        return (*page, within_line(file, voice(language), leave=False)) if file else page

    def _keyboards(self, exchange: Exchange, chat: int) -> Keyboards:
        words = voice(self._language(exchange.answer, chat))
        return Keyboards(exchange, words, self._parts.actor_name)

    def _language(self, found: Answer, chat: int) -> str:
        return self._parts.languages.chosen(chat) or found.language

    def _keeps(self, user: int) -> bool:
        return bool(user) and self._parts.records.traces.days > 0

    async def _ask(self, call: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


def _without_its_day(asked: Question, before: Exchange) -> Question:
    """What can be followed up of a button's question: a day that it chose, nobody asked about."""
    own = before.answer.asked.days if before.answer.asked else None
    return asked if asked.days == own else replace(asked, days=None)
