"""The ledger: each delivery once, whoever crashes and however many try."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.records.database import open_records
from bot.records.deliveries import LOST_AFTER, Deliveries
from tests.databases import url_of

NOW = datetime(2024, 5, 16, 7, 30, tzinfo=UTC)
LATE = timedelta(hours=6)


@pytest.fixture
def ledger(home: Path) -> Iterator[Deliveries]:
    engine = open_records(home, url_of(home))
    yield Deliveries(engine)
    engine.dispose()


def plan(ledger: Deliveries, key: str = "2024-05-16", chat: int = 7) -> bool:
    return ledger.plan("digest", key, chat, ["first", "second"], NOW)


def test_what_was_planned_once_is_not_planned_again(ledger: Deliveries) -> None:
    assert plan(ledger)
    assert not plan(ledger)
    assert plan(ledger, chat=8)
    assert plan(ledger, key="2024-05-17")
    assert ledger.keys("digest", NOW)[7] == {"2024-05-16", "2024-05-17"}
    assert [(d.chat, d.part, d.content) for d in ledger.pending()[:2]] == [
        (7, 0, "first"),
        (7, 1, "second"),
    ]


def test_of_many_senders_one_takes_a_delivery(home: Path) -> None:
    engines = [open_records(home, url_of(home)) for _ in range(4)]
    ledgers = [Deliveries(engine) for engine in engines]
    with ThreadPoolExecutor(20) as threads:
        planned = list(threads.map(lambda n: plan(ledgers[n % 4]), range(20)))
        first = ledgers[0].pending()[0].number
        taken = list(threads.map(lambda n: ledgers[n % 4].begin(first, NOW), range(20)))
    for engine in engines:
        engine.dispose()
    assert planned.count(True) == 1
    assert taken.count(True) == 1


def test_what_telegram_took_is_done_with(ledger: Deliveries) -> None:
    plan(ledger)
    first, second = ledger.pending()
    assert ledger.begin(first.number, NOW)
    ledger.sent(first.number, [41, 42], NOW)
    assert [d.number for d in ledger.pending()] == [second.number]
    assert not ledger.begin(first.number, NOW)


def test_what_telegram_refused_for_now_waits_again(ledger: Deliveries) -> None:
    plan(ledger)
    first = ledger.pending()[0].number
    ledger.begin(first, NOW)
    ledger.put_back(first, NOW)
    assert ledger.begin(first, NOW)


def test_what_a_dead_sender_was_sending_is_unknown_and_never_sent_again(
    ledger: Deliveries,
) -> None:
    plan(ledger)
    first, second = ledger.pending()
    ledger.begin(first.number, NOW)
    ledger.settle(NOW + LOST_AFTER, LATE)
    assert ledger.unknown(NOW) == [], "it may still be under way"
    ledger.settle(NOW + LOST_AFTER + timedelta(seconds=1), LATE)
    assert [d.number for d in ledger.unknown(NOW)] == [first.number]
    assert [d.number for d in ledger.pending()] == [second.number]
    assert not ledger.begin(first.number, NOW)


def test_what_waited_too_long_is_not_sent(ledger: Deliveries) -> None:
    plan(ledger)
    ledger.settle(NOW + LATE + timedelta(seconds=1), LATE)
    assert ledger.pending() == []
    assert not plan(ledger), "and that date is over"


def test_a_chat_that_became_another_gets_what_waits(ledger: Deliveries) -> None:
    plan(ledger)
    ledger.move_chat(7, -1007)
    assert {d.chat for d in ledger.pending()} == {-1007}


def test_what_waits_for_a_chat_that_moved_is_not_lost_to_what_is_there(
    ledger: Deliveries,
) -> None:
    ledger.plan("correction", "3 public", -7, ["of the group"], NOW)
    ledger.plan("correction", "4 public", -7, ["later"], NOW)
    ledger.plan("correction", "3 public", -1007, ["of the supergroup"], NOW)
    ledger.move_chat(-7, -1007)
    waiting = ledger.pending()
    assert {each.chat for each in waiting} == {-1007}
    assert {each.content for each in waiting} == {"of the group", "of the supergroup", "later"}
    assert len({each.key for each in waiting}) == 3
