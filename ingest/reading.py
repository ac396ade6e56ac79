"""From a raw page to a document for the store: extraction, passages and statements put together.

The libraries that read pages are imported here, so that a run with nothing new does not import
this module.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from ingest import statements
from ingest.extraction import Draft, ExtractionError, extract
from ingest.passages import cut
from ingest.plan import ReadingError
from ingest.sources import RawPage
from vectorstore.actors import Actors
from vectorstore.domain import Briefing, Document

logger = logging.getLogger(__name__)


class PageReader:
    """Reads pages as briefings; remembers the dossiers it has met, to know their names again."""

    def __init__(self, dossiers: Collection[str]) -> None:
        self._dossiers = set(dossiers)
        self._actors = Actors.load()

    def briefing(self, page: RawPage) -> Briefing:
        """The briefing on the page; raises `ReadingError` with what to mend."""
        with _one_page():
            draft = extract(page, dossiers=self._dossiers)
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
            actor=self._author(draft),
            preview=draft.preview,
            text=draft.text,
            authors=draft.authors,
            pictures=draft.pictures,
        )

    def document(self, briefing: Briefing) -> Document:
        """The briefing's passages, statements and people; raises `ReadingError`."""
        with _one_page():
            account = statements.extract(
                briefing.text,
                briefing.language,
                actors=self._actors,
                author=briefing.actor,
                title=briefing.title,
            )
            return Document(
                briefing=briefing,
                passages=cut(briefing.text, briefing.language),
                statements=account.statements,
                people=account.people,
            )

    def _author(self, draft: Draft) -> str | None:
        """The actor whose own words the page is: as its note says, or else its title."""
        if draft.actor is not None:
            return self._code(draft.actor, draft.language)
        return statements.author_of(draft.title, draft.text, draft.language, self._actors)

    def _code(self, author: str | None, language: str) -> str | None:
        """The actor that an author's note names by its code or in words, None for any other."""
        if author is None or author.upper() in self._actors.codes:
            return author and author.upper()
        return self._actors.actor_of(author, language)


@contextmanager
def _one_page() -> Iterator[None]:
    """Whatever goes wrong in the block is the matter of one page, and no reason to lose others."""
    try:
        yield
    except ExtractionError as error:
        raise ReadingError(str(error)) from error
    except Exception as error:
        logger.debug("a page that cannot be read", exc_info=True)
        raise ReadingError(f"cannot be read ({type(error).__name__}: {error})") from error
