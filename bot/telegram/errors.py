"""What people are told when something fails: the operator one sentence, the asker an apology."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.rendering import plain
from bot.telegram.html import messages
from bot.telegram.languages import Languages
from bot.telegram.outbox import Outbox

_log = logging.getLogger(__name__)


class CannotServeError(Exception):
    """The bot cannot work; the message tells the operator why and what to do."""


def explained(error: TelegramError, api_url: str) -> CannotServeError:
    """The failure as one sentence without the token, for the operator."""
    host = urlsplit(api_url).hostname or api_url
    match error:
        case InvalidToken():
            return CannotServeError(
                f"{host} does not accept the bot token: copy it again from @BotFather "
                "into TELEGRAM_BOT_TOKEN."
            )
        case Conflict():
            return CannotServeError(
                "Another process receives the messages of this bot: stop it first, "
                "since only one may run with the same token."
            )
        case NetworkError():
            return CannotServeError(
                f"{host} cannot be reached: check the network connection and TELEGRAM_API_URL, "
                "then start again."
            )
        case _:
            return CannotServeError(
                f"{host} refuses to serve this bot: start again in a few minutes."
            )


async def apologise(
    update: object, error: Exception | None, outbox: Outbox, languages: Languages
) -> None:
    """Log what went wrong and tell whoever asked, in their language."""
    if isinstance(error, TelegramError):
        _log.warning("Telegram did not take a reply: %s", error)
    else:
        _log.error("A question could not be answered", exc_info=error)
    message = update.effective_message if isinstance(update, Update) else None
    if not isinstance(update, Update) or message is None or _hopeless(error):
        return
    if update.guest_message:  # a chat that the bot is no member of
        return
    words = languages.voice(update)
    apology = words.say("Sorry, something went wrong here. Please ask again in a moment.")
    try:
        await outbox.reply(message, messages(plain(apology)))
    except TelegramError as again:
        _log.warning("Telegram did not take an apology either: %s", again)


def _hopeless(error: Exception | None) -> bool:
    """Whether another message would fail as this one did."""
    lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return lost or isinstance(error, Forbidden | RetryAfter)
