"""The dossier that a chat's questions are confined to, until it is left; knows no dossier.

Kept in memory and bounded: after a restart, or many newer chats, everything is asked again.
"""

from __future__ import annotations

from collections import OrderedDict

MOST_CHATS = 10_000


class Within:
    """The name of one dossier for each chat that asks in one."""

    def __init__(self) -> None:
        self._names: OrderedDict[int, str] = OrderedDict()

    def of(self, chat_id: int) -> str:
        """The dossier that a chat asks in, "" where it asks in all."""
        return self._names.get(chat_id, "")

    def enter(self, chat_id: int, name: str) -> None:
        """From now on ask in one dossier."""
        self._names[chat_id] = name
        self._names.move_to_end(chat_id)
        if len(self._names) > MOST_CHATS:
            self._names.popitem(last=False)

    def leave(self, chat_id: int) -> bool:
        """From now on ask in all dossiers; whether the chat asked in one."""
        return self._names.pop(chat_id, "") != ""
