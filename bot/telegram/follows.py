"""``/follow`` and ``/following``: what a reader is told of unasked; finds and sends no news."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.answering.files import matching, named
from bot.browsing import unclear_page, usage_page
from bot.digest.wishes import time_of, zone_of
from bot.domain import Dossier
from bot.following.naming import Wanted, begin, known_as, meant
from bot.i18n import Voice
from bot.records.follows import Followed, Follower
from bot.rendering import Page, Piece, listed, plain
from bot.telegram.editors import answer, expired
from bot.telegram.html import messages
from bot.telegram.keyboards import follow_button, short, signed
from bot.telegram.outbox import NO_PREVIEW, Outbox, edit, send
from bot.telegram.parts import Parts
from bot.telegram.reception import members_only

_Context = ContextTypes.DEFAULT_TYPE
_STOP = re.compile(r"unfollow:(\d{1,18})")
_FOLLOW = re.compile(r"follow:([0-9a-f]{16})")
_MOST_NEAR = 12  # dossiers whose names somebody may have meant


class FollowDesk:
    """Takes readers' wishes."""

    def __init__(self, parts: Parts, outbox: Outbox, meet: Callable[[User, str], object]) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._follows = parts.records.follows
        self._access = parts.roles
        self._languages = parts.languages
        self._zone = parts.rules.zone
        self._outbox = outbox
        self._meet = meet

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring these commands and their buttons here."""
        app.add_handler(CommandHandler("follow", self.follow))
        app.add_handler(CommandHandler(["following", "unfollow"], self.following))
        app.add_handler(CallbackQueryHandler(self.pressed, _FOLLOW))
        app.add_handler(CallbackQueryHandler(self.stop, _STOP))

    async def follow(self, update: Update, context: _Context) -> None:
        """Follow whoever or whatever the words after the command name."""
        heard = await self._heard(update)
        if heard is None:
            return
        message, user, words = heard
        wanted = " ".join(context.args or ())
        if not wanted:
            await self._say(message, await asyncio.to_thread(self._usage, user.id, words))
            return
        found = await asyncio.to_thread(self._named, user.id, wanted, words.language)
        if found:
            await self._say(
                message, plain(await asyncio.to_thread(self._begin, user.id, found, words))
            )
            return
        dossiers = await asyncio.to_thread(self._dossiers, user.id, words.language)
        near = [each.name for each in matching(wanted, dossiers)]
        if near:
            buttons = [[follow_button(name, words)] for name in near[:_MOST_NEAR]]
            await self._say(message, unclear_page(near, words), InlineKeyboardMarkup(buttons))
            return
        page = await asyncio.to_thread(self._usage, user.id, words)
        sorry = words.say(
            "I find nobody and no dossier of this name in the briefings: {name}.", name=wanted
        )
        await self._say(message, (*plain(sorry), *page))

    async def following(self, update: Update, context: _Context) -> None:
        """Show what is followed, with a button to end each; change the hours of silence."""
        heard = await self._heard(update)
        if heard is None:
            return
        message, user, words = heard
        page, keyboard = await asyncio.to_thread(self._shown, user.id, context.args or [], words)
        await send(message, messages(page)[0], quotes=True, keyboard=keyboard)

    async def pressed(self, update: Update, _: _Context) -> None:
        """Follow the dossier of the button."""
        query = update.callback_query
        match = _FOLLOW.fullmatch(query.data or "") if query else None
        if not query or not match:
            return
        user, words = query.from_user, self._languages.voice(update)
        dossier = signed(match[1], await asyncio.to_thread(self._dossiers, user.id, words.language))
        if dossier is None or not isinstance(query.message, Message):
            await answer(query, expired(words))
            return
        await answer(query)
        wanted = [(Followed.DOSSIER, dossier.name)]
        said = await asyncio.to_thread(self._begin, user.id, wanted, words)
        await self._outbox.add(query.message, messages(plain(said)))

    async def stop(self, update: Update, _: _Context) -> None:
        """End what the button names, if it is the presser's."""
        query = update.callback_query
        match = _STOP.fullmatch(query.data or "") if query else None
        if not query or not match:
            return
        user, words = query.from_user.id, self._languages.voice(update)
        if not await asyncio.to_thread(self._follows.remove, user, int(match[1])):
            await answer(query, expired(words))
            return
        await answer(query)
        if isinstance(query.message, Message):
            page, keyboard = await asyncio.to_thread(self._shown, user, [], words)
            shown = messages(page)[0]
            await edit(query.message, shown, NO_PREVIEW, query.message.message_id, keyboard)

    async def _heard(self, update: Update) -> tuple[Message, User, Voice] | None:
        """Who writes what in which language; None where nobody can follow anything, and is told."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return None
        words = self._languages.voice(update)
        private = message.chat.type == "private"
        if not await asyncio.to_thread(self._welcomed, user, words.language, private=private):
            said = (
                members_only(words)
                if private
                else words.say(
                    "I tell of what you follow in private chats only: write to me there."
                )
            )
            await self._say(message, plain(said))
            return None
        return message, user, words

    def _welcomed(self, user: User, language: str, *, private: bool) -> bool:
        """Note who writes in which language; whether they may follow something here."""
        self._meet(user, language)
        if not private or not self._access.tiers_of(user.id):
            return False
        self._follows.come_back(user.id, datetime.now(UTC))
        self._follows.speak(user.id, language)
        return True

    def _begin(self, user: int, wanted: Sequence[Wanted], words: Voice) -> str:
        return begin(
            self._follows,
            user,
            wanted,
            zone=self._zone,
            words=words,
            actor_name=self._actor_name,
            now=datetime.now(UTC),
        )

    def _named(self, user: int, wanted: str, language: str) -> list[Wanted]:
        """The actors, the people or the dossier that somebody names."""
        for dossier in self._dossiers(user, language):
            if named(wanted, dossier.names):
                return [(Followed.DOSSIER, dossier.name)]
        found = self._newsroom.answer(
            wanted,
            tiers=self._access.tiers_of(user),
            language=language,
            today=date.today(),
            verbatim=True,
        )
        return meant(found.asked) if found.asked else []

    def _dossiers(self, user: int, language: str) -> Sequence[Dossier]:
        return self._newsroom.dossiers(tiers=self._access.tiers_of(user), language=language)

    def _shown(
        self, user: int, given: Sequence[str], words: Voice
    ) -> tuple[Page, InlineKeyboardMarkup | None]:
        """What somebody follows, after a change of the hours in which they hear nothing."""
        follower = self._follows.follower(user)
        first: Page = ()
        if given and follower:
            changed = _muted(follower, given)
            if changed:
                self._follows.mute(user, *changed)
                follower = replace(follower, mute=changed[0], zone=changed[1])
            else:
                first = plain(words.say("I do not understand this."))
        followed = self._follows.of(user)
        if not followed or follower is None:
            return (*plain(words.say("You follow nothing yet.")), *self._usage(user, words)), None
        labels = [
            known_as(each.kind, each.name, words.language, self._actor_name) for each in followed
        ]
        buttons = [
            InlineKeyboardButton(
                short(words.say("Stop: {name}", name=label)),
                callback_data=f"unfollow:{each.number}",
            )
            for each, label in zip(followed, labels, strict=True)
        ]
        page = (*first, *_listed(labels, follower, words))
        return page, InlineKeyboardMarkup([[button] for button in buttons])

    def _usage(self, user: int, words: Voice) -> Page:
        examples = self._newsroom.examples(
            tiers=self._access.tiers_of(user), language=words.language, today=date.today()
        )
        return usage_page("follow", words, examples)

    async def _say(
        self, message: Message, page: Page, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        await self._outbox.reply(message, messages(page), keyboard=keyboard)


def _listed(labels: Sequence[str], follower: Follower, words: Voice) -> Page:
    """What is followed, when it is told, and how to change it."""
    rows = [(Piece(f"• {label}"),) for label in labels]
    page: Page = ((Piece(words.say("You follow:"), strong=True), *listed(rows)),)
    if follower.mute:
        page = (*page, *plain(_silence(follower, words)))
    return (*page, *plain(_orders(words)))


def _silence(follower: Follower, words: Voice) -> str:
    """When a follower hears nothing."""
    if zone_of(follower.zone) is None:  # the system knew it when it was chosen
        return words.say(
            "I no longer know your time zone, {zone}, and so not when to keep quiet. Tell me "
            "yours: /following tz Europe/Paris",
            zone=follower.zone,
        )
    begin, end = follower.mute.split("-")
    return words.say(
        "From {begin} to {end} ({zone}) I keep quiet.", begin=begin, end=end, zone=follower.zone
    )


def _muted(follower: Follower, given: Sequence[str]) -> tuple[str, str] | None:
    """The hours of silence and the zone as the words after the command change them."""
    name, value = given[0].lower(), given[1] if len(given) > 1 else ""
    if name == "tz":
        zone = zone_of(value)
        return (follower.mute, zone) if zone else None
    if name != "mute":
        return None
    if value.lower() == "off":
        return "", follower.zone
    begin, _, end = value.replace("–", "-").partition("-")
    first, last = time_of(begin), time_of(end)
    if first is None or last is None or first == last:
        return None
    return f"{first:%H:%M}-{last:%H:%M}", follower.zone


def _orders(words: Voice) -> str:
    rows = (
        ("/follow", words.say("follow somebody else, or a dossier")),
        ("/following mute 22:00-07:00", words.say("hear nothing at these hours")),
        ("/following mute off", words.say("hear of it at any hour")),
        ("/following tz Europe/Paris", words.say("in which time zone")),
    )
    return "\n".join(f"{command} — {what}" for command, what in rows)
