"""Buttons, inline queries, groups, and people who do not want the bot."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
)

from tests.telegram_server.server import TelegramServer


def keyboard(label: str = "More", **button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, **button)]])


async def test_a_pressed_button_is_answered_once(telegram: TelegramServer, bot: Bot) -> None:
    ada = telegram.user(7)
    await bot.send_message(7, "found", reply_markup=keyboard(callback_data="more:1"))
    press = await ada.press(ada.chat.bot_messages[0].button("More"))
    (update,) = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "more:1"
    await update.callback_query.answer("here you are")
    assert press.answer == {"text": "here you are", "show_alert": False}
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer()
    await update.callback_query.edit_message_reply_markup(None)
    assert ada.chat.bot_messages[0].buttons == []


async def test_an_inline_query_gets_its_results(telegram: TelegramServer, bot: Bot) -> None:
    query = await telegram.user(7).inline("sanctions")
    (update,) = await bot.get_updates()
    assert update.inline_query
    assert update.inline_query.query == "sanctions"
    content = InputTextMessageContent("<b>x</b>", parse_mode="HTML")
    broken = InputTextMessageContent("<b>x", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await update.inline_query.answer([InlineQueryResultArticle("1", "One", broken)])
    await update.inline_query.answer([InlineQueryResultArticle("1", "One", content)])
    assert [result["title"] for result in query.results] == ["One"]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada, group = telegram.user(7), telegram.group(-100)
    await bot.send_message(-100, "hello, newsroom")
    await ada.send("just chatting", to=group)
    await ada.send(f"@{telegram.username} what did Russia say?", to=group)
    await ada.send("/ask@other_bot who?", to=group)
    await ada.send("/ask who?", to=group)
    await ada.reply(group.chat.bot_messages[0], "thanks")
    heard = [update.message for update in await bot.get_updates()]
    assert [m.text for m in heard if m] == [
        f"@{telegram.username} what did Russia say?",
        "/ask who?",
        "thanks",
    ]
    await group.add_bot(ada, "administrator")
    await ada.send("more chatting", to=group)
    last = (await bot.get_updates())[-1].effective_message
    assert last
    assert last.text == "more chatting"
    assert (await bot.get_chat_member(-100, 7)).status == "member"


async def test_a_group_that_moves_says_where(telegram: TelegramServer, bot: Bot) -> None:
    ada, group = telegram.user(7), telegram.group(-42, kind="group")
    new = await group.migrate(ada)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-42, "x")
    assert caught.value.new_chat_id == new.chat.id
    old, arrived = await bot.get_updates()
    assert old.message
    assert old.message.migrate_to_chat_id == new.chat.id
    assert arrived.message
    assert arrived.message.migrate_from_chat_id == -42
    await bot.send_message(new.chat.id, "x")


async def test_who_blocks_the_bot_or_throws_it_out_is_not_written_to(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada, group = telegram.user(7), telegram.group(-100)
    telegram.user(8, started=False)
    await ada.block()
    await group.remove_bot(ada)
    for chat, reason in (
        (7, "bot was blocked by the user"),
        (8, "bot can't initiate conversation with a user"),
        (-100, "bot was kicked from the supergroup chat"),
    ):
        with pytest.raises(Forbidden, match=reason):
            await bot.send_message(chat, "x")
    left, thrown = await bot.get_updates()
    assert left.my_chat_member
    assert left.my_chat_member.new_chat_member.status == "kicked"
    assert thrown.my_chat_member
    assert thrown.my_chat_member.chat.id == -100
    await ada.send("/start")
    await bot.send_message(7, "welcome back")
