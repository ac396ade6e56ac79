"""The digest: what is in it, when it is made, how it is brought, how it is wished for."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from telegram.ext import ExtBot

from bot.answering.written.wording import has_pronoun
from bot.digest.composing import Composer, News
from bot.digest.page import Desk as DeskNotes
from bot.digest.page import digest_page
from bot.digest.press import EVERY_DAY, KIND, Press, Reader
from bot.digest.wishes import Unclear, changed, days_in_words
from bot.domain import LineKind
from bot.i18n import voice
from bot.records.database import open_records
from bot.records.deliveries import Deliveries, Delivery
from bot.records.digests import Digests, Subscription
from bot.telegram.courier import Courier
from bot.telegram.html import messages
from bot.telegram.pace import Pace
from tests.bot.corpora import EVERYTHING, PUBLIC, Desk
from tests.databases import url_of
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import drop, refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.actors import Actors
from vectorstore.catalog.database import CatalogError
from vectorstore.domain import Span, StatementKind
from vectorstore.sentences import sentences

NOW = datetime(2024, 5, 16, 7, 31, tzinfo=UTC)
ARPA = date(2024, 5, 16)

LEANING = {
    "Her",
    "His",
    "Its",
    "Their",
    "This",
    "Son",
    "Sa",
    "Ses",
    "Leur",
    "Ces",
    "Его",
    "Её",
    "Эти",
}


@pytest.fixture
def engine(home: Path) -> Iterator[Engine]:
    engine = open_records(home, url_of(home))
    yield engine
    engine.dispose()


def text_of(page: object) -> str:
    return "\n\n".join(messages(page))  # type: ignore[arg-type] # a Page


# What is in it


@pytest.mark.parametrize(
    ("language", "heading", "title"),
    [
        ("en", "Digest of 16 May 2024", "Dispute over the Arpa rail corridor"),
        ("fr", "La revue du 16 mai 2024", "Le corridor ferroviaire de l’Arpa en litige"),
        ("ru", "Дайджест за 16 мая 2024", "Спор о железнодорожном коридоре «Арпа»"),
    ],
)
def test_a_story_is_told_once_in_the_readers_language(
    samples: Desk, language: str, heading: str, title: str
) -> None:
    actors = Actors.load()
    composer = Composer(samples.corpus, actors, samples.newsroom.speakers)
    news = composer.of_day(ARPA, tiers=PUBLIC, language=language)
    assert news.told is not None
    assert {each.language for each in news.told.citations} == {language}
    assert len({each.briefing for each in news.told.citations}) == 1
    text = text_of(digest_page(news, ARPA, language, actors.name))
    assert heading in text
    assert title in text
    assert len(text.split()) < 700


def test_every_line_is_on_the_page_and_in_the_right_mouth(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    for day in (date(2024, 4, 6), ARPA, date(2024, 6, 2), date(2024, 6, 12)):
        news = composer.of_day(day, tiers=PUBLIC, language="en")
        assert news.told is not None
        with samples.corpus.view() as view:
            for line in news.told.lines:
                cited = next(c for c in news.told.citations if c.number == line.citation)
                body = view.documents[cited.version].briefing.text
                assert body[cited.start : cited.end] == cited.quote == line.text
                if line.speaker:
                    assert any(
                        statement.speaker == line.speaker
                        and (statement.span.start, statement.span.end) == (cited.start, cited.end)
                        for statement in view.documents[cited.version].statements
                    )


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_story_is_told_in_two_or_three_sentences_that_stand_alone(
    samples: Desk, language: str
) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    for day in (date(2024, 4, 6), ARPA, date(2024, 6, 2), date(2024, 6, 12)):
        news = composer.of_day(day, tiers=PUBLIC, language=language)
        assert news.told is not None
        told = [line for line in news.told.lines if line.kind is LineKind.PASSAGE]
        whole = sum(len(sentences(line.text, language)) for line in told)
        assert 2 <= whole <= 3, [line.text for line in told]
        places = [next(c.start for c in news.told.citations if c.number == line.citation)
                  for line in told]  # fmt: skip
        assert places == sorted(places), "in the order of the page"
        for line in told[1:]:
            assert not has_pronoun(" ".join(line.text.split()[:4]), language)
            assert line.text.split()[0] not in LEANING
            assert not re.search(r"[«“„](?:\S+\s+){3,}\S+[»”]", line.text), "somebody's words"
            cited = next(c for c in news.told.citations if c.number == line.citation)
            with samples.corpus.view() as view:
                statements = view.documents[cited.version].statements
            shown = Span(start=cited.start, end=cited.end)
            quotes = [each for each in statements if each.kind is StatementKind.QUOTE]
            assert not any(each.span.overlaps(shown) for each in quotes)
        assert len(text_of(digest_page(news, day, language, Actors.load().name)).split()) < 500


def test_what_is_for_subscribers_is_not_in_the_publics_digest(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    day = date(2024, 4, 24)
    assert not composer.of_day(day, tiers=PUBLIC, language="en")
    assert composer.of_day(day, tiers=EVERYTHING, language="en")


def test_only_what_was_published_since_is_news_and_no_archive(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    with samples.corpus.view() as view:
        published = max(each.published_at for each in view.catalog.appearances())
    before, after = published - timedelta(minutes=5), published + timedelta(minutes=5)
    old = {"tiers": PUBLIC, "language": "en"}
    assert not composer.between(after, after + timedelta(days=1), **old)  # type: ignore[arg-type] # the two names above
    assert not composer.between(before, after, **old), "of 2024, published today"  # type: ignore[arg-type] # as above


def test_a_quiet_day_says_so() -> None:
    text = text_of(digest_page(News(), ARPA, "en", Actors.load().name))
    assert "Nothing new has been published since your last digest." in text


def test_the_desk_is_told_what_was_asked_and_what_went_wrong() -> None:
    desk = DeskNotes(asked=("Who won?",), unanswered=("Why?",), troubles=("a.md: no title",))
    text = text_of(digest_page(News(), ARPA, "fr", Actors.load().name, desk))
    assert "Questions posées par plusieurs lecteurs</b>\n• Who won?" in text
    assert "• Why?" in text
    assert "• a.md: no title" in text


# When it is made


class Fresh(Composer):
    """Holds a news item, whatever was published; what it says is not the matter here."""

    def __init__(self) -> None:
        self.asked: list[tuple[datetime, datetime]] = []

    def between(self, since: datetime, until: datetime, **_: object) -> News:  # type: ignore[override] # takes anything
        self.asked.append((since, until))
        return News()


def press(
    engine: Engine, staff: Collection[int] = (7,), others: Collection[int] = ()
) -> tuple[Press, Fresh]:
    composer = Fresh()
    made = Press(
        composer,
        Digests(engine),
        Deliveries(engine),
        candidates=lambda: dict.fromkeys(others, False) | dict.fromkeys(staff, True),
        reader=lambda user: Reader(language="en", tiers=PUBLIC, staff=user in staff, editor=False),
        desk=lambda *_: DeskNotes(),
        parts=messages,
        actor_name=lambda code, _: code,
        zone="UTC",
        quiet_days=True,
    )
    return made, composer


def test_staff_get_one_a_day_and_others_only_when_they_ask(engine: Engine) -> None:
    made, composer = press(engine, staff=[7], others=[8])
    for minute in range(0, 3 * 24 * 60, 5):
        made.tick(NOW + timedelta(minutes=minute))
    pending = Deliveries(engine).pending()
    assert [(d.chat, d.key) for d in pending] == [
        (7, "2024-05-16"), (7, "2024-05-17"), (7, "2024-05-18"),
    ]  # fmt: skip
    first, second, third = composer.asked
    assert second[0] == first[1], "the second looks back to the first"
    assert third[0] == second[1]
    wish = Subscription(user=8, on=True, at="07:30", zone="UTC", days=EVERY_DAY)
    Digests(engine).save(wish)
    made.tick(NOW + timedelta(days=3))
    assert (8, "2024-05-19") in [(d.chat, d.key) for d in Deliveries(engine).pending()]


def test_who_says_no_gets_none(engine: Engine) -> None:
    made, _ = press(engine)
    Digests(engine).save(Subscription(user=7, on=False, at="07:30", zone="UTC", days=EVERY_DAY))
    made.tick(NOW)
    assert Deliveries(engine).pending() == []


def test_what_is_the_same_for_many_is_made_once(engine: Engine) -> None:
    made, composer = press(engine, staff=range(100))
    made.tick(NOW)
    assert {delivery.chat for delivery in Deliveries(engine).pending()} == set(range(100))
    assert len(composer.asked) == 1


def test_two_processes_make_one(home: Path) -> None:
    engines = [open_records(home, url_of(home)) for _ in range(2)]
    for engine in engines:
        press(engine)[0].tick(NOW)
    assert len(Deliveries(engines[0]).pending()) == 1
    for engine in engines:
        engine.dispose()


# How it is brought


@asynccontextmanager
async def courier(
    telegram: TelegramServer,
    engine: Engine,
    clock: list[datetime],
    left: list[int],
    may: Callable[[Delivery], bool] = lambda delivery: delivery.chat != 9,
) -> AsyncIterator[Courier]:
    async def at_once(_: object = None) -> None:
        """Nobody waits."""

    bot = ExtBot(telegram.token, base_url=f"{telegram.root}/bot", rate_limiter=Pace(at_once))
    async with bot:
        yield Courier(
            bot,
            Deliveries(engine),
            lambda: clock[0],
            turn=at_once,
            left=left.append,
            may=may,
        )


async def test_what_may_not_be_known_now_is_not_lost(
    telegram: TelegramServer, engine: Engine
) -> None:
    """Where nobody can say whether it is for them it waits, and is sent once they can."""
    user, ledger = telegram.user(7), Deliveries(engine)
    ledger.plan("digest", "2024-05-16", 7, ["first"], NOW)
    answers: list[object] = [CatalogError("the database is away"), True]

    def may(_: Delivery) -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    async with courier(telegram, engine, [NOW], [], may) as sender:
        with pytest.raises(CatalogError):
            await sender.deliver()
        assert len(ledger.pending()) == 1
        await sender.deliver()
    assert ledger.pending() == []
    assert [m.text for m in user.chat.bot_messages] == ["first"]


async def test_what_is_planned_arrives_once_and_in_order(
    telegram: TelegramServer, engine: Engine
) -> None:
    user = telegram.user(7)
    await user.send("/start")
    Deliveries(engine).plan(KIND, "2024-05-16", user.id, ["<b>one</b>", "two", ""], NOW)
    async with courier(telegram, engine, [NOW], []) as bringing:
        await bringing.deliver()
        await bringing.deliver()
    assert [message.text for message in user.chat.messages if message.by_bot] == ["one", "two"]
    assert Deliveries(engine).pending() == []


async def test_what_telegram_does_not_confirm_is_never_sent_again(
    telegram: TelegramServer, engine: Engine
) -> None:
    user, ledger = telegram.user(7), Deliveries(engine)
    ledger.plan(KIND, "2024-05-16", user.id, ["one"], NOW)
    telegram.fail_next("sendMessage", drop(after_effect=True))
    async with courier(telegram, engine, [NOW], []) as bringing:
        await bringing.deliver()
        await bringing.deliver()
    assert [message.text for message in user.chat.messages if message.by_bot] == ["one"]
    assert [delivery.key for delivery in ledger.unknown(NOW)] == ["2024-05-16"]


async def test_telegrams_patience_is_waited_for_by_that_chat_alone(
    telegram: TelegramServer, engine: Engine
) -> None:
    ledger, clock = Deliveries(engine), [NOW]
    for user in (telegram.user(7), telegram.user(8)):
        ledger.plan(KIND, "2024-05-16", user.id, ["one", "two"], NOW)
    telegram.fail_next("sendMessage", refuse(too_many_requests(60)), chat=7)
    async with courier(telegram, engine, clock, []) as bringing:
        await bringing.deliver()
        await bringing.deliver()
        assert [d.chat for d in ledger.pending()] == [7, 7]
        clock[0] += timedelta(seconds=61)
        await bringing.deliver()
    assert [m.text for m in telegram.user(7).chat.messages if m.by_bot] == ["one", "two"]


async def test_who_blocked_the_bot_is_left_alone(telegram: TelegramServer, engine: Engine) -> None:
    user, left, ledger = telegram.user(7), [], Deliveries(engine)
    await user.block()
    ledger.plan(KIND, "2024-05-16", user.id, ["one"], NOW)
    async with courier(telegram, engine, [NOW], left) as bringing:
        await bringing.deliver()
    assert left == [7]
    assert ledger.pending() == ledger.unknown(NOW) == []


async def test_who_may_have_it_no_longer_does_not_get_what_was_made_before(
    telegram: TelegramServer, engine: Engine
) -> None:
    user, ledger = telegram.user(9), Deliveries(engine)
    ledger.plan(KIND, "2024-05-16", user.id, ["for subscribers"], NOW)
    async with courier(telegram, engine, [NOW], []) as bringing:
        await bringing.deliver()
    assert not user.chat.bot_messages
    assert ledger.pending() == ledger.unknown(NOW) == []


# How it is wished for


WISH = Subscription(user=7, on=False, at="07:30", zone="UTC", days=EVERY_DAY)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("on", ("07:30", "UTC", EVERY_DAY)),
        ("time 8:05", ("08:05", "UTC", EVERY_DAY)),
        ("time 8h05", ("08:05", "UTC", EVERY_DAY)),
        ("time 9pm", ("21:00", "UTC", EVERY_DAY)),
        ("TZ europe/paris", ("07:30", "Europe/Paris", EVERY_DAY)),
        ("days mon-fri", ("07:30", "UTC", "12345")),
        ("days lun-ven", ("07:30", "UTC", "12345")),
        ("days пн–пт", ("07:30", "UTC", "12345")),
        ("days sat-mon", ("07:30", "UTC", "167")),
        ("days Monday,среда,5", ("07:30", "UTC", "135")),
        ("time 06:00 tz Asia/Tbilisi days sun", ("06:00", "Asia/Tbilisi", "7")),
    ],
)
def test_a_wish_is_understood(words: str, wish: tuple[str, str, str]) -> None:
    after = changed(WISH, words)
    assert isinstance(after, Subscription)
    assert after.on
    assert (after.at, after.zone, after.days) == wish


@pytest.mark.parametrize(
    ("words", "unclear"),
    [
        ("time 25:00", Unclear.TIME),
        ("time", Unclear.TIME),
        ("tz Paris", Unclear.ZONE),
        ("tz ../../etc/passwd", Unclear.ZONE),
        ("days someday", Unclear.DAYS),
        ("days", Unclear.DAYS),
        ("please", Unclear.WORDS),
    ],
)
def test_what_is_unclear_changes_nothing(words: str, unclear: Unclear) -> None:
    assert changed(WISH, words) is unclear


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", "12345", "Monday to Friday"),
        ("fr", "12345", "du lundi au vendredi"),
        ("ru", "12345", "понедельник – пятница"),
        ("en", "136", "every Monday, Wednesday and Saturday"),
        ("fr", "1", "chaque lundi"),
        ("ru", "13", "понедельник и среда"),
        ("fr", EVERY_DAY, "tous les jours"),
    ],
)
def test_days_are_told_in_words(language: str, days: str, said: str) -> None:
    assert days_in_words(days, voice(language)) == said
