"""The language of a chat: chosen, kept and given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.telegram.app import End
from tests.bot.scripted import ScriptedNewsroom, found, line, without_editors
from tests.bot.serving import serving
from tests.telegram_server.server import TelegramServer


@pytest.mark.parametrize(
    ("code", "said", "sources"),
    [
        ("en", "From now on I speak English here.", "Sources"),
        ("fr", "Désormais, je parle français ici.", "Sources"),
        ("RU", "Теперь я говорю здесь по-русски.", "Источники"),
    ],
)
async def test_a_chosen_language_is_spoken_whatever_the_question_and_the_app_speak(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    code: str,
    said: str,
    sources: str,
) -> None:
    newsroom.answers["?a"] = found(line("a"), language="en" if code != "en" else "ru")
    user = telegram.user(1, language_code="de")
    await user.send(f"/language {code}")
    assert (await user.chat.wait_for_message()).text == said
    await user.send("?a")
    assert sources in (await user.chat.wait_for_message()).text
    assert newsroom.asked[0][2] == code.lower()


async def test_a_language_is_chosen_by_a_button_kept_over_a_restart_and_given_up(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    user, other = telegram.user(1, language_code="ru"), telegram.user(2, language_code="en")
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        await user.send("/language Klingon")
        question = await user.chat.wait_for_message()
        assert question.text == "На каком языке мне здесь говорить?"
        assert [key.label for row in question.buttons for key in row] == [
            "English",
            "Français",
            "Русский",
            "На языке вопроса",
        ]
        await user.press(question.button("Français"))
        await telegram.wait_until(lambda: question.text == "Désormais, je parle français ici.")
        assert question.buttons == []
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        await user.send_photo()
        assert (await user.chat.wait_for_message()).text.startswith("Je ne lis que le texte.")
        await other.send_photo()
        assert (await other.chat.wait_for_message()).text.startswith("I can only read text.")
        await user.send("/language auto")
        said = await user.chat.wait_for_message()
        assert said.text == "Теперь я отвечаю на языке вопроса."
        await user.send_photo()
        assert (await user.chat.wait_for_message()).text.startswith("Я понимаю только текст.")
