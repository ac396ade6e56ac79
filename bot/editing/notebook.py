"""What the editors' desk must not forget over a restart, in one small file.

It holds the language that each editor last wrote in, and who was told of which stale period.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


class Notebook:
    """The file at ``path``, written anew with every note; one that cannot be read is empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._notes: dict[str, Any] = dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            self._notes = {}

    def language(self, user_id: int) -> str | None:
        """The code of the language that an editor last wrote in, None for one who never has."""
        code = self._notes.get("languages", {}).get(str(user_id))
        return code if isinstance(code, str) else None

    def note_language(self, user_id: int, code: str) -> None:
        """Remember the language of an editor."""
        if self.language(user_id) != code:
            self._notes.setdefault("languages", {})[str(user_id)] = code
            self._write()

    def told(self, user_id: int, since: datetime) -> bool:
        """Whether an editor was told that nothing has succeeded since then."""
        return self._notes.get("stale") == since.isoformat() and user_id in self._notes["told"]

    def note_told(self, user_id: int, since: datetime) -> None:
        """Remember that an editor was told."""
        if self._notes.get("stale") != since.isoformat():
            self._notes |= {"stale": since.isoformat(), "told": []}
        self._notes["told"].append(user_id)
        self._write()

    def _write(self) -> None:
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(self._notes), "utf-8")
            new.replace(self._path)
        except OSError as error:  # remembered until the restart, at least
            _log.warning("%s cannot be written: %s", self._path, error)
