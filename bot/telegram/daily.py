"""Every minute: makes what is owed unasked and brings it, and erases what has expired."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import User
from telegram.ext import ExtBot

from bot.digest.page import Desk
from bot.digest.press import KIND as DIGEST
from bot.digest.press import Press, Reader
from bot.editing.pages import LONGEST_REASON, clipped
from bot.editing.reasons import told
from bot.i18n import Voice, voice
from bot.records.deliveries import Delivery, State
from bot.records.questions import Asked
from bot.roles import EDITING, Role
from bot.telegram.courier import Courier
from bot.telegram.html import messages
from bot.telegram.pace import Pace, Urgency
from bot.telegram.parts import Parts
from vectorstore.domain import StoreError

_log = logging.getLogger(__name__)
_LOOK_EVERY = 20.0  # seconds; a digest comes in the minute that was asked for
# Telegram counts its updates from another number only after a week without any.
_IDS_KEPT = timedelta(days=8)
_MOST_ASKED, _MOST_UNANSWERED, _MOST_TROUBLES = 3, 10, 5


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Daily:
    """The digests of a bot, and what it tells those who follow and those it cited wrongly to."""

    def __init__(self, parts: Parts, pace: Pace) -> None:
        """``pace`` is the one that keeps the bot's calls."""
        self._parts = parts
        self._pace = pace
        self._press = Press(
            parts.composer,
            parts.records.digests,
            parts.records.deliveries,
            candidates=self._candidates,
            reader=self._reader,
            desk=self._desk,
            parts=messages,
            actor_name=parts.actor_name,
            zone=parts.rules.zone,
            quiet_days=parts.rules.quiet_digest,
        )
        self._following = parts.following(self._language_of, messages)

    async def live(self, bot: ExtBot[bool]) -> None:
        """Look for ever, until cancelled."""
        records = self._parts.records
        courier = self._courier(bot)
        while True:
            await self._send(courier)
            await _apart(asyncio.to_thread(records.traces.expire, now()))
            await _apart(asyncio.to_thread(records.inbox.prune, now() - _IDS_KEPT))
            await asyncio.sleep(_LOOK_EVERY)

    async def once(self, bot: ExtBot[bool]) -> Counter[State]:
        """Send what is owed now; what became of it. Raises `CatalogError`."""
        began = now()
        await self._send(self._courier(bot))
        return self._parts.records.deliveries.since(began)

    def _courier(self, bot: ExtBot[bool]) -> Courier:
        return Courier(
            bot,
            self._parts.records.deliveries,
            now,
            turn=lambda chat: self._pace.turn(chat, Urgency.BROADCAST),
            left=self._leave,
            may=self._may,
        )

    async def _send(self, courier: Courier) -> None:
        await _apart(asyncio.to_thread(self._press.tick, now()))
        await _apart(asyncio.to_thread(self._following.tick, now()))
        await _apart(courier.deliver())

    def _may(self, delivery: Delivery) -> bool | None:
        if delivery.kind == DIGEST:
            return self._reader(delivery.chat) is not None
        return self._following.may(delivery)

    def _leave(self, chat: int) -> None:
        self._parts.records.members.part(chat)
        self._parts.records.follows.leave(chat)

    def _language_of(self, chat: int) -> str:
        """What a chat has chosen, or last spoke; whoever is no member may follow something."""
        records = self._parts.records
        member, follower = records.members.of(chat), records.follows.follower(chat)
        spoken = (member and member.language) or (follower and follower.language)
        return self._parts.languages.chosen(chat) or spoken or "en"

    def reader(self, user: User) -> Reader | None:
        """Somebody as a reader of digests; None for those who may have none."""
        return self._reader(user.id)

    def _candidates(self) -> dict[int, bool]:
        """Everybody with a role who has not blocked the bot, and whether they are of the staff."""
        gone = {member.user for member in self._parts.records.members.all() if not member.active}
        staff = self._parts.roles.holders([Role.STAFF])
        everybody = self._parts.roles.holders(list(Role))
        return {user: user in staff for user in everybody - gone}

    def _reader(self, user: int) -> Reader | None:
        roles = self._parts.roles.roles_of(user)
        if not roles - {Role.SUBSCRIBER} and not (roles and self._parts.rules.subscriber_digest):
            return None
        return Reader(
            language=self._language_of(user),
            tiers=self._parts.roles.tiers_of(user),
            staff=Role.STAFF in roles,
            editor=not EDITING.isdisjoint(roles),
        )

    def _desk(self, reader: Reader, since: datetime) -> Desk:
        """What the newsroom asked and what went wrong; nothing of it is for subscribers."""
        if not (reader.staff or reader.editor):
            return Desk()
        asked = self._parts.records.questions.since(since)
        if not reader.editor:
            return Desk(asked=_of_several(asked))
        unanswered = dict.fromkeys(each.text for each in asked if each.reason)
        return Desk(
            asked=_of_several(asked),
            unanswered=tuple(unanswered)[:_MOST_UNANSWERED],
            troubles=tuple(self._troubles(since, voice(reader.language)))[:_MOST_TROUBLES],
            stale=self._parts.desk.freshness.stale_since(),
        )

    def _troubles(self, since: datetime, words: Voice) -> dict[str, None]:
        runs = self._parts.desk.overview.runs()
        recent: list[Any] = [run for run in runs if run.ended_at > since]
        return dict.fromkeys(
            clipped(said, LONGEST_REASON)
            for run in recent
            for said in (
                told(run.error, words) if run.error else "",
                *(f"{place}: {told(error, words)}" for place, error in run.failed),
            )
            if said
        )


async def _apart(act: Awaitable[object]) -> None:
    """Await ``act``; what fails of it is logged, and keeps nothing after it from being done."""
    try:
        await act
    except StoreError as error:
        _log.warning("The digests have to wait: %s", error)
    except Exception:
        _log.exception("The digests have to wait")


def _of_several(asked: Iterable[Asked]) -> tuple[str, ...]:
    """The questions that more than one person asked; of one alone, others are told nothing."""
    askers: dict[str, set[int]] = {}
    texts: dict[str, str] = {}
    for each in asked:
        key = " ".join(each.text.lower().strip(" ?!.").split())
        texts.setdefault(key, each.text)
        askers.setdefault(key, set()).add(each.user)
    counted = Counter({key: len(users) for key, users in askers.items() if len(users) > 1})
    return tuple(texts[key] for key, _ in counted.most_common(_MOST_ASKED))
