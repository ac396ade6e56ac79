"""``python -m tests.web_server FOLDER``: serve a folder's files, for looking at by hand."""

from __future__ import annotations

import mimetypes
import sys
import time
from pathlib import Path

from tests.web_server.server import web_server

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with web_server() as site:
        for file in filter(Path.is_file, folder.rglob("*")):
            kind = mimetypes.guess_type(file.name)[0] or "text/plain"
            site.page(f"/{file.relative_to(folder)}", file.read_bytes(), content_type=kind)
        sys.stdout.write(f"{site.url}\n")
        sys.stdout.flush()
        time.sleep(1e6)
