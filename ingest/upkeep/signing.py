"""Who may give a hint: the signature of a request, checked; knows no HTTP and keeps nothing.

A request carries three headers::

    X-Timestamp: seconds since 1970, at most five minutes from this machine's clock
    X-Nonce:     16 to 64 of A-Z a-z 0-9 _ -, never the same twice
    X-Signature: sha256= and the hex HMAC-SHA256, under the secret, of the bytes
                 timestamp "." nonce "." body
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

# Seconds that two machines' clocks may be apart; also how long a nonce must be remembered.
SKEW = 300
SHORTEST_SECRET = 32


class RefusedError(Exception):
    """A request that is not served; ``status`` is HTTP's word for it, the message a person's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a request says of itself; nothing of it is to be believed before `check`."""

    timestamp: str
    nonce: str
    digest: str

    @classmethod
    def read(cls, headers: Mapping[str, str], now: float) -> Signature:
        """The signature in ``headers``; raises `RefusedError` when it is missing or too old."""
        timestamp = _header(headers, "X-Timestamp", r"[0-9]{1,12}", "seconds since 1970")
        nonce = _header(headers, "X-Nonce", r"[A-Za-z0-9_-]{16,64}", "16 to 64 letters and digits")
        signature = _header(
            headers, "X-Signature", r"sha256=[0-9a-fA-F]{64}", "sha256= and 64 hex digits"
        )
        if abs(now - int(timestamp)) > SKEW:
            raise RefusedError(
                401,
                f"X-Timestamp is more than {SKEW} seconds from this machine's clock;"
                " set both clocks right and sign each request anew.",
            )
        digest = signature.removeprefix("sha256=").lower()
        return cls(timestamp=timestamp, nonce=nonce, digest=digest)

    def check(self, secret: str, body: bytes) -> None:
        """Raise `RefusedError` unless whoever knows ``secret`` signed ``body``."""
        if not hmac.compare_digest(signed(secret, self.timestamp, self.nonce, body), self.digest):
            raise RefusedError(
                401,
                "X-Signature does not fit: use the same HOOK_SECRET on both sides and sign"
                " timestamp.nonce.body, the body exactly as it is sent.",
            )

    @property
    def good_until(self) -> int:
        """The moment from which its own age refuses the request."""
        return int(self.timestamp) + SKEW + 1


def signed(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """The hex HMAC-SHA256 of a request."""
    message = f"{timestamp}.{nonce}.".encode() + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _header(headers: Mapping[str, str], name: str, pattern: str, meaning: str) -> str:
    value = headers.get(name, "")
    if not re.fullmatch(pattern, value):
        raise RefusedError(401, f"{name} must be {meaning}.")
    return value
