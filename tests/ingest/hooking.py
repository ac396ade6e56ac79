"""Signs hints as a CMS does, and runs the server that takes them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.ingest.staying import ROOT, Staying
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


class Served(Staying):
    """The server, and what the CMS can say to it."""

    def __init__(self, data: Path, *arguments: object, **env: str) -> None:
        super().__init__(data, "serve", "--port", 0, *arguments, HOOK_SECRET=SECRET, **env)
        self.until(lambda: "Taking hints" in self.said.rpartition("\n")[0])
        self.port = int(re.findall(r"http://127\.0\.0\.1:([0-9]+)/hooks/publish", self.said)[-1])

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] = b"", **given: str
    ) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with closing(connection):
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def hint(self, body: object, **changed: str) -> tuple[int, Any]:
        """The answer to a hint, signed now; ``changed`` are headers put on top."""
        raw = json.dumps(body).encode()
        return self.ask(
            "POST", "/hooks/publish", raw, **headers(raw, timestamp=time.time()) | changed
        )


def ingest(data: Path, *arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        env=os.environ | {"DATA_DIR": str(data)} | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
