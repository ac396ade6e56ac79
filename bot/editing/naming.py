"""How editors name a source; opens none.

An editor writes from anywhere, so a name leads to a source that is known already, or to a page of
the web: never to whatever file happens to lie on the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import urlsplit

from bot.editing.errors import UnknownSourceError

_SITE = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?(/\S*)?")  # blog.example/page


def source_named(written: str, known: Iterable[str]) -> str:
    """What ``written`` stands for: one of ``known``, in full or by its short name, or a URL.

    Raises `UnknownSourceError`.
    """
    known = sorted(known)
    if re.match(r"https?://", written, re.IGNORECASE):
        return written
    wanted = written.casefold().rstrip("/")
    meant = [name for name in known if wanted in (name.casefold(), short(name).casefold())]
    if len(meant) == 1:
        return meant[0]
    if _SITE.fullmatch(written) and not meant:
        return f"https://{written}"
    raise UnknownSourceError([short(name) for name in known])


def short(name: str) -> str:
    """What people call a source: the host of a site, the name of a folder."""
    return urlsplit(name).hostname or PurePath(name).name or name
