"""Keeps the bot's token out of every log; knows nothing of what is logged."""

from __future__ import annotations

import logging
from contextlib import suppress

_PLAIN = logging.Formatter()
_LEVELS = {
    # They log the address of each request, and the token is a part of it.
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    # They log whole updates, that is what people ask and who they are.
    "telegram": logging.WARNING,
    "telegram.ext.Application": logging.WARNING,
    # They print a traceback for each lost connection, which the bot reports in one line itself.
    "telegram.ext": logging.CRITICAL,
    "telegram.ext.Updater": logging.CRITICAL,
}


def keep_out(token: str) -> None:
    """From now on no log record of this process holds ``token``, whatever writes or formats it."""
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    secrets = [token, token.partition(":")[2]]
    make = logging.getLogRecordFactory()

    def redacted(text: str) -> str:
        for secret in filter(None, secrets):
            text = text.replace(secret, "<token>")
        return text

    def record(*args: object, **kwargs: object) -> logging.LogRecord:
        made = make(*args, **kwargs)
        with suppress(TypeError, ValueError):  # arguments that do not fit: for logging to report
            made.msg, made.args = redacted(made.getMessage()), None
        if made.exc_info:
            made.exc_text = redacted(_PLAIN.formatException(made.exc_info))
        return made

    logging.setLogRecordFactory(record)
