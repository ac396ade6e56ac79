"""Who has written and what they may ask and be shown; knows no answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from telegram import Message, Update

from bot.domain import Answer
from bot.i18n import Voice
from bot.records.cited import Quoted
from bot.records.questions import Asked
from bot.rendering import plain
from bot.telegram.html import messages
from bot.telegram.membership import Membership
from bot.telegram.outbox import Outbox
from bot.telegram.parts import Parts
from vectorstore.domain import Tier

_PUBLIC = frozenset({Tier.PUBLIC})


class Reception:
    """What comes before every answer, whichever command wants it."""

    def __init__(self, parts: Parts, membership: Membership, outbox: Outbox) -> None:
        self._access = parts.roles
        self._languages = parts.languages
        self._questions = parts.records.questions
        self._cited = parts.records.cited
        self._a_day = parts.rules.questions_per_day
        self._membership = membership
        self._outbox = outbox

    def heard(self, update: Update) -> tuple[Message, Voice]:
        """The message, and the voice to answer it in."""
        message = update.effective_message
        assert message is not None  # noqa: S101 - the handlers' filters let only messages through
        words = self._languages.voice(update)
        if message.from_user:
            self._membership.meet(message.from_user, words.language)
        return message, words

    def tiers(self, message: Message) -> frozenset[Tier]:
        """What may be shown to whoever wrote; in a group others read it, too."""
        user = message.from_user.id if message.from_user else 0
        return self.tiers_for(user, private=message.chat.type == "private")

    def tiers_for(self, user: int, *, private: bool) -> frozenset[Tier]:
        """What may be shown to a user in a private chat, or before others."""
        return self._access.tiers_of(user) if private else self._access.tiers_before_others(user)

    def tiers_to_share(self, user: int) -> frozenset[Tier]:
        """What may be shown where anybody may read it: what is public, to those who may ask."""
        return self._access.tiers_before_others(user) & _PUBLIC

    async def has_asked_enough(self, user: int, more: int = 0) -> bool:
        """Whether somebody has asked all that a day allows, ``more`` questions included."""
        asked = await asyncio.to_thread(self._questions.count, user, datetime.now(UTC).date())
        return asked + more >= self._a_day

    async def is_refused(self, message: Message, tiers: frozenset[Tier], words: Voice) -> bool:
        """Whether a question may not be answered, which its asker is then told."""
        user = message.from_user.id if message.from_user else 0
        if not tiers:
            said = members_only(words)
        elif await self.has_asked_enough(user):
            said = enough(words)
        else:
            return False
        await self._outbox.reply(message, messages(plain(said)))
        return True

    def keep(self, message: Message, text: str, found: Answer) -> None:
        """Record a question that was answered, and what was cited for it."""
        if message.from_user:
            self.record(message.chat_id, message.from_user.id, text, found)

    def record(self, chat: int, user: int, text: str, found: Answer) -> None:
        """As `keep`, of whoever asked in a chat by a message or a button."""
        now = datetime.now(UTC)
        self.count(chat, user, text, found)
        self._cited.record(
            [
                Quoted(
                    user=user,
                    chat=chat,
                    asked_at=now,
                    language=found.language,
                    briefing=each.briefing,
                    version=each.version,
                    quote=each.quote,
                )
                for each in found.citations
            ]
        )

    def count(self, chat: int, user: int, text: str, found: Answer) -> None:
        """Record a question alone, for where nobody can be told of a correction."""
        self._questions.record(
            Asked(
                user=user,
                chat=chat,
                asked_at=datetime.now(UTC),
                language=found.language,
                text=text,
                reason=found.reason.value if found.reason else None,
            )
        )


def members_only(words: Voice) -> str:
    """What strangers are told where only members may ask."""
    return words.say(
        "These briefings are for subscribers. Ask the newsroom for an invitation, and open "
        "its link here."
    )


def enough(words: Voice) -> str:
    """What somebody is told who has asked all that a day allows."""
    return words.say("You have asked many questions today. Please go on tomorrow.")
