"""What the newsroom holds and how its ingestions went; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from bot.editing.freshness import Freshness
from vectorstore.catalog import Catalog, Generation, Run
from vectorstore.corpus import Corpus, EmptyCorpusError
from vectorstore.domain import Briefing, Tier

SHOWN_RUNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How things stand.

    ``sizes`` counts the briefings of each language and tier. ``stale`` says that ``succeeded_at``,
    the last success of ingestion, is too long ago.
    """

    sizes: Counter[tuple[str, Tier]]
    newest: Briefing | None
    generation: Generation | None
    last: Run | None
    succeeded_at: datetime | None
    stale: bool


class Overview:
    """Looks things up for the editors; moments are in ``zone``. Blocking, and safe in threads."""

    def __init__(
        self, corpus: Corpus, catalog: Catalog, freshness: Freshness, zone: tzinfo = UTC
    ) -> None:
        self._zone = zone
        self._corpus = corpus
        self._catalog = catalog
        self._freshness = freshness

    def runs(self) -> Sequence[Run]:
        """The last runs, newest first."""
        return self._runs(SHOWN_RUNS)

    def status(self, language: str) -> Status:
        """How things stand; the newest briefing is in ``language`` where its day has one."""
        briefings, current = self._briefings(), self._catalog.current()
        if current:
            current = replace(current, published_at=current.published_at.astimezone(self._zone))
        return Status(
            sizes=Counter((each.language, each.tier) for each in briefings),
            newest=max(briefings, key=lambda each: _newest(each, language), default=None),
            generation=current,
            last=next(iter(self._runs(1)), None),
            succeeded_at=self._freshness.succeeded_at(),
            stale=self._freshness.stale_since() is not None,
        )

    def _runs(self, limit: int) -> list[Run]:
        runs = self._catalog.runs(limit)
        return [replace(run, ended_at=run.ended_at.astimezone(self._zone)) for run in runs]

    def _briefings(self) -> list[Briefing]:
        try:
            with self._corpus.view() as view:
                return [document.briefing for document in view.readable(frozenset(Tier))]
        except EmptyCorpusError:
            return []


def _newest(briefing: Briefing, language: str) -> tuple[date, bool, str]:
    return briefing.day or date.min, briefing.language == language, briefing.id
