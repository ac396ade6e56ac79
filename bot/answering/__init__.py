"""From a question to an answer whose every line is cited and checked; shows nothing itself."""

from bot.answering.newsroom import Newsroom

__all__ = ["Newsroom"]
