"""What the bot writes shows in the chat, or is refused in Telegram's words."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    RetryAfter,
)

from tests.telegram_server.server import TelegramServer


def keyboard(label: str = "More", **button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, **button)]])


async def test_edits_and_deletions_show_in_the_chat_and_stay_in_the_transcript(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    first = await bot.send_message(7, "searching…")
    second = await bot.send_message(7, "second")
    await first.edit_text("<b>found</b>", parse_mode="HTML")
    await second.delete()
    (visible,) = ada.chat.messages
    assert (visible.text, visible.history, visible.words("bold")) == (
        "found",
        ["searching…"],
        ["found"],
    )
    texts = [c.text for c in telegram.transcript.of("sendMessage", "editMessageText", chat=7)]
    assert texts == ["searching…", "second", "found"]


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (lambda bot: bot.send_message(7, "x" * 4097), "Message is too long"),
        (lambda bot: bot.send_message(7, "🙂" * 2049), "Message is too long"),
        (lambda bot: bot.send_message(7, ""), "Message text is empty"),
        (lambda bot: bot.send_message(7, " \n "), "Text must be non-empty"),
        (lambda bot: bot.send_message(7, "<b>x", parse_mode="HTML"), "Can't parse entities"),
        (lambda bot: bot.send_message(7, "x", parse_mode="XML"), "Unsupported parse_mode"),
        (lambda bot: bot.send_message(8, "x"), "Chat not found"),
        (lambda bot: bot.edit_message_text("x", 7, 99), "Message to edit not found"),
        (lambda bot: bot.edit_message_text("x", 7, 1), "Message can't be edited"),
        (lambda bot: bot.edit_message_text("same", 7, 2), "Message is not modified"),
        (lambda bot: bot.edit_message_reply_markup(7, 2), "Message is not modified"),
        (lambda bot: bot.delete_message(7, 99), "Message to delete not found"),
        (lambda bot: bot.send_chat_action(7, "dancing"), "Wrong parameter action in request"),
        (
            lambda bot: bot.send_message(7, "x", reply_markup=keyboard(callback_data="я" * 33)),
            "Button_data_invalid",
        ),
        (
            lambda bot: bot.send_message(7, "x", reply_markup=keyboard(url="http://localhost/")),
            "Wrong HTTP URL",
        ),
        (
            lambda bot: bot.send_message(7, "x", reply_parameters=ReplyParameters(99)),
            "Message to be replied not found",
        ),
        (lambda bot: bot.answer_callback_query("1"), "Query is too old"),
        (lambda bot: bot.send_photo(7, b"x", caption="x" * 1025), "Message caption is too long"),
        (lambda bot: bot.set_my_commands([("Start", "x")]), "Bot_command_invalid"),
        (lambda bot: bot.get_file("nothing"), "Invalid file_id"),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(
    telegram: TelegramServer, bot: Bot, refused: Any, reason: str
) -> None:
    await telegram.user(7).send("hello")
    await bot.send_message(7, "same")
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await refused(bot)
    assert len(telegram.chat(7).messages) == 2


async def test_the_longest_text_is_measured_after_the_markup(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.user(7)
    sent = await bot.send_message(7, f"<b>{'🙂' * 2047}&amp;&lt;</b>", parse_mode="HTML")
    assert sent.text == "🙂" * 2047 + "&<"


async def test_entities_beyond_the_hundredth_are_dropped_and_counted(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.user(7)
    sent = await bot.send_message(7, "<b>x</b> " * 103, parse_mode="HTML")
    assert len(sent.entities) == 100
    assert telegram.transcript.of("sendMessage")[0].dropped_entities == 3


async def test_a_reply_to_a_lost_message_may_be_sent_without_it(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.user(7)
    reply = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(7, "x", reply_parameters=reply)).reply_to_message is None


async def test_pictures_and_documents_arrive_with_caption_and_content(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    await bot.send_photo(7, b"PNG", caption="<i>map</i>", parse_mode="HTML")
    sent = await bot.send_document(7, b"PDF", filename="digest.pdf")
    photo, document = ada.chat.bot_messages
    assert (photo.kind, photo.text, photo.words("italic")) == ("photo", "map", ["map"])
    assert document.content["document"]["file_name"] == "digest.pdf"
    assert sent.document
    assert await (await sent.document.get_file()).download_as_bytearray() == b"PDF"
    await bot.send_document(7, InputFile(b"TEXT", filename="notes.txt", attach=True))
    assert ada.chat.bot_messages[-1].content["document"]["file_name"] == "notes.txt"
    again = await bot.send_document(7, sent.document.file_id)
    assert again.document
    assert again.document.file_size == 3


async def test_typing_shows_until_the_bot_writes(telegram: TelegramServer, bot: Bot) -> None:
    ada = telegram.user(7)
    await bot.send_chat_action(7, "typing")
    assert ada.chat.typing
    await bot.send_message(7, "x")
    assert not ada.chat.typing
    assert [action for _, action in ada.chat.actions] == ["typing"]


async def test_drafts_stream_in_private_chats_within_limits(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada, group = telegram.user(7), telegram.group(-100)
    await bot.send_message_draft(7, 1, "")
    assert ada.chat.draft == ""
    for n in range(19):
        await bot.send_message_draft(7, 1, f"<b>{n}</b>", parse_mode="HTML")
    assert ada.chat.draft == "18"
    with pytest.raises(RetryAfter):
        await bot.send_message_draft(7, 1, "too fast")
    await bot.send_message(7, "the answer")
    assert ada.chat.draft is None
    with pytest.raises(BadRequest, match=r"(?i)textdraft_peer_invalid"):
        await bot.send_message_draft(group.chat.id, 1, "x")
