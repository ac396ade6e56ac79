"""An answer with buttons, and what somebody sees who presses them."""

from __future__ import annotations

from datetime import date

from bot.domain import Further, Kind, Question
from tests.telegram_server.chats import Message
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Days, Tier

ASKER, OTHER, ADMIN = 1, 2, 1000
DAY = date(2024, 5, 16)
PUBLIC, EVERYTHING = frozenset({Tier.PUBLIC}), frozenset(Tier)


def asking(search: str, *actors: str, day: date | None = None, **more: object) -> Question:
    days = Days(first=day, last=day) if day else None
    values = {"language": "en", "kind": Kind.STATEMENT, "actors": actors, "days": days} | more
    return Question(text="who?", search=search, **values)  # type: ignore[arg-type] # as given


WAYS = Further(
    more=asking("more", people=("Maria Zakharova",)),
    earlier=asking("earlier", "RU", day=DAY),
    compare=(asking("beside Turkey", "RU", "TR"),),
    editions=("fr",),
)


async def answered(telegram: TelegramServer, language: str = "en") -> Message:
    user = telegram.user(ASKER, language_code=language)
    await user.send("who?")
    return await user.chat.wait_for_message()


async def alert(
    telegram: TelegramServer, user: int, message: Message, label: str, language: str = "en"
) -> str:
    """What somebody is told who presses a button."""
    query = await telegram.user(user, language_code=language).press(message.button(label))
    return (await telegram.wait_until(lambda: query.answer))["text"]


def labels(message: Message) -> list[list[str]]:
    return [[key.label for key in row] for row in message.buttons]
