"""The hands of the people in the chats: writing, editing, pressing, blocking."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.telegram_server.chats import Button, Chat, Json, Message
from tests.telegram_server.entities import MAX_TEXT, Formatted, detect, settle
from tests.telegram_server.messages import document_json, in_topic, photo_json
from tests.telegram_server.profile import member_json
from tests.telegram_server.world import Query, World


class Group:
    """A group or supergroup and what happens to it; ``chat`` is what its members see."""

    def __init__(self, world: World, chat_id: int, title: str, kind: str) -> None:
        self.world = world
        self.chat = world.chats.setdefault(chat_id, Chat(chat_id, kind, title))

    async def add_bot(self, by: User, status: str = "member") -> None:
        """Let a member add the bot, or make it an administrator."""
        await by.change_bot_status(self.chat, status)

    async def remove_bot(self, by: User) -> None:
        """Let a member throw the bot out."""
        await by.change_bot_status(self.chat, "kicked")

    async def migrate(self, by: User) -> Group:
        """Make a supergroup of it, under a new id; return that."""
        new = Group(self.world, self.chat.id - 1_000_000_000_000, self.chat.title, "supergroup")
        new.chat.members = self.chat.members
        self.chat.migrated_to = new.chat.id
        await by.notice(self.chat, migrate_to_chat_id=new.chat.id)
        await by.notice(new.chat, migrate_from_chat_id=self.chat.id)
        return new


class User:
    """A person with a private chat with the bot, ``chat``, which ``started`` says was opened."""

    def __init__(
        self,
        world: World,
        user_id: int,
        *,
        first_name: str = "Ada",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        started: bool = True,
    ) -> None:
        optional = {"last_name": last_name, "username": username, "language_code": language_code}
        given = {name: value for name, value in optional.items() if value}
        self.world = world
        self.id = user_id
        self.about: Json = {"id": user_id, "is_bot": False, "first_name": first_name, **given}
        world.people[user_id] = self.about
        self.chat = world.chats.setdefault(user_id, Chat(user_id, "private", started=started))
        self.chat.person = self.about

    # Writing

    async def send(
        self,
        text: str,
        *,
        to: Group | None = None,
        topic: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write to the bot, or in a group, perhaps in one of its topics; return the message."""
        formatted = settle(text, (), MAX_TEXT, "message is too long")
        return await self._write(to, "text", formatted, in_topic(topic), reply_to)

    async def reply(self, message: Message, text: str) -> Message:
        """Answer a message in its chat."""
        formatted = settle(text, (), MAX_TEXT, "message is too long")
        topic = in_topic(message.content.get("message_thread_id"))
        return await self._post(message.chat, "text", formatted, topic, message)

    async def send_photo(
        self, caption: str = "", *, content: bytes = b"photo", to: Group | None = None
    ) -> Message:
        file_id = self.world.store("photo.jpg", content, "image/jpeg")
        return await self._send_file("photo", photo_json(file_id, self.world), caption, to)

    async def send_document(
        self,
        name: str = "notes.txt",
        *,
        content: bytes = b"notes",
        caption: str = "",
        to: Group | None = None,
    ) -> Message:
        file_id = self.world.store(name, content, "text/plain")
        return await self._send_file("document", document_json(file_id, self.world), caption, to)

    async def send_voice(self, *, to: Group | None = None) -> Message:
        file_id = self.world.store("voice.ogg", b"voice", "audio/ogg")
        voice = {**document_json(file_id, self.world), "duration": 3}
        return await self._send_file("voice", voice, "", to)

    async def send_sticker(self, *, to: Group | None = None) -> Message:
        file_id = self.world.store("sticker.webp", b"sticker", "image/webp")
        shape = {"type": "regular", "width": 512, "height": 512}
        sticker = {**document_json(file_id, self.world), **shape, "emoji": "👍"}
        sticker |= {"is_animated": False, "is_video": False}
        return await self._send_file("sticker", sticker, "", to)

    async def send_location(self, *, to: Group | None = None) -> Message:
        return await self._send_file("location", {"latitude": 50.4, "longitude": 30.5}, "", to)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        message.rewrite(settle(text, (), MAX_TEXT, "message is too long"), None)
        if self.world.bot_hears(message):
            self.world.updates.push("edited_message", message.json())

    async def _send_file(self, kind: str, body: Any, caption: str, to: Group | None) -> Message:
        text = Formatted(caption, tuple(detect(caption)))
        return await self._write(to, kind, text, {kind: body}, None)

    async def _write(
        self, to: Group | None, kind: str, text: Formatted, content: Json, reply: Message | None
    ) -> Message:
        return await self._post(to.chat if to else self.chat, kind, text, content, reply)

    async def _post(
        self, chat: Chat, kind: str, text: Formatted, content: Json, reply: Message | None
    ) -> Message:
        if chat is self.chat and chat.blocked:
            await self.unblock()
        chat.started = True
        chat.members.setdefault(self.id, "member")
        message = chat.add(
            sender=self.about,
            kind=kind,
            text=text.text,
            entities=text.entities,
            content=content,
            reply_to=reply,
        )
        if self.world.bot_hears(message):
            self.world.updates.push("message", message.json())
        await asyncio.sleep(0)
        return message

    async def notice(self, chat: Chat, **content: Any) -> None:
        """Put a service message into a chat."""
        message = chat.add(sender=self.about, kind="notice", text="", content=content)
        self.world.updates.push("message", message.json())

    # Buttons and inline queries

    async def press(self, button: Button) -> Query:
        """Press a key of the bot; the query returned shows the bot's answer when it comes."""
        assert button.data is not None, f"the button {button.label!r} opens a page"
        query = self.world.ask(self.id)
        body = {
            "id": query.id,
            "from": self.about,
            "chat_instance": str(button.message.chat.id),
            "data": button.data,
            "message": button.message.json(),
        }
        self.world.updates.push("callback_query", body)
        return query

    async def inline(self, text: str) -> Query:
        """Type ``@bot text`` in some chat; ``results`` of the query fill when the bot answers."""
        query = self.world.ask(self.id)
        body = {"id": query.id, "from": self.about, "query": text, "offset": ""}
        self.world.updates.push("inline_query", {**body, "chat_type": "private"})
        return query

    async def ask_guest(self, text: str) -> Query:
        """Name the bot in a chat that it is no member of; ``results`` hold its only message."""
        query = self.world.ask(self.id)
        chat = Chat(-77, "supergroup", "Elsewhere")
        formatted = settle(text, (), MAX_TEXT, "message is too long")
        message = chat.add(
            sender=self.about, kind="text", text=formatted.text, entities=formatted.entities
        )
        body = {**message.json(), "guest_query_id": query.id}
        self.world.updates.push("guest_message", body)
        return query

    # Membership

    async def block(self) -> None:
        """Block the bot: whatever it sends from now on is refused."""
        self.chat.blocked = True
        await self._announce(self.chat, "member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self.chat.blocked = False
        await self._announce(self.chat, "kicked", "member")

    async def change_bot_status(self, chat: Chat, status: str) -> None:
        """Change what the bot is in a group: member, administrator, left or kicked."""
        old, chat.bot_status = chat.bot_status, status
        await self._announce(chat, old, status)

    async def _announce(self, chat: Chat, old: str, new: str) -> None:
        body = {
            "chat": chat.json(),
            "from": self.about,
            "date": int(time.time()),
            "old_chat_member": member_json(self.world.bot, old),
            "new_chat_member": member_json(self.world.bot, new),
        }
        self.world.updates.push("my_chat_member", body)
