"""What the Telegram front is built from; the composition root puts it together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.access import Access
from bot.digest.composing import Composer
from bot.editing import EditorsDesk
from bot.records import Records
from bot.rendering import ActorName
from bot.telegram.languages import Languages
from bot.telegram.newsroom import Newsroom


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the operator has decided.

    ``zone`` is the newsroom's. ``subscriber_digest`` lets subscribers have the digest, and with
    ``quiet_digest`` a day without news gets one of one line.
    """

    questions_per_day: int
    zone: str
    subscriber_digest: bool
    quiet_digest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The engine that answers, the names of actors, the editors' desk, and who may use what.

    ``languages`` are those that chats have chosen.
    """

    newsroom: Newsroom
    actor_name: ActorName
    desk: EditorsDesk
    roles: Access
    records: Records
    composer: Composer
    rules: Rules
    languages: Languages
