"""Following: what a reader is told unasked, each thing once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.following.press import MOST_TRIES, is_mute
from bot.records.follows import Followed, Follower
from bot.roles import Role
from tests.bot.house import FLOOD, OTHER, RAILWAY, READER, House, nothing_more, said, serving, told
from tests.bot.scripted import RULES
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

pytestmark = pytest.mark.usefixtures("quickly")

START = datetime.now(UTC) - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("fr", "Du nouveau dans ce que vous suivez"), ("ru", "Новое о том, за чем вы следите")],
)
async def test_a_follower_who_is_no_member_is_told_in_the_language_of_their_app(
    telegram: TelegramServer, house: House, language: str, heading: str
) -> None:
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia", language)
        house.publish("dam", f"It rained for days. {FLOOD} Nobody was hurt.")
        assert (await told(telegram)).startswith(heading)


async def test_a_follower_is_told_of_new_words_once_with_their_source(
    telegram: TelegramServer, house: House
) -> None:
    async with serving(telegram, house):
        assert "You follow Georgia now" in await said(telegram, "/follow Georgia")
        house.publish("dam", f"It rained for days. {FLOOD} Nobody was hurt.")
        news = await told(telegram)
        assert news.startswith("New in what you follow\n\nGeorgia")
        assert "“The dam will hold,”" in news or "“The dam will hold”" in news
        assert "Maria Ostrova" in news
        assert "A day of dam" in news
        house.publish("bread", "Bread is dearer. “We are sorry,” said the French foreign ministry.")
        await nothing_more(telegram)


async def test_one_publication_is_one_message_however_much_of_it_is_followed(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("first", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        assert "Ostrova" in await said(telegram, "/follow Ostrova")
        house.publish("second", f"The line is ready. {RAILWAY}")
        news = await told(telegram)
        assert news.count("The railway opens in May") == 1
        await nothing_more(telegram)


async def test_a_correction_tells_followers_its_new_words_alone(
    telegram: TelegramServer, house: House
) -> None:
    house.publish("dam", f"It rained. {FLOOD}")
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        house.publish("dam", f"It rained. {FLOOD}\n\nThe line is ready. {RAILWAY}")
        news = await told(telegram)
        assert "The railway opens in May" in news
        assert "The dam will hold" not in news


async def test_an_edition_in_another_language_is_no_news_again(
    telegram: TelegramServer, house: House
) -> None:
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        house.publish("dam", f"It rained. {FLOOD}", story="flood")
        assert "The dam will hold" in await told(telegram)
        said_in_french = (
            "« Le barrage tiendra », a dit Maria Ostrova, porte-parole du MAE géorgien."
        )
        house.publish("barrage", f"Il pleut. {said_in_french}", story="flood", language="fr")
        await nothing_more(telegram)


async def test_words_for_subscribers_are_not_pushed_to_others(
    telegram: TelegramServer, house: House
) -> None:
    house.parts.records.members.grant(OTHER, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        await said(telegram, "/follow Georgia", user=OTHER)
        house.publish("dam", f"It rained. {FLOOD}", tier=Tier.SUBSCRIBERS)
        assert "The dam will hold" in await told(telegram, OTHER)
        await nothing_more(telegram)


async def test_a_member_who_was_revoked_meanwhile_is_not_told(
    telegram: TelegramServer, house: House
) -> None:
    members = house.parts.records.members
    members.grant(READER, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
    press = house.parts.following(lambda _: "en", lambda page: ["subscribers' words"])
    house.publish("dam", f"It rained. {FLOOD}", tier=Tier.SUBSCRIBERS)
    press.tick(datetime.now(UTC))
    assert len(house.parts.records.deliveries.pending()) == 1
    members.revoke(READER, Role.SUBSCRIBER)
    before = len(telegram.user(READER).chat.bot_messages)
    async with serving(telegram, house):
        await asyncio.sleep(1.0)
    assert len(telegram.user(READER).chat.bot_messages) == before
    assert house.parts.records.deliveries.pending() == []


async def test_at_mute_hours_news_waits(telegram: TelegramServer, house: House) -> None:
    hour = datetime.now(ZoneInfo(RULES.zone)).hour
    hours = f"{(hour - 1) % 24:02}:00-{(hour + 2) % 24:02}:00"
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        assert "I keep quiet" in await said(telegram, f"/following mute {hours}")
        house.publish("dam", f"It rained. {FLOOD}")
        await nothing_more(telegram)
        assert "I keep quiet" not in await said(telegram, "/following mute off")
        assert "The dam will hold" in await told(telegram)


@pytest.mark.parametrize(
    ("language", "zone", "lost"),
    [
        ("en", "Mars/Phobos", "I no longer know your time zone, Mars/Phobos,"),
        ("fr", "Europe", "Je ne connais plus votre fuseau horaire, Europe,"),
        ("ru", "../Phobos", "Ваш часовой пояс ../Phobos мне больше не известен,"),
    ],
)
async def test_a_zone_that_the_system_no_longer_knows_silences_nobody(
    telegram: TelegramServer, house: House, language: str, zone: str, lost: str
) -> None:
    async with serving(telegram, house):
        for reader in (READER, OTHER):
            await said(telegram, "/follow Georgia", language, reader)
        house.parts.records.follows.mute(READER, "00:00-23:59", zone)
        house.publish("dam", f"It rained. {FLOOD}")
        for reader in (READER, OTHER):
            assert "The dam will hold" in await told(telegram, reader)
        assert lost in await said(telegram, "/following", language)
        assert lost not in await said(telegram, "/following tz Asia/Tbilisi", language)


async def test_a_button_ends_it_for_its_owner_alone(telegram: TelegramServer, house: House) -> None:
    async with serving(telegram, house):
        await said(telegram, "/follow Georgia")
        listed = await said(telegram, "/following")
        assert "• Georgia" in listed
        button = telegram.user(READER).chat.bot_messages[-1].button("Stop: Georgia")
        await telegram.user(OTHER).press(button)
        assert "• Georgia" in await said(telegram, "/following")
        button = telegram.user(READER).chat.bot_messages[-1].button("Stop: Georgia")
        await telegram.user(READER).press(button)
        await telegram.wait_until(
            lambda: "You follow nothing yet." in telegram.user(READER).chat.bot_messages[-1].text
        )
        house.publish("dam", f"It rained. {FLOOD}")
        await nothing_more(telegram)


@pytest.mark.parametrize(
    ("language", "wanted", "answer", "heading"),
    [
        (
            "fr",
            "/follow Géorgie",
            "Vous suivez désormais\u00a0: Géorgie.",
            "Du nouveau dans ce que",
        ),
        (
            "ru",
            "/follow Грузия",
            "Теперь в вашем списке: Грузия.",
            "Новое о том, за чем вы следите",
        ),
    ],
)
async def test_following_speaks_french_and_russian(
    telegram: TelegramServer, house: House, language: str, wanted: str, answer: str, heading: str
) -> None:
    house.parts.languages.choose(READER, language)
    async with serving(telegram, house):
        assert answer in await said(telegram, wanted, language)
        house.publish("dam", f"It rained. {FLOOD}")
        assert (await told(telegram)).startswith(heading)


async def test_nobody_follows_a_name_that_the_briefings_do_not_know(
    telegram: TelegramServer, house: House
) -> None:
    async with serving(telegram, house):
        assert "I find nobody" in await said(telegram, "/follow Zorvenia")
        assert "Write /follow with a country" in await said(telegram, "/follow")
        assert "You follow nothing yet." in await said(telegram, "/following")


def test_what_is_followed_is_shown_and_forgotten_with_all_else(house: House) -> None:
    kept = house.parts.records
    kept.follows.add(READER, Followed.ACTOR, "GE", "UTC", "en", datetime.now(UTC))
    assert kept.traces.of(READER)["following"] == ["actor: GE"]
    kept.traces.erase(READER, datetime.now(UTC))
    assert kept.follows.of(READER) == []
    assert kept.follows.behind(datetime.now(UTC) + timedelta(days=1)) == []


def test_what_cannot_be_made_for_one_follower_keeps_nobody_else_from_theirs(house: House) -> None:
    def language_of(user: int) -> str:
        if user == READER:
            raise RuntimeError("a note that cannot be read")
        return "en"

    kept, now = house.parts.records, datetime.now(UTC)
    for user in (READER, OTHER):
        kept.follows.add(user, Followed.ACTOR, "GE", "UTC", "en", now - timedelta(days=1))
    house.publish("dam", f"It rained. {FLOOD}")
    press = house.parts.following(language_of, lambda page: ["news"])
    for minute in range(MOST_TRIES + 3):
        press.tick(now + timedelta(minutes=minute))
    assert [delivery.chat for delivery in kept.deliveries.pending()] == [OTHER]
    assert [failed.chat for failed in kept.deliveries.unmade(now)] == [READER] * MOST_TRIES


@pytest.mark.parametrize(
    ("hours", "at", "mute"),
    [
        ("22:00-07:00", "21:59", False),
        ("22:00-07:00", "22:00", True),
        ("22:00-07:00", "06:59", True),
        ("22:00-07:00", "07:00", False),
        ("12:00-14:00", "13:00", True),
        ("12:00-14:00", "14:00", False),
        ("", "03:00", False),
    ],
)
def test_hours_of_silence_may_pass_midnight(hours: str, at: str, mute: bool) -> None:
    moment = datetime.combine(date(2024, 5, 16), datetime.strptime(at, "%H:%M").time(), UTC)
    follower = Follower(
        user=7, told_until=moment, mute=hours, zone="UTC", active=True, language=None
    )
    assert is_mute(follower, moment) is mute
