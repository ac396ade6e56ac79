"""What an ingestion does and did, as pages for editors; knows neither Telegram nor the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.editing.child import Step
from bot.editing.errors import (
    BrokenError,
    BusyError,
    EditingError,
    OutdatedError,
    RefusedError,
    Running,
    StoppedError,
    UnknownSourceError,
)
from bot.editing.reasons import told
from bot.editing.report import Done, Failed, Report
from bot.i18n import Voice
from bot.listing import briefing_row
from bot.rendering import Page, Paragraph, Piece, listed, plain
from vectorstore.catalog import Run
from vectorstore.domain import StoreError

_SHOWN_REASONS = 5
_SHOWN_SOURCES = 20
LONGEST_REASON = 300  # characters; a report must fit into one message
_LONGEST_SENTENCE = 1500


def progress_page(step: Step | None, words: Voice) -> Page:
    """How far an ingestion has come; ``step`` is None before its first."""
    return plain(_stage(step, words) if step else words.say("Looking for what is new…"))


def report_page(done: Done, words: Voice) -> Page:
    """What an ingestion did, the new briefings, and what is to be mended."""
    report = done.report
    page = [
        (Piece(_outcome(report, words), strong=True), *listed(_count_rows(report, words))),
    ]
    if done.new:
        rows = [briefing_row(briefing, words) for briefing in done.new]
        more = report.added - len(rows)
        if more > 0:
            rows.append((Piece(_and_more(more, words)),))
        page.append((Piece(words.say("New:"), strong=True), *listed(rows)))
    if report.failed:
        heading = Piece(words.say("To be mended:"), strong=True)
        page.append((heading, *listed(_failure_rows(report.failed, words))))
    return tuple(page)


def trouble_page(error: EditingError | StoreError, words: Voice) -> Page:
    """Why an editor's wish was not carried out, and what to do; the store says it itself."""
    match error:
        case BusyError(running=Running() as running):
            return plain(running_line(running, words))
        case BusyError():
            return plain(
                words.say(
                    "Another ingestion is under way, started outside this chat. "
                    "Please try again when it has finished."
                )
            )
        case UnknownSourceError():
            return _no_such_source(error.known, words)
        case RefusedError() | StoreError():
            return (
                (Piece(words.say("Nothing was published."), strong=True),),
                (Piece(clipped(told(str(error), words), _LONGEST_SENTENCE)),),
            )
        case StoppedError():
            return plain(
                words.say(
                    "Stopped before it was done, as when the bot is restarted. "
                    "Please try again in a minute."
                )
            )
        case OutdatedError(newer=True):
            return plain(
                words.say("Something newer has been published since: this can no longer be undone.")
            )
        case OutdatedError():
            return plain(words.say("This has been undone already."))
        case BrokenError() | _:
            return plain(
                words.say(
                    "The ingestion broke off; nothing is half-published. "
                    "The bot's log says more. Please try again."
                )
            )


def undone_page(generation: int, words: Voice) -> Page:
    """What is current after an undo, and how long that lasts."""
    return plain(
        words.say(
            "Undone: generation {number} is current again. "
            "What was undone stays so until its page changes once more.",
            number=generation,
        )
    )


def running_line(running: Running, words: Voice) -> str:
    """Who has started what is under way, and when."""
    return words.say(
        "An ingestion is under way already: {name} started it {ago}.",
        name=running.by,
        ago=words.ago(running.since),
    )


def _stage(step: Step, words: Voice) -> str:
    done = words.number(step.done)
    if step.stage == "publishing":
        return words.say("Checking and publishing…")
    if step.total is None:
        return words.say("Fetching pages: {done}", done=done)
    total = words.number(step.total)
    match step.stage:
        case "fetching":
            return words.say("Fetching pages: {done} of {total}", done=done, total=total)
        case "reading":
            return words.say("Reading pages: {done} of {total}", done=done, total=total)
        case _:
            return words.say(
                "Preparing passages for search: {done} of {total}", done=done, total=total
            )


def _outcome(report: Report, words: Voice) -> str:
    if report.changed:
        return words.say("Published: what is new can be asked about now.")
    if report.failed and not report.unchanged:
        return words.say("Nothing was published.")
    return words.say("Nothing new since the last time.")


def _count_rows(report: Report, words: Voice) -> Iterator[Paragraph]:
    unchanged = words.say_many(
        "{count} briefing unchanged", "{count} briefings unchanged", report.unchanged
    )
    left = words.say_many(
        "{count} change left undone, as you had it undone",
        "{count} changes left undone, as you had them undone",
        report.undone,
    )
    facts = [*changes(report, words)]
    facts += [unchanged] if report.unchanged else []
    facts += [left] if report.undone else []
    yield from ((Piece(f"• {fact}"),) for fact in facts)


def changes(what: Report | Run, words: Voice) -> Iterator[str]:
    """What a run changed and what failed, each with its count; nothing for what it did not."""
    if what.added:
        yield words.say_many("{count} briefing added", "{count} briefings added", what.added)
    if what.updated:
        yield words.say_many("{count} briefing updated", "{count} briefings updated", what.updated)
    if what.removed:
        yield words.say_many("{count} briefing removed", "{count} briefings removed", what.removed)
    if what.failed:
        yield words.say_many("{count} page failed", "{count} pages failed", len(what.failed))


def _failure_rows(failed: Sequence[Failed], words: Voice) -> Iterator[Paragraph]:
    """Each reason once, with the first place that it concerns."""
    places: dict[str, list[str]] = {}
    for failure in failed:
        places.setdefault(failure.error, []).append(failure.source)
    for reason, where in islice(places.items(), _SHOWN_REASONS):
        others = f" ({_and_more(len(where) - 1, words)})" if len(where) > 1 else ""
        said = clipped(f"{where[0]}: {told(reason, words)}", LONGEST_REASON)
        yield (Piece(f"• {said}{others}"),)
    if len(places) > _SHOWN_REASONS:
        shown = sum(len(where) for where in islice(places.values(), _SHOWN_REASONS))
        yield (Piece(_and_more(len(failed) - shown, words)),)


def _no_such_source(known: Sequence[str], words: Voice) -> Page:
    page = plain(
        words.say(
            "There is no source of this name. "
            "Send the name of a source, or an address that begins with https://."
        )
    )
    if not known:
        return page
    names = words.listing(sorted(set(known))[:_SHOWN_SOURCES])
    return (*page, *plain(words.say("Known sources: {names}", names=names)))


def _and_more(count: int, words: Voice) -> str:
    return words.say_many("and {count} more", "and {count} more", count)


def clipped(text: str, longest: int) -> str:
    """At most ``longest`` characters of ``text``, and a sign where some are left out."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
