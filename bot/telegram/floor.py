"""Whose answer is still waited for: a newer question of the same person takes its place.

Knows no answers. What is cut short is only what takes long, the writing of a chat model.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Message, Update

from bot.listening import Listener
from bot.telegram.addressing import ADDRESSED

_QUESTION = re.compile(r"/(?:ask|timeline|compare)(?:@(\w+))?(?!\w)")
_MOST_ASKERS = 10_000
_Asker = tuple[int, int]


class Floor:
    """The newest question of each person in each chat, and who waits for its answer."""

    def __init__(self) -> None:
        self._newest: OrderedDict[_Asker, Message] = OrderedDict()
        self._waiting: dict[_Asker, Listener[Any]] = {}

    def came(self, update: Update) -> None:
        """An update has come in, which may have to wait for its turn."""
        message = update.message or update.edited_message
        if message is None or message.from_user is None or not _asks(message):
            return
        asker = _asker(message)
        self._newest[asker] = message
        self._newest.move_to_end(asker)
        if len(self._newest) > _MOST_ASKERS:
            self._newest.popitem(last=False)
        if asker in self._waiting:
            self._waiting[asker].leave()

    @contextmanager
    def held(self, message: Message, listener: Listener[Any]) -> Iterator[None]:
        """Let ``listener`` leave as soon as somebody has asked something newer than ``message``."""
        asker = _asker(message)
        if self._newest.get(asker, message) is not message:
            listener.leave()
        self._waiting[asker] = listener
        try:
            yield
        finally:
            self._waiting.pop(asker, None)
            if self._newest.get(asker) is message:
                del self._newest[asker]


def _asker(message: Message) -> _Asker:
    return message.chat_id, message.from_user.id if message.from_user else 0


def _asks(message: Message) -> bool:
    """Whether a message puts a question to the bot."""
    text = message.text or ""
    if not text.startswith("/"):
        return bool(text) and ADDRESSED.filter(message)
    command = _QUESTION.match(text)
    ours = message.get_bot().username.lower()
    return command is not None and (command[1] or ours).lower() == ours
