"""Signs hints as a CMS does."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime

from vectorstore.catalog import Remembered

SECRET = "a secret of the newsroom's own, long enough"
NOW = 1_700_000_000


def headers(
    body: bytes, *, secret: str = SECRET, nonce: str = "", timestamp: float = NOW
) -> dict[str, str]:
    """The headers of a request signed at ``timestamp``."""
    nonce = nonce or secrets.token_urlsafe(16)
    message = f"{int(timestamp)}.{nonce}.".encode() + body
    digest = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Timestamp": str(int(timestamp)),
        "X-Nonce": nonce,
        "X-Signature": f"sha256={digest}",
    }


def remembered(name: str, address: str = "") -> Remembered:
    """A source as the catalog has it."""
    return Remembered(name=name, kind="folder", address=address or name, added_at=datetime.now(UTC))
