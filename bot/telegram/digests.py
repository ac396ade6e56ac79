"""``/digest``: whether a reader gets one, and when; makes and sends none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Update, User
from telegram.ext import Application, CommandHandler, ContextTypes

from bot.digest.press import Reader, is_owed, rhythm, usual
from bot.digest.wishes import Unclear, changed, days_in_words, zone_of
from bot.i18n import Voice
from bot.records.deliveries import Deliveries
from bot.records.digests import Digests, Subscription
from bot.rendering import plain
from bot.telegram.html import messages
from bot.telegram.languages import Languages
from bot.telegram.outbox import Outbox
from bot.telegram.parts import Rules


class DigestDesk:
    """Takes readers' wishes. ``reader`` is None for those who may have no digest."""

    def __init__(
        self,
        wishes: Digests,
        ledger: Deliveries,
        outbox: Outbox,
        clock: Callable[[], datetime],
        *,
        reader: Callable[[User], Reader | None],
        languages: Languages,
        meet: Callable[[User, str], object],
        rules: Rules,
    ) -> None:
        self._wishes = wishes
        self._ledger = ledger
        self._outbox = outbox
        self._clock = clock
        self._reader = reader
        self._languages = languages
        self._meet = meet
        self._rules = rules

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring ``/digest`` here."""
        app.add_handler(CommandHandler("digest", self.digest))

    async def digest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Change the wish as the words after the command say, and tell what it is now."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        words = self._languages.voice(update)
        await asyncio.to_thread(self._meet, user, words.language)
        if message.chat.type != "private":
            said = words.say("I send digests in private chats only: write /digest to me there.")
        else:
            wanted = " ".join(context.args or ())
            said = await asyncio.to_thread(self._changed, user, wanted, words)
        await self._outbox.reply(message, messages(plain(said)))

    def _changed(self, user: User, wanted: str, words: Voice) -> str:
        """What somebody is told whose wish is changed as the words say."""
        reader = self._reader(user)
        if reader is None and self._rules.subscriber_digest:
            return words.say(
                "The digest is for members. Ask the newsroom for an invitation, and open its link "
                "here."
            )
        if reader is None:
            return words.say(
                "The digest is for the newsroom's staff. "
                "With /follow I tell you what is new on what you choose."
            )
        before = self._wish(user, reader)
        after = changed(before, wanted)
        if isinstance(after, Unclear):
            return f"{_unclear(after, words)}\n\n{_usage(words)}"
        if after != before:
            self._wishes.save(after)
        return f"{self._told(after, words)}\n\n{_usage(words)}"

    def told(self, user: User, words: Voice) -> str:
        """What somebody has wished for, "" where they may have no digest. Blocking."""
        reader = self._reader(user)
        return self._told(self._wish(user, reader), words) if reader else ""

    def _wish(self, user: User, reader: Reader) -> Subscription:
        return self._wishes.of(user.id) or usual(user.id, self._rules.zone, on=reader.staff)

    def _told(self, wish: Subscription, words: Voice) -> str:
        if not wish.on:
            return words.say("You get no digest.")
        if zone_of(wish.zone) is None:  # the system knew it when it was chosen
            return words.say(
                "Your digest cannot come: I no longer know its time zone, {zone}. Tell me yours: "
                "/digest tz Europe/Paris",
                zone=wish.zone,
            )
        when = words.say(
            "You get the digest {days} at {time} ({zone}).",
            days=days_in_words(wish.days, words),
            time=wish.at,
            zone=wish.zone,
        )
        quiet_too = self._rules.quiet_digest if wish.quiet is None else wish.quiet
        when = f"{when} {_on_quiet_days(quiet_too, words)}"
        now = self._clock()
        if is_owed(wish, self._ledger, now):
            return f"{when} {words.say('The next one comes in a minute.')}"
        following = rhythm(wish).following(now)
        if following is None:
            return when
        next_one = words.say(
            "The next one comes on {day} at {time}.",
            day=words.day(following.date()),
            time=f"{following:%H:%M}",
        )
        return f"{when} {next_one}"


def _on_quiet_days(wanted: bool, words: Voice) -> str:
    if wanted:
        return words.say("A day without news brings one line.")
    return words.say("A day without news brings no message.")


def _unclear(what: Unclear, words: Voice) -> str:
    match what:
        case Unclear.TIME:
            return words.say("I do not understand this time; write it as 07:30.")
        case Unclear.ZONE:
            return words.say("I do not know this time zone; write it as Europe/Paris.")
        case Unclear.DAYS:
            return words.say(
                "I do not understand these days; write them as mon-fri or mon,wed,sat."
            )
        case Unclear.QUIET:
            return words.say("Write /digest quiet on or /digest quiet off.")
        case Unclear.WORDS:
            return words.say("I do not understand this.")


def _usage(words: Voice) -> str:
    rows = (
        ("/digest on", words.say("get the digest")),
        ("/digest off", words.say("get it no more")),
        ("/digest time 07:30", words.say("at what time")),
        ("/digest tz Europe/Paris", words.say("in which time zone")),
        (f"/digest days {words.say('mon-fri')}", words.say("on which days")),
        ("/digest quiet off", words.say("no message on a day without news")),
    )
    return "\n".join(f"{command} — {what}" for command, what in rows)
