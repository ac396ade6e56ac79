"""The methods about the bot itself, chats, members and files; knows nothing of HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.telegram_server.chats import Json
from tests.telegram_server.errors import bad_request
from tests.telegram_server.transcript import Call
from tests.telegram_server.world import World

_MAX_DOWNLOAD = 20 * 1024 * 1024
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def get_me(world: World, _call: Call) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
    }


def _setter(field: str, limit: int) -> Callable[[World, Call], bool]:
    def write(world: World, call: Call) -> bool:
        value = str(call.params.get(field) or "")
        if len(value) > limit:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        world.profile[(field, call.params.get("language_code") or "")] = value
        return True

    return write


def _getter(field: str) -> Callable[[World, Call], Json]:
    def read(world: World, call: Call) -> Json:
        language = call.params.get("language_code") or ""
        value = world.profile.get((field, language)) or world.profile.get((field, ""), "")
        return {field: value or (world.bot["first_name"] if field == "name" else "")}

    return read


def _commands_key(call: Call) -> tuple[str, ...]:
    scope = call.params.get("scope") or {"type": "default"}
    language = call.params.get("language_code") or ""
    return ("commands", json.dumps(scope, sort_keys=True), language)


def _check_scope(world: World, call: Call) -> None:
    scope = call.params.get("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("unsupported BotCommandScope type specified")
    if scope["type"].startswith("chat"):
        world.chat(scope.get("chat_id"))


def set_my_commands(world: World, call: Call) -> bool:
    _check_scope(world, call)
    commands = call.params.get("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[_commands_key(call)] = commands
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    _check_scope(world, call)
    return list(world.profile.get(_commands_key(call), []))


def delete_my_commands(world: World, call: Call) -> bool:
    _check_scope(world, call)
    world.profile.pop(_commands_key(call), None)
    return True


def get_chat(world: World, call: Call) -> Json:
    chat = world.chat(call.params.get("chat_id"))
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(world: World, call: Call) -> Json:
    chat = world.writable(call.params.get("chat_id"))
    user_id = int(call.params.get("user_id") or 0)
    if user_id == world.bot["id"]:
        return member_json(world.bot, chat.bot_status)
    if user_id not in world.people:
        raise bad_request("user not found")
    own = chat.kind == "private" and chat.id == user_id
    status = "member" if own else chat.members.get(user_id, "left")
    return member_json(world.people[user_id], status)


def member_json(user: Json, status: str) -> Json:
    """Return a ChatMember of the Bot API."""
    body: Json = {"status": status, "user": user}
    if status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        body.update(dict.fromkeys(_RIGHTS, False), can_manage_chat=True, can_delete_messages=True)
    elif status == "kicked":
        body["until_date"] = 0
    return body


def get_file(world: World, call: Call) -> Json:
    file_id = str(call.params.get("file_id") or "")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > _MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_size": len(stored.content),
        "file_path": f"documents/{file_id}",
    }


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "getMe": get_me,
    "setMyName": _setter("name", 64),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getFile": get_file,
}
