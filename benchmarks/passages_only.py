"""A reader in a process of its own that extracts no statements, for the benchmark of ingestion."""

from __future__ import annotations

from ingest.apart import main
from ingest.passages import cut
from ingest.reading import PageReader
from vectorstore.domain import Briefing, Document


class PassagesOnly(PageReader):
    """A page reader that only cuts briefings into passages."""

    def document(self, briefing: Briefing) -> Document:
        """The briefing cut into passages."""
        return Document(briefing=briefing, passages=cut(briefing.text, briefing.language))


if __name__ == "__main__":
    main(PassagesOnly)
