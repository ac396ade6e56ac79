"""Somebody who looks around by commands, and what the samples are called in their language."""

from __future__ import annotations

import re

from tests.telegram_server.chats import Message
from tests.telegram_server.people import User

STAFF, READER = 2000, 1
PATIENCE = 60.0
RUSSIA = {"en": "Russia", "fr": "Russie", "ru": "Россия"}
FLOODS = {
    "en": "Natural disasters and humanitarian aid",
    "fr": "Catastrophes naturelles et aide humanitaire",
    "ru": "Стихийные бедствия и гуманитарная помощь",
}
LATE = {"en": "12 June 2024", "fr": "12 juin 2024", "ru": "12 июня 2024"}
LANGUAGES = ["en", "fr", "ru"]


async def asked(user: User, text: str) -> Message:
    await user.send(text)
    return await user.chat.wait_for_message(PATIENCE)


def written(message: Message) -> str:
    """The text, with simple spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", message.text)
