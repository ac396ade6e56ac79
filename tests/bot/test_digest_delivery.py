"""The digest: when it is made and how it is brought, to each reader once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from telegram.ext import ExtBot

from bot.digest.composing import Composer, News
from bot.digest.page import Desk as DeskNotes
from bot.digest.press import EVERY_DAY, KIND, Press, Reader
from bot.records.database import open_records
from bot.records.deliveries import Deliveries, Delivery
from bot.records.digests import Digests, Subscription
from bot.telegram.courier import Courier
from bot.telegram.html import messages
from bot.telegram.pace import Pace
from tests.bot.corpora import PUBLIC
from tests.databases import url_of
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import drop, refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.catalog.database import CatalogError

NOW = datetime(2024, 5, 16, 7, 31, tzinfo=UTC)
FRENCH = {901, 902}


@pytest.fixture
def engine(home: Path) -> Iterator[Engine]:
    engine = open_records(home, url_of(home))
    yield engine
    engine.dispose()


# When it is made


class Fresh(Composer):
    """Holds a news item, whatever was published; what it says is not the matter here.

    Those who speak a language that is ``broken`` cannot be told.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[datetime, datetime]] = []
        self.broken: set[str] = set()

    def between(self, since: datetime, until: datetime, **reader: object) -> News:  # type: ignore[override] # takes anything
        self.asked.append((since, until))
        if reader["language"] in self.broken:
            raise RuntimeError("what a member wrote")
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
        reader=lambda user: Reader(
            language="fr" if user in FRENCH else "en",
            tiers=PUBLIC,
            staff=user in staff,
            editor=False,
        ),
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


def test_what_cannot_be_made_for_some_keeps_no_others_from_theirs(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried six times while it can still come, and then no more; once for all alike."""
    made, composer = press(engine, staff=[901, 902, 7])
    composer.broken = {"fr"}
    made.tick(NOW)
    ledger = Deliveries(engine)
    assert [each.chat for each in ledger.pending()] == [7]
    assert len(composer.asked) == 2
    for minute in range(1, 7 * 60):
        made.tick(NOW + timedelta(minutes=minute))
    assert len(composer.asked) == 1 + 6
    tried = [each.made_at - NOW for each in ledger.unmade(NOW) if each.chat == 901]
    assert [round(each / timedelta(minutes=1)) for each in tried] == [0, 1, 5, 20, 80, 320]
    assert "chat 901" in caplog.text
    made.tick(NOW + timedelta(days=1))
    assert {each.key for each in ledger.unmade(NOW) if each.chat == 901} == {
        "2024-05-16", "2024-05-17",
    }  # fmt: skip


def test_what_was_broken_for_a_while_still_comes_once(engine: Engine) -> None:
    made, composer = press(engine, staff=[901])
    composer.broken = {"fr"}
    made.tick(NOW)
    composer.broken = set()
    made.tick(NOW + timedelta(seconds=20))
    ledger = Deliveries(engine)
    assert ledger.pending() == [], "it waits a minute"
    for minute in range(1, 60):
        made.tick(NOW + timedelta(minutes=minute))
    assert [(each.chat, each.key, each.part) for each in ledger.pending()] == [
        (901, "2024-05-16", 0)
    ]
    assert ledger.unmade(NOW) == [], "nobody has to be told any more"


def test_a_wish_that_cannot_be_read_stops_nobody_elses(engine: Engine) -> None:
    made, _ = press(engine, staff=[901, 902, 7])
    Digests(engine).save(
        Subscription(user=901, on=True, at="07:30", zone="Mars/Phobos", days=EVERY_DAY)
    )
    for minute in range(24 * 60):
        made.tick(NOW + timedelta(minutes=minute))
    ledger = Deliveries(engine)
    assert {each.chat for each in ledger.pending()} == {902, 7}
    assert {each.chat for each in ledger.unmade(NOW)} == {901}
    assert len(ledger.unmade(NOW)) <= 2 * 6, "it is tried so often a day"


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


async def test_what_cannot_be_told_of_some_chats_holds_up_no_other(
    telegram: TelegramServer, engine: Engine
) -> None:
    ledger, clock, broken = Deliveries(engine), [NOW], set(range(1, 21))
    for user in range(1, 31):
        telegram.user(user)
        ledger.plan(KIND, "2024-05-16", user, [f"for {user}"], NOW)

    def may(delivery: Delivery) -> bool:
        if delivery.chat in broken:
            raise RuntimeError("a role that nobody knows")
        return True

    async with courier(telegram, engine, clock, [], may) as sender:
        await sender.deliver()
        assert {each.chat for each in ledger.pending()} == broken
        broken.clear()
        await sender.deliver()
        assert len(ledger.pending()) == 20, "they wait a while"
        clock[0] += timedelta(minutes=16)
        await sender.deliver()
    assert ledger.pending() == []


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


async def test_what_waits_for_a_chat_that_moved_arrives_where_it_went(
    telegram: TelegramServer, engine: Engine
) -> None:
    """One message, although Telegram was asked twice."""
    user, ledger = telegram.user(7), Deliveries(engine)
    group = telegram.group(-5, kind="group")
    await group.add_bot(user)
    moved = await group.migrate(user)
    ledger.plan(KIND, "2024-05-16", group.chat.id, ["one"], NOW)
    async with courier(telegram, engine, [NOW], []) as bringing:
        await bringing.deliver()
        await bringing.deliver()
        await bringing.deliver()
    assert [message.text for message in moved.chat.bot_messages] == ["one"]
    assert not group.chat.bot_messages
    assert ledger.pending() == ledger.unknown(NOW) == []


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
