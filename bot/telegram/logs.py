"""What of Telegram may not be logged; how logs are written is known elsewhere."""

from __future__ import annotations

import logging

from telegram import Update

from vectorstore.logs import keep_private

# They print a traceback for each lost connection, which the bot reports in one line itself.
_TALKATIVE = ("telegram.ext", "telegram.ext.Updater")


def quieten() -> None:
    """Keep Telegram's library from logging what the bot says itself."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("telegram.ext.Application").setLevel(logging.WARNING)


def keep_words_out(update: Update) -> None:
    """From now on no log record holds what somebody has written."""
    message, query = update.effective_message, update.inline_query
    for text in (
        message and message.text,
        message and message.caption,
        query and query.query,
    ):
        if text:
            keep_private(text)
