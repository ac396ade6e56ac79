"""What a reader of each language meets who compares with somebody, or asks in a group."""

from __future__ import annotations

import pytest

from tests.bot.looking import LANGUAGES, PATIENCE, READER, asked, written
from tests.telegram_server.server import TelegramServer

CORRIDOR = {
    "en": "What did Russia say about the rail corridor?",
    "fr": "Que dit la Russie du corridor ferroviaire ?",
    "ru": "Что говорит Россия о железнодорожном коридоре?",
}
COMPARE = {
    "en": ("Compare with…", "Compare with Iran", "Back"),
    "fr": ("Comparer avec…", "Comparer : Iran", "Retour"),
    "ru": ("Сравнить с…", "Сравнить: Иран", "Назад"),
}
RUDKHANI = {"en": "Behzad Rudkhani", "fr": "Behzad Roudkhani", "ru": "Бехзад Рудхани"}
IRAN = {"en": "What did Iran say?", "fr": "Que dit l’Iran ?", "ru": "Что говорит Иран?"}
PRIVATE = {
    "en": "I tell of what you follow in private chats only: write to me there.",
    "fr": "Je n’envoie ces alertes qu’en conversation privée : écrivez-moi en privé.",
    "ru": "О том, за чем вы следите, я сообщаю только в личном чате: напишите мне там.",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_somebody_to_compare_with_is_chosen_and_shown_beside(
    reading: TelegramServer, language: str
) -> None:
    user = reading.user(READER, language_code=language)
    answer = await asked(user, CORRIDOR[language])
    compare, iran, back = COMPARE[language]

    def labels() -> list[str]:
        return [key.label.replace("\u00a0", " ") for row in answer.buttons for key in row]

    assert compare in labels()
    await user.press(answer.button(compare))
    await reading.wait_until(lambda: iran in labels())
    assert labels()[-1] == back
    (key,) = [k for r in answer.buttons for k in r if k.label.replace("\u00a0", " ") == iran]
    await user.press(key)
    beside = await user.chat.wait_for_message(PATIENCE)
    assert written(beside).startswith(f"{iran}\n\n")
    assert RUDKHANI[language] in beside.text
    assert RUDKHANI[language] not in answer.text
    assert compare in labels(), "the keys of the answer are what they were"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_group_is_answered_in_the_language_it_asks_in(
    reading: TelegramServer, language: str
) -> None:
    group, user = reading.group(-5), reading.user(READER, language_code=language)
    await user.send(IRAN[language], to=group)  # to nobody in particular
    await user.send(f"@{reading.username} {IRAN[language]}", to=group)
    first = await group.chat.wait_for_message(PATIENCE)
    assert {"en": "Sources", "fr": "Sources", "ru": "Источники"}[language] in first.text
    assert len(group.chat.bot_messages) == 1
    await user.send("/follow Iran", to=group)
    assert written(await group.chat.wait_for_message(PATIENCE)) == PRIVATE[language]
