"""What a run did, as values, as JSON and as words for a person; does nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from ingest.sources import Failure

# Failures a person is shown one by one; beyond it they are counted by reason.
SHOWN_FAILURES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of briefings; ``passages`` were written and ``embedded`` of them had to be embedded.

    ``generation`` is the current one when the run ended, None while nothing is published.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    passages: int
    embedded: int
    generation: int | None
    seconds: float

    def as_json(self) -> dict[str, object]:
        """The report as the command-line contract has it."""
        failed = [{"source": place(f), "error": f.error} for f in self.failed]
        return asdict(self) | {"failed": failed, "seconds": round(self.seconds, 3)}

    def lines(self, *, planned: bool = False) -> Iterator[str]:
        """The report in words; ``planned`` when nothing was done yet."""
        counts = (
            ("added", self.added),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("removed", self.removed),
            ("failed", len(self.failed)),
        )
        said = ", ".join(f"{count} {name}" for name, count in counts)
        if planned:
            yield f"Dry run, nothing was changed. It would be: {said}."
        else:
            yield f"{said} in {self.seconds:.1f} s."
            yield f"{self.passages} passages written, {self.embedded} of them newly embedded."
        yield from self._failures()

    def _failures(self) -> Iterator[str]:
        if len(self.failed) <= SHOWN_FAILURES:
            yield from (f"failed: {place(failure)}: {failure.error}" for failure in self.failed)
            return
        by_reason = Counter(failure.error for failure in self.failed)
        for reason, count in by_reason.most_common():
            first = next(failure for failure in self.failed if failure.error == reason)
            yield f"failed: {count} × {reason} (the first is {place(first)})"


def place(failure: Failure) -> str:
    """Where the page that failed stands, as a person would look for it."""
    return f"{failure.source}/{failure.key}"
