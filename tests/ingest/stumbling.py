"""A reader in a process of its own that stumbles over some pages; see `test_apart`."""

from __future__ import annotations

import os
import time

from ingest.apart import main
from ingest.reading import PageReader
from ingest.sources import RawPage
from vectorstore.domain import Briefing


class Stumbling(PageReader):
    """A page reader that a page can kill or keep."""

    def briefing(self, page: RawPage) -> Briefing:
        if b"crash" in page.content:
            os.abort()
        if b"endless" in page.content:
            while True:
                pass
        if b"asleep" in page.content:
            time.sleep(600)
        if b"starved" in page.content:
            time.sleep(0.5)  # as on a machine that is busy with something else
        return super().briefing(page)


if __name__ == "__main__":
    main(Stumbling)
