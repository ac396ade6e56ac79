"""The editors' commands and buttons: /ingest, /runs, /status and Undo; knows not how they work.

Whoever sends one is looked up each time, by user id alone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
    User,
)
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.digest.page import lost_paragraphs
from bot.editing.errors import BusyError, EditingError
from bot.editing.notebook import Notebook
from bot.editing.pages import (
    progress_page,
    report_page,
    trouble_page,
    undone_page,
)
from bot.editing.report import Done
from bot.editing.survey import runs_page, status_page
from bot.i18n import Voice
from bot.rendering import Page, plain
from bot.roles import EDITING, Role
from bot.telegram.html import messages
from bot.telegram.live import LiveMessage
from bot.telegram.outbox import Outbox, send
from bot.telegram.parts import Parts
from vectorstore.domain import StoreError, Tier

_Context = ContextTypes.DEFAULT_TYPE
_LOST_SHOWN = timedelta(days=7)
_UNDO = re.compile(r"(undo|undo-yes|undo-no):(\d{1,18})")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an editor has sent."""

    update: Update
    context: _Context
    message: Message
    user: User
    words: Voice


_Act = Callable[[_Wish], Awaitable[None]]


class Editors:
    """The desk's side of a conversation with an editor."""

    def __init__(self, parts: Parts, outbox: Outbox) -> None:
        self._desk = parts.desk
        self._roles = parts.roles
        self._notebook = Notebook(parts.records.notes)
        self._ledger = parts.records.deliveries
        self._languages = parts.languages
        self._zone = ZoneInfo(parts.rules.zone)  # as all moments that editors are told
        self._outbox = outbox

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring the editors' commands and buttons here."""
        for name, act in (
            ("ingest", self._ingest),
            ("runs", self._runs),
            ("status", self._status),
        ):
            app.add_handler(CommandHandler(name, self._for_editors(act)))
        app.add_handler(CallbackQueryHandler(self.pressed, _UNDO))

    async def _may_edit(self, user: User) -> bool:
        return not EDITING.isdisjoint(await asyncio.to_thread(self._roles.roles_of, user.id))

    def _for_editors(self, act: _Act) -> Callable[[Update, _Context], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: _Context) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None:
                return
            words = self._languages.voice(update)
            if user is None or not await self._may_edit(user):
                await self._say(message, plain(_refusal(words)))
                return
            await asyncio.to_thread(self._notebook.note_language, user.id, words.language)
            await act(_Wish(update, context, message, user, words))

        return handle

    # Commands

    async def _ingest(self, wish: _Wish) -> None:
        running = self._desk.ingestions.running
        if running:
            await self._say(wish.message, trouble_page(BusyError(running), wish.words))
            return
        # A task of its own: meanwhile the editor may ask questions.
        wish.context.application.create_task(self._follow(wish), update=wish.update)

    async def _follow(self, wish: _Wish) -> None:
        words, written = wish.words, " ".join(wish.context.args or ())
        keyboard = None
        async with await LiveMessage.open(wish.message, progress_page(None, words)) as live:
            try:
                done = await self._desk.ingestions.ingest(
                    written, wish.user.full_name, lambda step: live.show(progress_page(step, words))
                )
                if wish.message.chat.type != "private":
                    done = _before_others(done)
                page = report_page(done, words)
                if done.undo is not None:
                    keyboard = _keyboard((words.say("Undo"), f"undo:{done.undo}"))
            except (EditingError, StoreError) as error:
                page = trouble_page(error, words)
            await live.close(page, keyboard)

    async def _runs(self, wish: _Wish) -> None:
        runs = await asyncio.to_thread(self._desk.overview.runs)
        await self._say(wish.message, runs_page(runs, wish.words))

    async def _status(self, wish: _Wish) -> None:
        if wish.message.chat.type != "private":  # the newest briefing may be for subscribers
            private = wish.words.say("Please write this to me in a private chat.")
            await self._say(wish.message, plain(private))
            return
        status = await asyncio.to_thread(self._desk.overview.status, wish.words.language)
        running = self._desk.ingestions.running
        page = status_page(status, running, wish.words)
        if Role.ADMIN in await asyncio.to_thread(self._roles.roles_of, wish.user.id):
            since = datetime.now(UTC) - _LOST_SHOWN
            lost = await asyncio.to_thread(self._ledger.unknown, since)
            unmade = await asyncio.to_thread(self._ledger.unmade, since)
            page = (*page, *lost_paragraphs(lost, unmade, wish.words, self._zone))
        await self._say(wish.message, page)

    # Buttons

    async def pressed(self, update: Update, _: _Context) -> None:
        """Ask whether to undo, undo, or leave things as they are."""
        query = update.callback_query
        match = _UNDO.fullmatch(query.data or "") if query else None
        if query is None or match is None:
            return
        words = self._languages.voice(update)
        message = query.message
        if not await self._may_edit(query.from_user):
            await answer(query, _refusal(words))
        elif not isinstance(message, Message):  # too old for Telegram to tell us of it
            await answer(query, expired(words))
        elif match[1] == "undo":
            await self._confirm(query, message, int(match[2]), words)
        else:
            await answer(query)
            by = query.from_user.full_name if match[1] == "undo-yes" else ""
            await self._decide(message, by, int(match[2]), words)

    async def _confirm(
        self, query: CallbackQuery, report: Message, generation: int, words: Voice
    ) -> None:
        try:
            await asyncio.to_thread(self._desk.ingestions.check_current, generation)
        except EditingError as error:
            await answer(query, _text(trouble_page(error, words)))
            with suppress(TelegramError):  # they may be gone already, and so may the message
                await report.edit_reply_markup(None)
            return
        await answer(query)
        question = words.say(
            "Undo what this run published? Readers then get what was published before it."
        )
        keyboard = _keyboard(
            (words.say("Yes, undo"), f"undo-yes:{generation}"),
            (words.say("Keep"), f"undo-no:{generation}"),
        )
        await send(report, messages(plain(question))[0], keyboard=keyboard)

    async def _decide(self, message: Message, by: str, generation: int, words: Voice) -> None:
        """Undo if somebody wants to; the question gives way to what came of it."""
        page = plain(words.say("Kept: nothing was undone."))
        async with LiveMessage(message, message.message_id) as live:
            if by:
                live.show(plain(words.say("Undoing…")))
                try:
                    page = undone_page(await self._desk.ingestions.undo(generation, by), words)
                except (EditingError, StoreError) as error:
                    page = trouble_page(error, words)
            await live.close(page)

    async def _say(self, message: Message, page: Page) -> None:
        await self._outbox.reply(message, messages(page))


async def answer(query: CallbackQuery, alert: str = "") -> None:
    """Let the pressed button rest, and show ``alert``; late answers Telegram does not take."""
    with suppress(TelegramError):
        await query.answer(alert or None, show_alert=bool(alert))


def expired(words: Voice) -> str:
    """What whoever presses a button of no use is told."""
    return words.say("This button is no longer of use. Please send the command again.")


def _before_others(done: Done) -> Done:
    """What of a report may be read in a group, where not everybody is a subscriber."""
    return replace(done, new=tuple(each for each in done.new if each.tier is Tier.PUBLIC))


def _refusal(words: Voice) -> str:
    return words.say("This is for the newsroom's editors only.")


def _keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(label, callback_data=data) for label, data in buttons]
    return InlineKeyboardMarkup([row])


def _text(page: Page) -> str:
    """A page as an alert, which Telegram shows without any markup."""
    return "\n".join("".join(piece.text for piece in paragraph) for paragraph in page)
