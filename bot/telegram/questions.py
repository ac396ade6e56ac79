"""``/questions``: shows editors what readers asked, and makes cases of the golden set of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.editing.asked import Group, asked_page, grouped
from bot.i18n import Voice
from bot.records.exchanges import Exchange
from bot.rendering import Page, plain
from bot.roles import EDITING
from bot.telegram.editors import answer
from bot.telegram.html import messages
from bot.telegram.outbox import Outbox
from bot.telegram.parts import Parts

_Context = ContextTypes.DEFAULT_TYPE
_CASE = re.compile(r"case:([\w-]{12}):(\d{1,2}):(yes|no)")
_IN_A_ROW = 2
_MOST_READ = 300  # of the newest; to understand each takes some hundredths of a second
_DAYS = 30


class QuestionsDesk:
    """The editors' view of what was asked."""

    def __init__(self, parts: Parts, outbox: Outbox) -> None:
        self._newsroom = parts.newsroom
        self._exchanges = parts.records.exchanges
        self._roles = parts.roles
        self._languages = parts.languages
        self._kept = timedelta(days=parts.records.traces.days)
        self._outbox = outbox

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring the command and its buttons here."""
        app.add_handler(CommandHandler("questions", self.questions))
        app.add_handler(CallbackQueryHandler(self.pressed, _CASE))

    async def questions(self, update: Update, _: _Context) -> None:
        """Show what was asked in the last month, as far as it is kept."""
        message, user = update.effective_message, update.effective_user
        if message is None:
            return
        words = self._languages.voice(update)
        if user is None or not await self._may_edit(user.id):
            refusal = words.say("This is for the newsroom's editors only.")
            await self._outbox.reply(message, messages(plain(refusal)))
        elif message.chat.type != "private":  # they are the readers' own words
            private = words.say("Please write this to me in a private chat.")
            await self._outbox.reply(message, messages(plain(private)))
        else:
            page, keyboard = await asyncio.to_thread(self._asked, words)
            await self._outbox.reply(message, messages(page), keyboard=keyboard)

    async def pressed(self, update: Update, _: _Context) -> None:
        """Make an exchange a case of the golden set, or one no more."""
        query = update.callback_query
        match = _CASE.fullmatch(query.data or "") if query else None
        if query is None or match is None:
            return
        words = self._languages.voice(update)
        if not await self._may_edit(query.from_user.id):
            await answer(query, words.say("This is for the newsroom's editors only."))
            return
        exchange = await asyncio.to_thread(self._exchanges.of, match[1])
        if exchange is None:
            await answer(query, words.say("This question is no longer kept."))
            return
        is_case = match[3] == "yes"
        await asyncio.to_thread(self._exchanges.set_case, exchange, is_case=is_case)
        await answer(query, self._told(exchange, match[2], words, is_case=is_case))
        if isinstance(query.message, Message) and query.message.reply_markup:
            other = _button(exchange.key, match[2], words, is_case=is_case)
            keyboard = _with_instead(query.message.reply_markup, match[0], other)
            with suppress(TelegramError):
                await query.message.edit_reply_markup(keyboard)

    def _told(self, exchange: Exchange, number: str, words: Voice, *, is_case: bool) -> str:
        if not is_case:
            return words.say("Question {number} is no longer a case.", number=number)
        until = words.day((exchange.asked_at + self._kept).date())
        return words.say(
            "Question {number} is now a case of the golden set. It is kept until {day}; "
            "python -m bot cases prints it.",
            number=number,
            day=until,
        )

    def _asked(self, words: Voice) -> tuple[Page, InlineKeyboardMarkup | None]:
        since = datetime.now(UTC) - min(self._kept, timedelta(days=_DAYS))
        exchanges = [each for each in self._exchanges.since(since, _MOST_READ) if _is_whole(each)]
        groups = grouped(exchanges, self._newsroom.alike)
        page = asked_page(exchanges, groups, since.date(), words)
        return page, _keyboard(groups, words) if groups else None

    async def _may_edit(self, user: int) -> bool:
        return not EDITING.isdisjoint(await asyncio.to_thread(self._roles.roles_of, user))


def _is_whole(exchange: Exchange) -> bool:
    """Whether somebody wrote it; what a button asks says little alone."""
    return not exchange.continues


def _button(key: str, number: object, words: Voice, *, is_case: bool) -> InlineKeyboardButton:
    """What makes an exchange a case, or takes it back; pressed twice it does so once."""
    label = (
        words.say("Take {number} back", number=number)
        if is_case
        else words.say("Make {number} a case", number=number)
    )
    wanted = "no" if is_case else "yes"
    return InlineKeyboardButton(label, callback_data=f"case:{key}:{number}:{wanted}")


def _with_instead(
    keyboard: InlineKeyboardMarkup, data: str, other: InlineKeyboardButton
) -> InlineKeyboardMarkup:
    """The keyboard with another button in the place of the one that carries ``data``."""
    return InlineKeyboardMarkup(
        [
            [other if key.callback_data == data else key for key in row]
            for row in keyboard.inline_keyboard
        ]
    )


def _keyboard(groups: Sequence[Group], words: Voice) -> InlineKeyboardMarkup:
    buttons = [
        _button(group.one.key, number, words, is_case=group.one.is_case)
        for number, group in enumerate(groups, start=1)
    ]
    rows = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    return InlineKeyboardMarkup(rows)
