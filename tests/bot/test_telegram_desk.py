"""Who may use the editors' desk in Telegram, its menus, and what it looks up: over HTTP."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from tests.bot.editing import (
    EDITOR,
    PATIENCE,
    REPORT,
    STAFF,
    STRANGER,
    Office,
    plainly,
    until,
)
from tests.telegram_server.server import TelegramServer

# Who may


REFUSALS = {
    "en": "This is for the newsroom's editors only.",
    "fr": "Cette fonction est réservée aux rédacteurs.",
    "ru": "Это доступно только редакторам.",
}


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize("who", [STRANGER, STAFF])
async def test_others_are_refused_politely_and_nothing_is_done(
    telegram: TelegramServer, office: Office, language: str, who: int
) -> None:
    # Names decide nothing: anybody may call themselves what they like.
    user = telegram.user(who, language_code=language, username=str(EDITOR), first_name="Editor")
    async with office.serving(telegram, office.script(output=REPORT)):
        for command in ("/ingest", "/ingest news", "/runs", "/status"):
            await user.send(command)
            assert (await user.chat.wait_for_message()).text == REFUSALS[language]
    assert office.orders == []


async def test_a_button_is_for_editors_whoever_sees_it(
    telegram: TelegramServer, office: Office
) -> None:
    group, editor = telegram.group(-5), telegram.user(EDITOR)
    stranger = telegram.user(STRANGER, language_code="ru")
    office.write("new.md")
    async with office.serving(telegram):
        await editor.send("/ingest news", to=group)
        message = await group.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Published")
        query = await stranger.press(message.button("Undo"))
        await telegram.wait_until(lambda: query.answer)
        assert query.answer == {"text": REFUSALS["ru"], "show_alert": True}
        await editor.press(message.button("Undo"))
        confirmation = await group.chat.wait_for_message(PATIENCE)
        query = await stranger.press(confirmation.button("Yes"))
        await telegram.wait_until(lambda: query.answer)
        assert query.answer is not None
        assert query.answer["text"] == REFUSALS["ru"]
    assert office.current() == 2


async def test_a_group_is_told_nothing_of_what_is_for_subscribers(
    telegram: TelegramServer, office: Office
) -> None:
    group, editor = telegram.group(-5), telegram.user(EDITOR)
    office.write("new-open.md", title="For everybody")
    office.write("new-closed.md", title="For subscribers only", access="subscribers")
    async with office.serving(telegram):
        await editor.send("/ingest news", to=group)
        message = await group.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Published")
        assert "For everybody" in message.text
        await editor.send("/status", to=group)
        refused = await group.chat.wait_for_message(PATIENCE)
    assert refused.text == "Please write this to me in a private chat."
    assert "For subscribers only" not in "".join(str(each) for each in group.chat.bot_messages)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This button is no"), ("fr", "Ce bouton n’est"), ("ru", "Эта кнопка больше")],
)
@pytest.mark.parametrize("data", ["something-else", "undo:", "undo:x", "undo-maybe:1"])
async def test_a_button_of_no_use_is_answered(
    telegram: TelegramServer, office: Office, language: str, said: str, data: str
) -> None:
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram):
        await editor.send("/runs")
        message = await editor.chat.wait_for_message()
        message.markup = {"inline_keyboard": [[{"text": "old", "callback_data": data}]]}
        query = await editor.press(message.button("old"))
        await telegram.wait_until(lambda: query.answer)
        assert query.answer is not None
        assert query.answer["text"].startswith(said)


async def test_editors_are_told_of_their_commands(telegram: TelegramServer, office: Office) -> None:
    async with office.serving(telegram):
        editor, stranger = telegram.user(EDITOR), telegram.user(STRANGER)
        await editor.send("/help")
        assert "/ingest — " in (await editor.chat.wait_for_message()).text
        await stranger.send("/help")
        assert "/ingest" not in (await stranger.chat.wait_for_message()).text


# Looking things up


@pytest.mark.parametrize(
    ("language", "empty", "said"),
    [
        (
            "en",
            "No ingestion has run yet.",
            (
                "Latest runs",
                "on schedule · blog.example\n2 briefings added, 1 page failed\n"
                "https://blog.example/a: it has no text",
                "Telegram\nCould not run: The disk is full.",
                "command line · news\nNothing new",
                "3 hours ago",
                "Went back to generation 1",
            ),
        ),
        (
            "fr",
            "Aucune mise à jour n’a encore eu lieu.",
            (
                "Dernières mises à jour",
                "à heure fixe · blog.example\n2 synthèses ajoutées, 1 page en échec\n"
                "https://blog.example/a: it has no text",
                "Telegram\nÉchec\u00a0: The disk is full.",
                "ligne de commande · news\nRien de nouveau",
                "il y a 3 heures",
                "Retour à la génération 1",
            ),
        ),
        (
            "ru",
            "Обновлений ещё не было.",
            (
                "Последние обновления",
                "по расписанию · blog.example\nдобавлено 2 обзора, не обработана 1 страница\n"
                "https://blog.example/a: it has no text",
                "Telegram\nНе удалось выполнить: The disk is full.",
                "командная строка · news\nНичего нового",
                "3 часа назад",
                "Возврат к поколению 1",
            ),
        ),
    ],
)
async def test_the_last_runs_are_listed(
    telegram: TelegramServer, office: Office, language: str, empty: str, said: tuple[str, ...]
) -> None:
    shutil.rmtree(office.data_dir)
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram):
        await editor.send("/runs")
        assert (await editor.chat.wait_for_message()).text == empty
        office.ran(timedelta(hours=9), trigger="watch", added=77)  # the eleventh, not shown
        for _ in range(6):
            office.ran(timedelta(hours=8), trigger="hook", unchanged=4)
        office.ran(timedelta(hours=7), trigger="command", before=2, generation=1)
        office.ran(timedelta(hours=5), trigger="command", sources=("/srv/news",), unchanged=9)
        office.ran(timedelta(hours=4), trigger="telegram", error="The disk is full.")
        office.ran(
            timedelta(hours=3),
            sources=("https://blog.example/",),
            added=2,
            failed=(("https://blog.example/a", "it has no text"),),
        )
        await editor.send("/runs")
        text = (await editor.chat.wait_for_message()).text
    for words in said:
        assert words in text
    assert "77" not in text
    assert text.count("UTC") == 10


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "In the briefings\n• English — 1 briefing (public: 1, for subscribers: 0)\n"
            "• French — 1 briefing (public: 0, for subscribers: 1)\n\n"
            "Newest briefing:\n• Vienna — 1 May 2024\n\nGeneration 1, published: ",
        ),
        (
            "fr",
            "Dans les synthèses\n"
            "• anglais — 1 synthèse (en accès libre\u00a0: 1, pour les abonnés\u00a0: 0)\n"
            "• français — 1 synthèse (en accès libre\u00a0: 0, pour les abonnés\u00a0: 1)\n\n"
            "Synthèse la plus récente\u00a0:\n• Vienna — 1er mai 2024\n\n"
            "Génération 1, publiée\u00a0: ",
        ),
        (
            "ru",
            "В обзорах\n• английский — 1 обзор (открытых: 1, для подписчиков: 0)\n"
            "• французский — 1 обзор (открытых: 0, для подписчиков: 1)\n\n"
            "Самый новый обзор:\n• Vienna — 1 мая 2024\u202fг.\n\nПоколение 1, опубликовано: ",
        ),
    ],
)
async def test_the_status_tells_how_things_stand(
    telegram: TelegramServer, office: Office, language: str, said: str
) -> None:
    editor = telegram.user(EDITOR, language_code=language)
    office.ran(timedelta(days=4), unchanged=2)
    office.ran(timedelta(hours=2), error="blog.example cannot be reached.")
    async with office.serving(telegram, stale_after=timedelta(days=3)):
        await editor.send("/status")
        message = await editor.chat.wait_for_message(
            PATIENCE, matching=lambda each: "blog.example" in each.text
        )
    assert plainly(message.text).startswith(plainly(said))
    assert message.links == [("Vienna", "https://news.example/vienna")]
    why = {
        "en": "blog.example cannot be reached.",
        "fr": "blog.example est injoignable.",
        "ru": "blog.example недоступен.",
    }
    assert why[language] in message.text
    stale = {"en": "Out of date:", "fr": "Pas à jour\u00a0:", "ru": "Данные устарели:"}
    assert any(words.startswith(stale[language]) for words in message.words("bold"))


async def test_the_status_of_an_empty_newsroom_says_so(
    telegram: TelegramServer, office: Office
) -> None:
    shutil.rmtree(office.data_dir)
    said = {
        "en": "There are no briefings yet.",
        "fr": "Il n’y a pas encore de synthèse.",
        "ru": "Обзоров пока нет.",
    }
    async with office.serving(telegram, stale_after=timedelta(minutes=1)):
        for language, empty in said.items():
            editor = telegram.user(EDITOR, language_code=language)
            await editor.send("/status")
            assert (await editor.chat.wait_for_message()).text == empty
