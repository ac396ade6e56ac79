"""Puts published pages into the story of their translations, when a site links them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from ingest.sources import Joined
from vectorstore.catalog import Page
from vectorstore.domain import Document

Place = tuple[str, str]  # a source's name and a page's key in it


class Joining:
    """What the pages of one run say of others (mutable while they are read)."""

    def __init__(self) -> None:
        self._said: dict[Place, list[Joined]] = {}

    def note(self, joined: Joined) -> None:
        """Keep what was said of a page."""
        self._said.setdefault((joined.source, joined.key), []).append(joined)

    def documents(
        self,
        known: Mapping[Place, Page],
        published: Callable[[Collection[str]], Mapping[str, Document]],
        left_alone: Collection[str],
    ) -> dict[str, Document]:
        """The documents, by briefing, whose story changes while they stay as they are.

        ``left_alone`` are briefings that change otherwise, or whose change was undone. A site may
        name one page as the translation of many: then it stays with one of them.
        """
        stories = {
            page: min(each.story for each in said)
            for place, said in self._said.items()
            if (page := known.get(place))
            and page.briefing not in left_alone
            and all(each.story != each.before for each in said)
        }
        documents = published({page.version for page in stories})
        return {
            page.briefing: replace(document, briefing=replace(document.briefing, story=story))
            for page, story in stories.items()
            if (document := documents.get(page.version))
        }
