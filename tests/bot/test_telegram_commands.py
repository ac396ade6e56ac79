"""The commands by which subscribers look around, over the sample briefings, as they read them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from tests.bot.corpora import Desk
from tests.bot.looking import (
    FLOODS,
    LANGUAGES,
    LATE,
    PATIENCE,
    READER,
    RUSSIA,
    STAFF,
    asked,
    written,
)
from tests.bot.scripted import ScriptedNewsroom, briefing, without_editors
from tests.bot.serving import serving
from tests.telegram_server.server import TelegramServer

PAIR = {"en": "Russia Turkey", "fr": "Russie, Turquie", "ru": "Россия Турция"}
SECRET = {
    "en": "Russia – Ukraine: front, talks, prisoners",
    "fr": "Russie – Ukraine : front, négociations, prisonniers",
    "ru": "Россия – Украина: фронт, переговоры, пленные",
}
EARLY = {"en": "6 April 2024", "fr": "6 avril 2024", "ru": "6 апреля 2024"}


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
    assert "Langue\u00a0: français — /language" in changed.text
    assert f"{FLOODS['fr']} — /leave" in changed.text


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "en",
            r"• You get the digest every day at 07:30 \(.+\)\. A day without news brings one "
            r"line\. The next one comes on .+ at 07:30 — /digest",
        ),
        (
            "fr",
            r"• Vous recevez la revue quotidienne tous les jours à 07:30 \(.+\)\. Un jour sans "
            r"nouveauté, vous recevez une seule ligne\. Prochain envoi le .+ à 07:30 — /digest",
        ),
        (
            "ru",
            r"• Вы получаете дайджест: ежедневно, в 07:30 \(.+\)\. В день без новостей приходит "
            r"одна строка\. Следующий придёт .+ в 07:30 — /digest",
        ),
    ],
)
async def test_settings_tell_those_who_may_have_it_of_their_digest(
    reading: TelegramServer, language: str, row: str
) -> None:
    message = await asked(reading.user(STAFF, language_code=language), "/settings")
    assert re.search(row, written(message))


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
