"""The methods that write into chats, with Telegram's limits; knows nothing of HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.telegram_server.chats import Chat, Json, Message
from tests.telegram_server.entities import (
    MAX_CAPTION,
    MAX_TEXT,
    Formatted,
    from_json,
    settle,
)
from tests.telegram_server.errors import bad_request, too_many_requests
from tests.telegram_server.markup import checked_link, parse_html
from tests.telegram_server.transcript import Call
from tests.telegram_server.world import World

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
# sendMessageDraft: calls a chat may take within so many seconds, as measured at Telegram
_DRAFT_LIMITS = ((20, 5.0), (40, 30.0))


def formatted(call: Call, source: str, *, caption: bool = False) -> Formatted:
    """Return a text as the chat will show it, and note it in the transcript."""
    mode = call.params.get("parse_mode") or ""
    if mode.lower() == "html":
        text, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        kind = "caption_entities" if caption else "entities"
        text, entities = source, from_json(call.params.get(kind) or ())
    limit, noun = (MAX_CAPTION, "message caption") if caption else (MAX_TEXT, "message")
    result = settle(text, entities, limit, f"{noun} is too long")
    call.text, call.entities = result.text, result.entities
    call.dropped_entities = result.dropped
    return result


def _required_text(call: Call) -> Formatted:
    source = str(call.params.get("text") or "")
    if not source:
        raise bad_request("message text is empty")
    result = formatted(call, source)
    if not result.text:
        raise bad_request("text must be non-empty")
    return result


def keyboard(markup: Any) -> Json | None:
    """Return a sound reply markup; raise ApiError 400 for a button that Telegram refuses."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    if sum(map(len, markup.get("inline_keyboard", []))) > 100:
        raise bad_request("reply markup is too long")
    return markup


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    data, url = button.get("callback_data"), button.get("url")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and checked_link(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if set(button) <= {"text", "style", "icon_custom_emoji_id"}:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed "
                          "in the inline keyboard")  # fmt: skip


def _replied(chat: Chat, params: Json) -> Message | None:
    reply = params.get("reply_parameters") or {}
    number = reply.get("message_id", params.get("reply_to_message_id"))
    if number is None:
        return None
    found = chat.find(int(number))
    lenient = reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def _send(world: World, call: Call, kind: str, text: Formatted, content: Json) -> Json:
    chat = world.writable(call.params.get("chat_id"))
    if preview := call.params.get("link_preview_options"):
        content = {**content, "link_preview_options": preview}
    content = content | in_topic(call.params.get("message_thread_id"))
    message = chat.add(
        sender=world.bot,
        kind=kind,
        text=text.text,
        entities=text.entities,
        content=content,
        markup=keyboard(call.params.get("reply_markup")),
        reply_to=_replied(chat, call.params),
    )
    chat.show_draft(None)
    return message.json()


def in_topic(topic: Any) -> Json:
    """Return what a Message of a forum's topic has beside the others."""
    return {"message_thread_id": int(topic), "is_topic_message": True} if topic else {}


def send_message(world: World, call: Call) -> Json:
    """Telegram checks the chat after the text."""
    text = _required_text(call)
    return _send(world, call, "text", text, {})


def _media(kind: str, describe: Callable[[str, World], Any]) -> Callable[[World, Call], Json]:
    def send(world: World, call: Call) -> Json:
        given = call.params.get(kind)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        caption = formatted(call, str(call.params.get("caption") or ""), caption=True)
        if isinstance(given, str) and "://" in given:
            given = world.store(given.rsplit("/", 1)[-1], b"")
        if given not in world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return _send(world, call, kind, caption, {kind: describe(given, world)})

    return send


def photo_json(file_id: str, world: World) -> list[Json]:
    """Return a list of PhotoSize of the Bot API."""
    size = len(world.files[file_id].content)
    return [
        {
            "file_id": file_id,
            "file_unique_id": f"U{file_id}",
            "width": 640,
            "height": 480,
            "file_size": size,
        }
    ]


def document_json(file_id: str, world: World) -> Json:
    """Return a Document of the Bot API; voices and stickers add to it."""
    stored = world.files[file_id]
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_name": stored.name,
        "mime_type": stored.mime,
        "file_size": len(stored.content),
    }


def _own(world: World, params: Json, absent: str, foreign: str) -> Message:
    """Return one of the bot's own messages."""
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.writable(params.get("chat_id"))
    message = chat.find(int(params.get("message_id") or 0))
    if message is None:
        raise bad_request(absent)
    if not message.by_bot:
        raise bad_request(foreign)
    return message


def edit_message_text(world: World, call: Call) -> Json:
    text = _required_text(call)
    message = _own(world, call.params, "message to edit not found", "message can't be edited")
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    markup = keyboard(call.params.get("reply_markup"))
    same = (text.text, text.entities, markup) == (message.text, message.entities, message.markup)
    if same:
        raise bad_request(_NOT_MODIFIED)
    message.rewrite(text, markup)
    return message.json()


def edit_message_reply_markup(world: World, call: Call) -> Json:
    message = _own(world, call.params, "message to edit not found", "message can't be edited")
    markup = keyboard(call.params.get("reply_markup"))
    if markup and not markup.get("inline_keyboard"):
        markup = None
    if markup == message.markup:
        raise bad_request(_NOT_MODIFIED)
    message.markup = markup
    message.edited = int(time.time())
    return message.json()


def delete_message(world: World, call: Call) -> bool:
    """In private chats a bot may delete what the person wrote; in groups its administrators may."""
    chat = world.writable(call.params.get("chat_id"))
    message = chat.find(int(call.params.get("message_id") or 0))
    if message is None:
        raise bad_request("message to delete not found")
    if not (message.by_bot or chat.kind == "private" or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def send_chat_action(world: World, call: Call) -> bool:
    chat = world.writable(call.params.get("chat_id"))
    action = call.params.get("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append((time.monotonic(), action))
    return True


def send_message_draft(world: World, call: Call) -> bool:
    """An empty text shows "Thinking…"; the draft goes when the message comes."""
    source = str(call.params.get("text") or "")
    text = formatted(call, source).text if source else ""
    chat = world.writable(call.params.get("chat_id"))
    if chat.kind != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if not int(call.params.get("draft_id") or 0):
        raise bad_request("RANDOM_ID_INVALID")
    now = time.monotonic()
    times = world.draft_times.setdefault(chat.id, [])
    for count, seconds in _DRAFT_LIMITS:
        recent = [at for at in times if now - at < seconds]
        if len(recent) >= count:
            raise too_many_requests(int(seconds - (now - recent[-count])) + 1)
    times.append(now)
    chat.show_draft(text)
    return True


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": _media("photo", photo_json),
    "sendDocument": _media("document", document_json),
    "sendChatAction": send_chat_action,
    "sendMessageDraft": send_message_draft,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
