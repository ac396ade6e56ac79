"""The commands by which subscribers look around, over the sample briefings, as they read them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain import Reason
from bot.editing import EditorsDesk
from bot.roles import GivenRoles
from bot.telegram.parts import Parts
from tests.bot.corpora import Desk
from tests.bot.scripted import ScriptedNewsroom, briefing, missing, without_editors
from tests.bot.serving import serving
from tests.telegram_server.chats import Message
from tests.telegram_server.people import User
from tests.telegram_server.server import TelegramServer
from vectorstore.actors import Actors

STAFF, READER = 2000, 1
PATIENCE = 60.0
RUSSIA = {"en": "Russia", "fr": "Russie", "ru": "Россия"}
PAIR = {"en": "Russia Turkey", "fr": "Russie, Turquie", "ru": "Россия Турция"}
SECRET = {
    "en": "Russia – Ukraine: front, talks, prisoners",
    "fr": "Russie – Ukraine : front, négociations, prisonniers",
    "ru": "Россия – Украина: фронт, переговоры, пленные",
}
FLOODS = {
    "en": "Natural disasters and humanitarian aid",
    "fr": "Catastrophes naturelles et aide humanitaire",
    "ru": "Стихийные бедствия и гуманитарная помощь",
}
EARLY = {"en": "6 April 2024", "fr": "6 avril 2024", "ru": "6 апреля 2024"}
LATE = {"en": "12 June 2024", "fr": "12 juin 2024", "ru": "12 июня 2024"}
LANGUAGES = ["en", "fr", "ru"]


@pytest.fixture
def parts(samples: Desk, idle_desk: EditorsDesk, tmp_path: Path) -> Parts:
    given = GivenRoles(staff=frozenset({STAFF}))
    scripted = without_editors(ScriptedNewsroom(), idle_desk, tmp_path, given)
    return replace(scripted, newsroom=samples.newsroom, actor_name=Actors.load().name)


@pytest_asyncio.fixture
async def reading(telegram: TelegramServer, parts: Parts) -> AsyncIterator[TelegramServer]:
    """The bot answers from the samples."""
    async with serving(telegram, parts):
        yield telegram


async def asked(user: User, text: str) -> Message:
    await user.send(text)
    return await user.chat.wait_for_message(PATIENCE)


def written(message: Message) -> str:
    """The text, with simple spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", message.text)


# Profiles


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
            "• Надежда Крутоярова, Официальный представитель МИД России — 10 высказываний\n"
            "• Глеб Озерецкий, Пресс-секретарь Кремля — 2 высказывания\n",
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
            "Надежда Крутоярова, Официальный представитель МИД России\n10 высказываний\n"
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
    ("language", "how", "said"),
    [
        ("en", "Write /follow with a country", "You follow {name} now."),
        ("fr", "Écrivez /follow suivi d’un pays", "Vous suivez désormais : {name}."),
        ("ru", "Напишите /follow и название страны", "Теперь в вашем списке: {name}."),
    ],
)
async def test_a_dossier_is_followed_by_a_few_words_and_a_button(
    reading: TelegramServer, language: str, how: str, said: str
) -> None:
    user = reading.user(READER, language_code=language)
    usage = await asked(user, "/follow")
    assert written(usage).startswith(how)
    assert "/follow" in usage.words("bot_command")[-1], "with an example from the briefings"
    choice = await asked(user, f"/follow {FLOODS[language].split(' ')[0]}")
    assert f"• {FLOODS[language]}" in choice.text
    await user.press(choice.buttons[0][0])
    assert written(await user.chat.wait_for_message(PATIENCE)).startswith(
        said.format(name=FLOODS[language])
    )


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


async def test_about_somebody_who_is_not_quoted_says_so(reading: TelegramServer) -> None:
    user = reading.user(READER)
    assert (await asked(user, "/about Wakanda")).text.startswith("The briefings say nothing")
    usage = (await asked(user, "/about")).text
    assert usage.startswith(
        "Write /about with a country, an organisation or a person.\n\nFor example: /about "
    )
    assert (await asked(user, "/about the corridor")).text == usage


async def test_about_counts_nothing_that_the_reader_may_not_read(reading: TelegramServer) -> None:
    public = (await asked(reading.user(READER), "/about Russia")).text
    staff = (await asked(reading.user(STAFF), "/about Russia")).text
    assert "Rodion Berestov" in staff
    assert "Berestov" not in public


# Timelines and comparisons


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_timeline_tells_day_by_day(reading: TelegramServer, language: str) -> None:
    user = reading.user(READER, language_code=language)
    message = await asked(user, f"/timeline {RUSSIA[language]}")
    days = {
        "en": ["6 April 2024", "16 May 2024", "2 June 2024", "12 June 2024"],
        "fr": ["6 avril 2024", "16 mai 2024", "2 juin 2024", "12 juin 2024"],
        "ru": ["6 апреля 2024 г.", "16 мая 2024 г.", "2 июня 2024 г.", "12 июня 2024 г."],
    }[language]
    headings = [re.sub(r"[\u00a0\u202f]", " ", each) for each in message.words("bold")]
    assert [each for each in headings if each in days] == days


async def test_a_timeline_keeps_to_its_topic_and_can_be_followed_up(
    reading: TelegramServer,
) -> None:
    user = reading.user(READER)
    message = await asked(user, "/timeline Russia railway corridor")
    assert "not asking for the keys" in message.text
    assert "observes only what it came to see" not in message.text
    follow_up = await asked(user, "and Turkey?")
    assert "Taşdelenoğlu" in follow_up.text
    assert (await asked(user, "/timeline the weather")).text.startswith("Write /timeline with")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_comparison_sets_two_side_by_side(reading: TelegramServer, language: str) -> None:
    user = reading.user(READER, language_code=language)
    message = await asked(user, f"/compare {PAIR[language]}")
    assert {RUSSIA[language], re.split(r",? ", PAIR[language])[1]} <= set(message.words("bold"))
    assert (await user.chat.wait_for_message(PATIENCE)).kind == "photo"
    one = await asked(user, f"/compare {RUSSIA[language]}")
    assert "/compare" in one.text.splitlines()[0]
    example = one.words("bot_command")[-1]
    assert example == "/compare"


# Files


@pytest.mark.parametrize(
    ("language", "title", "row"),
    [
        ("en", "Dossiers we follow:", f"• {FLOODS['en']} — 1 briefing, newest: 6 April 2024"),
        (
            "fr",
            "Dossiers suivis :",
            f"• {FLOODS['fr']} — 1 synthèse, la plus récente : 6 avril 2024",
        ),
        (
            "ru",
            "Досье, за которыми мы следим:",
            f"• {FLOODS['ru']} — 1 обзор, самый новый: 6 апреля 2024 г.",
        ),
    ],
)
async def test_a_file_is_entered_asked_in_and_left(
    reading: TelegramServer, language: str, title: str, row: str
) -> None:
    user = reading.user(READER, language_code=language)
    listed = await asked(user, "/dossiers")
    assert written(listed).startswith(title)
    assert row in written(listed)
    assert SECRET[language] not in listed.text, "subscribers' files are not named to the public"
    await user.press(listed.button(FLOODS[language][:20]))
    await reading.wait_until(lambda: listed.edited)
    assert FLOODS[language] in listed.text
    question = {
        "en": "what did Russia say?",
        "fr": "Que dit la Russie ?",
        "ru": "Что говорит Россия?",
    }
    inside = await asked(user, question[language])
    assert FLOODS[language] in inside.text.splitlines()[-2]
    assert EARLY[language] in written(inside)
    assert LATE[language] not in written(inside)
    await asked(user, "/leave")
    outside = await asked(user, question[language])
    assert FLOODS[language] not in outside.text
    assert LATE[language] in written(outside)


async def test_a_file_is_named_by_some_of_its_words(reading: TelegramServer) -> None:
    user = reading.user(READER)
    assert "Natural disasters" in (await asked(user, "/dossiers humanitarian")).text
    assert "Which of these dossiers?" in (await asked(user, "/dossiers georgia")).text
    assert (await asked(user, "/dossiers moon")).text == (
        "No dossier has this name. /dossiers lists them."
    )
    assert (await asked(user, f"/dossiers {SECRET['en']}")).text.startswith(
        "No dossier has this name"
    )
    assert SECRET["en"] in (await asked(reading.user(STAFF), "/dossiers prisoners")).text


async def test_a_button_of_a_file_that_may_not_be_read_expires(reading: TelegramServer) -> None:
    staff, reader = reading.user(STAFF), reading.user(READER)
    key = (await asked(staff, "/dossiers")).button("Russia – Ukraine")
    query = await reader.press(replace(key, message=await asked(reader, "/settings")))
    await reading.wait_until(lambda: query.answer)
    assert query.answer is not None
    assert query.answer["text"].startswith("This button is no longer of use")


async def test_each_chat_asks_in_a_file_of_its_own(reading: TelegramServer) -> None:
    group, user = reading.group(-5), reading.user(READER)
    await user.send("/dossiers humanitarian", to=group)
    await group.chat.wait_for_message(PATIENCE)
    assert "From this dossier alone" not in (await asked(user, "what did Russia say?")).text
    await user.send("/ask what did Russia say?", to=group)
    assert "From this dossier alone" in (await group.chat.wait_for_message(PATIENCE)).text


# Help and settings


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_example_of_the_help_finds_an_answer(
    reading: TelegramServer, samples: Desk, language: str
) -> None:
    user = reading.user(READER, language_code=language)
    guide = await asked(user, "/help")
    examples = [row[2:] for row in guide.text.splitlines() if row.startswith("• ")]
    assert len(examples) >= 5
    nothing = {
        "en": "The briefings",
        "fr": "Les synthèses n",
        "ru": "В обзорах",
    }[language]
    for example in examples:
        answer = await asked(user, example)
        assert not answer.text.startswith(nothing), example
        assert {"en": "Sources", "fr": "Sources", "ru": "Источники"}[language] in answer.text
        assert "[1]" in answer.text


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "en",
            "Settings\n• Language: that of each question — /language\n"
            "• Questions are answered from all dossiers — /dossiers\n"
            "• Your questions are kept for 90 days — /privacy, /mydata, /forget",
        ),
        (
            "fr",
            "Réglages\n• Langue : celle de chaque question — /language\n"
            "• Je réponds à partir de tous les dossiers — /dossiers\n"
            "• Vos questions sont conservées 90 jours — /privacy, /mydata, /forget",
        ),
        (
            "ru",
            "Настройки\n• Язык: тот, на котором задан вопрос — /language\n"
            "• Я отвечаю по всем досье — /dossiers\n"
            "• Ваши вопросы хранятся 90 дней — /privacy, /mydata, /forget",
        ),
    ],
)
async def test_settings_tell_what_is_chosen_and_kept(
    reading: TelegramServer, language: str, rows: str
) -> None:
    user = reading.user(READER, language_code=language)
    message = await asked(user, "/settings")
    assert written(message) == rows
    await user.press(message.button("Français"))
    await reading.wait_until(lambda: message.edited)
    await asked(user, "/dossiers humanitaire")
    changed = await asked(user, "/settings")
    assert "Langue\u00a0: Français — /language" in changed.text
    assert f"{FLOODS['fr']} — /leave" in changed.text


async def test_settings_tell_those_who_may_have_it_of_their_digest(
    reading: TelegramServer,
) -> None:
    message = await asked(reading.user(STAFF), "/settings")
    assert re.search(r"• You get the digest .* — /digest", message.text)


# Captions


async def test_a_question_under_a_picture_is_answered(
    telegram: TelegramServer, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    newsroom = ScriptedNewsroom(briefings=[briefing("new")])
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        group, user = telegram.group(-5), telegram.user(READER)
        await user.send_photo("what did Moscow say?")
        assert (await user.chat.wait_for_message()).text.startswith("echo what did Moscow say?")
        await user.send_photo("what is this?", to=group)
        await user.send_photo(f"@{telegram.username}_2 what is that?", to=group)
        await user.send_photo(f"@{telegram.username} who is this?", to=group)
        assert (await group.chat.wait_for_message()).text.startswith("echo who is this?")
        assert len(group.chat.bot_messages) == 1
