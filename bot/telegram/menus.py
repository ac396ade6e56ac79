"""What Telegram's apps show of the bot: the commands of each role, and what it is for.

The bot works without it, too: nothing here raises or keeps it from starting.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from bot.i18n import Voice, voice
from bot.roles import EDITING, Role, Roles
from vectorstore.domain import LANGUAGES, StoreError

_log = logging.getLogger(__name__)
WITH_A_MENU = frozenset({Role.EDITOR, Role.STAFF, Role.ADMIN})
"""The roles that have commands of their own."""
_NOT_IN_GROUPS = ("follow", "following", "sources", "settings", "language", "privacy")


def commands_of(
    words: Voice, roles: Collection[Role], *, private: bool = True, digest: bool = False
) -> dict[str, str]:
    """Each command with what it does, as far as somebody with ``roles`` may use it.

    ``digest`` says that every member may have the digest, not the newsroom alone.
    """
    commands = {
        "ask": words.say("ask a question, in a group too"),
        "latest": words.say("the newest briefings"),
        "dossiers": words.say("the dossiers we follow, and asking in one of them"),
        "about": words.say("who somebody is, and what they said last"),
        "timeline": words.say("what somebody has said over time"),
        "compare": words.say("what two have said, side by side"),
        "follow": words.say("be told at once what somebody says, or what is new in a dossier"),
        "following": words.say("what you follow, and when I keep quiet"),
        "sources": words.say("where the briefings come from"),
        "settings": words.say("your language and all that you have chosen"),
        "language": words.say("choose the language that I speak"),
        "privacy": words.say("what I keep of you"),
        "help": words.say("how to ask"),
    }
    if not private:
        return {name: what for name, what in commands.items() if name not in _NOT_IN_GROUPS}
    if WITH_A_MENU.intersection(roles) or (digest and roles):
        commands["digest"] = words.say("your daily digest")
    if EDITING.intersection(roles):
        commands |= editors_commands(words)
    if Role.ADMIN in roles:
        commands |= _admins_commands(words)
    return commands


def editors_commands(words: Voice) -> dict[str, str]:
    """Each of the editors' commands with what it does."""
    return {
        "ingest": words.say("publish what is new in the sources"),
        "runs": words.say("what the latest ingestions did"),
        "status": words.say("how things stand"),
        "questions": words.say("what readers asked, and what they missed"),
    }


def _admins_commands(words: Voice) -> dict[str, str]:
    return {
        "invite": words.say("invite somebody"),
        "members": words.say("who is a member, and as what"),
        "grant": words.say("give somebody a role"),
        "revoke": words.say("take a role away"),
    }


async def announce(bot: Bot, roles: Roles) -> None:
    """Put everybody's commands into the menus, those of each role into theirs, and describe it."""
    for everybody in (BotCommandScopeDefault(), BotCommandScopeAllPrivateChats()):
        await _put(bot, everybody, lambda words: commands_of(words, ()))
    groups = BotCommandScopeAllGroupChats()
    await _put(bot, groups, lambda words: commands_of(words, (), private=False))
    try:
        holders = await asyncio.to_thread(roles.holders, WITH_A_MENU)
    except StoreError as error:
        _log.warning("The menus of the roles could not be set: %s", error)
    else:
        for user_id in sorted(holders):
            await announce_to(bot, user_id, roles)
    await _describe(bot)


async def announce_to(bot: Bot, user_id: int, roles: Roles) -> None:
    """Put the commands of somebody's roles into their own menu, or take it away.

    Telegram refuses until they have written.
    """
    try:
        own = await asyncio.to_thread(roles.roles_of, user_id)
    except StoreError as error:
        _log.warning("The menu of %s could not be set: %s", user_id, error)
        return
    some = bool(WITH_A_MENU & own)
    await _put(
        bot, BotCommandScopeChat(user_id), lambda words: commands_of(words, own) if some else {}
    )


async def _put(
    bot: Bot, scope: BotCommandScope, commands: Callable[[Voice], dict[str, str]]
) -> None:
    """Have a menu hold these commands in each language; what it holds already stays."""
    try:
        for language in (None, *LANGUAGES):
            wanted = list(commands(voice(language)).items())
            held = await bot.get_my_commands(scope, language)
            if [(each.command, each.description) for each in held] == wanted:
                continue
            if wanted:
                await bot.set_my_commands(wanted, scope, language)
            else:
                await bot.delete_my_commands(scope, language)
    except TelegramError as error:
        whose = getattr(scope, "chat_id", scope.type)
        unmet = isinstance(error, BadRequest) and isinstance(scope, BotCommandScopeChat)
        level = logging.INFO if unmet else logging.WARNING  # they may not have written yet
        _log.log(level, "The command menu of %s could not be set: %s", whose, error)


async def _describe(bot: Bot) -> None:
    """Say in each language what the bot is for, where it does not say so already."""
    try:
        for language in (None, *LANGUAGES):
            words = voice(language)
            long, short = _description(words), _short_description(words)
            if (await bot.get_my_description(language)).description != long:
                await bot.set_my_description(long, language)
            if (await bot.get_my_short_description(language)).short_description != short:
                await bot.set_my_short_description(short, language)
    except TelegramError as error:
        _log.warning("The description of the bot could not be set: %s", error)


def _description(words: Voice) -> str:
    """What a chat shows before the first message; Telegram takes 512 characters."""
    return words.say(
        "Ask me who said what, and when. I answer from the newsroom's briefings: each speaker's "
        "own words, with the day and a link to the very sentence. What the briefings do not say, I "
        "do not say either. Write in English, French or Russian."
    )


def _short_description(words: Voice) -> str:
    """What the bot's profile shows; Telegram takes 120 characters."""
    return words.say("Who said what, and when: answers from the newsroom's briefings, with links.")
