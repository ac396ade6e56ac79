"""A digest as a reader sees it; knows neither Telegram nor the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.digest.composing import News
from bot.i18n import Voice, voice
from bot.listing import latest_page
from bot.records.deliveries import Delivery
from bot.rendering import ActorName, Page, Paragraph, Piece, answer_page, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the newsroom is told besides the news; all of it may be empty.

    ``asked`` are the questions that several people asked, ``unanswered`` those that found nothing,
    ``troubles`` what went wrong in ingestion; ``stale`` is when that last succeeded, where it is
    too long ago.
    """

    asked: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    stale: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.asked or self.unanswered or self.troubles or self.stale)


_NOTHING = Desk()
_MOST_LOST = 5


def digest_page(
    news: News,
    day: date,
    language: str,
    actor_name: ActorName,
    desk: Desk = _NOTHING,
    *,
    again: bool = False,
) -> Page:
    """The digest of a day in the reader's language; one line when nothing is new.

    ``again`` says that it goes on where their last one ended.
    """
    words = voice(language)
    heading = (Piece(words.say("Digest of {day}", day=words.day(day)), strong=True),)
    newest = answer_page(news.told, actor_name) if news.told else _quiet(words, again=again)
    return (heading, *newest, *_headlines(news, words), *_for_the_desk(desk, words))


def lost_paragraphs(
    lost: Sequence[Delivery], unmade: Sequence[Delivery], words: Voice, zone: tzinfo
) -> Page:
    """What may not have arrived, and the failed attempts at what has not been made.

    For those who administer, newest first, with moments in ``zone``; empty when all is well.
    """
    return (*_unconfirmed(lost, words, zone), *_unmade(unmade, words, zone))


def _unconfirmed(lost: Sequence[Delivery], words: Voice, zone: tzinfo) -> Iterator[Paragraph]:
    if lost:
        newest = sorted(lost, key=lambda each: each.made_at, reverse=True)
        heading = words.say(
            "Telegram did not confirm these, so they may be missing. I do not send them again:"
        )
        yield _bullets(heading, [_place(each, words, zone) for each in newest[:_MOST_LOST]])


def _unmade(failed: Sequence[Delivery], words: Voice, zone: tzinfo) -> Iterator[Paragraph]:
    attempts: dict[tuple[int, str], list[Delivery]] = {}
    for each in sorted(failed, key=lambda each: each.made_at, reverse=True):
        attempts.setdefault((each.chat, each.key), []).append(each)
    if attempts:
        heading = words.say("These messages could not be made; the bot's log says why:")
        rows = [
            f"{_place(some[0], words, zone)} · "
            + words.say_many("{count} attempt", "{count} attempts", len(some))
            for some in attempts.values()
        ]
        yield _bullets(heading, rows[:_MOST_LOST])


def _place(each: Delivery, words: Voice, zone: tzinfo) -> str:
    moment = words.moment(each.made_at.astimezone(zone))
    return words.say("{moment}, to chat {chat}", moment=moment, chat=each.chat)


def _quiet(words: Voice, *, again: bool) -> Page:
    if again:
        return plain(words.say("Nothing new has been published since your last digest."))
    return plain(words.say("Nothing new has been published."))


def _headlines(news: News, words: Voice) -> Iterator[Paragraph]:
    for heading, briefings in (
        (words.say("Also published"), news.also),
        (words.say("Still developing"), news.developing),
    ):
        if briefings:
            (_, *rows), *_ = latest_page(briefings, words.language, len(briefings))
            yield (Piece(heading, strong=True), *rows)


def _for_the_desk(desk: Desk, words: Voice) -> Iterator[Paragraph]:
    for heading, rows in (
        (words.say("Asked by several readers"), desk.asked),
        (words.say("Asked, and not found in the briefings"), desk.unanswered),
        (words.say("Ingestion"), [*_staleness(desk, words), *desk.troubles]),
    ):
        if rows:
            yield _bullets(heading, rows)


def _staleness(desk: Desk, words: Voice) -> Iterator[str]:
    if desk.stale:
        yield words.say(
            "Out of date: no ingestion has succeeded since {moment}.",
            moment=words.moment(desk.stale),
        )


def _bullets(heading: str, rows: Sequence[str]) -> Paragraph:
    return (Piece(heading, strong=True), *(Piece(f"\n• {row}") for row in rows))
