"""What the Telegram front is built from; the composition root puts it together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.editing import EditorsDesk
from bot.rendering import ActorName
from bot.roles import Roles
from bot.telegram.languages import Languages
from bot.telegram.newsroom import Newsroom


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The engine that answers, the names of actors, the editors' desk, and who may use it.

    ``languages`` are those that chats have chosen.
    """

    newsroom: Newsroom
    actor_name: ActorName
    desk: EditorsDesk
    roles: Roles
    languages: Languages
