"""Makes the digests that are owed and notes them in the ledger; sends nothing itself."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from bot.digest.composing import Composer
from bot.digest.page import Desk, digest_page
from bot.digest.schedule import Rhythm
from bot.records.deliveries import Deliveries, Delivery
from bot.records.digests import Digests, Subscription
from bot.rendering import ActorName, Page
from vectorstore.domain import Tier

_log = logging.getLogger(__name__)
KIND = "digest"
EVERY_DAY = "1234567"
USUAL_TIME = "07:30"
# What the first digest looks back on, and one after a long pause.
_FIRST, _FARTHEST = timedelta(days=1), timedelta(days=7)
# Longer ago than any day that may still be owed, in whatever zone.
_HELD = timedelta(days=3)
# After each attempt that failed. What is broken for good is not tried for ever, and what is mended
# within `LATE` is still in time.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 15, 60, 240))
MOST_TRIES = len(_PAUSES) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a digest is made for: all who are the same, and got the last one together, get the same.

    ``staff`` get one unless they say no, all others only when they ask for it. ``editor`` says
    that the desk's own matters are for them.
    """

    language: str
    tiers: frozenset[Tier]
    staff: bool
    editor: bool


_Make = Callable[[datetime, date, Reader, bool, bool], list[str] | Exception]


def usual(user: int, zone: str, *, on: bool) -> Subscription:
    """The wish of somebody who has not said any."""
    return Subscription(user=user, on=on, at=USUAL_TIME, zone=zone, days=EVERY_DAY)


def rhythm(wish: Subscription) -> Rhythm:
    """When a wish wants its digests."""
    return Rhythm(
        at=time.fromisoformat(wish.at),
        zone=ZoneInfo(wish.zone),
        days=frozenset(map(int, wish.days)),
    )


class Press:
    """Makes what is owed. Blocking.

    ``candidates`` are the users who could have a digest now, and whether they are of the staff;
    ``reader`` tells what it is to be made for, None for who may have none after all. ``desk`` is
    what the newsroom is told besides the news since a moment, ``parts`` cuts a page into messages.
    With ``quiet_days`` a day without news gets a digest of one line, else none, for those who have
    not said how they want it.
    """

    def __init__(
        self,
        composer: Composer,
        wishes: Digests,
        ledger: Deliveries,
        *,
        candidates: Callable[[], Mapping[int, bool]],
        reader: Callable[[int], Reader | None],
        desk: Callable[[Reader, datetime], Desk],
        parts: Callable[[Page], list[str]],
        actor_name: ActorName,
        zone: str,
        quiet_days: bool,
    ) -> None:
        self._composer = composer
        self._wishes = wishes
        self._ledger = ledger
        self._candidates = candidates
        self._reader = reader
        self._desk = desk
        self._parts = parts
        self._actor_name = actor_name
        self._zone = zone
        self._quiet_days = quiet_days

    def tick(self, now: datetime) -> None:
        """Note in the ledger what is owed ``now``; what is there already stays as it is.

        What cannot be made for one reader keeps nobody else from theirs, and is tried again a few
        times. Raises `StoreError`.
        """
        wishes = self._wishes.all()
        held = self._ledger.keys(KIND, now - _HELD)
        tries = _tries(self._ledger.unmade(now - _HELD))
        made = cache(partial(self._made, now))
        for user, staff in sorted(self._candidates().items()):
            wish = wishes.get(user) or usual(user, self._zone, on=staff)
            day = now.date()  # until that of the reader is known
            try:
                owed = _owed(wish, held.get(user, ()), now)
                day = owed or day
                if owed and _may_try(tries[user, owed], now):
                    self._plan(user, wish, owed, now, made)
            except Exception:
                if _may_try(tries[user, day], now):
                    _log.exception("The digest for chat %s could not be made", user)
                    attempt = len(tries[user, day]) + 1
                    self._ledger.fail_to_make(KIND, day.isoformat(), user, attempt, now)

    def _plan(self, user: int, wish: Subscription, day: date, now: datetime, made: _Make) -> None:
        reader = self._reader(user)
        if reader is None:
            return
        quiet_too = self._quiet_days if wish.quiet is None else wish.quiet
        last = self._ledger.last(KIND, user)
        again = last is not None and last >= now - _FARTHEST
        since = max(last or now - _FIRST, now - _FARTHEST)
        parts = made(since, day, reader, quiet_too, again)
        if isinstance(parts, Exception):
            raise parts
        self._ledger.plan(KIND, day.isoformat(), user, parts, now)

    def _made(
        self,
        now: datetime,
        since: datetime,
        day: date,
        reader: Reader,
        quiet_too: bool,
        again: bool,
    ) -> list[str] | Exception:
        """The messages of a digest; an empty one where nothing is to be sent on a quiet day.

        Or why it could not be made, so that it is not tried for each who is to get the same.
        """
        try:
            news = self._composer.between(since, now, tiers=reader.tiers, language=reader.language)
            desk = self._desk(reader, since)
            if not (news or desk or quiet_too):
                return [""]
            page = digest_page(news, day, reader.language, self._actor_name, desk, again=again)
            return self._parts(page)
        except Exception as error:
            return error


def is_owed(wish: Subscription, ledger: Deliveries, now: datetime) -> bool:
    """Whether a digest is to be made ``now`` for somebody who wishes this."""
    held = ledger.keys(KIND, now - _HELD).get(wish.user, ())
    return _owed(wish, held, now) is not None


def _owed(wish: Subscription, held: Iterable[str], now: datetime) -> date | None:
    if not wish.on:
        return None
    return rhythm(wish).owed(now, {date.fromisoformat(key) for key in held})


def _tries(failed: Iterable[Delivery]) -> dict[tuple[int, date], list[datetime]]:
    """When it was tried to make the digests that could not be made, by reader and day."""
    found: dict[tuple[int, date], list[datetime]] = defaultdict(list)
    for each in failed:
        if each.kind == KIND:
            found[each.chat, date.fromisoformat(each.key)].append(each.made_at)
    return found


def _may_try(tries: Sequence[datetime], now: datetime) -> bool:
    """Whether to make a digest after ``tries`` that failed."""
    if not tries:
        return True
    return len(tries) <= len(_PAUSES) and now >= tries[-1] + _PAUSES[len(tries) - 1]
