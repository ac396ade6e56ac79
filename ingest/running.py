"""Runs jobs on a data directory: lock, sweep, model, history. The same for whoever asks for them.

Knows no command line; light to import, what is costly comes with the first page that is new.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ingest import job
from ingest.apart import ReaderApart
from ingest.job import Press, Progress
from ingest.report import Report, place
from ingest.sources import Source
from vectorstore.catalog import Catalog, CatalogError, Run
from vectorstore.domain import StoreError
from vectorstore.folders import damage, index_folder, sweep
from vectorstore.model import open_model
from vectorstore.publication import PublishError, writing
from vectorstore.settings import StoreSettings
from vectorstore.verification import Verifier

if TYPE_CHECKING:
    from vectorstore.publication import Encoder
    from vectorstore.publisher import Publisher

logger = logging.getLogger(__name__)

_OUTDATED = "Nothing was undone: generation {} is not current any more, {} is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants ingested. ``trigger`` says who: command, watch, timer, hook, telegram.

    ``open_sources`` is given the catalog, for those that are remembered in it; it raises
    `SourceError`.
    """

    open_sources: Callable[[Catalog], Sequence[Source]]
    trigger: str = "command"
    allow_removals: bool = False
    again: bool = False


class StoppedError(StoreError):
    """Somebody told the run to end; the message says whether it had published."""


def stopped(*, published: bool = False) -> str:
    """What is said of a run that was told to end."""
    return f"Stopped; {'what is new was' if published else 'nothing was'} published."


class Ingestion:
    """Runs jobs on one data directory; the model, once loaded, stays for the next.

    Every run takes the lock and leaves a row in the history. Errors that it raises are a
    `StoreError` or a `SourceError`, with a sentence for a person.
    """

    def __init__(self, settings: StoreSettings, encoder: Encoder | None = None) -> None:
        """``encoder`` is used in place of the one that ``settings`` ask for."""
        self._settings = settings
        self._encoder = encoder

    def run(self, order: Order, progress: Progress) -> Report:
        """Publish what changed in the sources."""
        self._refuse_mistakes(order)
        data_dir = self._settings.data_dir
        with self._writing("ingest", order.trigger) as (catalog, note), ExitStack() as opened:
            sources = order.open_sources(catalog)
            note["sources"] = tuple(source.name for source in sources)
            sweep(data_dir, [generation.number for generation in catalog.kept()])
            early: list[Verifier] = []

            def open_reader() -> ReaderApart:
                early.append(opened.enter_context(Verifier()))  # it starts as slowly as a reader
                return opened.enter_context(ReaderApart(catalog.dossiers()))

            def open_press() -> Press:
                verifier = early[0] if early else None
                publisher = self._publisher(catalog)
                return publisher.begin(self._opened_encoder(), progress.embedding, verifier)

            report = job.run(
                sources,
                catalog,
                open_reader,
                open_press,
                progress,
                model=open_model(self._settings).identity,
                allow_removals=order.allow_removals,
                again=order.again,
                is_damaged=lambda: self._is_damaged(catalog),
            )
            sweep(data_dir, [generation.number for generation in catalog.kept()])
            note |= _counts(report)
        return report

    def _refuse_mistakes(self, order: Order) -> None:
        """Where nothing is kept yet, a mistake in the order leaves nothing behind."""
        if Catalog.is_there(self._settings.data_dir, self._settings.database):
            return
        with reading_catalog(self._settings) as empty:
            order.open_sources(empty)

    def plan(self, order: Order, progress: Progress) -> Report:
        """What `run` would do; touches nothing and needs no lock."""
        with reading_catalog(self._settings) as catalog, ExitStack() as opened:
            return job.plan(
                order.open_sources(catalog),
                catalog,
                lambda: opened.enter_context(ReaderApart(catalog.dossiers())),
                progress,
                allow_removals=order.allow_removals,
                again=order.again,
            )

    def roll_back(
        self, number: int | None, *, if_current: int | None = None, trigger: str = "command"
    ) -> int:
        """Make a kept generation current, by default the one before; gives its number.

        With ``if_current`` only while that one is: nobody can publish between look and deed.
        """
        with self._writing("rollback", trigger) as (catalog, note):
            if if_current not in (None, note["before"]):
                raise PublishError(_OUTDATED.format(if_current, note["before"] or "none"))
            return self._publisher(catalog).rollback(number).number

    def rebuild(self, progress: Progress) -> int | None:
        """Write the index anew from the catalog; gives the new generation's number."""
        with self._writing("rebuild", "command") as (catalog, _):
            publisher = self._publisher(catalog)
            return publisher.rebuild(self._opened_encoder(), progress.embedding).generation

    def verify(self) -> int:
        """Check the current index; gives its generation's number."""
        with writing(self._settings.data_dir), self._catalog() as catalog:
            return self._publisher(catalog).verify().number

    @contextmanager
    def _writing(self, command: str, trigger: str) -> Iterator[tuple[Catalog, dict[str, Any]]]:
        """The lock and the catalog; what is noted meanwhile is recorded as a run."""
        with writing(self._settings.data_dir), self._catalog() as catalog:
            note: dict[str, Any] = {"command": command, "trigger": trigger, "sources": ()}
            note |= {"began_at": datetime.now(UTC), "before": _current(catalog)}
            try:
                yield catalog, note
            except KeyboardInterrupt:
                note["error"] = stopped(published=_current(catalog) != note["before"])
                raise StoppedError(note["error"]) from None
            except BaseException as error:
                note["error"] = str(error) or type(error).__name__
                raise
            finally:
                _record(catalog, note)

    def _catalog(self) -> closing[Catalog]:
        return closing(Catalog.open(self._settings.data_dir, self._settings.database))

    def _is_damaged(self, catalog: Catalog) -> bool:
        current = catalog.current()
        return bool(current and damage(index_folder(self._settings.data_dir, current.number)))

    def _publisher(self, catalog: Catalog) -> Publisher:
        from vectorstore.publisher import Publisher  # Chroma: what a no-op must not pay

        return Publisher(self._settings.data_dir, catalog)

    def _opened_encoder(self) -> Encoder:
        from vectorstore import embeddings  # LangChain

        if self._encoder is None:
            self._encoder = embeddings.open_embeddings(self._settings)
        return self._encoder


@contextmanager
def reading_catalog(settings: StoreSettings) -> Iterator[Catalog]:
    """The catalog; while there is none, an empty one elsewhere, so that nothing is created."""
    with ExitStack() as opened:
        catalog = Catalog.existing(settings.data_dir, settings.database)
        if catalog is None:
            catalog = Catalog.open(Path(opened.enter_context(TemporaryDirectory())))
        yield opened.enter_context(closing(catalog))


def _counts(report: Report) -> dict[str, Any]:
    """What the history keeps of a report; a run that could read no source had no success."""
    failed = tuple((place(failure), failure.error) for failure in report.failed)
    nothing = report.unreadable and not (report.added + report.updated + report.unchanged)
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "failed": failed,
        "error": "; ".join(f"{where}: {error}" for where, error in failed) if nothing else "",
    }


def _record(catalog: Catalog, note: dict[str, Any]) -> None:
    try:
        run = Run(**note, ended_at=datetime.now(UTC), generation=_current(catalog))
        catalog.record(run)
    except CatalogError as error:  # what was published is published
        logger.warning("This run is missing in the history: %s", error)


def _current(catalog: Catalog) -> int | None:
    current = catalog.current()
    return current.number if current else None
