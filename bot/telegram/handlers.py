"""From a message to its reply; knows how people write to the bot, not how answers are found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date
from functools import partial
from typing import Any, TypeVar

from telegram import LinkPreviewOptions, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.domain import Answer
from bot.i18n import Voice, voice
from bot.rendering import (
    Page,
    answer_page,
    is_single_source,
    latest_page,
    plain,
    sources_page,
)
from bot.telegram.addressing import ADDRESSED, words_of
from bot.telegram.editors import Editors, answer, expired
from bot.telegram.errors import apologise
from bot.telegram.html import messages
from bot.telegram.menus import announce_to, commands_in, editors_commands
from bot.telegram.outbox import NO_PREVIEW, Outbox, typing
from bot.telegram.parts import Parts
from bot.telegram.turns import Turns
from vectorstore.domain import LANGUAGES, Tier

_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

_LATEST = 10
_PUBLIC = frozenset({Tier.PUBLIC})  # until there are members, everybody is the public


class Handlers:
    """The bot's side of a conversation; ``threads`` bounds the questions answered at once."""

    def __init__(self, parts: Parts, editors: Editors, outbox: Outbox, threads: Executor) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._freshness = parts.desk.freshness
        self._editors = editors
        self._outbox = outbox
        self._threads = threads
        self._turns = Turns()

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring its messages here."""
        written = filters.UpdateType.MESSAGES & ADDRESSED
        app.add_handler(CommandHandler("start", self.start))
        app.add_handler(CommandHandler("help", self.help))
        app.add_handler(CommandHandler("ask", self.question))
        app.add_handler(CommandHandler("latest", self.latest))
        app.add_handler(CommandHandler("sources", self.sources))
        self._editors.register(app)
        app.add_handler(CallbackQueryHandler(self.unknown_button))
        app.add_handler(MessageHandler(written & filters.COMMAND, self.unknown_command))
        app.add_handler(MessageHandler(written & filters.TEXT, self.question))
        wordless = filters.UpdateType.MESSAGE & ADDRESSED & ~filters.StatusUpdate.ALL
        app.add_handler(MessageHandler(wordless, self.wordless))
        app.add_error_handler(self.error)

    async def start(self, update: Update, context: _Context) -> None:
        """Greet, and say what to ask."""
        message, words = _heard(update)
        greeting = words.say(
            "Hello! I answer questions from the newsroom's briefings: who said what, and when, "
            "in their own words, with links to the sentences that say so."
        )
        await self._say(message, (*plain(greeting), *_guide(words, self._commands(update))))
        user = update.effective_user
        if user and self._editors.may_edit(user):
            await announce_to(context.bot, user.id)

    async def help(self, update: Update, _: _Context) -> None:
        """Say what to ask and which commands there are."""
        message, words = _heard(update)
        await self._say(message, _guide(words, self._commands(update)))

    async def latest(self, update: Update, _: _Context) -> None:
        """List the newest briefings."""
        message, words = _heard(update)
        # A story comes in up to as many briefings as we have languages.
        limit = _LATEST * len(LANGUAGES)
        briefings = await self._ask(partial(self._newsroom.latest, tiers=_PUBLIC, limit=limit))
        await self._say(message, latest_page(briefings, words.language, _LATEST))

    async def sources(self, update: Update, _: _Context) -> None:
        """List where the briefings come from."""
        message, words = _heard(update)
        summaries = await self._ask(partial(self._newsroom.sources, tiers=_PUBLIC))
        await self._say(message, sources_page(summaries, words.language))

    async def question(self, update: Update, _: _Context) -> None:
        """Answer the question, in the place of an earlier answer if it was edited."""
        message, words = _heard(update)
        text = words_of(message)
        if not any(char.isalnum() for char in text):
            await self._say(message, _examples(words))
            return
        async with typing(message):
            found = await self._ask(
                partial(
                    self._newsroom.answer,
                    text,
                    tiers=_PUBLIC,
                    language=words.language,
                    today=date.today(),
                    before=self._turns.before(message),
                )
            )
        as_of = await self._ask(self._freshness.stale_since)
        page = answer_page(found, self._actor_name, as_of)
        shown = await self._outbox.reply(message, messages(page), _preview(found))
        if found.asked:
            self._turns.remember(message, shown, found.asked)

    async def unknown_command(self, update: Update, _: _Context) -> None:
        """Name the commands there are."""
        message, words = _heard(update)
        sorry = words.say("I do not know this command.")
        await self._say(message, (*plain(sorry), *_guide(words, self._commands(update))))

    async def unknown_button(self, update: Update, _: _Context) -> None:
        """Say that a button of an older message no longer does anything."""
        if update.callback_query:
            words = voice(update.callback_query.from_user.language_code)
            await answer(update.callback_query, expired(words))

    async def wordless(self, update: Update, _: _Context) -> None:
        """Ask for words where there are none: photos, voice messages, stickers, documents."""
        message, words = _heard(update)
        await self._say(
            message, plain(words.say("I can only read text. Please write your question."))
        )

    async def error(self, update: object, context: _Context) -> None:
        """Apologise for what went wrong."""
        await apologise(update, context.error, self._outbox)

    def _commands(self, update: Update) -> dict[str, str]:
        """What whoever wrote may use."""
        _, words = _heard(update)
        editing = self._editors.may_edit(update.effective_user)
        return commands_in(words) | (editors_commands(words) if editing else {})

    async def _ask(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def _say(
        self, message: Message, page: Page, preview: LinkPreviewOptions = NO_PREVIEW
    ) -> None:
        await self._outbox.reply(message, messages(page), preview)


def _heard(update: Update) -> tuple[Message, Voice]:
    """The message, and the voice of the Telegram app it was written in."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the handlers' filters let only messages through
    user = message.from_user
    return message, voice(user.language_code if user else None)


def _preview(answer: Answer) -> LinkPreviewOptions:
    """A preview of the page when there is just one; of several, Telegram would pick one."""
    shown = answer.citations or answer.nearest
    if is_single_source(answer) and shown[0].url.startswith(("http://", "https://")):
        return LinkPreviewOptions(url=shown[0].url, prefer_small_media=True)
    return NO_PREVIEW


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
