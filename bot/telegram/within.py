"""The dossier that a chat's questions are confined to, until it is left; knows no dossier."""

from __future__ import annotations

from bot.records.notes import Note, Notes


class Within:
    """The name of one dossier for each chat that asks in one, kept in ``notes``.

    To enter and to leave is blocking, and raises `CatalogError`.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def of(self, chat_id: int) -> str:
        """The dossier that a chat asks in, "" where it asks in all."""
        return self._notes.get(Note.WITHIN, chat_id) or ""

    def enter(self, chat_id: int, name: str) -> None:
        """From now on ask in one dossier."""
        self._notes.put(Note.WITHIN, chat_id, name)

    def leave(self, chat_id: int) -> bool:
        """From now on ask in all dossiers; whether the chat asked in one."""
        asked_in_one = bool(self.of(chat_id))
        self._notes.put(Note.WITHIN, chat_id, None)
        return asked_in_one
