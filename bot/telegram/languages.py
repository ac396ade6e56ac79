"""The language of each chat: the one that was chosen there, else that of whoever writes."""

from __future__ import annotations

from telegram import Update

from bot.i18n import Voice, voice
from bot.records.notes import Note, Notes


class Languages:
    """What was chosen is kept in ``notes``."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def chosen(self, chat_id: int) -> str | None:
        """The code of the language chosen in a chat, None where none is."""
        return self._notes.get(Note.CHOSEN, chat_id)

    def choose(self, chat_id: int, code: str | None) -> None:
        """From now on speak the language ``code`` in a chat, or with None that of who writes.

        Blocking.
        """
        self._notes.put(Note.CHOSEN, chat_id, code)

    def voice(self, update: Update) -> Voice:
        """The voice to answer an update in."""
        chat, user = update.effective_chat, update.effective_user
        chosen = self.chosen(chat.id) if chat else None
        return voice(chosen or (user.language_code if user else None))
