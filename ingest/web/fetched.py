"""What asking for a web page comes to, as values and errors; asks for nothing itself.

FetchError
├── TransientError      ask again later
└── PermanentError      for a person to look at
    └── GoneError       the page is there no more
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus


class FetchError(Exception):
    """A page could not be had; the message is one clear sentence, without secrets."""


class TransientError(FetchError):
    """It may be had later; ``until`` is when its server wants to be asked again, if it said so."""

    def __init__(self, message: str, *, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


class PermanentError(FetchError):
    """Asking again will not help; somebody has to change something."""


class GoneError(PermanentError):
    """Its server says that the page is not there, or not any more (404, 410)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One page to ask for: see `Fetcher.get`, whose arguments these are."""

    url: str
    etag: str = ""
    last_modified: str = ""
    accept: str = "*/*"
    login: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A server's answer.

    ``url`` is what was asked for and ``location`` where it led; ``moved`` says that it led there
    by permanent redirects alone (301, 308), so that the page has a new address. ``status`` is 200,
    or 304 when the page is as it was. ``content`` is the body, decompressed, empty for 304.
    ``content_type`` is the media type in lower case without its parameters, ``charset`` what the
    header says, "" when it says nothing. ``etag`` and ``last_modified`` are for the next time, ""
    when the server gives none. The names of ``headers`` are in lower case.
    """

    url: str
    location: str
    moved: bool
    status: int
    content: bytes
    content_type: str
    charset: str
    etag: str
    last_modified: str
    headers: Mapping[str, str]

    @property
    def not_modified(self) -> bool:
        """Whether the page is as it was when ``etag`` and ``last_modified`` were given."""
        return self.status == HTTPStatus.NOT_MODIFIED
