"""What the Telegram front is built from; the composition root puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.access import Access
from bot.digest.composing import Composer
from bot.editing import EditorsDesk
from bot.following.clipping import Clipper
from bot.following.press import FollowingPress
from bot.records import Records
from bot.rendering import ActorName, Page
from bot.telegram.languages import Languages
from bot.telegram.newsroom import Newsroom
from bot.telegram.within import Within
from vectorstore.corpus import Corpus, View
from vectorstore.domain import Tier
from vectorstore.speakers import Speakers


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

    ``languages`` are those that chats have chosen, ``within`` the dossiers that they ask in;
    ``speakers`` tells who speaks in what those who
    read some tiers may see of the ``corpus``.
    """

    newsroom: Newsroom
    actor_name: ActorName
    desk: EditorsDesk
    roles: Access
    records: Records
    composer: Composer
    rules: Rules
    languages: Languages
    within: Within
    corpus: Corpus
    speakers: Callable[[View, frozenset[Tier]], Speakers]

    def following(
        self, language: Callable[[int], str], parts: Callable[[Page], list[str]]
    ) -> FollowingPress:
        """What tells followers what is new, in a chat's ``language`` and in such messages."""
        records = self.records
        return FollowingPress(
            self.corpus,
            Clipper(self.speakers, self.actor_name),
            records.follows,
            records.cited,
            records.deliveries,
            self.roles,
            language=language,
            parts=parts,
            actor_name=self.actor_name,
        )
