"""From a raw page to a document for the store: extraction, passages and statements put together.

The libraries that read pages are imported here, so that a run with nothing new does not import
this module.
"""

from __future__ import annotations

from collections.abc import Collection

from ingest import statements
from ingest.extraction import ExtractionError, extract
from ingest.job import ReadingError
from ingest.passages import cut
from ingest.sources import RawPage
from vectorstore.actors import Actors
from vectorstore.domain import Briefing, Document


class PageReader:
    """Reads pages as briefings; remembers the dossiers it has met, to know their names again."""

    def __init__(self, dossiers: Collection[str]) -> None:
        self._dossiers = set(dossiers)
        self._actors = Actors.load()

    def briefing(self, page: RawPage) -> Briefing:
        """The briefing on the page; raises `ReadingError` with what to mend."""
        try:
            draft = extract(page, dossiers=self._dossiers)
        except ExtractionError as error:
            raise ReadingError(str(error)) from error
        self._dossiers.update(draft.dossiers)
        return Briefing(
            id=draft.id_hint,
            source=page.source,
            story=draft.story,
            url=draft.url,
            title=draft.title,
            language=draft.language,
            day=draft.day,
            covers=draft.covers,
            dossiers=draft.dossiers,
            tier=draft.tier,
            actor=draft.actor,
            preview=draft.preview,
            text=draft.text,
        )

    def document(self, briefing: Briefing) -> Document:
        """The briefing cut into passages, with its statements."""
        return Document(
            briefing=briefing,
            passages=cut(briefing.text, briefing.language),
            statements=statements.extract(
                briefing.text, briefing.language, actors=self._actors, author=briefing.actor
            ),
        )
