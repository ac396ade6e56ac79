"""From a message to its reply; knows how people write to the bot, not how answers are found."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar

from telegram import LinkPreviewOptions, Message, Update, User
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
from bot.records.questions import Asked
from bot.rendering import (
    Page,
    answer_page,
    is_single_source,
    latest_page,
    plain,
    sources_page,
)
from bot.telegram.editors import Editors, answer, expired
from bot.telegram.errors import apologise
from bot.telegram.html import messages
from bot.telegram.membership import Membership
from bot.telegram.menus import announce_to, commands_in, editors_commands
from bot.telegram.outbox import NO_PREVIEW, Outbox, typing
from bot.telegram.parts import Parts
from bot.telegram.turns import Turns
from vectorstore.domain import LANGUAGES, Tier

_Result = TypeVar("_Result")
_Context = ContextTypes.DEFAULT_TYPE

_LATEST = 10


class Handlers:
    """The bot's side of a conversation; ``threads`` bounds the questions answered at once."""

    def __init__(
        self,
        parts: Parts,
        editors: Editors,
        membership: Membership,
        outbox: Outbox,
        threads: Executor,
    ) -> None:
        self._newsroom = parts.newsroom
        self._actor_name = parts.actor_name
        self._freshness = parts.desk.freshness
        self._editors = editors
        self._outbox = outbox
        self._threads = threads
        self._turns = Turns()
        self._access = parts.roles
        self._questions = parts.records.questions
        self._a_day = parts.rules.questions_per_day
        self._membership = membership

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring its messages here."""
        written = filters.UpdateType.MESSAGES & _ADDRESSED
        app.add_handler(CommandHandler("start", self.start))
        app.add_handler(CommandHandler("help", self.help))
        app.add_handler(CommandHandler("latest", self.latest))
        app.add_handler(CommandHandler("sources", self.sources))
        self._editors.register(app)
        self._membership.register(app)
        app.add_handler(CallbackQueryHandler(self.unknown_button))
        app.add_handler(MessageHandler(written & filters.COMMAND, self.unknown_command))
        app.add_handler(MessageHandler(written & filters.TEXT, self.question))
        wordless = filters.UpdateType.MESSAGE & _ADDRESSED & ~filters.StatusUpdate.ALL
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

    async def question(self, update: Update, context: _Context) -> None:
        """Answer the question, in the place of an earlier answer if it was edited."""
        message, words = self._heard(update)
        text = _mention(context.bot.username).sub("", message.text or "").strip()
        if not any(char.isalnum() for char in text):
            await self._say(message, _examples(words))
            return
        tiers = self._tiers(message)
        if await self._is_refused(message, tiers, words):
            return
        async with typing(message):
            found = await self._ask(
                partial(
                    self._newsroom.answer,
                    text,
                    tiers=tiers,
                    language=words.language,
                    today=date.today(),
                    before=self._turns.before(message),
                )
            )
        as_of = await self._ask(self._freshness.stale_since)
        page = answer_page(found, self._actor_name, as_of)
        shown = await self._outbox.reply(message, messages(page), _preview(found))
        await self._ask(partial(self._keep, message, text, found))
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
            words = voice(update.callback_query.from_user.language_code)
            await answer(update.callback_query, expired(words))

    async def wordless(self, update: Update, _: _Context) -> None:
        """Ask for words where there are none: photos, voice messages, stickers, documents."""
        message, words = self._heard(update)
        await self._say(
            message, plain(words.say("I can only read text. Please write your question."))
        )

    async def error(self, update: object, context: _Context) -> None:
        """Apologise for what went wrong."""
        await apologise(update, context.error, self._outbox)

    def _commands(self, update: Update) -> dict[str, str]:
        """What whoever wrote may use."""
        _, words = self._heard(update)
        editing = self._editors.may_edit(update.effective_user)
        return commands_in(words) | (editors_commands(words) if editing else {})

    def _heard(self, update: Update) -> tuple[Message, Voice]:
        """The message, and the voice for whoever wrote it: of their choice, or their app's."""
        message = update.effective_message
        assert message is not None  # noqa: S101 - the handlers' filters let only messages through
        return message, self._membership.voice_of(message.from_user)

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
        elif await self._ask(lambda: self._questions.count(user, _today())) >= self._a_day:
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


class _Addressed(filters.MessageFilter):
    """Messages meant for the bot: all in private, in groups those that mention or answer it."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == "private":
            return True
        bot = message.get_bot()
        answered = message.reply_to_message and message.reply_to_message.from_user
        if answered and answered.id == bot.id:
            return True
        return bool(_mention(bot.username).search(message.text or message.caption or ""))


_ADDRESSED = _Addressed()


def _today() -> date:
    return datetime.now(UTC).date()


def _mention(username: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(username)}\b", re.IGNORECASE)


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
