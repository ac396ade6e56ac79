"""The bot's Telegram front without a network: updates go in, and all that it sends comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

from telegram import InlineKeyboardButton, Update
from telegram.ext import Application, ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.app import attend
from bot.telegram.daily import Daily
from bot.telegram.floor import Floor
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace, Urgency
from bot.telegram.parts import Parts
from bot.telegram.streaming import Streams

NAME = "briefing_bot"
GROUP = -77
Json = dict[str, Any]
_ME: Json = {"id": 10**9, "is_bot": True, "first_name": "Bot", "username": NAME}


@dataclass(frozen=True, slots=True)
class Sent:
    """One call of the bot's: to which chat, what is in it, and the buttons under it."""

    chat: int
    text: str
    buttons: tuple[str, ...]
    message: int


class Front:
    """The bot that ``parts`` make, in a loop of its own."""

    def __init__(self, parts: Parts) -> None:
        self._runner = asyncio.Runner()
        self._threads = ThreadPoolExecutor(1)
        self._numbers = count(1)
        self._errors: list[object] = []
        self.parts = parts
        pace = _AtOnce(before=_nothing)
        self.bot = _Wire(self._numbers, pace)
        self.app = Application.builder().bot(self.bot).updater(None).build()
        outbox = Outbox()
        self.daily = Daily(parts, pace)
        attend(self.app, parts, self.daily, outbox, Streams(outbox, Floor()), self._threads)
        self.app.add_error_handler(self._note)
        self._run(self.app.initialize())

    def close(self) -> None:
        self._run(self.app.shutdown())
        self._threads.shutdown()
        self._runner.close()

    def write(self, user: int, text: str, *, group: bool) -> list[Sent]:
        """What is sent when somebody writes, in private or in a group."""
        said = text
        if group:
            command, _, rest = text.partition(" ")
            said = f"{command}@{NAME} {rest}" if text[0] == "/" else f"@{NAME} {text}"
        return self._hear({"message": self._message(user, said, group=group)})

    def press(self, user: int, data: str, *, group: bool, message: int) -> list[Sent]:
        """What is sent when somebody presses a button under a message of the bot's."""
        under = self._message(user, "?", group=group) | {"message_id": message, "from": _ME}
        return self._hear({"callback_query": {
            "id": "1", "from": _person(user), "chat_instance": "1", "data": data, "message": under,
        }})  # fmt: skip

    def type(self, user: int, text: str) -> list[Sent]:
        """What somebody is offered who types a question in another chat."""
        typed = {"id": str(next(self._numbers)), "from": _person(user), "query": text, "offset": ""}
        return self._hear({"inline_query": typed})

    def mention(self, user: int, text: str) -> list[Sent]:
        """What is said where the bot is only named, in a chat that it is no member of."""
        message = self._message(user, f"@{NAME} {text}", group=True)
        return self._hear({"guest_message": message | {"guest_query_id": "1"}})

    def push(self) -> list[Sent]:
        """What is sent to whomever unasked."""
        return self._sent(self.daily.once(self.bot))

    def _hear(self, update: Json) -> list[Sent]:
        read = Update.de_json({"update_id": next(self._numbers), **update}, self.bot)
        return self._sent(self.app.process_update(read))

    def _sent(self, work: Coroutine[Any, Any, object]) -> list[Sent]:
        begun = len(self.bot.sent)
        self._run(work)
        assert not self._errors, self._errors
        return self.bot.sent[begun:]

    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        self._runner.run(work)

    def _message(self, user: int, text: str, *, group: bool) -> Json:
        return {
            "message_id": next(self._numbers), "date": 0, "chat": _chat(GROUP if group else user),
            "from": _person(user), "text": text, "entities": _entities(text),
        }  # fmt: skip

    async def _note(self, _: object, context: Any) -> None:
        self._errors.append(context.error)


class _Wire(ExtBot[bool]):
    """Sends nothing, and is believed to have sent it."""

    def __init__(self, numbers: count[int], pace: Pace) -> None:
        super().__init__("1:TOKEN", rate_limiter=pace)
        self._sent: list[Sent] = []
        self._under: dict[tuple[int, int], set[InlineKeyboardButton]] = {}
        self._numbers = numbers

    @property
    def sent(self) -> list[Sent]:
        """All that was sent so far."""
        return self._sent

    async def _do_post(self, endpoint: str, data: Json, **_: object) -> Any:
        if endpoint == "getMe":
            return _ME
        chat, number = int(data.get("chat_id", 0)), int(data.get("message_id", 0))
        number = number or next(self._numbers)
        keyboard = getattr(data.get("reply_markup"), "inline_keyboard", ())
        under = [button for row in keyboard for button in row]
        given = [RequestParameter.from_input(key, value) for key, value in data.items()]
        text = str(RequestData(given).json_parameters)
        known = self._under.setdefault((chat, number), set())
        if endpoint == "editMessageReplyMarkup":  # what is left there, nobody is shown anew
            text = str([each.to_dict() for each in under if each not in known])
        known.update(under)
        buttons = tuple(each.callback_data for each in under if each.callback_data)
        self._sent.append(Sent(chat, text, buttons, number))
        if endpoint == "answerGuestQuery":
            return {"inline_message_id": "1"}
        if endpoint.startswith(("send", "edit")) and endpoint != "sendChatAction":
            return {"message_id": number, "date": 0, "chat": _chat(chat), "text": "?"}
        return True


class _AtOnce(Pace):
    """Nobody here has to be spared."""

    async def turn(self, chat: int, urgency: Urgency) -> None:
        """Whoever comes is next."""


async def _nothing() -> None:
    """Nothing here is kept for a restart."""


def _person(user: int) -> Json:
    return {"id": user, "is_bot": False, "first_name": "A", "language_code": "en"}


def _chat(id: int) -> Json:
    return {"id": id, "type": "private" if id > 0 else "supergroup"}


def _entities(text: str) -> list[Json]:
    """The command or the mention that it begins with, as Telegram marks it."""
    first = text.split(" ")[0]
    kind = {"/": "bot_command", "@": "mention"}.get(text[0])
    return [{"type": kind, "offset": 0, "length": len(first)}] if kind else []
