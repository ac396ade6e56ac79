"""From a message to its reply; knows how people write to the bot, not how answers are found."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, Update, User
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.browsing import asks_nothing, examples_page, names_too_few
from bot.domain import Answer, Kind
from bot.i18n import Voice, voice
from bot.listing import latest_page, sources_page
from bot.rendering import Page, answer_page, is_single_source, plain
from bot.roles import Role
from bot.telegram.addressing import ADDRESSED, words_of
from bot.telegram.browsing import AUTO, Browsing, language_buttons
from bot.telegram.buttons import Buttons
from bot.telegram.editors import Editors, answer, expired
from bot.telegram.errors import apologise
from bot.telegram.html import messages
from bot.telegram.membership import INVITATION, Membership, role_name
from bot.telegram.menus import WITH_A_MENU, announce_to, commands_of
from bot.telegram.outbox import NO_PREVIEW, Outbox, edit, send
from bot.telegram.parts import Parts
from bot.telegram.pictures import Pictures
from bot.telegram.questions import QuestionsDesk
from bot.telegram.reception import Reception, members_only
from bot.telegram.sharing import FROM_INLINE, Sharing
from bot.telegram.streaming import Streams
from bot.telegram.turns import Turns
from vectorstore.domain import LANGUAGES, Tier

_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

_LATEST = 10
_CHOICES = frozenset({*LANGUAGES, AUTO})
_COMMANDS = {Kind.TIMELINE: "/timeline", Kind.COMPARISON: "/compare"}
_SPEAKERS = {Kind.TIMELINE: 1, Kind.COMPARISON: 2}  # as many as a command must name
_LANGUAGE = re.compile(r"language:(en|fr|ru|auto)")


class Handlers:
    """The bot's side of a conversation; ``threads`` bounds the questions answered at once."""

    def __init__(
        self,
        parts: Parts,
        editors: Editors,
        membership: Membership,
        outbox: Outbox,
        threads: Executor,
        streams: Streams,
        digest: Callable[[User, Voice], str],
        turns: Turns,
    ) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._freshness = parts.desk.freshness
        self._languages = parts.languages
        self._subscriber_digest = parts.rules.subscriber_digest
        self._editors = editors
        self._outbox = outbox
        self._threads = threads
        self._turns, self._within = turns, parts.within
        self._streams = streams
        self._questions_desk = QuestionsDesk(parts, outbox)
        self._access = parts.roles
        self._membership = membership
        reception = Reception(parts, membership, outbox)
        self._pictures = Pictures(outbox, parts.actor_name, threads)
        self._buttons = Buttons(
            parts, reception, outbox, streams, self._turns, self._pictures, threads
        )
        self._heard, self._keep = reception.heard, reception.keep
        self._is_refused = reception.is_refused
        self._browsing = Browsing(
            parts, reception, outbox, self._turns, self._buttons, threads, digest
        )
        self._sharing = Sharing(parts, reception, threads)

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring its messages here."""
        written = filters.UpdateType.MESSAGES & ADDRESSED
        app.add_handler(CommandHandler("start", self.start))
        app.add_handler(CommandHandler("help", self.help))
        app.add_handler(CommandHandler("language", self.language))
        app.add_handler(CallbackQueryHandler(self.language_pressed, _LANGUAGE))
        app.add_handler(CommandHandler("ask", self.question))
        app.add_handler(CommandHandler("latest", self.latest))
        app.add_handler(CommandHandler("sources", self.sources))
        app.add_handler(CommandHandler("timeline", self.timeline))
        app.add_handler(CommandHandler("compare", self.compare))
        self._browsing.register(app)
        self._sharing.register(app)
        self._editors.register(app)
        self._membership.register(app)
        self._buttons.register(app)
        self._questions_desk.register(app)
        app.add_handler(CallbackQueryHandler(self.unknown_button))
        app.add_handler(MessageHandler(written & filters.COMMAND, self.unknown_command))
        app.add_handler(MessageHandler(written & (filters.TEXT | filters.CAPTION), self.question))
        wordless = filters.UpdateType.MESSAGE & ADDRESSED & ~filters.StatusUpdate.ALL
        app.add_handler(MessageHandler(wordless, self.wordless))
        app.add_error_handler(self.error)

    async def start(self, update: Update, context: _Context) -> None:
        """Greet, and say what to ask; an invitation is redeemed."""
        message, words, tiers = await self._heard(update)
        user, payload = message.from_user, next(iter(context.args or ()), FROM_INLINE)
        first: Page = ()
        if user and payload != FROM_INLINE and message.chat.type == "private":
            first = plain(await self._redeemed(user, payload, words))
            tiers = (await self._heard(update))[2]  # of a member now
        elif INVITATION.fullmatch(payload):
            first = plain(words.say("Please write this to me in a private chat."))
        greeting = words.say(
            "Hello! I answer questions from the newsroom's briefings: who said what, and when, "
            "in their own words, with links to the sentences that say so."
        )
        guide = await self._guide(message, words, tiers)
        await self._say(message, (*first, *plain(greeting), *guide))
        if user and WITH_A_MENU & await self._roles(user):
            await announce_to(context.bot, user.id, self._access)

    async def _redeemed(self, user: User, payload: str, words: Voice) -> str:
        before = await self._roles(user)
        role = await asyncio.to_thread(self._membership.redeemed, user, payload)
        if role is None:
            return words.say(
                "This invitation is not valid, or no longer: ask whoever sent it for a new one."
            )
        if role in before:
            return words.say("You are a member already, as {role}.", role=role_name(role, words))
        return words.say("Welcome! You are now a member, as {role}.", role=role_name(role, words))

    async def help(self, update: Update, _: _Context) -> None:
        """Say what to ask and which commands there are."""
        message, words, tiers = await self._heard(update)
        await self._say(message, await self._guide(message, words, tiers))

    async def language(self, update: Update, context: _Context) -> None:
        """Speak the language that is named from now on; ask for one where none is."""
        message, words = (await self._heard(update))[:2]
        code = "".join(context.args or ()).lower()
        if code in _CHOICES:
            await self._say(message, plain(await self._choose(update, message.chat_id, code)))
            return
        question = words.say("Which language shall I speak here?")
        text = messages(plain(question))[0]
        keyboard = InlineKeyboardMarkup([[button] for button in language_buttons(words)])
        await send(message, text, quotes=True, keyboard=keyboard)

    async def language_pressed(self, update: Update, _: _Context) -> None:
        """Speak the language of the button from now on."""
        query, chat = update.callback_query, update.effective_chat
        match = _LANGUAGE.fullmatch(query.data or "") if query else None
        if not query or not match or not chat:
            return
        said = await self._choose(update, chat.id, match[1])
        await answer(query)
        if isinstance(query.message, Message):
            text = messages(plain(said))[0]
            await edit(query.message, text, NO_PREVIEW, query.message.message_id)

    async def _choose(self, update: Update, chat_id: int, code: str) -> str:
        """Choose, and say so in what was chosen."""
        chosen = None if code == AUTO else code
        await asyncio.to_thread(self._languages.choose, chat_id, chosen)
        words = self._languages.voice(update)
        if code == AUTO:
            return words.say("From now on I speak the language of each question.")
        return words.say("From now on I speak English here.")

    async def latest(self, update: Update, _: _Context) -> None:
        """List the newest briefings."""
        message, words, tiers = await self._heard(update)
        if not tiers:
            await self._say(message, plain(members_only(words)))
            return
        # A story comes in up to as many briefings as we have languages.
        limit = _LATEST * len(LANGUAGES)
        briefings = await self._ask(partial(self._newsroom.latest, tiers=tiers, limit=limit))
        await self._say(message, latest_page(briefings, words.language, _LATEST))

    async def sources(self, update: Update, _: _Context) -> None:
        """List where the briefings come from."""
        message, words, tiers = await self._heard(update)
        if not tiers:
            await self._say(message, plain(members_only(words)))
            return
        summaries = await self._ask(
            partial(self._newsroom.sources, tiers=tiers, language=words.language)
        )
        await self._say(message, sources_page(summaries, words.language))

    async def question(self, update: Update, _: _Context) -> None:
        """Answer the question, in the place of an earlier answer if it was edited."""
        await self._answer(update, None)

    async def timeline(self, update: Update, _: _Context) -> None:
        """Answer with what somebody has said over time."""
        await self._answer(update, Kind.TIMELINE)

    async def compare(self, update: Update, _: _Context) -> None:
        """Answer with what two have said."""
        await self._answer(update, Kind.COMPARISON)

    async def _answer(self, update: Update, kind: Kind | None) -> None:
        """Answer what is asked, or for an answer of ``kind`` what the words name."""
        message, words, tiers = await self._heard(update)
        text = words_of(message)
        if asks_nothing(text):
            await self._say(message, await self._how(words, tiers, kind))
            return
        if await self._is_refused(message, tiers, words):
            return
        async with self._streams.open(message) as listener:
            found = await self._ask(
                partial(
                    self._newsroom.answer,
                    text,
                    tiers=tiers,
                    language=words.language,
                    today=date.today(),
                    before=None if kind else self._turns.before(message),
                    kind=kind,
                    dossier=self._within.of(message.chat_id),
                    listener=listener,
                )
            )
        if kind and names_too_few(found, _SPEAKERS[kind]):
            await self._say(message, await self._how(words, tiers, kind))
            return
        written = f"{_COMMANDS[kind]} {text}" if kind else text  # as it is recorded
        if listener.has_left and found.fallback:  # its writing was cut short
            await self._say(message, _superseded(words))
            await asyncio.to_thread(self._keep, message, written, found)
            if found.asked:
                self._turns.remember(message, (), found.asked)
        else:
            await self._show(message, tiers, written, found)

    async def _show(
        self, message: Message, tiers: frozenset[Tier], written: str, found: Answer
    ) -> None:
        """Reply with an answer and what leads on from it, then keep what it leaves behind."""
        as_of = await asyncio.to_thread(self._freshness.stale_since)
        shown_in = self._languages.chosen(message.chat_id) or found.language
        page = answer_page(replace(found, language=shown_in), self._actor_name, as_of)
        if not (found.found or found.nearest):
            onward = voice(shown_in).say("/latest lists what is new, /help shows what you can ask.")
            page = (*page, *plain(onward))
        if found.asked and found.asked.dossier:
            page = (*page, self._browsing.within_line(message, found.asked.dossier, shown_in))
        user = message.from_user.id if message.from_user else 0
        exchange, keyboard = await self._buttons.under(message.chat_id, user, written, found, tiers)
        shown = await self._outbox.reply(message, messages(page), _preview(found), keyboard)
        kept = self._buttons.kept(exchange)
        await asyncio.to_thread(self._keep, message, written, found, kept)
        if found.asked:
            self._turns.remember(message, shown, found.asked)
        if not message.edit_date:
            await self._pictures.add(message, replace(found, language=shown_in))

    async def unknown_command(self, update: Update, _: _Context) -> None:
        """Name the commands there are."""
        message, words, tiers = await self._heard(update)
        sorry = words.say("I do not know this command.")
        guide = await self._guide(message, words, tiers)
        await self._say(message, (*plain(sorry), *guide))

    async def unknown_button(self, update: Update, _: _Context) -> None:
        """Say that a button of an older message no longer does anything."""
        if update.callback_query:
            await answer(update.callback_query, expired(self._languages.voice(update)))

    async def wordless(self, update: Update, _: _Context) -> None:
        """Ask for words where there are none: photos, voice messages, stickers, documents."""
        message, words = (await self._heard(update))[:2]
        await self._say(
            message, plain(words.say("I can only read text. Please write your question."))
        )

    async def error(self, update: object, context: _Context) -> None:
        """Apologise for what went wrong."""
        await apologise(update, context.error, self._outbox, self._languages)

    async def _guide(self, message: Message, words: Voice, tiers: frozenset[Tier]) -> Page:
        """How to ask, and the commands that whoever wrote may use where they wrote."""
        roles = await self._roles(message.from_user)
        private = message.chat.type == "private"
        commands = commands_of(words, roles, private=private, digest=self._subscriber_digest)
        listed = "\n".join(f"/{name} — {what}" for name, what in commands.items())
        there = words.say(
            "In a group, mention me or reply to me. In any other chat, write @{name} and a "
            "question to share a short answer.",
            name=message.get_bot().username,
        )
        listed = words.say("Commands:") + f"\n{listed}"
        how = await self._how(words, tiers, None)
        return (*how, *plain(listed), *plain(there))

    async def _how(self, words: Voice, tiers: frozenset[Tier], kind: Kind | None) -> Page:
        """How to ask, or how the command for an answer of ``kind`` is written."""
        if not tiers:
            return plain(members_only(words))
        if kind:
            return await self._browsing.usage(words, tiers, kind)
        return examples_page(await self._browsing.examples(words, tiers), words)

    async def _roles(self, user: User | None) -> frozenset[Role]:
        return await asyncio.to_thread(self._access.roles_of, user.id) if user else frozenset()

    async def _ask(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def _say(
        self, message: Message, page: Page, preview: LinkPreviewOptions = NO_PREVIEW
    ) -> None:
        await self._outbox.reply(message, messages(page), preview)


def _preview(answer: Answer) -> LinkPreviewOptions:
    """A preview of the page when there is just one; of several, Telegram would pick one."""
    shown = answer.citations or answer.nearest
    if is_single_source(answer) and shown[0].url.startswith(("http://", "https://")):
        return LinkPreviewOptions(url=shown[0].url, prefer_small_media=True)
    return NO_PREVIEW


def _superseded(words: Voice) -> Page:
    return plain(words.say("I stopped here, because you have asked something newer."))
