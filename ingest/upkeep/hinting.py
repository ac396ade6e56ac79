"""From what the CMS says to the sources that are meant; a hint never adds one. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from ingest.upkeep.signing import RefusedError
from vectorstore.catalog import Catalog, Remembered

_PORTS = {"http": 80, "https": 443}


class Hint(BaseModel):
    """What a request may say: ``{"url": …}``, ``{"source": …}`` or ``{}`` for everything.

    Whatever else the CMS sends along is left unread.
    """

    url: str | None = Field(default=None, min_length=1, max_length=2048)
    source: str | None = Field(default=None, min_length=1, max_length=2048)


def read_hint(body: bytes) -> Hint:
    """The hint in a request's body; raises `RefusedError`."""
    try:
        return Hint.model_validate_json(body)
    except ValidationError:
        raise RefusedError(
            400, 'The body must be a JSON object: {"url": "https://..."}, {"source": "..."} or {}.'
        ) from None


def still_remembered(catalog: Catalog) -> list[Remembered]:
    """The sources that runs refresh, without those being removed; raises `StoreError`."""
    return [source for source in catalog.sources.remembered() if not source.leaving]


def meant(hint: Hint, sources: Sequence[Remembered]) -> Collection[str] | None:
    """The names of the ``sources`` that ``hint`` is about, None for all; raises `RefusedError`.

    An address means every source of its site, a source is meant by its name or address.
    """
    if not sources:
        raise RefusedError(404, "There is no source to refresh yet; see: python -m ingest add")
    if hint.source is None and hint.url is None:
        return None
    found = {each.name for each in sources if hint.source in (each.name, each.address)}
    site = _site(hint.url or "")
    if site:
        found |= {s.name for s in sources if site in (_site(s.name), _site(s.address))}
    if not found:
        raise RefusedError(
            404, "This belongs to none of the sources; see: python -m ingest sources"
        )
    return found


def _site(address: str) -> tuple[str, int | None] | None:
    """Whose page an address is: the host without ``www.``, and the port where it is unusual."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _PORTS or not host:
        return None
    return host.removeprefix("www."), None if port in (None, *_PORTS.values()) else port
