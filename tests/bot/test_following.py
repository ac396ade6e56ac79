"""Following and corrections: what a reader is told unasked, each thing once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from bot.following.press import FollowingPress, is_mute
from bot.records.cited import Quoted
from bot.records.follows import Followed, Follower
from bot.records.questions import Asked
from bot.roles import Role
from bot.telegram.html import messages
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


async def test_a_dossier_is_followed_by_its_name(telegram: TelegramServer, house: House) -> None:
    house.publish("first", "The line was surveyed.", dossiers=("Railways of the south",))
    async with serving(telegram, house):
        assert "Railways of the south" in await said(telegram, "/follow railways of the south")
        house.publish("line", "The new line is ready.", dossiers=("Railways of the south",))
        news = await told(telegram)
        assert "Railways of the south" in news
        assert "The new line is ready." in news


NORTH, SOUTH = "Chemins de fer du nord", "Chemins de fer du sud"
ENGLISH = {SOUTH: "Railways of the south", NORTH: "Northern railways"}


def publish_both(house: House, id: str, *dossiers: str) -> None:
    """Publish an article in French and in English, in as many dossiers there."""
    translated = tuple(ENGLISH[each] for each in dossiers)
    house.publish(f"{id}-fr", "La ligne.", language="fr", story=id, dossiers=dossiers)
    house.publish(f"{id}-en", "The line.", language="en", story=id, dossiers=translated)


def news_of(house: House, dossier: str, language: str) -> str:
    """What somebody is told of the next story, who follows a dossier from now on."""
    kept = house.parts.records
    kept.follows.add(READER, Followed.DOSSIER, dossier, "UTC", language, datetime.now(UTC))
    house.publish(
        "new-en", "The new line is ready.", language="en", story="new", dossiers=(ENGLISH[SOUTH],)
    )
    house.parts.following(lambda _: language, messages).tick(datetime.now(UTC))
    return waiting(house)


def test_a_story_without_an_edition_in_the_followers_language_comes_in_another(
    house: House,
) -> None:
    publish_both(house, "first", SOUTH)
    assert "The new line is ready." in news_of(house, SOUTH, "fr")


def test_of_a_storys_editions_the_followers_own_comes_whatever_name_is_followed(
    house: House,
) -> None:
    publish_both(house, "first", SOUTH)
    house.publish("new-fr", "La nouvelle ligne est prête.", language="fr", story="new")
    follows = house.parts.records.follows
    follows.add(READER, Followed.DOSSIER, ENGLISH[SOUTH], "UTC", "fr", START)
    house.publish("new-en", "The new line.", story="new", dossiers=(ENGLISH[SOUTH],))
    house.parts.following(lambda _: "fr", messages).tick(datetime.now(UTC))
    assert "La nouvelle ligne est prête." in waiting(house)
    assert "The new line" not in waiting(house)


def test_a_dossier_has_the_name_that_its_translations_alone_have(house: House) -> None:
    publish_both(house, "first", NORTH, SOUTH)
    publish_both(house, "second", NORTH)
    assert "The new line is ready." in news_of(house, SOUTH, "fr")


def test_a_dossier_that_cannot_be_told_from_another_is_not_taken_for_it(house: House) -> None:
    publish_both(house, "first", NORTH, SOUTH)  # each list may be in alphabetical order
    assert news_of(house, NORTH, "fr") == ""


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


# What waits when something newer is published


def following(house: House) -> FollowingPress:
    return house.parts.following(lambda _: "en", messages)


def waiting(house: House) -> str:
    return "\n".join(each.content for each in house.parts.records.deliveries.pending())


def sent(house: House) -> str:
    """What waited, which is sent now."""
    text, ledger, now = waiting(house), house.parts.records.deliveries, datetime.now(UTC)
    for each in ledger.pending():
        assert ledger.begin(each.number, now)
        ledger.sent(each.number, [1], now)
    return text


def follow_georgia(house: House, reader: int = READER) -> None:
    house.parts.records.follows.add(
        reader, Followed.ACTOR, "GE", "UTC", "en", datetime.now(UTC) - timedelta(minutes=1)
    )


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


# Corrections


def cite(house: House, id: str, text: str, quote: str, **who: str) -> None:
    """Publish ``text``, and note that ``quote`` of it was cited to the reader."""
    house.publish(id, f"It rained. {text}", title=f"A day of {id}")
    with house.corpus.view() as view:
        (version,) = (v for v, d in view.documents.items() if d.briefing.id == id)
    now = datetime.now(UTC)
    quoted = Quoted(
        user=READER, chat=READER, asked_at=now, language="en", briefing=id,
        version=version, quote=quote, **who,
    )  # fmt: skip
    asked = Asked(user=READER, chat=READER, asked_at=now, language="en", text="?", reason=None)
    house.parts.records.answered.record(asked, [quoted])


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
