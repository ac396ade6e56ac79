"""What the editors' desk remembers of each editor: their language, and what they were told of."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.records.notes import Note, Notes


class Notebook:
    """Kept in ``notes``. Methods raise `CatalogError`."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def language(self, user_id: int) -> str | None:
        """The code of the language that an editor last wrote in, None for one who never has."""
        return self._notes.get(Note.SPOKEN, user_id)

    def note_language(self, user_id: int, code: str) -> None:
        """Remember the language of an editor."""
        if self.language(user_id) != code:
            self._notes.put(Note.SPOKEN, user_id, code)

    def told(self, user_id: int, since: datetime) -> bool:
        """Whether an editor was told that nothing has succeeded since then."""
        return self._notes.get(Note.TOLD, user_id) == since.astimezone(UTC).isoformat()

    def note_told(self, user_id: int, since: datetime) -> None:
        """Remember that an editor was told."""
        self._notes.put(Note.TOLD, user_id, since.astimezone(UTC).isoformat())
