"""Answers that land in other people's chats: inline queries and guest messages.

Whoever asks, only what is public is shown. An inline query comes with each letter that is typed:
only the last of somebody's is answered, when they have paused.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, ContextTypes, InlineQueryHandler, MessageHandler, filters

from bot.answering.files import stories_of
from bot.browsing import asks_nothing
from bot.domain import Answer
from bot.i18n import Voice, voice
from bot.listing import briefing_row
from bot.rendering import Page, beside, plain, why
from bot.sharing import heading_of, preview_of, shared_page, shortened, with_lines
from bot.telegram.addressing import words_of
from bot.telegram.html import messages
from bot.telegram.outbox import NO_PREVIEW
from bot.telegram.parts import Parts
from bot.telegram.reception import Reception, enough, members_only
from vectorstore.domain import LANGUAGES, Tier

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

FROM_INLINE = "inline"
"""What ``/start`` is given by whoever comes from an inline query."""
_PAUSE = 0.4  # seconds without another letter
_AT_ONCE = 2  # inline queries; people who wait in a chat come first
_REMEMBERED = 10_000
_LATEST = 5
# A correction must not be missed for long, nor what has been withdrawn be offered.
_SECONDS_CACHED = 30


class Sharing:
    """The bot's side of inline and guest queries; ``threads`` bounds what is answered at once."""

    def __init__(self, parts: Parts, reception: Reception, threads: Executor) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._languages = parts.languages
        self._freshness = parts.desk.freshness
        self._reception = reception
        self._threads = threads
        self._newest: OrderedDict[int, str] = OrderedDict()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._few = asyncio.Semaphore(_AT_ONCE)
        self._today: tuple[date, Counter[int]] = (date.min, Counter())

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring these queries here."""
        app.add_handler(InlineQueryHandler(self.inline))
        app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, self.guest))

    async def inline(self, update: Update, _: _Context) -> None:
        """Offer an answer to share, unless more has been typed meanwhile."""
        query = update.inline_query
        if query is None:
            return
        user = query.from_user.id
        self._newest[user] = query.id
        self._newest.move_to_end(user)
        if len(self._newest) > _REMEMBERED:
            self._newest.popitem(last=False)
        await asyncio.sleep(_PAUSE)
        turn = self._turns.setdefault(user, asyncio.Lock())
        async with turn:
            if self._newest.get(user) != query.id:
                return
            async with self._few:
                results = await self._offered(query)
        if self._newest.get(user) == query.id:
            await self._offer(query, results)

    async def guest(self, update: Update, _: _Context) -> None:
        """Answer in a chat that the bot is no member of, once."""
        message = update.effective_message
        if message is None or not message.guest_query_id or message.from_user is None:
            return
        user, text = message.from_user.id, words_of(message)
        words = self._voice(user, message.from_user.language_code)
        tiers = await self._reception.tiers_to_share(user)
        if not tiers:
            result = _said("no", members_only(words))
        elif asks_nothing(text):
            (result,) = _article("how", _how(words), "", await self._guide(tiers, words))
        elif await self._reception.has_asked_enough(user):
            result = _said("no", enough(words))
        else:
            found = await self._found(text, tiers, words)
            result = (await self._articles(text, found, user))[0]
            # The chat is none of ours: no correction could be told there.
            await asyncio.to_thread(self._reception.count, message.chat_id, user, text, found)
        await message.get_bot().answer_guest_query(message.guest_query_id, result)

    async def _offered(self, query: InlineQuery) -> list[InlineQueryResultArticle]:
        user, text = query.from_user.id, query.query.strip()
        words = self._voice(user, query.from_user.language_code)
        tiers = await self._reception.tiers_to_share(user)
        if not tiers:
            return [_said("no", members_only(words))]
        if asks_nothing(text):
            return await self._latest(tiers, words)
        if await self._reception.has_asked_enough(user, self._counted(user)):
            return [_said("no", enough(words))]
        return await self._articles(text, await self._found(text, tiers, words), user)

    async def _offer(self, query: InlineQuery, results: list[InlineQueryResultArticle]) -> None:
        words = self._voice(query.from_user.id, query.from_user.language_code)
        button = InlineQueryResultsButton(_how(words), start_parameter=FROM_INLINE)
        try:
            await query.answer(results, cache_time=_SECONDS_CACHED, is_personal=True, button=button)
        except BadRequest as refusal:  # Telegram waits for some seconds only
            _log.info("An inline query was answered too late: %s", refusal)

    async def _found(self, text: str, tiers: frozenset[Tier], words: Voice) -> Answer:
        return await self._ask(
            partial(
                self._newsroom.answer,
                text,
                tiers=tiers,
                language=words.language,
                today=date.today(),
                verbatim=True,
            )
        )

    async def _articles(
        self, text: str, found: Answer, user: int
    ) -> list[InlineQueryResultArticle]:
        """The whole answer in short, then each of its lines; or why there is none."""
        as_of = await asyncio.to_thread(self._freshness.stale_since)
        shown_in = self._languages.chosen(user) or found.language
        words, found = voice(shown_in), replace(found, language=shown_in)
        if not found.found:
            page = shared_page(text, with_lines(found, ()), self._actor_name, as_of)
            return list(_article("none", why(found, words), text, page))
        some = [with_lines(found, [line]) for line in found.lines]
        articles: list[InlineQueryResultArticle] = []
        if len(some) > 1:
            articles += _article(
                "all",
                words.say("The answer in short"),
                text,
                shared_page(text, shortened(found), self._actor_name, as_of),
            )
        for nth, each in enumerate(some, start=1):
            (line,) = each.lines
            title = heading_of(line, each, words, self._actor_name)
            page = shared_page(text, each, self._actor_name, as_of)
            articles += _article(str(nth), title, preview_of(line, each, words), page)
        return articles or [_said("none", words.say("This is too long to share."))]

    async def _guide(self, tiers: frozenset[Tier], words: Voice) -> Page:
        """How to ask, with questions that find an answer."""
        examples = await self._ask(
            partial(
                self._newsroom.examples,
                tiers=tiers,
                language=words.language,
                today=date.today(),
            )
        )
        asking = [f"• {each}" for each in examples if not each.startswith("/")]
        return plain("\n".join([_how(words), *asking]))

    async def _latest(self, tiers: frozenset[Tier], words: Voice) -> list[InlineQueryResultArticle]:
        limit = _LATEST * len(LANGUAGES)
        briefings = await self._ask(partial(self._newsroom.latest, tiers=tiers, limit=limit))
        articles = [
            article
            for nth, each in enumerate(stories_of(briefings, words.language)[:_LATEST])
            for article in _article(
                f"latest{nth}",
                each.title or each.url,
                beside(each.title, None, each.day, words),
                (briefing_row(each, words),),
            )
        ]
        return articles or [_said("none", words.say("There are no briefings yet."))]

    def _counted(self, user: int) -> int:
        """How many inline queries of somebody were answered before this one today."""
        today = datetime.now(UTC).date()
        if self._today[0] != today:
            self._today = (today, Counter())
        counts = self._today[1]
        counts[user] += 1
        return counts[user] - 1

    def _voice(self, user: int, code: str | None) -> Voice:
        return voice(self._languages.chosen(user) or code)

    async def _ask(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


def _article(
    id: str, title: str, description: str, page: Page
) -> Iterator[InlineQueryResultArticle]:
    """What can be chosen and is then sent; nothing where that would not fit one message."""
    texts = messages(page)
    if len(texts) == 1:
        content = InputTextMessageContent(
            texts[0], parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        )
        yield InlineQueryResultArticle(id, title, content, description=description)


def _said(id: str, text: str) -> InlineQueryResultArticle:
    (article,) = _article(id, text, "", plain(text))
    return article


def _how(words: Voice) -> str:
    """What a query without words is told, and the button above the results."""
    return words.say("Ask who said what")
