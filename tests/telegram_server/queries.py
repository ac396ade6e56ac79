"""The methods that answer pressed buttons and inline queries; knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram_server.chats import Json
from tests.telegram_server.entities import units
from tests.telegram_server.errors import bad_request
from tests.telegram_server.messages import formatted, keyboard
from tests.telegram_server.transcript import Call
from tests.telegram_server.world import Query, World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _open_query(world: World, identifier: Any) -> Query:
    query = world.queries.get(str(identifier))
    if query is None or query.answer is not None:
        raise bad_request(_TOO_OLD)
    return query


def answer_callback_query(world: World, call: Call) -> bool:
    text = str(call.params.get("text") or "")
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query = _open_query(world, call.params.get("callback_query_id"))
    call.text = text
    query.answer = {"text": text, "show_alert": bool(call.params.get("show_alert"))}
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    results = call.params.get("results") or []
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_result(call, result)
    query = _open_query(world, call.params.get("inline_query_id"))
    query.results = results
    query.answer = {key: value for key, value in call.params.items() if key != "results"}
    return True


def answer_guest_query(world: World, call: Call) -> Json:
    """The message lands in a chat that the bot cannot see."""
    result = call.params.get("result") or {}
    _check_result(call, result)
    query = _open_query(world, call.params.get("guest_query_id"))
    query.results = [result]
    query.answer = {}
    return {"inline_message_id": f"guest{query.id}"}


def _check_result(call: Call, result: Json) -> None:
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    keyboard(result.get("reply_markup"))
    content = result.get("input_message_content")
    if content and "message_text" in content:
        inner = Call(call.number, call.method, content)
        result["shown"] = formatted(inner, content["message_text"]).text
        if not result["shown"]:
            raise bad_request("message text is empty")


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
