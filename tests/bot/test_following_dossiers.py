"""Following a dossier, whatever each language calls it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.records.follows import Followed
from bot.telegram.html import messages
from tests.bot.awaiting import waiting
from tests.bot.house import READER, House, said, serving, told
from tests.telegram_server.server import TelegramServer

pytestmark = pytest.mark.usefixtures("quickly")

START = datetime.now(UTC) - timedelta(minutes=1)


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
