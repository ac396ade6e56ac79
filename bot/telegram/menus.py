"""The commands in the menu of Telegram's apps; the bot works without it, too."""

from __future__ import annotations

import logging

from telegram import BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.i18n import Voice, voice
from bot.roles import EDITING, Roles
from vectorstore.domain import LANGUAGES

_log = logging.getLogger(__name__)


def commands_in(words: Voice) -> dict[str, str]:
    """Each command with what it does."""
    return {
        "ask": words.say("ask a question, in a group too"),
        "latest": words.say("the newest briefings"),
        "sources": words.say("where the briefings come from"),
        "language": words.say("choose the language that I speak"),
        "help": words.say("how to ask"),
    }


def editors_commands(words: Voice) -> dict[str, str]:
    """Each of the editors' commands with what it does."""
    return {
        "ingest": words.say("publish what is new in the sources"),
        "runs": words.say("what the latest ingestions did"),
        "status": words.say("how things stand"),
        "questions": words.say("what readers asked, and what they missed"),
    }


async def announce(bot: ExtBot[None], roles: Roles) -> None:
    """Put everybody's commands into the menu, and the editors' into theirs."""
    await _set(bot, BotCommandScopeDefault(), editors=False)
    for user_id in sorted(roles.holders(EDITING)):
        await announce_to(bot, user_id)


async def announce_to(bot: ExtBot[None], editor: int) -> None:
    """Put all commands into an editor's own menu; Telegram refuses until they have written."""
    await _set(bot, BotCommandScopeChat(editor), editors=True)


async def _set(bot: ExtBot[None], scope: BotCommandScope, *, editors: bool) -> None:
    try:
        for language in (None, *LANGUAGES):
            words = voice(language)
            commands = commands_in(words) | (editors_commands(words) if editors else {})
            await bot.set_my_commands(list(commands.items()), scope, language_code=language)
    except TelegramError as error:
        _log.warning("The command menu of %s could not be set: %s", scope.to_dict(), error)
