"""Keeps what is published up to date by itself; knows no page, no index and no model.

A run is asked for when a folder changes (`watching`), when the time has come (`timing`) or when the
newsroom's CMS says so (`door`); `runs` carries them out one at a time, each in a process of its
own. Importing this package is cheap.
"""

import argparse
import re

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# A site that is asked more often than this will not thank us; a hook or ``--watch`` is quicker.
SHORTEST = 30


class UpkeepError(Exception):
    """A process cannot do what it was to stay for; the message says what to do."""


def interval(text: str) -> int:
    """The seconds of ``90s``, ``15m``, ``2h`` or ``1d``; raises `argparse.ArgumentTypeError`."""
    match = re.fullmatch(r"([0-9]{1,5})([smhd])", text.strip().lower())
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no interval: write 90s, 15m, 2h or 1d")
    seconds = int(match[1]) * _UNITS[match[2]]
    if seconds < SHORTEST:
        raise argparse.ArgumentTypeError(f"{text!r} is too often: give {SHORTEST}s or more")
    return seconds
