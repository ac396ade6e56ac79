"""A WordPress blog on loopback that holds some news, served by a process of its own.

``python -m benchmarks.blog NEWS.jsonl`` prints its address and serves until its input ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import IO, cast

from benchmarks.children import ROOT
from tests.ingest.blog import Blog
from tests.web_server.server import web_server


@contextmanager
def serving(news: Path) -> Iterator[str]:
    """The address of a blog with the rows of a ``.jsonl`` file, while the block runs."""
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.blog", str(news)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:  # leaving it closes the input, at which the blog ends
        yield cast(IO[str], child.stdout).readline().strip()


def main() -> None:
    """Serve the rows of the file that is named."""
    with web_server() as site:
        blog = Blog(site)
        for number, line in enumerate(Path(sys.argv[1]).read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            text = "</p>\n<p>".join(escape(part) for part in row["text"].split("\n\n"))
            blog.write(number, row["title"], text, lang=row["lang"])
        print(site.at("/"), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
