"""The one writer: makes the next generation beside the current one and publishes it whole.

A crash leaves the old state, and the next writer sweeps what was left behind. Knows no sources and
no pages' formats.
"""

from __future__ import annotations

import logging
from pathlib import Path

from vectorstore.catalog import Catalog, Generation
from vectorstore.edition import Edition
from vectorstore.folders import damage, index_folder, sweep
from vectorstore.index import blaming
from vectorstore.publication import Change, Check, Encoder, Progress, Published, PublishError
from vectorstore.verification import Verifier

logger = logging.getLogger(__name__)

_NOTHING = "Nothing is published yet; ingest a source first: python -m ingest FOLDER"


class Publisher:
    """Publishes changes, and undoes or repairs what was published."""

    def __init__(self, data_dir: Path, catalog: Catalog) -> None:
        """Sweep what an earlier writer left; the caller holds `writing`."""
        self._data_dir = data_dir
        self._catalog = catalog
        self._sweep()

    def begin(
        self,
        encoder: Encoder,
        progress: Progress | None = None,
        verifier: Check | None = None,
    ) -> Edition:
        """Begin a generation on top of the current one; use it as a context manager.

        A current one of another model, or whose index is damaged, is written anew from the catalog.
        ``progress`` hears (done, total) while texts are embedded. ``verifier`` is what
        checks the new index, by default a process that is started now; it goes with the edition.
        """
        current = self._catalog.current()
        usable = current and current.model == encoder.fingerprint and self._is_whole(current)
        base = current if usable else None
        return Edition(
            self._data_dir, self._catalog, encoder, progress, base=base, verifier=verifier
        )

    def publish(
        self, change: Change, encoder: Encoder, progress: Progress | None = None
    ) -> Published:
        """Publish ``change`` on top of the current generation.

        Raises `IndexFolderError` when what was written does not verify; the current generation
        then stays.
        """
        with self.begin(encoder, progress) as edition:
            published = edition.publish(change)
        self._sweep()
        return published

    def rebuild(self, encoder: Encoder, progress: Progress | None = None) -> Published:
        """Write what is published into a new index, from the catalog alone."""
        if self._catalog.current() is None:
            raise PublishError(_NOTHING)
        with Edition(self._data_dir, self._catalog, encoder, progress, base=None) as edition:
            published = edition.publish(Change())
        self._sweep()
        return published

    def rollback(self, number: int | None = None) -> Generation:
        """Make a kept generation current again, by default the one that this was made from.

        What that undoes is noted in the catalog. Raises `PublishError` when it is not kept,
        `IndexFolderError` when its index is damaged.
        """
        current = self._catalog.current()
        wanted = number if number is not None else current and current.parent
        kept = {each.number: each for each in self._catalog.kept()}
        if wanted not in kept:
            raise PublishError(_not_kept(number, sorted(kept)))
        before = kept[wanted]
        self._check(before)
        self._catalog.point_at(before.number)
        return before

    def verify(self) -> Generation:
        """Check the current generation's index; raises `IndexFolderError` with what is wrong."""
        current = self._catalog.current()
        if current is None:
            raise PublishError(_NOTHING)
        self._check(current)
        return current

    def _is_whole(self, generation: Generation) -> bool:
        wrong = damage(index_folder(self._data_dir, generation.number))
        if wrong:
            logger.warning(
                "The index of generation %d is damaged (%s); it is written anew from the catalog.",
                generation.number,
                wrong,
            )
        return not wrong

    def _check(self, generation: Generation) -> None:
        damaged = f"The index of generation {generation.number} cannot be used"
        with blaming(damaged), Verifier() as verifier:
            verifier.check(index_folder(self._data_dir, generation.number))

    def _sweep(self) -> None:
        sweep(self._data_dir, [generation.number for generation in self._catalog.kept()])


def _not_kept(number: int | None, kept: list[int]) -> str:
    if number is None or not kept:
        return "There is no earlier generation to go back to."
    return f"Generation {number} is not kept; there are {', '.join(map(str, kept))}."
