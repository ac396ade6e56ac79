"""Chats and their messages as a person sees them; knows nothing of HTTP and of methods."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.entities import Entity, Formatted, cut

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A key under a message: ``data`` comes back to the bot, ``url`` opens a page."""

    label: str
    data: str | None
    url: str | None
    message: Message = field(repr=False, compare=False)


@dataclass(eq=False)
class Message:
    """One message. It is live: an edit by the bot shows in it at once.

    ``kind`` is "text", "photo", "voice"…; ``text`` is the text or the caption, without markup.
    ``history`` holds the earlier texts, oldest first.
    """

    chat: Chat
    id: int
    sender: Json
    kind: str
    text: str
    entities: tuple[Entity, ...] = ()
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: Message | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edited: int | None = None
    history: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def by_bot(self) -> bool:
        """Tell whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return (words, address) of every link, in reading order."""
        return [
            (cut(self.text, e), e.url or cut(self.text, e))
            for e in self.entities
            if e.type in ("text_link", "url")
        ]

    @property
    def buttons(self) -> list[list[Button]]:
        """Return the rows of the inline keyboard."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url"), self) for b in row]
            for row in rows
        ]

    def button(self, label: str) -> Button:
        """Return the first key whose label contains ``label``; raise AssertionError if none."""
        keys = [key for row in self.buttons for key in row]
        found = [key for key in keys if label in key.label]
        assert found, f"no button {label!r} among {[key.label for key in keys]}"
        return found[0]

    def words(self, kind: str) -> list[str]:
        """Return what the entities of one kind cover."""
        return [cut(self.text, e) for e in self.entities if e.type == kind]

    def plain(self) -> str:
        """Return the text for a terminal: links are written ``words <address>``."""
        encoded = self.text.encode("utf-16-le")
        for entity in sorted(self.entities, key=lambda e: -e.end):
            if entity.type == "text_link":
                address = f" <{entity.url}>".encode("utf-16-le")
                encoded = encoded[: 2 * entity.end] + address + encoded[2 * entity.end :]
        text = encoded.decode("utf-16-le")
        return text if self.kind == "text" else f"[{self.kind}] {text}".rstrip()

    def rewrite(self, formatted: Formatted, markup: Json | None) -> None:
        """Put new content in the place of the old."""
        self.history.append(self.text)
        self.text, self.entities = formatted.text, formatted.entities
        self.markup, self.edited = markup, int(time.time())

    def json(self, *, with_reply: bool = True) -> Json:
        """Return it as a Message of the Bot API."""
        body: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender,
            **self.content,
        }
        prefix = "" if self.kind == "text" else "caption_"
        if self.kind == "text" or self.text:
            body["text" if self.kind == "text" else "caption"] = self.text
        if self.entities:
            body[f"{prefix}entities"] = [entity.json() for entity in self.entities]
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        if self.reply_to and with_reply:
            body["reply_to_message"] = self.reply_to.json(with_reply=False)
        if self.edited:
            body["edit_date"] = self.edited
        return body


@dataclass(eq=False)
class Chat:
    """A private chat or a group, and the conditions it is in.

    ``actions`` holds (monotonic time, action) of every chat action the bot has shown.
    """

    id: int
    kind: str
    title: str = ""
    person: Json | None = None
    members: dict[int, str] = field(default_factory=dict)
    started: bool = True
    blocked: bool = False
    bot_status: str = "member"
    migrated_to: int | None = None
    actions: list[tuple[float, str]] = field(default_factory=list)
    all_messages: list[Message] = field(default_factory=list)
    _seen: int = 0
    _spoke: float = 0.0
    _draft: tuple[float, str] | None = None

    @property
    def messages(self) -> list[Message]:
        """Return what is visible now, oldest first."""
        return [message for message in self.all_messages if not message.deleted]

    @property
    def bot_messages(self) -> list[Message]:
        """Return the bot's visible messages, oldest first."""
        return [message for message in self.messages if message.by_bot]

    @property
    def typing(self) -> bool:
        """Tell whether "typing…" shows: for 5 seconds, or until the bot writes."""
        at, action = self.actions[-1] if self.actions else (0.0, "")
        return action == "typing" and at > self._spoke and time.monotonic() - at < 5

    @property
    def draft(self) -> str | None:
        """Return the text that streams now ("" is "Thinking…"); it lasts for 30 seconds."""
        fresh = self._draft and time.monotonic() - self._draft[0] < 30
        return self._draft[1] if self._draft and fresh else None

    def show_draft(self, text: str | None) -> None:
        """Put a draft under the messages, or take it away."""
        self._draft = None if text is None else (time.monotonic(), text)

    def find(self, message_id: int) -> Message | None:
        """Return a visible message by its number."""
        return next((m for m in self.messages if m.id == message_id), None)

    def add(self, **content: Any) -> Message:
        """Put a new message at the end and return it."""
        message = Message(chat=self, id=len(self.all_messages) + 1, **content)
        self.all_messages.append(message)
        if message.by_bot:
            self._spoke = time.monotonic()
        return message

    async def wait_for_message(
        self, timeout: float = 60.0, *, matching: Callable[[Message], bool] = lambda _: True
    ) -> Message:
        """Return the bot's next message that no earlier wait returned.

        ``timeout`` is in seconds; AssertionError shows the chat when nothing fitting comes.
        """
        deadline = time.monotonic() + timeout
        while True:
            for message in self.bot_messages:
                if message.id > self._seen and matching(message):
                    self._seen = message.id
                    return message
            assert time.monotonic() < deadline, f"no message in {timeout} s; the chat:\n{self}"
            await asyncio.sleep(0.01)

    def json(self) -> Json:
        """Return it as a Chat of the Bot API."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        names = ("first_name", "last_name", "username")
        person = {name: self.person[name] for name in names if name in self.person}
        return {"id": self.id, "type": self.kind, **person}

    def __str__(self) -> str:
        lines = [
            f"{message.id:4} {message.sender['first_name']}: {message.plain()}"
            for message in self.messages
        ]
        return "\n".join(lines) or "(empty)"
