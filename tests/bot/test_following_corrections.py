"""Corrections: whoever was cited words is told once that they have changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.awaiting import cite, following, sent, waiting
from tests.bot.house import FLOOD, RAILWAY, READER, House, nothing_more, said, serving, told
from tests.telegram_server.server import TelegramServer

pytestmark = pytest.mark.usefixtures("quickly")


def test_all_that_one_publication_corrects_is_told(house: House) -> None:
    names = ("one", "two", "three", "four", "five", "six", "seven")
    for name in names:
        cite(house, name, f"The flood killed {name} hundred people.", f"killed {name} hundred")
    for name in names:
        house.publish(name, f"It rained. The flood killed {name} thousand people.")
    following(house).tick(datetime.now(UTC) + timedelta(minutes=1))
    (delivery,) = house.parts.records.deliveries.pending()
    assert [name for name in names if f"killed {name} hundred" in delivery.content] == [*names]


def test_other_words_of_a_corrected_page_are_told_of_when_they_are_corrected(house: House) -> None:
    text = f"{FLOOD}\n\n{RAILWAY}"
    cite(house, "dam", text, "The dam will hold")
    cite(house, "dam", text, "The railway opens in May")
    press = following(house)
    text = text.replace("will hold", "has broken")
    house.publish("dam", f"It rained. {text}", title="A day of dam")
    press.tick(datetime.now(UTC) + timedelta(minutes=1))
    assert "The dam will hold" in sent(house)
    cite(house, "dam", text, "The dam has broken")  # in another answer, after that
    house.publish("dam", f"It rained. {text.replace('in May', 'in June')}")
    press.tick(datetime.now(UTC) + timedelta(minutes=1))
    assert "The railway opens in June" in waiting(house)
    assert "The dam" not in sent(house)
    text = text.replace("has broken", "was opened").replace("in May", "in July")
    house.publish("dam", f"It rained. {text}")
    press.tick(datetime.now(UTC) + timedelta(minutes=1))
    assert "The dam has broken" in waiting(house)
    assert "railway" not in sent(house), "each of the words are told of once"


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Correction"), ("fr", "Rectificatif"), ("ru", "Исправление")],
)
async def test_an_asker_is_told_that_somebody_else_said_it(
    telegram: TelegramServer, house: House, language: str, heading: str
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    house.parts.languages.choose(READER, language)
    async with serving(telegram, house):
        assert "Maria Ostrova" in await said(telegram, "What did Georgia say?", language)
        house.publish("dam", f"It rained. {FLOOD.replace('Maria Ostrova', 'Nino Beridze')}")
        correction = await told(telegram)
        assert correction.startswith(heading)
        assert "“The dam will hold” — Maria Ostrova" in correction
        assert "“The dam will hold” — Nino Beridze" in correction
        house.publish("dam", f"It poured. {FLOOD.replace('Maria Ostrova', 'Nino Beridze')}")
        await nothing_more(telegram)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Ostrova", "Maria Ostrova, spokesperson for the Georgian MFA"),
        ("Georgian MFA", "the Georgian foreign ministry"),
        ("", "Maria Ostrova, spokesperson for the Georgian MFA"),
    ],
)
def test_who_is_only_called_otherwise_is_no_correction(house: House, before: str, now: str) -> None:
    cite(house, "dam", FLOOD, "The dam will hold", speaker=before, actor="GE")
    house.publish("dam", f"It rained a lot. “The dam will hold,” said {now}.")
    following(house).tick(datetime.now(UTC) + timedelta(minutes=1))
    assert waiting(house) == ""
