"""Lists of briefings and of what the sources hold, as pages; knows no questions and no answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.files import stories_of
from bot.domain import SourceSummary
from bot.i18n import Voice, voice
from bot.rendering import Page, Paragraph, Piece, listed, plain, titled
from vectorstore.domain import Briefing, Days


def latest_page(briefings: Sequence[Briefing], language: str, limit: int) -> Page:
    """The newest ``limit`` stories, each once, in the reader's language where we have it."""
    words = voice(language)
    rows = [briefing_row(briefing, words) for briefing in stories_of(briefings, language)[:limit]]
    if not rows:
        return plain(words.say("There are no briefings yet."))
    return ((Piece(words.say("Latest briefings"), strong=True), *listed(rows)),)


def sources_page(summaries: Sequence[SourceSummary], language: str) -> Page:
    """What the newsroom holds, source by source."""
    words = voice(language)
    if not summaries:
        return plain(words.say("There are no briefings yet."))
    return tuple(_summary(summary, words) for summary in summaries)


def briefing_row(briefing: Briefing, words: Voice) -> Paragraph:
    """A row of a list: the briefing's title, which leads to it, and its days."""
    title = briefing.title or briefing.url
    return Piece("• "), *titled(title, briefing.url, briefing.covers, briefing.day, words)


def _summary(summary: SourceSummary, words: Voice) -> Paragraph:
    facts = [words.say_many("{count} briefing", "{count} briefings", summary.stories)]
    if summary.languages:
        facts.append(words.listing([words.language_name(code) for code in summary.languages]))
    if summary.first and summary.last:
        facts.append(words.days(Days(first=summary.first, last=summary.last)))
    pieces = [Piece(summary.name, strong=True), Piece("\n" + " · ".join(facts))]
    if summary.dossiers:
        rows = ((Piece(f"• {name}"),) for name in summary.dossiers)
        pieces += [Piece("\n" + words.say("Dossiers we follow:")), *listed(rows)]
    return tuple(pieces)
