"""Who has written and what they may ask and be shown; knows no answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import Message, Update

from bot.domain import Answer
from bot.i18n import Voice
from bot.records.cited import Quoted
from bot.records.exchanges import Exchange
from bot.records.questions import Asked
from bot.rendering import plain
from bot.roles import Role
from bot.telegram.html import messages
from bot.telegram.membership import Membership
from bot.telegram.outbox import Outbox
from bot.telegram.parts import Parts
from vectorstore.domain import StoreError, Tier

_log = logging.getLogger(__name__)
_PUBLIC = frozenset({Tier.PUBLIC})


class Reception:
    """What comes before every answer, whichever command wants it."""

    def __init__(self, parts: Parts, membership: Membership, outbox: Outbox) -> None:
        self._access = parts.roles
        self._languages = parts.languages
        self._questions = parts.records.questions
        self._answered = parts.records.answered
        self._a_day = parts.rules.questions_per_day
        self._membership = membership
        self._outbox = outbox

    async def heard(self, update: Update) -> tuple[Message, Voice, frozenset[Tier]]:
        """The message, the voice to answer it in, and what may be shown to whoever wrote.

        In a group others read it, too.
        """
        message = update.effective_message
        assert message is not None  # noqa: S101 - the handlers' filters let only messages through
        words, user = self._languages.voice(update), message.from_user
        roles: frozenset[Role] = frozenset()
        if user:
            roles = await asyncio.to_thread(self._membership.meet, user, words.language)
        private = message.chat.type == "private"
        return message, words, self._access.tiers_with(roles, private=private)

    async def tiers_for(self, user: int, *, private: bool) -> frozenset[Tier]:
        """What may be shown to a user in a private chat, or before others."""
        access = self._access
        return await asyncio.to_thread(
            access.tiers_of if private else access.tiers_before_others, user
        )

    async def tiers_to_share(self, user: int) -> frozenset[Tier]:
        """What may be shown where anybody may read it: what is public, to those who may ask."""
        return await self.tiers_for(user, private=False) & _PUBLIC

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

    def keep(
        self, message: Message, text: str, found: Answer, exchange: Exchange | None = None
    ) -> None:
        """Record a question that was answered, what was cited for it, and its buttons' matter."""
        if message.from_user:
            self.record(message.chat_id, message.from_user.id, text, found, exchange)

    def record(
        self, chat: int, user: int, text: str, found: Answer, exchange: Exchange | None = None
    ) -> None:
        """As `keep`, of whoever asked in a chat by a message or a button.

        What cannot be kept is logged: the answer, which was given already, stands.
        """
        asked = _asked(chat, user, text, found)
        shown = {number: line for line in found.lines for number in (line.citation, *line.also)}
        quoted = [
            Quoted(
                user=user,
                chat=chat,
                asked_at=asked.asked_at,
                language=self._languages.chosen(chat) or found.language,
                briefing=each.briefing,
                version=each.version,
                quote=each.quote,
                speaker=line.speaker if line else None,
                actor=line.actor if line else None,
            )
            for each in found.citations
            for line in (shown.get(each.number),)
        ]
        self._note(asked, quoted, exchange)

    def count(self, chat: int, user: int, text: str, found: Answer) -> None:
        """Record a question alone, for where nobody can be told of a correction."""
        self._note(_asked(chat, user, text, found))

    def _note(
        self, asked: Asked, quoted: Sequence[Quoted] = (), exchange: Exchange | None = None
    ) -> None:
        try:
            self._answered.record(asked, quoted, exchange)
        except StoreError as error:
            _log.error("An answer is not on record: %s", error)


def _asked(chat: int, user: int, text: str, found: Answer) -> Asked:
    return Asked(
        user=user,
        chat=chat,
        asked_at=datetime.now(UTC),
        language=found.language,
        text=text,
        reason=found.reason.value if found.reason else None,
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
