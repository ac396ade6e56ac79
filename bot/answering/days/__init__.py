"""Finds the days a question asks about; knows no briefing.

The three languages are read by patterns of ours: dateparser's search takes March out of "on the
march", a Monday out of "lundi dernier" and May out of «с марта по май», at 1 to 12 ms a question
against 0.2 here.
"""

from bot.answering.days.latest import latest_words
from bot.answering.days.moments import EARLIEST
from bot.answering.days.reading import Asked, asked_days, named_days

__all__ = ["EARLIEST", "Asked", "asked_days", "latest_words", "named_days"]
