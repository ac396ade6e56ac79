"""Reads requests as clients send them: query, form, multipart or JSON; knows no method."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.telegram_server.errors import bad_request
from tests.telegram_server.world import World

_STRUCTURES = {
    "allowed_updates",
    "button",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "reply_markup",
    "reply_parameters",
    "result",
    "results",
    "scope",
}
_NUMBERS = {
    "cache_time",
    "draft_id",
    "limit",
    "max_connections",
    "message_id",
    "message_thread_id",
    "offset",
    "reply_to_message_id",
    "timeout",
    "user_id",
}
_FLAGS = {
    "allow_sending_without_reply",
    "disable_notification",
    "drop_pending_updates",
    "is_personal",
    "protect_content",
    "show_alert",
}


async def read_params(request: web.Request, world: World) -> dict[str, Any]:
    """Return the parameters as plain values; uploaded files are stored and stand as their ids.

    Raise ApiError 400 for JSON that cannot be read.
    """
    raw: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = _loads("request", await request.text() or "{}")
        raw.update(body if isinstance(body, dict) else {})
    else:
        raw.update(await request.post())
    files = {
        name: world.store(value.filename, value.file.read(), value.content_type)
        for name, value in raw.items()
        if isinstance(value, FileField)
    }
    params = {name: files.get(name) or _value(name, value) for name, value in raw.items()}
    attached = {f"attach://{name}": name for name in files}
    for name, value in list(params.items()):
        if isinstance(value, str) and value in attached:
            params[name] = params.pop(attached[value])
    return params


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _STRUCTURES:
        return _loads(name, value)
    if name in _FLAGS:
        return value.lower() in ("true", "1", "yes")
    if name in _NUMBERS or name == "chat_id":
        try:
            return int(value)
        except ValueError:
            return value
    return value


def _loads(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
