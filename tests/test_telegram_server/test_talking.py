"""People write, the real python-telegram-bot reads and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import (
    Bot,
    BotCommand,
    Update,
)
from telegram.error import (
    InvalidToken,
)
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from tests.telegram_server.server import TelegramServer


@asynccontextmanager
async def polling(server: TelegramServer, *handlers: Any) -> AsyncIterator[None]:
    app = Application.builder().token(server.token).base_url(server.bot_url).build()
    app.add_handlers(handlers)
    async with app:
        assert app.updater
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await app.start()
        yield
        await app.updater.stop()
        await app.stop()


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(f"you said: {update.message.text}", do_quote=True)


async def test_an_application_that_polls_answers_a_person(telegram: TelegramServer) -> None:
    ada = telegram.user(7, first_name="Ada", language_code="fr")
    async with polling(telegram, MessageHandler(filters.TEXT, echo)):
        asked = await ada.send("what did Russia say?")
        answer = await ada.chat.wait_for_message()
    assert answer.text == "you said: what did Russia say?"
    assert answer.reply_to is asked
    assert telegram.updates.confirmed == [telegram.updates.history[0]["update_id"]]
    assert [call.method for call in telegram.transcript] == [
        "getMe",
        "deleteWebhook",
        "sendMessage",
    ]


async def test_a_command_reaches_its_handler(telegram: TelegramServer) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat
        await update.effective_chat.send_message(f"welcome {context.args}")

    ada = telegram.user(7)
    async with polling(telegram, CommandHandler("start", start)):
        await ada.send("/start ref-1")
        assert (await ada.chat.wait_for_message()).text == "welcome ['ref-1']"


async def test_messages_that_are_not_text_arrive_with_their_content(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    await ada.send_photo("look", content=b"JPEG")
    await ada.send_voice()
    await ada.send_sticker()
    await ada.send_document("plan.txt", content=b"the plan")
    await ada.send_location()
    got = [update.message for update in await bot.get_updates()]
    assert got[0]
    assert got[0].photo
    assert got[0].caption == "look"
    assert got[1]
    assert got[1].voice
    assert got[2]
    assert got[2].sticker
    assert got[4]
    assert got[4].location
    assert got[3]
    assert got[3].document
    file = await got[3].document.get_file()
    assert await file.download_as_bytearray() == b"the plan"


async def test_an_edited_message_and_a_reply_arrive_as_such(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    sent = await ada.send("helo")
    await ada.edit(sent, "hello")
    await ada.reply(sent, "I meant hello")
    _, edited, reply = await bot.get_updates()
    assert edited.edited_message
    assert edited.edited_message.text == "hello"
    assert reply.message
    assert reply.message.reply_to_message
    assert reply.message.reply_to_message.message_id == sent.id


async def test_waiting_returns_the_bots_messages_in_turn_and_shows_the_chat_in_vain(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    await ada.send("hello")
    for text in ("first", "second", "third"):
        await bot.send_message(7, text)
    assert (await ada.chat.wait_for_message()).text == "first"
    third = await ada.chat.wait_for_message(matching=lambda message: "th" in message.text)
    assert third.text == "third"
    with pytest.raises(AssertionError, match="Ada: hello"):
        await ada.chat.wait_for_message(timeout=0.1)
    with pytest.raises(AssertionError, match="sendMessage 7 'first' -> ok"):
        await telegram.wait_until(lambda: False, timeout=0.1)


async def test_a_wrong_token_is_not_let_in(telegram: TelegramServer) -> None:
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with Bot("1:wrong", base_url=telegram.bot_url):
            pass
    async with ClientSession() as session:
        async with session.get(f"{telegram.root}/bot1:wrong/getMe") as answer:
            assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
        async with session.get(f"{telegram.root}/bot{telegram.token}/danceNow") as answer:
            assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
        body = {"chat_id": "8", "text": "x"}
        async with session.post(f"{telegram.root}/bot{telegram.token}/SENDMESSAGE", json=body) as a:
            assert (await a.json())["description"] == "Bad Request: chat not found"


async def test_the_bot_keeps_its_profile_per_language(telegram: TelegramServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("ask", "Ask")])
    await bot.set_my_commands([BotCommand("ask", "Спросить")], language_code="ru")
    await bot.set_my_description("Briefings")
    await bot.set_my_short_description("Brief")
    await bot.set_my_name("Бот", language_code="ru")
    assert [c.description for c in await bot.get_my_commands()] == ["Ask"]
    assert [c.description for c in await bot.get_my_commands(language_code="ru")] == ["Спросить"]
    assert (await bot.get_my_description(language_code="fr")).description == "Briefings"
    assert (await bot.get_my_short_description()).short_description == "Brief"
    assert (await bot.get_my_name()).name == "Briefing bot"
    assert (await bot.get_chat(telegram.user(7, first_name="Ada").id)).first_name == "Ada"
