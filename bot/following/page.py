"""What is told unasked, as a reader sees it; knows neither Telegram nor the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.following.clipping import Clipping
from bot.following.correcting import Corrected
from bot.i18n import Voice, isolated, quoted, voice
from bot.rendering import ActorName, Page, Paragraph, Piece, answer_page


def clipping_page(clipping: Clipping, language: str, actor_name: ActorName) -> Page:
    """New statements of those whom the reader follows."""
    words = voice(language)
    heading = (Piece(words.say("New in what you follow"), strong=True),)
    rest: list[str] = []
    if clipping.more:
        rest.append(
            words.say_many(
                "{count} more statement: ask me about it.",
                "{count} more statements: ask me about them.",
                clipping.more,
            )
        )
    rest.append(words.say("/following shows and changes what you follow."))
    return (heading, *answer_page(clipping.told, actor_name), (Piece("\n".join(rest)),))


def correction_page(some: Sequence[Corrected], language: str, actor_name: ActorName) -> Page:
    """What has changed in the pages that were cited to a reader, old and new words together."""
    words = voice(language)
    heading = (Piece(words.say("Correction"), strong=True),)
    return (heading, *(part for each in some for part in _changed(each, words, actor_name)))


def _changed(each: Corrected, words: Voice, actor_name: ActorName) -> Iterator[Paragraph]:
    fields = {
        "title": quoted(each.before.title, words.language),
        "day": words.day(each.cited.asked_at.date()),
    }
    if each.withdrawn:
        said = words.say("The newsroom has withdrawn {title}, which I cited on {day}.", **fields)
    else:
        said = words.say("The newsroom has corrected {title}, which I cited on {day}.", **fields)
    yield (Piece(said),)
    language = each.before.language
    yield (
        Piece(words.say("Before:"), strong=True),
        Piece(f" {_marked(each.cited.quote, language)}{_before(each, words, actor_name)}"),
    )
    if each.now:
        shown = Piece(_marked(each.now.quote, language), link=each.now.link)
        who = Piece(_now(each, words, actor_name))
        yield (Piece(words.say("Now:"), strong=True), Piece(" "), shown, who)
    elif not each.withdrawn:
        yield (Piece(words.say("These words are no longer on the page.")),)


def _before(each: Corrected, words: Voice, actor_name: ActorName) -> str:
    """Whom we named, where that is what has changed."""
    cited = each.cited
    actor = actor_name(cited.actor, words.language) if cited.actor else ""
    return f" — {isolated(cited.speaker or actor)}" if each.by else ""


def _now(each: Corrected, words: Voice, actor_name: ActorName) -> str:
    if each.by is None:
        return ""
    actor = actor_name(each.by.actor, words.language) if each.by.actor else ""
    return f" — {isolated(each.by.speaker or actor)}"


def _marked(text: str, language: str) -> str:
    """``text`` between quotation marks, unless it has some of its own."""
    return text if any(mark in text for mark in '“”«»„"') else quoted(text, language)
