"""The buttons under an answer, pressed by its asker and by others, against the fake Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain import Citation, Further
from bot.records.exchanges import Vote
from bot.telegram.parts import Parts
from tests.bot.pressing import ASKER, DAY, alert, answered, asking, labels
from tests.bot.scripted import ScriptedNewsroom, briefing, citation, found, line
from tests.bot.serving import serving
from tests.telegram_server.errors import bad_request
from tests.telegram_server.faults import refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Days, Tier


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "en",
            [
                ["Source 1", "Source 2"],
                ["More from Maria Zakharova"],
                ["Earlier: 16 May 2024"],
                ["Compare with Turkey"],
                ["Read in French"],
                ["👍 Helpful", "👎 Not helpful"],
            ],
        ),
        (
            "fr",
            [
                ["Source 1", "Source 2"],
                ["Autres déclarations\u00a0: Maria Zakharova"],
                ["Plus tôt\u00a0: 16 mai 2024"],
                ["Comparer\u00a0: Turquie"],
                ["Lire en français"],
                ["👍 Utile", "👎 Pas utile"],
            ],
        ),
        (
            "ru",
            [
                ["Источник 1", "Источник 2"],
                ["Другие высказывания: Maria Zakharova"],
                ["Раньше: 16 мая 2024\u202fг."],
                ["Сравнить: Турция"],
                ["Читать по-французски"],
                ["👍 Полезно", "👎 Не помогло"],
            ],
        ),
    ],
)
async def test_an_answer_says_in_words_where_one_can_go_on(
    telegram: TelegramServer,
    parts: Parts,
    newsroom: ScriptedNewsroom,
    language: str,
    shown: Sequence[object],
) -> None:
    newsroom.answers["who?"] = replace(newsroom.answers["who?"], language=language)
    async with serving(telegram, parts):
        message = await answered(telegram, language)
    said = [[label.replace("\u202f", " ").replace("\xa0г", " г") for label in row]
            for row in labels(message)]  # fmt: skip
    assert said == [[label.replace("\u202f", " ") for label in row] for row in shown]
    assert message.button("1").url == "https://news.example/1#:~:text=word1"
    data = [key.data for row in message.buttons for key in row if key.data]
    assert all(len(each.encode()) <= 64 for each in data)


async def test_buttons_that_lead_nowhere_are_not_there(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    newsroom.ways.clear()
    local = citation(1, url="http://localhost/a", link="http://localhost/a#:~:text=a")
    newsroom.answers["who?"] = found(line("words"), citations=[local])
    async with serving(telegram, parts):
        assert labels(await answered(telegram)) == [["👍 Helpful", "👎 Not helpful"]]


async def test_a_keyboard_that_telegram_refuses_costs_nobody_the_answer(
    telegram: TelegramServer, parts: Parts
) -> None:
    telegram.fail_next("sendMessage", refuse(bad_request("BUTTON_URL_INVALID")))
    async with serving(telegram, parts):
        message = await answered(telegram)
    assert "words" in message.text
    assert message.buttons == []


@pytest.mark.parametrize(
    ("label", "search"),
    [
        ("More from", "more"),
        ("Earlier", "earlier"),
        ("Compare with Turkey", "beside Turkey"),
    ],
)
async def test_a_button_goes_on_in_a_message_of_its_own_that_can_be_followed_up(
    telegram: TelegramServer,
    parts: Parts,
    newsroom: ScriptedNewsroom,
    label: str,
    search: str,
) -> None:
    async with serving(telegram, parts):
        message = await answered(telegram)
        await telegram.user(ASKER).press(message.button(label))
        more = await message.chat.wait_for_message()
        assert more.text.startswith(message.button(label).label), "under what was pressed"
        assert f"echo {search}" in more.text
        assert "Helpful" in str(labels(more))
        user = telegram.user(ASKER)
        await user.send("and then?")
        await user.chat.wait_for_message()
    assert newsroom.followed[-1] == search
    kept = parts.records.questions.of(ASKER)
    assert kept[1].text == f"who? → {message.button(label).label}"


async def test_whom_to_compare_with_is_chosen_of_several(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    several = (asking("with TR", "RU", "TR"), asking("with RU", "TR", "RU"))
    newsroom.ways["who?"] = Further(compare=several)
    async with serving(telegram, parts):
        message = await answered(telegram)
        user = telegram.user(ASKER)
        whole = labels(message)
        await user.press(message.button("Compare with…"))
        await telegram.wait_until(lambda: labels(message) != whole)
        assert labels(message) == [["Compare with Turkey"], ["Compare with Russia"], ["Back"]]
        await user.press(message.button("Back"))
        await telegram.wait_until(lambda: labels(message) == whole)
        await user.press(message.button("Compare with…"))
        await telegram.wait_until(lambda: labels(message) != whole)
        await user.press(message.button("Russia"))
        assert "echo with RU" in (await user.chat.wait_for_message()).text
        assert labels(message) == whole


async def test_other_editions_are_listed_as_far_as_they_may_be_read(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    newsroom.briefings = [briefing("a", "fr"), briefing("b", "fr", tier=Tier.SUBSCRIBERS)]
    async with serving(telegram, parts):
        message = await answered(telegram)
        await telegram.user(ASKER).press(message.button("Read in French"))
        editions = await message.chat.wait_for_message()
        assert editions.links == [("a in fr", "https://news.example/a/fr")]
        newsroom.briefings.clear()
        told = await alert(telegram, ASKER, message, "Read in French")
        assert told == "There is no such edition any more."


@pytest.mark.parametrize(
    ("language", "reasons", "pressed", "thanks"),
    [
        (
            "en",
            ["Wrong speaker", "Not what I asked", "Something is missing", "Out of date"],
            "Wrong speaker",
            "Thank you, the newsroom will see it.",
        ),
        (
            "fr",
            [
                "Propos mal attribués",
                "Pas ce que j’ai demandé",
                "Il manque quelque chose",
                "Information dépassée",
            ],
            "Propos",
            "Merci, la rédaction en prendra connaissance.",
        ),
        (
            "ru",
            ["Слова приписаны не тому", "Ответ не на мой вопрос", "Чего-то не хватает", "Устарело"],
            "приписаны",
            "Спасибо, редакция это увидит.",
        ),
    ],
)
async def test_who_dislikes_an_answer_is_asked_why(
    telegram: TelegramServer,
    parts: Parts,
    newsroom: ScriptedNewsroom,
    language: str,
    reasons: list[str],
    pressed: str,
    thanks: str,
) -> None:
    newsroom.answers["who?"] = replace(newsroom.answers["who?"], language=language)
    async with serving(telegram, parts):
        message = await answered(telegram, language)
        user = telegram.user(ASKER, language_code=language)
        whole = labels(message)
        await user.press(message.button("👎"))
        await telegram.wait_until(lambda: labels(message) != whole)
        assert [label for row in labels(message)[:-1] for label in row] == reasons
        assert parts.records.exchanges.by(ASKER)[0].vote is Vote.DISLIKED
        query = await user.press(message.button(pressed))
        assert (await telegram.wait_until(lambda: query.answer))["text"] == thanks
        await telegram.wait_until(lambda: labels(message) == whole[:-1])
    assert parts.records.exchanges.by(ASKER)[0].vote is Vote.WRONG_SPEAKER


async def test_the_day_that_a_button_chose_is_not_followed_up(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    async with serving(telegram, parts):
        message = await answered(telegram)
        await telegram.user(ASKER).press(message.button("Earlier"))
        await message.chat.wait_for_message()
        await telegram.user(ASKER).send("and Turkey?")
        await message.chat.wait_for_message()
    day = Days(first=DAY, last=DAY)
    assert newsroom.days_before == [None, day, None]


def test_an_address_that_is_too_long_for_a_button_gives_way_to_the_pages_own() -> None:
    from bot.telegram.keyboards import _addresses

    long: Citation = citation(1, link="https://news.example/1#:~:text=" + "%D0%B0" * 1000)
    assert list(_addresses([long])) == [(1, "https://news.example/1")]
