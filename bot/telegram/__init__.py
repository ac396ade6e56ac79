"""The Telegram front of the bot; the only room that knows python-telegram-bot."""

import os

# Durations as timedelta, which the library's next major version makes the only way. It reads the
# environment each time a RetryAfter is built.
os.environ.setdefault("PTB_TIMEDELTA", "true")
