"""A few facts that outlive a restart, in one small JSON file; knows not what they mean."""

from __future__ import annotations

import json
import logging
from pathlib import Path

_log = logging.getLogger(__name__)


class Notes:
    """The file at ``path``: words under keys. One that cannot be read is empty.

    The file is written anew with every change; where it cannot be, a change lasts until a restart.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            read = json.loads(path.read_text("utf-8"))
            self._notes = {str(key): str(value) for key, value in read.items()}
        except (OSError, ValueError, AttributeError):
            self._notes = {}

    def get(self, key: str) -> str | None:
        """What stands under ``key``, None for nothing."""
        return self._notes.get(key)

    def put(self, key: str, value: str | None) -> None:
        """Write ``value`` under ``key``; None strikes it out."""
        if self.get(key) == value:
            return
        if value is None:
            del self._notes[key]
        else:
            self._notes[key] = value
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(self._notes), "utf-8")
            new.replace(self._path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._path, error)
