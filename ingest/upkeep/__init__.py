"""Keeps what is published up to date by itself; knows no page, no index and no model.

A run is asked for when a folder changes (`watching`), when the time has come (`timing`) or when the
newsroom's CMS says so (`door`); `runs` carries them out one at a time, each in a process of its
own. Importing this package is cheap.
"""


class UpkeepError(Exception):
    """A process cannot do what it was to stay for; the message says what to do."""
