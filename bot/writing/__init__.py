"""Answers that a chat model writes from the briefings' words; checks nothing of what it says."""

from bot.writing.model import open_model
from bot.writing.writer import ModelWriter

__all__ = ["ModelWriter", "open_model"]
