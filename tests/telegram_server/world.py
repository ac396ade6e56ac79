"""Everything the server remembers: the bot, people, chats, files and what waits for the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.chats import Chat, Json, Message
from tests.telegram_server.entities import Entity
from tests.telegram_server.errors import ApiError, bad_request, blocked, forbidden, migrated
from tests.telegram_server.transcript import Transcript
from tests.telegram_server.updates import Updates

BOT_ID = 123456789


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies on the server."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass
class Query:
    """A pressed button, an inline query or a guest's; ``answer`` holds the bot's when it has come.

    Of each of ``results``, ``shown`` is the text that it would send.
    """

    id: str
    user: int
    answer: Json | None = None
    results: list[Json] = field(default_factory=list)


@dataclass
class World:
    """The state behind the methods; ``profile`` is what set… methods of the bot itself wrote."""

    bot: Json
    privacy: bool = True
    updates: Updates = field(default_factory=Updates)
    transcript: Transcript = field(default_factory=Transcript)
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Json] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    profile: dict[tuple[str, ...], Any] = field(default_factory=dict)
    draft_times: dict[int, list[float]] = field(default_factory=dict)

    def chat(self, chat_id: Any) -> Chat:
        """Return a chat; raise ApiError 400 when there is none or the bot may not look into it."""
        try:
            found = self.chats.get(int(chat_id))
        except (TypeError, ValueError):
            found = None
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        if found is None:
            raise bad_request("chat not found")
        return found

    def writable(self, chat_id: Any) -> Chat:
        """Return a chat that the bot may write to; raise the ApiError that its condition calls."""
        chat = self.chat(chat_id)
        if refusal := _refusal(chat):
            raise refusal
        return chat

    def store(self, name: str, content: bytes, mime: str = "application/octet-stream") -> str:
        """Keep a file and return its id."""
        file_id = f"FILE{len(self.files) + 1:04}"
        self.files[file_id] = StoredFile(name, content, mime)
        return file_id

    def ask(self, user: int) -> Query:
        """Return a new query of a person, which waits for the bot's answer."""
        query = Query(str(len(self.queries) + 9_000_000_001), user)
        self.queries[query.id] = query
        return query

    def bot_hears(self, message: Message) -> bool:
        """Tell whether Telegram passes a person's message on to the bot.

        In groups, with privacy mode on, a bot that is no administrator hears commands, mentions of
        itself and replies to it.
        """
        chat = message.chat
        if chat.kind == "private":
            return True
        if chat.bot_status not in ("member", "administrator"):
            return False
        if not self.privacy or chat.bot_status == "administrator":
            return True
        to_bot = message.reply_to is not None and message.reply_to.by_bot
        return to_bot or any(self._addresses_bot(message, e) for e in message.entities)

    def _addresses_bot(self, message: Message, entity: Entity) -> bool:
        words = message.words(entity.type)
        name = f"@{self.bot['username']}".lower()
        if entity.type == "mention":
            return any(word.lower() == name for word in words)
        if entity.type == "bot_command":
            return any("@" not in word or word.lower().endswith(name) for word in words)
        return False


def _refusal(chat: Chat) -> ApiError | None:
    if chat.migrated_to is not None:
        return migrated(chat.migrated_to)
    if chat.blocked:
        return blocked()
    if not chat.started:
        return forbidden("bot can't initiate conversation with a user")
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.bot_status == "left":
        return forbidden(f"bot is not a member of the {chat.kind} chat")
    return None
