"""A folder of briefings and a data folder, and the short way to ingest one into the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest import listing
from ingest.job import plan, run
from ingest.reading import PageReader
from ingest.report import Report
from ingest.sources import Source
from ingest.sources.opening import open_source
from vectorstore.catalog import Catalog, Generation
from vectorstore.domain import Document
from vectorstore.publication import Change, Published

WORDS = (
    "The ministers of both countries met in Vienna on Monday and spoke for several hours. "
    "They agreed to open the railway line again before the end of the year."
)


class Silent:
    """Progress that nobody watches."""

    def fetching(self, done: int, total: int | None) -> None:
        pass

    def publishing(self) -> None:
        pass

    def reading(self, done: int, total: int) -> None:
        pass

    def embedding(self, done: int, total: int) -> None:
        pass


class Desk:
    """The newsroom's folder and what is published of it, by a publisher without an index.

    ``changes`` are all changes that were to be published.
    """

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self.folder.mkdir(parents=True, exist_ok=True)
        self.changes: list[Change] = []

    def write(self, name: str, text: str = WORDS, *, title: str = "A day", **front: object) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}: {value}" for key, value in {"title": title, **front}.items()]
        path.write_text("\n".join(["---", *lines, "---", "", text, ""]), encoding="utf-8")
        return path

    def run(self, *sources: Path, model: str = "m", **wishes: bool) -> Report:
        """Ingest ``sources``, by default the whole folder."""
        with closing(Catalog.open(self.data)) as catalog:
            return run(
                self._opened(sources),
                catalog,
                lambda: PageReader(catalog.dossiers()),
                lambda: Press(self, catalog, model),
                Silent(),
                model=model,
                **wishes,
            )

    def plan(self, *sources: Path, **wishes: bool) -> Report:
        """What ingesting ``sources`` would do."""
        with closing(Catalog.open(self.data)) as catalog:
            return plan(
                self._opened(sources),
                catalog,
                lambda: PageReader(catalog.dossiers()),
                Silent(),
                **wishes,
            )

    def roll_back(self, number: int) -> None:
        """Make a generation current again."""
        with closing(Catalog.open(self.data)) as catalog:
            catalog.point_at(number)

    def _opened(self, sources: Sequence[Path]) -> list[Source]:
        return [open_source(str(source)) for source in sources or [self.folder]]

    def published(self) -> dict[str, dict[str, Any]]:
        """The published briefings as ``show`` has them, by id."""
        with closing(Catalog.open(self.data)) as catalog:
            ids = [row["id"] for row in listing.listed(catalog)]
            assert len(ids) == len(set(ids))
            return {id: listing.shown(catalog, id) or {} for id in ids}


class Press:
    """A press without an index: what it publishes is in the catalog alone."""

    def __init__(self, desk: Desk, catalog: Catalog, model: str) -> None:
        self._desk, self._catalog, self._model = desk, catalog, model

    def embed(self, batches: Iterable[Sequence[Document]]) -> None:
        for _ in batches:
            pass

    def publish(self, change: Change) -> Published:
        self._desk.changes.append(change)
        return _publish(self._catalog, change, self._model)

    def close(self) -> None:
        pass


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """Added, updated, unchanged, removed, failed."""
    failed = len(report.failed)
    return report.added, report.updated, report.unchanged, report.removed, failed


def errors(report: Report) -> dict[str, str]:
    """The failures' sentences, by key."""
    return {failure.key: failure.error for failure in report.failed}


def _publish(catalog: Catalog, change: Change, model: str) -> Published:
    current = catalog.current()
    number = catalog.newest_number() + 1
    catalog.publish(
        Generation(
            number=number,
            parent=current.number if current else None,
            model=model,
            published_at=datetime.now(UTC),
        ),
        documents=change.documents,
        embedded=_names(change.documents),
        pages=change.pages,
        gone=change.gone,
        keep=3,
    )
    return Published(generation=number, embedded=len(_names(change.documents)))


def _names(documents: Sequence[Any]) -> dict[tuple[str, int], str]:
    return {(d.briefing.version, span.start): "c" * 64 for d in documents for span in d.passages}
