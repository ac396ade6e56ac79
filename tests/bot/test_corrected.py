"""Who was shown words that are corrected or withdrawn is told of it, once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.following.press import GRACE
from bot.records.cited import Quoted
from bot.records.questions import Asked
from bot.roles import Role
from tests.bot.house import FLOOD, READER, House, nothing_more, said, serving, told
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

pytestmark = pytest.mark.usefixtures("quickly")


async def test_an_asker_is_told_once_of_corrected_words_with_old_and_new(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        assert "The dam will hold" in await said(telegram, "What did Georgia say?")
        house.publish("dam", f"It rained. {FLOOD.replace('will hold', 'will break')}")
        correction = await told(telegram)
        assert correction.startswith("Correction\n\nThe newsroom has corrected “A day of dam”")
        assert "Before: “The dam will hold”" in correction
        assert "Now: “The dam will break,” said Maria Ostrova" in correction
        house.publish("dam", f"It rained. {FLOOD.replace('will hold', 'has broken')}")
        await nothing_more(telegram)


@pytest.mark.parametrize(
    ("language", "notice", "before"),
    [
        ("en", "The newsroom has withdrawn “A day of dam”, which I cited on", "Before: "),
        ("fr", "La rédaction a retiré «\u00a0A day of dam\u00a0», que je vous ai cité le", "Avant"),
        ("ru", "Редакция отозвала материал «A day of dam», на который я ссылался", "Было: "),
    ],
)
async def test_an_asker_is_told_of_what_was_withdrawn(
    telegram: TelegramServer, house: House, language: str, notice: str, before: str
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    house.parts.languages.choose(READER, language)
    async with serving(telegram, house):
        await said(telegram, "What did Georgia say?", language)
        house.withdraw("dam")
        withdrawn = await told(telegram)
        assert notice in withdrawn
        assert before in withdrawn
        assert "“The dam will hold”" in withdrawn
        assert ".." not in withdrawn


async def test_an_article_that_moved_is_not_withdrawn(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        await said(telegram, "What did Georgia say?")
        house.publish("dam-2", f"It rained. {FLOOD}")
        house.withdraw("dam")
        await nothing_more(telegram)


async def test_other_words_of_the_page_may_change_unnoticed(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        await said(telegram, "What did Georgia say?")
        house.publish("dam", f"It rained a lot. {FLOOD}")
        house.publish("dam", f"It rained a lot. {FLOOD}\n\nThe road is closed.", title="A dam")
        await nothing_more(telegram)


async def test_an_answer_stands_though_it_could_not_be_kept(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        with closing(sqlite3.connect(house.folder / "catalog.sqlite3")) as database, database:
            database.execute("DROP TABLE cited")
        assert "The dam will hold" in await said(telegram, "What did Georgia say?")
        await nothing_more(telegram)
        assert "The dam will hold" in telegram.user(READER).chat.bot_messages[-1].text


def test_a_publication_that_is_undone_at_once_is_no_correction(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.following.press.GRACE", GRACE)
    text = "The flood killed twelve people in the valley of Arpa on Sunday."
    house.publish("flood", text)
    with house.corpus.view() as view:
        version = next(
            d.briefing.version for d in view.documents.values() if d.briefing.text == text
        )
    now = datetime.now(UTC)
    asked = Asked(user=READER, chat=READER, asked_at=now, language="en", text="?", reason=None)
    quoted = Quoted(
        user=READER, chat=READER, asked_at=now, language="en", briefing="flood",
        version=version, quote=text,
    )  # fmt: skip
    house.parts.records.answered.record(asked, [quoted])
    press = house.parts.following(lambda _: "en", lambda page: ["told"])
    house.publish("flood", "The flood was a small one.")
    press.tick(now + timedelta(minutes=1))
    house.roll_back()
    press.tick(now + timedelta(hours=1))
    assert house.parts.records.deliveries.pending() == []


def test_a_correction_whose_new_words_are_for_subscribers_asks_for_their_right(
    house: House,
) -> None:
    text = "The flood killed twelve people in the valley of Arpa on Sunday."
    house.publish("flood", text)
    with house.corpus.view() as view:
        (version,) = (v for v, d in view.documents.items() if d.briefing.id == "flood")
    now, records = datetime.now(UTC), house.parts.records
    records.members.grant(READER, Role.SUBSCRIBER, now)
    quoted = Quoted(
        user=READER, chat=READER, asked_at=now, language="en", briefing="flood",
        version=version, quote=text,
    )  # fmt: skip
    asked = Asked(
        user=READER, chat=READER, asked_at=now, language="en", text="How many?", reason=None
    )
    records.answered.record(asked, [quoted])
    press = house.parts.following(lambda _: "en", lambda page: ["old and new words"])
    house.publish("flood", text.replace("twelve", "fourteen"), tier=Tier.SUBSCRIBERS)
    press.tick(datetime.now(UTC) + timedelta(minutes=1))
    (delivery,) = records.deliveries.pending()
    assert press.may(delivery)
    records.members.revoke(READER, Role.SUBSCRIBER)
    assert not press.may(delivery)
