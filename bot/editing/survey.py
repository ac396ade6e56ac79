"""The history and the state of things, as pages for editors; knows neither Telegram nor SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.editing.errors import Running
from bot.editing.naming import short
from bot.editing.overview import Status
from bot.editing.pages import LONGEST_REASON, changes, clipped, running_line
from bot.editing.reasons import told
from bot.i18n import Voice
from bot.listing import briefing_row
from bot.rendering import Page, Paragraph, Piece, listed, plain
from vectorstore.catalog import Run
from vectorstore.domain import LANGUAGES, Tier


def runs_page(runs: Sequence[Run], words: Voice) -> Page:
    """The history, newest first."""
    if not runs:
        return plain(words.say("No ingestion has run yet."))
    heading = (Piece(words.say("Latest runs"), strong=True),)
    return (heading, *(_run(run, words) for run in runs))


def status_page(status: Status, running: Running | None, words: Voice) -> Page:
    """How things stand."""
    page = [(Piece(words.say("In the briefings"), strong=True), *listed(_sizes(status, words)))]
    if not status.sizes:
        page = [*plain(words.say("There are no briefings yet."))]
    if status.newest:
        label = Piece(words.say("Newest briefing:"), strong=True)
        page.append((label, Piece("\n"), *briefing_row(status.newest, words)))
    page.append(tuple(listed(_history(status, words)))[1:])
    if running:
        page.append((Piece(running_line(running, words)),))
    if status.stale and status.succeeded_at:
        warning = words.say(
            "Out of date: no ingestion has succeeded since {moment}.",
            moment=words.moment(status.succeeded_at),
        )
        page.append((Piece(warning, strong=True),))
    return tuple(paragraph for paragraph in page if paragraph)


def stale_page(since: datetime, words: Voice) -> Page:
    """Tells editors that nothing has succeeded for too long."""
    return plain(
        words.say(
            "No ingestion has succeeded since {moment}, so answers now say as of when they are. "
            "/ingest tries again, /runs shows what went wrong.",
            moment=words.moment(since),
        )
    )


def _run(run: Run, words: Voice) -> Paragraph:
    when = f"{words.moment(run.ended_at)} ({words.ago(run.ended_at)})"
    how = [_trigger(run.trigger, words), *map(short, run.sources[:3])]
    return Piece(when, strong=True), Piece(f"\n{' · '.join(how)}\n{_result(run, words)}")


def _result(run: Run, words: Voice) -> str:
    if run.error:
        error = clipped(told(run.error, words), LONGEST_REASON)
        return words.say("Could not run: {error}", error=error)
    if run.generation and run.before and run.generation < run.before:
        return words.say("Went back to generation {number}", number=run.generation)
    said = ", ".join(changes(run, words)) or words.say("Nothing new")
    if not run.failed:
        return said
    place, error = run.failed[0]
    return f"{said}\n{clipped(f'{place}: {told(error, words)}', LONGEST_REASON)}"


def _trigger(trigger: str, words: Voice) -> str:
    match trigger:
        case "telegram":
            return "Telegram"
        case "command":
            return words.say("command line")
        case "watch":
            return words.say("watched folder")
        case "timer":
            return words.say("on schedule")
        case "hook":
            return words.say("told by the site")
        case _:
            return trigger


def _sizes(status: Status, words: Voice) -> Iterator[Paragraph]:
    for language in LANGUAGES:
        public = status.sizes[language, Tier.PUBLIC]
        closed = status.sizes[language, Tier.SUBSCRIBERS]
        if public or closed:
            count = words.say_many("{count} briefing", "{count} briefings", public + closed)
            split = words.say(
                "public: {public}, for subscribers: {closed}",
                public=words.number(public),
                closed=words.number(closed),
            )
            yield (Piece(f"• {words.language_name(language)} — {count} ({split})"),)


def _history(status: Status, words: Voice) -> Iterator[Paragraph]:
    if status.generation:
        label = words.say("Generation {number}, published:", number=status.generation.number)
        yield _dated(label, status.generation.published_at, words)
    if status.last:
        yield _dated(words.say("Last run:"), status.last.ended_at, words)
        yield (Piece(_result(status.last, words)),)
    if status.succeeded_at:
        yield _dated(words.say("Last success:"), status.succeeded_at, words)


def _dated(label: str, moment: datetime, words: Voice) -> Paragraph:
    return Piece(label, strong=True), Piece(f" {words.moment(moment)} ({words.ago(moment)})")
