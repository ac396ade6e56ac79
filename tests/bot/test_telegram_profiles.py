"""Profiles of actors and people, and how one follows them, over the sample briefings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain import Reason
from bot.editing import EditorsDesk
from bot.telegram.parts import Parts
from tests.bot.corpora import Desk
from tests.bot.house import House
from tests.bot.house import serving as serving_house
from tests.bot.looking import FLOODS, LATE, PATIENCE, READER, RUSSIA, STAFF, asked, written
from tests.bot.scripted import ScriptedNewsroom, missing, without_editors
from tests.bot.serving import serving
from tests.telegram_server.server import TelegramServer
from vectorstore.actors import Actors


@pytest.mark.parametrize(
    ("language", "head"),
    [
        (
            "en",
            "Russia\n15 statements\nLatest days: 12 June 2024, 2 June 2024, 16 May 2024 and "
            "6 April 2024\n\nWho speaks\n"
            "• Nadezhda Krutoyarova, spokesperson for the Russian Foreign Ministry — 10 "
            "statements\n"
            "• Gleb Ozeretsky, Kremlin spokesperson — 2 statements\n",
        ),
        (
            "fr",
            "Russie\n15 déclarations\nDernières dates : 12 juin 2024, 2 juin 2024, 16 mai 2024 et "
            "6 avril 2024\n\nQui s’exprime\n"
            "• Nadejda Kroutoïarova, porte-parole du ministère russe des Affaires étrangères — "
            "10 déclarations\n• Gleb Ozeretski, porte-parole du Kremlin — 2 déclarations\n",
        ),
        (
            "ru",
            "Россия\n15 высказываний\nПоследние даты: 12 июня 2024 г., 2 июня 2024 г., "
            "16 мая 2024 г. и 6 апреля 2024 г.\n\nКто говорит\n"
            "• Надежда Крутоярова, официальный представитель МИД России — 10 высказываний\n"
            "• Глеб Озерецкий, пресс-секретарь Кремля — 2 высказывания\n",
        ),
    ],
)
async def test_about_an_actor_tells_who_speaks_and_what_was_said_last(
    reading: TelegramServer, language: str, head: str
) -> None:
    user = reading.user(READER, language_code=language)
    message = await asked(user, f"/about {RUSSIA[language]}")
    assert written(message).startswith(head)
    assert LATE[language] in written(message)
    assert ":~:text=" in message.links[0][1], "a speaker leads to where the role is printed"


@pytest.mark.parametrize(
    ("language", "name", "head", "heading", "buttons"),
    [
        (
            "en",
            "Krutoyarova",
            "Nadezhda Krutoyarova, spokesperson for the Russian Foreign Ministry\n10 statements\n"
            "Speaks for: Russia\nLatest days:",
            "Latest statements",
            ["Timeline: Nadezhda Krutoyarova", "Follow: Nadezhda Krutoyarova"],
        ),
        (
            "fr",
            "Kroutoïarova",
            "Nadejda Kroutoïarova, porte-parole du ministère russe des Affaires étrangères\n"
            "10 déclarations\nAu nom de : Russie\nDernières dates :",
            "Derniers propos",
            ["Chronologie : Nadejda Kroutoïarova", "Suivre : Nadejda Kroutoïarova"],
        ),
        (
            "ru",
            "Крутоярова",
            "Надежда Крутоярова, официальный представитель МИД России\n10 высказываний\n"
            "Представляет: Россия\nПоследние даты:",
            "Последние высказывания",
            ["Хронология: Надежда Крутоярова", "Следить: Надежда Крутоярова"],
        ),
    ],
)
async def test_about_a_person_names_them_once_and_leads_on(
    reading: TelegramServer,
    language: str,
    name: str,
    head: str,
    heading: str,
    buttons: list[str],
) -> None:
    user = reading.user(READER, language_code=language)
    message = await asked(user, f"/about {name}")
    assert written(message).startswith(head)
    said = written(message).split(heading)[1]
    assert name not in said.split("[1]")[0], "the name stands above, not with each line"
    labels = [re.sub("\u00a0", " ", key.label) for row in message.buttons for key in row]
    assert [each for each in buttons if each not in labels] == []
    await user.press(message.button(buttons[0].split(" ")[0].rstrip(":")))
    timeline = await user.chat.wait_for_message(PATIENCE)
    assert written(timeline).startswith(buttons[0])
    assert LATE[language] in written(timeline)
    assert (await user.chat.wait_for_message(PATIENCE)).kind == "photo"


async def test_whoever_has_a_profile_can_be_followed_in_private(
    reading: TelegramServer, parts: Parts
) -> None:
    user, group = reading.user(READER), reading.group(-5)
    message = await asked(user, "/about Krutoyarova")
    await user.press(message.button("Follow"))
    said = await user.chat.wait_for_message(PATIENCE)
    assert said.text.startswith("You follow Nadezhda Krutoyarova now.")
    assert [each.name for each in parts.records.follows.of(READER)] == ["Nadezhda Krutoyarova"]
    await user.send("/about Russia", to=group)
    before_others = await group.chat.wait_for_message(PATIENCE)
    labels = [key.label for row in before_others.buttons for key in row]
    assert "Timeline: Russia" in labels
    assert "Follow: Russia" not in labels


@pytest.mark.parametrize(
    ("language", "how", "which", "said"),
    [
        (
            "en",
            "Write /follow with a country",
            "Do you mean this dossier?",
            "You follow {name} now.",
        ),
        (
            "fr",
            "Écrivez /follow suivi d’un pays",
            "Est-ce ce dossier ?",
            "Vous suivez désormais : {name}.",
        ),
        (
            "ru",
            "Напишите /follow и название страны",
            "Вы имеете в виду это досье?",
            "Теперь в вашем списке: {name}.",
        ),
    ],
)
async def test_a_dossier_is_followed_by_a_few_words_and_a_button(
    reading: TelegramServer, language: str, how: str, which: str, said: str
) -> None:
    user = reading.user(READER, language_code=language)
    usage = await asked(user, "/follow")
    assert written(usage).startswith(how)
    assert "/follow" in usage.words("bot_command")[-1], "with an example from the briefings"
    choice = await asked(user, f"/follow {FLOODS[language].split(' ')[0]}")
    assert written(choice) == f"{which}\n• {FLOODS[language]}"
    await user.press(choice.buttons[0][0])
    assert written(await user.chat.wait_for_message(PATIENCE)).startswith(
        said.format(name=FLOODS[language])
    )


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "the humanitarian aid dossier"),
        ("en", "Natural disasters dossier"),
        ("fr", "dossier Catastrophes"),
        ("ru", "досье «Стихийные бедствия»"),
    ],
)
async def test_a_dossier_that_is_called_one_is_followed_at_once(
    reading: TelegramServer, parts: Parts, language: str, wanted: str
) -> None:
    await asked(reading.user(READER, language_code=language), f"/follow {wanted}")
    assert [each.name for each in parts.records.follows.of(READER)] == [FLOODS[language]]


async def test_a_dossier_may_be_typed_with_simple_spaces_and_apostrophes(
    reading: TelegramServer, parts: Parts
) -> None:
    name = "Géorgie : politique intérieure et relations avec l'UE, les États-Unis et la Russie"
    user = reading.user(READER, language_code="fr")
    assert written(await asked(user, f"/follow {name}")).startswith("Vous suivez désormais")
    assert len(parts.records.follows.of(READER)) == 1
    listed = await asked(user, "/following")
    (label,) = [key.label for row in listed.buttons for key in row]
    assert label.endswith("…"), "what is cut says so"


@pytest.mark.parametrize(
    ("language", "onward"),
    [
        ("en", "/latest lists what is new, /help shows what you can ask."),
        ("fr", "/latest pour les nouveautés, /help pour des exemples de questions."),
        ("ru", "/latest — что нового, /help — о чём можно спросить."),
    ],
)
async def test_an_answer_that_found_nothing_leads_on(
    telegram: TelegramServer,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    onward: str,
) -> None:
    newsroom = ScriptedNewsroom()
    newsroom.answers["who?"] = missing(Reason.NO_COVERAGE, language=language)
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        message = await asked(telegram.user(READER, language_code=language), "who?")
    assert message.text.endswith(onward)


async def test_the_help_tells_how_to_ask_elsewhere(reading: TelegramServer) -> None:
    guide = await asked(reading.user(READER), "/help")
    assert f"In any other chat, write @{reading.username} and a question" in guide.text


async def test_a_dossier_is_asked_in_until_it_is_left_whatever_restarts(
    telegram: TelegramServer, parts: Parts, samples: Desk, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    user = telegram.user(READER)
    async with serving(telegram, parts):
        await asked(user, "/dossiers humanitarian")
    again = without_editors(ScriptedNewsroom(), idle_desk, tmp_path)
    again = replace(again, newsroom=samples.newsroom, actor_name=Actors.load().name)
    async with serving(telegram, again):
        assert "From this dossier alone" in (await asked(user, "what did Russia say?")).text
        await asked(user, "/leave")
        assert "From this dossier alone" not in (await asked(user, "what did Russia say?")).text


@pytest.mark.parametrize(
    ("language", "sorry", "near", "onward"),
    [
        (
            "en",
            "I find no words under this name in the briefings: {name}.",
            "Perhaps you mean:\n• /about {name}",
            "/dossiers lists what we follow, /latest what is new.",
        ),
        (
            "fr",
            "Je ne trouve dans les synthèses aucun propos sous ce nom : {name}.",
            "Peut-être vouliez-vous dire :\n• /about {name}",
            "/dossiers pour les dossiers suivis, /latest pour les nouveautés.",
        ),
        (
            "ru",
            "В обзорах нет высказываний под таким именем или названием: {name}.",
            "Возможно, вы имеете в виду:\n• /about {name}",
            "/dossiers — за чем мы следим, /latest — что нового.",
        ),
    ],
)
async def test_about_somebody_whom_no_briefing_quotes_leads_on(
    reading: TelegramServer, language: str, sorry: str, near: str, onward: str
) -> None:
    user = reading.user(READER, language_code=language)
    country = {"en": "Peru", "fr": "Pérou", "ru": "Перу"}[language]
    for name in (country, {"en": "Quimby", "fr": "Quimby", "ru": "Квимби"}[language]):
        said = written(await asked(user, f"/about {name}"))
        assert said == f"{sorry.format(name=name)}\n\n{onward}"
    typed, meant = {
        "en": ("Krutoyarski", "Nadezhda Krutoyarova"),
        "fr": ("Kroutoïarski", "Nadejda Kroutoïarova"),
        "ru": ("Крутоярская", "Надежда Крутоярова"),
    }[language]
    said = written(await asked(user, f"/about {typed}"))
    assert said.startswith(sorry.format(name=typed))
    assert near.format(name=meant) in said
    assert said.endswith(onward)
    assert (await asked(user, f"/about {meant}")).text.startswith(meant)


async def test_about_no_name_at_all_shows_how_it_is_written(reading: TelegramServer) -> None:
    user = reading.user(READER)
    usage = (await asked(user, "/about")).text
    assert usage.startswith(
        "Write /about with a country, an organisation or a person.\n\nFor example: /about "
    )
    told = (await asked(user, "/about the corridor")).text
    assert told.startswith("I find no words under this name in the briefings: the corridor.")
    assert told.endswith(usage)


@pytest.mark.parametrize(
    ("language", "name", "printed", "day"),
    [
        ("en", "Kvarchelya", "Rolan Kvarchelyan", "Latest day: 6 April 2024"),
        ("fr", "Kvarchelya", "Rolan Kvarchelyan", "Dernière date : 6 avril 2024"),
        ("ru", "Kvarchelya", "Rolan Kvarchelyan", "Последняя дата: 6 апреля 2024 г."),
    ],
)
async def test_who_is_asked_for_with_a_slip_is_called_as_printed(
    telegram: TelegramServer, house: House, language: str, name: str, printed: str, day: str
) -> None:
    text = f"The dam held. “We will repair it,” said {printed}."
    house.publish("dam", text, day=date(2024, 4, 6))
    async with serving_house(telegram, house):
        said = written(await asked(telegram.user(READER, language_code=language), f"/about {name}"))
    assert said.splitlines()[0] == printed
    assert said.splitlines()[2] == day


async def test_about_counts_nothing_that_the_reader_may_not_read(reading: TelegramServer) -> None:
    public = (await asked(reading.user(READER), "/about Russia")).text
    staff = (await asked(reading.user(STAFF), "/about Russia")).text
    assert "Rodion Berestov" in staff
    assert "Berestov" not in public
