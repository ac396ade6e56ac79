"""What waits to be told when something newer is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from tests.bot.awaiting import cite, follow_georgia, following, waiting
from tests.bot.house import FLOOD, RAILWAY, House, nothing_more, said, serving, told
from tests.telegram_server.server import TelegramServer

pytestmark = pytest.mark.usefixtures("quickly")


async def test_words_that_were_corrected_before_they_went_out_never_do(
    telegram: TelegramServer, house: House
) -> None:
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
    press = following(house)
    house.publish("dam", f"It rained. {FLOOD}")
    house.publish("line", f"The line is ready. {RAILWAY}", title="A line")
    press.tick(datetime.now(UTC))
    assert "The dam will hold" in waiting(house)
    house.publish("dam", f"It rained. {FLOOD.replace('will hold', 'has broken')}")
    async with serving(telegram, house):
        news = await told(telegram)
        assert "The dam has broken" in news
        assert "The dam will hold" not in news
        assert "The railway opens in May" in news, "what still stands is told"
        await nothing_more(telegram)


def test_what_waits_is_not_sent_between_a_publication_and_the_next_look(house: House) -> None:
    follow_georgia(house)
    press = following(house)
    house.publish("dam", f"It rained. {FLOOD}")
    press.tick(datetime.now(UTC))
    (delivery,) = house.parts.records.deliveries.pending()
    assert press.may(delivery) is True
    house.withdraw("dam")
    assert press.may(delivery) is None
    press.tick(datetime.now(UTC))
    assert waiting(house) == ""


def test_of_what_was_sent_in_part_the_rest_is_withdrawn_and_nothing_repeated(house: House) -> None:
    follow_georgia(house)
    press = house.parts.following(lambda _: "en", lambda page: ["first", "second"])
    house.publish("dam", f"It rained. {FLOOD}")
    press.tick(datetime.now(UTC))
    ledger = house.parts.records.deliveries
    first, _ = ledger.pending()
    assert ledger.begin(first.number, datetime.now(UTC))
    ledger.sent(first.number, [1], datetime.now(UTC))
    house.publish("bread", "Bread is dearer. “We are sorry,” said the French foreign ministry.")
    press.tick(datetime.now(UTC))
    assert waiting(house) == ""


def test_a_correction_that_waits_is_made_anew_when_the_page_changes_again(house: House) -> None:
    cite(house, "dam", FLOOD, "The dam will hold")
    press = following(house)
    for now in ("will break", "will burst"):
        house.publish("dam", f"It rained. {FLOOD.replace('will hold', now)}")
        press.tick(datetime.now(UTC) + timedelta(minutes=1))
    assert "will burst" in waiting(house)
    assert "will break" not in waiting(house)


def test_followers_who_know_as_much_cost_one_reading_of_what_is_new(house: House) -> None:
    def readings(readers: range) -> int:
        for reader in readers:
            follow_georgia(house, reader)
        house.publish("dam", f"It rained on day {readers.stop}. {FLOOD}")
        read: list[str] = []

        def note(_: object, __: object, statement: str, *___: object) -> None:
            if "FROM versions" in statement:
                read.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            following(house).tick(datetime.now(UTC))
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(read)

    assert readings(range(100, 101)) == readings(range(200, 220))
