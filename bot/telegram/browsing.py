"""The commands by which people look around: dossiers, profiles, settings; answers no question."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.answering.files import matching
from bot.browsing import (
    asks_nothing,
    dossiers_page,
    entered_page,
    profile_page,
    settings_page,
    stranger_page,
    unclear_page,
    usage_page,
    within_line,
)
from bot.domain import Dossier, Kind, Profile, Question
from bot.i18n import Voice, own_name, voice
from bot.rendering import Page, Paragraph, plain
from bot.telegram.addressing import words_of
from bot.telegram.buttons import Buttons
from bot.telegram.editors import answer, expired
from bot.telegram.html import messages
from bot.telegram.keyboards import follow_button, short, sign, signed
from bot.telegram.outbox import NO_PREVIEW, Outbox, edit, send, typing
from bot.telegram.parts import Parts
from bot.telegram.reception import Reception, members_only
from bot.telegram.turns import Turns
from vectorstore.domain import LANGUAGES, Tier

_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

AUTO = "auto"
"""The choice of no language: that of each question is spoken."""
_FILE = re.compile(r"dossier:([0-9a-f]{16})")
# Buttons under the list of dossiers; those whose news is older are named by their words.
_MOST_BUTTONS = 12
_USAGES = {Kind.TIMELINE: "timeline", Kind.COMPARISON: "compare"}


class Browsing:
    """Looking around in a chat; ``threads`` bounds what is looked up at once."""

    def __init__(
        self,
        parts: Parts,
        reception: Reception,
        outbox: Outbox,
        turns: Turns,
        buttons: Buttons,
        threads: Executor,
        digest: Callable[[User, Voice], str],
    ) -> None:
        """``digest`` says what somebody has wished for, "" where they may have no digest."""
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._languages = parts.languages
        self._freshness = parts.desk.freshness
        self._days_kept = parts.records.traces.days
        self._reception = reception
        self._outbox = outbox
        self._digest = digest
        self._within = parts.within
        self._turns = turns
        self._buttons = buttons
        self._threads = threads

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring these commands and buttons here."""
        for name, act in (
            ("dossiers", self.dossiers),
            ("leave", self.leave),
            ("about", self.about),
            ("settings", self.settings),
        ):
            app.add_handler(CommandHandler(name, act))
        app.add_handler(CallbackQueryHandler(self.pressed, _FILE))

    def within_line(self, message: Message, name: str, language: str) -> Paragraph:
        """What stands with an answer that comes from the dossier ``name`` alone."""
        leave = bool(self._within.of(message.chat_id))
        return within_line(name, voice(language), leave=leave)

    async def examples(self, words: Voice, tiers: frozenset[Tier]) -> Sequence[str]:
        """Questions and commands that find an answer in what may be shown."""
        return await self._look(
            partial(
                self._newsroom.examples,
                tiers=tiers,
                language=words.language,
                today=date.today(),
            )
        )

    async def usage(self, words: Voice, tiers: frozenset[Tier], kind: Kind | None = None) -> Page:
        """How the command for an answer of ``kind`` is written, or that for a profile."""
        command = _USAGES[kind] if kind else "about"
        return usage_page(command, words, await self.examples(words, tiers))

    # Files

    async def dossiers(self, update: Update, _: _Context) -> None:
        """List the dossiers, or ask in the one that is named from now on."""
        message, words, tiers = await self._reception.heard(update)
        if not tiers:
            await self._say(message, plain(members_only(words)))
            return
        dossiers = await self._dossiers(tiers, words)
        wanted = words_of(message)
        if not wanted:
            page = dossiers_page(dossiers, words, self._asked_in(message, dossiers))
            await self._say(message, page, _choice(dossiers))
            return
        meant = matching(wanted, dossiers)
        if len(meant) != 1:
            page = unclear_page([dossier.name for dossier in meant], words)
            await self._say(message, page, _choice(meant))
            return
        dossier = meant[0]
        await self._enter(message.chat_id, dossier.name)
        keyboard = [[follow_button(dossier.name, words)]] if message.chat.type == "private" else ()
        await self._say(message, entered_page(dossier, words), keyboard)

    async def leave(self, update: Update, _: _Context) -> None:
        """Ask in all dossiers again."""
        message, words = (await self._reception.heard(update))[:2]
        await self._say(message, plain(await self._left(message.chat_id, words)))

    async def pressed(self, update: Update, _: _Context) -> None:
        """Ask in the dossier of the button from now on."""
        query, chat = update.callback_query, update.effective_chat
        match = _FILE.fullmatch(query.data or "") if query else None
        if not query or not match or not chat:
            return
        words = self._languages.voice(update)
        tiers = await self._reception.tiers_for(query.from_user.id, private=chat.type == "private")
        dossier = signed(match[1], await self._dossiers(tiers, words))
        if dossier is None or not isinstance(query.message, Message):
            await answer(query, expired(words))
            return
        await self._enter(chat.id, dossier.name)
        await answer(query)
        text = messages(entered_page(dossier, words))[0]
        keyboard = None
        if chat.type == "private":
            keyboard = InlineKeyboardMarkup([[follow_button(dossier.name, words)]])
        await edit(query.message, text, NO_PREVIEW, query.message.message_id, keyboard)

    async def _dossiers(self, tiers: frozenset[Tier], words: Voice) -> Sequence[Dossier]:
        return await self._look(
            partial(self._newsroom.dossiers, tiers=tiers, language=words.language)
        )

    async def _enter(self, chat_id: int, name: str) -> None:
        await asyncio.to_thread(self._within.enter, chat_id, name)
        self._turns.forget(chat_id)

    async def _left(self, chat_id: int, words: Voice) -> str:
        self._turns.forget(chat_id)
        if await asyncio.to_thread(self._within.leave, chat_id):
            return words.say("Your next questions are answered from all dossiers again.")
        return words.say("Your questions are answered from all dossiers already.")

    # Profiles

    async def about(self, update: Update, _: _Context) -> None:
        """Tell who somebody is and what they said last."""
        message, words, tiers = await self._reception.heard(update)
        who = words_of(message)
        if asks_nothing(who):
            await self._say(message, await self.usage(words, tiers))
            return
        if await self._reception.is_refused(message, tiers, words):
            return
        async with typing(message):
            about = await self._look(
                partial(
                    self._newsroom.about,
                    who,
                    tiers=tiers,
                    language=words.language,
                    today=date.today(),
                )
            )
        if not about.actor and not about.person:
            how = await self.usage(words, tiers)
            sorry = stranger_page(who, about, words, self._actor_name, None)
            await self._say(message, (*sorry, *how))
            return
        chosen = self._languages.chosen(message.chat_id) or about.latest.language
        about = replace(about, latest=replace(about.latest, language=chosen))
        page = self._profile(who, about, await asyncio.to_thread(self._freshness.stale_since))
        user, asked = message.from_user.id if message.from_user else 0, about.latest.asked
        timeline = _timeline(about)
        written = f"/about {who}"
        exchange, keyboard = await self._buttons.under(
            message.chat_id, user, written, about.latest, tiers, timeline
        )
        shown = await self._outbox.reply(message, messages(page), keyboard=keyboard)
        kept = self._buttons.kept(exchange)
        await asyncio.to_thread(self._reception.keep, message, written, about.latest, kept)
        if asked:
            self._turns.remember(message, shown, asked)

    def _profile(self, who: str, about: Profile, as_of: datetime | None) -> Page:
        words = voice(about.latest.language)
        if about.statements:
            return profile_page(about, words, self._actor_name, as_of)
        return stranger_page(who, about, words, self._actor_name, as_of)

    # Settings

    async def settings(self, update: Update, _: _Context) -> None:
        """Tell what is chosen here and what is kept, with buttons to choose anew."""
        message, words, tiers = await self._reception.heard(update)
        chosen = self._languages.chosen(message.chat_id)
        dossiers = await self._dossiers(tiers, words)
        private = message.chat.type == "private"
        user = message.from_user if private else None
        page = settings_page(
            words,
            language=words.language_name(chosen) if chosen else "",
            within=self._asked_in(message, dossiers),
            digest=await asyncio.to_thread(self._digest, user, words) if user else "",
            days_kept=self._days_kept if private else None,
        )
        buttons = language_buttons(words)
        await self._say(message, page, [buttons[:-1], buttons[-1:]])

    def _asked_in(self, message: Message, dossiers: Sequence[Dossier]) -> str:
        """The dossier that a chat asks in, if it is one of those that may be read there."""
        name = self._within.of(message.chat_id)
        return name if any(name in each.names for each in dossiers) else ""

    async def _say(
        self, message: Message, page: Page, keyboard: Sequence[Sequence[InlineKeyboardButton]] = ()
    ) -> None:
        """Send a page, its buttons under the last message."""
        if not keyboard:
            await self._outbox.reply(message, messages(page))
            return
        *before, last = messages(page)
        for nth, text in enumerate(before):
            await send(message, text, quotes=nth == 0)
        await send(message, last, quotes=not before, keyboard=InlineKeyboardMarkup(keyboard))

    async def _look(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


def _timeline(about: Profile) -> Question | None:
    """What asks for the words over time of whoever a profile tells of, by their full name."""
    asked = about.latest.asked
    if asked is None or not about.statements:
        return None
    alone = about.person and len(about.speakers) == 1
    person = about.speakers[0].name if alone else about.person
    people = (person,) if person else ()
    return replace(asked, kind=Kind.TIMELINE, people=people)


def language_buttons(words: Voice) -> list[InlineKeyboardButton]:
    """A button for each language, as its speakers write it, and one for none."""
    labels = {code: own_name(code) for code in LANGUAGES}
    labels |= {AUTO: words.say("That of the question")}
    return [
        InlineKeyboardButton(label, callback_data=f"language:{code}")
        for code, label in labels.items()
    ]


def _choice(dossiers: Sequence[Dossier]) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(short(dossier.name), callback_data=f"dossier:{sign(dossier.name)}")]
        for dossier in dossiers[:_MOST_BUTTONS]
    ]
