"""What a run did, as values, as JSON and as words for a person; does nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from ingest.sources import Failure

# Failures a person is shown one by one; beyond it they are counted by reason.
SHOWN_FAILURES = 20
# Briefings of a plan that a person is shown of each kind; beyond it they are counted.
SHOWN_BRIEFINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would become of a briefing: ``change`` is added, updated, removed or unchanged.

    The words are those of its title and text; a word that is replaced counts in both.
    """

    briefing: str
    title: str
    change: str
    words_added: int
    words_removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of briefings; ``passages`` were written and ``embedded`` of them had to be embedded.

    ``generation`` is the current one when the run ended, None while nothing is published.
    ``undone`` changes were left alone because a rollback had undone them; ``unreadable`` are the
    sources that gave nothing but failures. ``plan`` is set when nothing was to be done.
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
    undone: int = 0
    unreadable: tuple[str, ...] = ()
    plan: tuple[Planned, ...] | None = None

    def as_json(self) -> dict[str, object]:
        """The report as the command-line contract has it.

        ``undone`` is there when it is not 0, ``plan`` when nothing was to be done.
        """
        document = asdict(self)
        del document["unreadable"]
        for optional in ("undone", "plan"):
            if document[optional] in (0, None):
                del document[optional]
        failed = [{"source": place(f), "error": f.error} for f in self.failed]
        return document | {"failed": failed, "seconds": round(self.seconds, 3)}

    def lines(self) -> Iterator[str]:
        """The report in words."""
        counts = (
            ("added", self.added),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("removed", self.removed),
            ("failed", len(self.failed)),
        )
        said = ", ".join(f"{count} {name}" for name, count in counts)
        if self.plan is not None:
            yield f"Dry run, nothing was changed. It would be: {said}."
            yield from self._planned()
        else:
            yield f"{said} in {self.seconds:.1f} s."
            yield f"{self.passages} passages written, {self.embedded} of them newly embedded."
        if self.undone:
            yield _UNDONE.format(self.undone)
        yield from self._failures()

    def _planned(self) -> Iterator[str]:
        for change, sign in (("added", "+"), ("updated", "~"), ("removed", "-")):
            entries = [entry for entry in self.plan or () if entry.change == change]
            for entry in entries[:SHOWN_BRIEFINGS]:
                words = f"+{entry.words_added} -{entry.words_removed} words"
                if not entry.words_added + entry.words_removed:
                    words = "the same words; its address, day, dossiers or the like have changed"
                yield f"{sign} {entry.briefing}  {entry.title} ({words})"
            if len(entries) > SHOWN_BRIEFINGS:
                yield f"{sign} and {len(entries) - SHOWN_BRIEFINGS} more are {change}"

    def _failures(self) -> Iterator[str]:
        if len(self.failed) <= SHOWN_FAILURES:
            yield from (f"failed: {place(failure)}: {failure.error}" for failure in self.failed)
            return
        by_reason = Counter(failure.error for failure in self.failed)
        for reason, count in by_reason.most_common():
            first = next(failure for failure in self.failed if failure.error == reason)
            others = f" (and {count - 1} more)" if count > 1 else ""
            yield f"failed: {place(first)}: {reason}{others}"
        yield "Each one by itself: run this again with --json."


_UNDONE = (
    "Changed pages that stay as the rollback left them: {}. They are published when they change "
    "once more, or with --again."
)


def place(failure: Failure) -> str:
    """Where the page that failed stands, as a person would look for it."""
    if "://" in failure.key:
        return failure.key  # a page's own address
    return "/".join(filter(None, (failure.source, failure.key)))
