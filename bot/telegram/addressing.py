"""Whom a message in a group is for; knows not what it asks.

In private every message is for the bot; in a group only those that mention it, reply to it, or give
it a command.
"""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update
from telegram.constants import MessageEntityType
from telegram.ext import filters

_COMMAND = re.compile(r"/\w+(?:@(\w+))?\s*")


class _Addressed(filters.MessageFilter):
    """Messages meant for the bot."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == "private":
            return True
        answered = message.reply_to_message and message.reply_to_message.from_user
        if answered and answered.id == message.get_bot().id:
            return not _names_another(message)
        return any(_is_us(message, *each) for each in _mentions(message).items())


ADDRESSED = _Addressed()


def asks(update: Update) -> bool:
    """Whether somebody waits for a reply to an update, which is not a pressed button."""
    message = update.message or update.edited_message
    if message is None or filters.StatusUpdate.ALL.check_update(update):
        return False
    if update.edited_message and not message.text:  # a live location moves
        return False
    is_command = _COMMAND.match(message.text or "") and not _names_another(message)
    return bool(is_command) or ADDRESSED.filter(message)


def words_of(message: Message) -> str:
    """What is said, without the bot's own name and without the command before it."""
    text = message.text or message.caption or ""
    if text.startswith("/"):
        text = _COMMAND.sub("", text, count=1)
    name = re.escape(message.get_bot().username)
    return re.sub(rf"(?<!\w)@{name}\b", "", text, flags=re.IGNORECASE).strip()


def _mentions(message: Message) -> dict[MessageEntity, str]:
    """What Telegram holds for mentions, in the text or the caption, with their words."""
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    return message.parse_entities(kinds) or message.parse_caption_entities(kinds)


def _is_us(message: Message, entity: MessageEntity, words: str) -> bool:
    bot = message.get_bot()
    if entity.user:  # a mention of somebody by their name
        return entity.user.id == bot.id
    return words.lower() == f"@{bot.username.lower()}"


def _names_another(message: Message) -> bool:
    """Whether it is a command for another bot."""
    command = _COMMAND.match(message.text or "")
    named = command[1] if command else None
    return named is not None and named.lower() != message.get_bot().username.lower()
