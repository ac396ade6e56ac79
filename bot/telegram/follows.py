"""``/follow`` and ``/following``: what a reader is told of unasked; finds and sends no news."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.digest.wishes import time_of, zone_of
from bot.domain import Question
from bot.i18n import Voice
from bot.records.follows import Follow, Followed, Follower
from bot.rendering import plain
from bot.telegram.editors import answer, expired
from bot.telegram.html import messages
from bot.telegram.outbox import NO_PREVIEW, Outbox, edit, send
from bot.telegram.parts import Parts
from bot.telegram.reception import members_only
from vectorstore.domain import LANGUAGES

_Context = ContextTypes.DEFAULT_TYPE
_STOP = re.compile(r"unfollow:(\d{1,18})")
_MOST = 50


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
        app.add_handler(CallbackQueryHandler(self.stop, _STOP))

    async def follow(self, update: Update, context: _Context) -> None:
        """Follow whoever or whatever the words after the command name."""
        heard = await self._heard(update)
        if heard is None:
            return
        message, user, words = heard
        wanted = " ".join(context.args or ())
        if not wanted:
            await self._say(message, _usage(words))
            return
        found = await asyncio.to_thread(self._named, user.id, wanted, words.language)
        if not found:
            await self._say(message, _unknown(words, wanted))
            return
        if len(self._follows.of(user.id)) + len(found) > _MOST:
            await self._say(message, words.say("You follow very much already; /following."))
            return
        for kind, name in found:
            self._follows.add(user.id, kind, name, self._zone, words.language, datetime.now(UTC))
        names = words.listing([self._known_as(kind, name, words.language) for kind, name in found])
        said = words.say(
            "You follow {names} now. When a new briefing quotes them, I tell you at once.",
            names=names,
        )
        if all(kind is Followed.DOSSIER for kind, _ in found):
            said = words.say(
                "You follow {names} now. I tell you of each new briefing.", names=names
            )
        await self._say(message, f"{said}\n{words.say('/following shows and changes it.')}")

    async def following(self, update: Update, context: _Context) -> None:
        """Show what is followed, with a button to end each; change the hours of silence."""
        heard = await self._heard(update)
        if heard is None:
            return
        message, user, words = heard
        first = ""
        if context.args:
            first = self._changed(user.id, context.args, words)
        await self._show(message, user.id, words, first)

    async def stop(self, update: Update, _: _Context) -> None:
        """End what the button names, if it is the presser's."""
        query = update.callback_query
        match = _STOP.fullmatch(query.data or "") if query else None
        if not query or not match:
            return
        words = self._languages.voice(update)
        if not self._follows.remove(query.from_user.id, int(match[1])):
            await answer(query, expired(words))
            return
        await answer(query)
        if isinstance(query.message, Message):
            text, keyboard = self._listed(query.from_user.id, words)
            shown = messages(plain(text))[0]
            await edit(query.message, shown, NO_PREVIEW, query.message.message_id, keyboard)

    async def _heard(self, update: Update) -> tuple[Message, User, Voice] | None:
        """Who writes what in which language; None where nobody can follow anything, and is told."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return None
        words = self._languages.voice(update)
        self._meet(user, words.language)
        if message.chat.type != "private":
            await self._say(
                message,
                words.say("I tell of what you follow in private chats only: write to me there."),
            )
            return None
        if not self._access.tiers_of(user.id):
            await self._say(
                message,
                members_only(words),
            )
            return None
        self._follows.come_back(user.id, datetime.now(UTC))
        self._follows.speak(user.id, words.language)
        return message, user, words

    def _named(self, user: int, wanted: str, language: str) -> list[tuple[Followed, str]]:
        """The actors, the people or the dossier that somebody names."""
        tiers = self._access.tiers_of(user)
        dossiers = {
            name.casefold(): name
            for each in LANGUAGES
            for file in self._newsroom.dossiers(tiers=tiers, language=each)
            for name in (file.name,)
        }
        if name := dossiers.get(wanted.casefold().strip('«»“”" ')):
            return [(Followed.DOSSIER, name)]
        found = self._newsroom.answer(
            wanted, tiers=tiers, language=language, today=date.today(), verbatim=True
        )
        return _meant(found.asked) if found.asked else []

    def _known_as(self, kind: Followed, name: str, language: str) -> str:
        return self._actor_name(name, language) if kind is Followed.ACTOR else name

    def _changed(self, user: int, given: list[str], words: Voice) -> str:
        """Change when a follower wants to hear nothing; what is to be said first."""
        follower = self._follows.follower(user)
        if follower is None:
            return ""
        changed = _muted(follower, given)
        if changed is None:
            return words.say("I do not understand this.")
        self._follows.mute(user, *changed)
        return ""

    async def _show(self, message: Message, user: int, words: Voice, first: str) -> None:
        text, keyboard = self._listed(user, words)
        shown = messages(plain("\n\n".join(filter(None, (first, text)))))[0]
        await send(message, shown, quotes=True, keyboard=keyboard)

    def _listed(self, user: int, words: Voice) -> tuple[str, InlineKeyboardMarkup | None]:
        followed, follower = self._follows.of(user), self._follows.follower(user)
        if not followed or follower is None:
            return f"{words.say('You follow nothing yet.')}\n{_usage(words)}", None
        rows = [f"• {self._label(each, words)}" for each in followed]
        hours = (
            words.say(
                "From {begin} to {end} ({zone}) I keep quiet.",
                begin=follower.mute[:5],
                end=follower.mute[6:],
                zone=follower.zone,
            )
            if follower.mute
            else ""
        )
        text = "\n".join([words.say("You follow:"), *rows])
        return "\n\n".join(filter(None, (text, hours, _orders(words)))), InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(
                        words.say("Stop: {name}", name=self._label(each, words))[:60],
                        callback_data=f"unfollow:{each.number}",
                    )
                ]
                for each in followed
            ]
        )

    def _label(self, follow: Follow, words: Voice) -> str:
        return self._known_as(follow.kind, follow.name, words.language)

    async def _say(self, message: Message, text: str) -> None:
        await self._outbox.reply(message, messages(plain(text)))


def _meant(asked: Question) -> list[tuple[Followed, str]]:
    """Whom a question is about, if it is about nothing else."""
    if asked.people:
        return [(Followed.PERSON, name) for name in asked.people]
    if asked.actors:
        return [(Followed.ACTOR, code) for code in asked.actors]
    return [(Followed.DOSSIER, asked.dossier)] if asked.dossier else []


def _muted(follower: Follower, given: list[str]) -> tuple[str, str] | None:
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


def _usage(words: Voice) -> str:
    return words.say(
        "Write whom you want to follow, for example /follow Russia, a person or a dossier."
    )


def _unknown(words: Voice, wanted: str) -> str:
    sorry = words.say(
        "I find nobody and no dossier of this name in the briefings: {name}.", name=wanted
    )
    return f"{sorry}\n{_usage(words)}"


def _orders(words: Voice) -> str:
    rows = (
        ("/follow", words.say("follow somebody else, or a dossier")),
        ("/following mute 22:00-07:00", words.say("hear nothing at these hours")),
        ("/following mute off", words.say("hear of it at any hour")),
        ("/following tz Europe/Paris", words.say("in which time zone")),
    )
    return "\n".join(f"{command} — {what}" for command, what in rows)
