"""From a message to its reply; knows how people write to the bot, not how answers are found."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
    User,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.domain import Answer
from bot.i18n import Voice
from bot.records.questions import Asked
from bot.rendering import (
    Page,
    answer_page,
    is_single_source,
    latest_page,
    plain,
    sources_page,
)
from bot.telegram.addressing import ADDRESSED, words_of
from bot.telegram.buttons import Buttons
from bot.telegram.editors import Editors, answer, expired
from bot.telegram.errors import apologise
from bot.telegram.html import messages
from bot.telegram.membership import Membership
from bot.telegram.menus import announce_to, commands_in, editors_commands
from bot.telegram.outbox import NO_PREVIEW, Outbox, edit, send
from bot.telegram.parts import Parts
from bot.telegram.questions import QuestionsDesk
from bot.telegram.streaming import Streams
from bot.telegram.turns import Turns
from vectorstore.domain import LANGUAGES, Tier

_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

_LATEST = 10
_AUTO = "auto"
_NAMES = {"en": "English", "fr": "Français", "ru": "Русский"}  # each as its speakers write it
_CHOICES = frozenset({*_NAMES, _AUTO})
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
    ) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._freshness = parts.desk.freshness
        self._languages = parts.languages
        self._editors = editors
        self._outbox = outbox
        self._threads = threads
        self._turns = Turns()
        self._streams = streams
        self._questions_desk = QuestionsDesk(parts, outbox)
        self._buttons = Buttons(parts, outbox, streams, self._turns, threads)
        self._access = parts.roles
        self._questions = parts.records.questions
        self._a_day = parts.rules.questions_per_day
        self._membership = membership

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
        self._editors.register(app)
        self._membership.register(app)
        self._buttons.register(app)
        self._questions_desk.register(app)
        app.add_handler(CallbackQueryHandler(self.unknown_button))
        app.add_handler(MessageHandler(written & filters.COMMAND, self.unknown_command))
        app.add_handler(MessageHandler(written & filters.TEXT, self.question))
        wordless = filters.UpdateType.MESSAGE & ADDRESSED & ~filters.StatusUpdate.ALL
        app.add_handler(MessageHandler(wordless, self.wordless))
        app.add_error_handler(self.error)

    async def start(self, update: Update, context: _Context) -> None:
        """Greet, and say what to ask; an invitation is redeemed."""
        message, words = self._heard(update)
        first: Page = ()
        if message.from_user and message.chat.type == "private" and context.args:
            first = plain(self._redeemed(message.from_user, context.args[0], words))
        greeting = words.say(
            "Hello! I answer questions from the newsroom's briefings: who said what, and when, "
            "in their own words, with links to the sentences that say so."
        )
        await self._say(message, (*first, *plain(greeting), *_guide(words, self._commands(update))))
        user = update.effective_user
        if user and self._editors.may_edit(user):
            await announce_to(context.bot, user.id)

    def _redeemed(self, user: User, payload: str, words: Voice) -> str:
        role = self._membership.redeemed(user, payload)
        if role is None:
            return words.say("This invitation is not valid, or no longer.")
        return words.say("Welcome! You are now a member, as {role}.", role=role.value)

    async def help(self, update: Update, _: _Context) -> None:
        """Say what to ask and which commands there are."""
        message, words = self._heard(update)
        await self._say(message, _guide(words, self._commands(update)))

    async def language(self, update: Update, context: _Context) -> None:
        """Speak the language that is named from now on; ask for one where none is."""
        message, words = self._heard(update)
        code = "".join(context.args or ()).lower()
        if code in _CHOICES:
            await self._say(message, plain(self._choose(update, message.chat_id, code)))
            return
        question = words.say("Which language shall I speak here?")
        labels = _NAMES | {_AUTO: words.say("That of the question")}
        keyboard = [
            [InlineKeyboardButton(label, callback_data=f"language:{code}")]
            for code, label in labels.items()
        ]
        text = messages(plain(question))[0]
        await send(message, text, quotes=True, keyboard=InlineKeyboardMarkup(keyboard))

    async def language_pressed(self, update: Update, _: _Context) -> None:
        """Speak the language of the button from now on."""
        query, chat = update.callback_query, update.effective_chat
        match = _LANGUAGE.fullmatch(query.data or "") if query else None
        if not query or not match or not chat:
            return
        said = self._choose(update, chat.id, match[1])
        await answer(query)
        if isinstance(query.message, Message):
            text = messages(plain(said))[0]
            await edit(query.message, text, NO_PREVIEW, query.message.message_id)

    def _choose(self, update: Update, chat_id: int, code: str) -> str:
        """Choose, and say so in what was chosen."""
        self._languages.choose(chat_id, None if code == _AUTO else code)
        words = self._languages.voice(update)
        if code == _AUTO:
            return words.say("From now on I speak the language of each question.")
        return words.say("From now on I speak English here.")

    async def latest(self, update: Update, _: _Context) -> None:
        """List the newest briefings."""
        message, words = self._heard(update)
        # A story comes in up to as many briefings as we have languages.
        limit = _LATEST * len(LANGUAGES)
        briefings = await self._ask(
            partial(self._newsroom.latest, tiers=self._tiers(message), limit=limit)
        )
        await self._say(message, latest_page(briefings, words.language, _LATEST))

    async def sources(self, update: Update, _: _Context) -> None:
        """List where the briefings come from."""
        message, words = self._heard(update)
        summaries = await self._ask(partial(self._newsroom.sources, tiers=self._tiers(message)))
        await self._say(message, sources_page(summaries, words.language))

    async def question(self, update: Update, _: _Context) -> None:
        """Answer the question, in the place of an earlier answer if it was edited."""
        message, words = self._heard(update)
        text = words_of(message)
        if not any(char.isalnum() for char in text):
            await self._say(message, _examples(words))
            return
        tiers = self._tiers(message)
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
                    before=self._turns.before(message),
                    listener=listener,
                )
            )
        if listener.has_left and found.fallback:  # its writing was cut short
            await self._say(message, _superseded(words))
            await asyncio.to_thread(self._keep, message, text, found)
            if found.asked:
                self._turns.remember(message, (), found.asked)
            return
        as_of = await asyncio.to_thread(self._freshness.stale_since)
        shown_in = self._languages.chosen(message.chat_id) or found.language
        page = answer_page(replace(found, language=shown_in), self._actor_name, as_of)
        user = message.from_user.id if message.from_user else 0
        exchange, keyboard = await self._buttons.under(message.chat_id, user, text, found, tiers)
        shown = await self._outbox.reply(message, messages(page), _preview(found), keyboard)
        await asyncio.to_thread(self._keep, message, text, found)
        await self._buttons.keep(exchange)
        if found.asked:
            self._turns.remember(message, shown, found.asked)

    async def unknown_command(self, update: Update, _: _Context) -> None:
        """Name the commands there are."""
        message, words = self._heard(update)
        sorry = words.say("I do not know this command.")
        await self._say(message, (*plain(sorry), *_guide(words, self._commands(update))))

    async def unknown_button(self, update: Update, _: _Context) -> None:
        """Say that a button of an older message no longer does anything."""
        if update.callback_query:
            await answer(update.callback_query, expired(self._languages.voice(update)))

    async def wordless(self, update: Update, _: _Context) -> None:
        """Ask for words where there are none: photos, voice messages, stickers, documents."""
        message, words = self._heard(update)
        await self._say(
            message, plain(words.say("I can only read text. Please write your question."))
        )

    async def error(self, update: object, context: _Context) -> None:
        """Apologise for what went wrong."""
        await apologise(update, context.error, self._outbox, self._languages)

    def _commands(self, update: Update) -> dict[str, str]:
        """What whoever wrote may use."""
        _, words = self._heard(update)
        editing = self._editors.may_edit(update.effective_user)
        return commands_in(words) | (editors_commands(words) if editing else {})

    def _heard(self, update: Update) -> tuple[Message, Voice]:
        """The message, and the voice to answer it in."""
        message = update.effective_message
        assert message is not None  # noqa: S101 - the handlers' filters let only messages through
        words = self._languages.voice(update)
        if message.from_user:
            self._membership.meet(message.from_user, words.language)
        return message, words

    def _tiers(self, message: Message) -> frozenset[Tier]:
        """What may be shown to whoever wrote; in a group others read it, too."""
        user = message.from_user.id if message.from_user else 0
        private = message.chat.type == "private"
        return self._access.tiers_of(user) if private else self._access.tiers_before_others(user)

    async def _is_refused(self, message: Message, tiers: frozenset[Tier], words: Voice) -> bool:
        """Whether a question may not be answered, which its asker is then told."""
        user = message.from_user.id if message.from_user else 0
        if not tiers:
            said = words.say(
                "These briefings are for subscribers. Ask the newsroom for an invitation, and open "
                "its link here."
            )
        elif await asyncio.to_thread(self._questions.count, user, _today()) >= self._a_day:
            said = words.say("You have asked many questions today. Please go on tomorrow.")
        else:
            return False
        await self._say(message, plain(said))
        return True

    def _keep(self, message: Message, text: str, found: Answer) -> None:
        if message.from_user is None:
            return
        self._questions.record(
            Asked(
                user=message.from_user.id,
                chat=message.chat_id,
                asked_at=datetime.now(UTC),
                language=found.language,
                text=text,
                reason=found.reason.value if found.reason else None,
            )
        )

    async def _ask(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def _say(
        self, message: Message, page: Page, preview: LinkPreviewOptions = NO_PREVIEW
    ) -> None:
        await self._outbox.reply(message, messages(page), preview)


def _today() -> date:
    return datetime.now(UTC).date()


def _preview(answer: Answer) -> LinkPreviewOptions:
    """A preview of the page when there is just one; of several, Telegram would pick one."""
    shown = answer.citations or answer.nearest
    if is_single_source(answer) and shown[0].url.startswith(("http://", "https://")):
        return LinkPreviewOptions(url=shown[0].url, prefer_small_media=True)
    return NO_PREVIEW


def _superseded(words: Voice) -> Page:
    return plain(words.say("I stopped here, because you have asked something newer."))


def _guide(words: Voice, commands: dict[str, str]) -> Page:
    listed = "\n".join(f"/{name} — {what}" for name, what in commands.items())
    return (*_examples(words), *plain(listed))


def _examples(words: Voice) -> Page:
    invitation = words.say("Write your question in English, French or Russian, for example:")
    examples = (
        words.say("What did Russia say about the ceasefire?"),
        words.say("Who has commented on the elections, and what did they say?"),
        words.say("What has Turkey said about Karabakh since September 2023?"),
    )
    return plain("\n".join((invitation, *(f"• {example}" for example in examples))))
