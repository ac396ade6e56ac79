"""What Telegram shows of a page."""

from __future__ import annotations

from bot.domain import Answer
from bot.rendering import Page, answer_page
from bot.telegram.html import messages
from tests.bot.scripted import actor_name
from tests.telegram_server.entities import Entity, cut
from tests.telegram_server.markup import parse_html

QUOTE = "Dissolve and disarm!"
ZAKHAROVA = {"actor": "RU", "speaker": "Maria Zakharova", "role": "spokesperson"}


def read(page: Page) -> list[tuple[str, list[Entity]]]:
    """What Telegram reads in the page's messages."""
    return [parse_html(message) for message in messages(page)]


def shown_page(page: Page) -> str:
    return "\n\n".join(text for text, _ in read(page))


def shown(answer: Answer) -> str:
    return shown_page(answer_page(answer, actor_name))


def links(answer: Answer) -> list[tuple[str, str | None]]:
    return [
        (cut(text, entity), entity.url)
        for text, entities in read(answer_page(answer, actor_name))
        for entity in entities
        if entity.type == "text_link"
    ]
