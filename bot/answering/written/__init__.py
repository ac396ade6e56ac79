"""Answers in a model's words: every sentence is checked against what it cites, or dropped."""

from bot.answering.written.retelling import Writer, retold

__all__ = ["Writer", "retold"]
