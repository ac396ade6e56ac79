"""From what a person names to a source; reads nothing yet."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from ingest.sources.files import KINDS, READABLE, Files
from ingest.sources.raw import Source, SourceError


def open_source(argument: str) -> Source:
    """Return the source that ``argument`` names: a folder or a file; raise SourceError."""
    if re.match(r"https?://", argument, re.IGNORECASE):
        raise SourceError(f"{argument}: web addresses are not supported yet; save the page first")
    try:
        path = Path(argument).resolve()
        mode = path.stat().st_mode if argument else 0
    except (OSError, ValueError, RuntimeError):
        mode = 0
    if stat.S_ISDIR(mode):
        return Files(path)
    if not stat.S_ISREG(mode):
        raise SourceError(f"{argument!r} does not exist; give a folder or a {READABLE} file")
    if path.suffix.lower() not in KINDS:
        raise SourceError(f"{argument!r} is not a {READABLE} file")
    return Files(path.parent, only=path.name)
