"""Notes in the ledger what readers are to be told unasked; sends nothing itself. Blocking."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.access import Access
from bot.following.clipping import Clipper
from bot.following.correcting import Corrected, corrected
from bot.following.page import clipping_page, correction_page
from bot.records.cited import Cited
from bot.records.deliveries import Deliveries, Delivery, State
from bot.records.follows import Follower, Follows
from bot.rendering import ActorName, Page
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import StoreError, Tier

FOLLOWING, CORRECTION = "following", "correction"
# An editor who has published by mistake undoes it in this time, and nobody needs to hear of it.
GRACE = timedelta(minutes=5)
# What is broken for good is not tried for ever.
MOST_TRIES = 5
_HELD = timedelta(days=3)  # longer than that takes
_log = logging.getLogger(__name__)


class FollowingPress:
    """Tells followers what is new, and askers what was corrected, one message a publication.

    ``language`` is what a chat speaks, ``parts`` cuts a page into messages.
    """

    def __init__(
        self,
        corpus: Corpus,
        clipper: Clipper,
        follows: Follows,
        cited: Cited,
        ledger: Deliveries,
        access: Access,
        *,
        language: Callable[[int], str],
        parts: Callable[[Page], list[str]],
        actor_name: ActorName,
    ) -> None:
        self._corpus = corpus
        self._clipper = clipper
        self._follows = follows
        self._cited = cited
        self._ledger = ledger
        self._access = access
        self._language = language
        self._parts = parts
        self._actor_name = actor_name
        self._checked: int | None = None  # the generation whose corrections have been told

    def tick(self, now: datetime) -> None:
        """Note what is owed ``now``; what is there already stays as it is. Raises `StoreError`.

        What cannot be made for one chat keeps nobody else from theirs, and is tried again a few
        times.
        """
        try:
            with self._corpus.view() as view:
                self._take_back(view.generation.number)
                for follower in self._follows.behind(view.generation.published_at):
                    clip = partial(self._clip, follower, view, now)
                    if not is_mute(follower, now) and self._make(
                        FOLLOWING, follower.user, view.generation.number, now, clip
                    ):
                        self._follows.told(follower.user, view.generation.published_at)
                settled = view.generation.published_at <= now - GRACE
                if settled and view.generation.number != self._checked:
                    self._correct(view, now)
        except EmptyCorpusError:
            return

    def may(self, delivery: Delivery) -> bool | None:
        """Whether a chat may still be told what was noted for it.

        None once something newer is published: then it is made anew, for its words may be gone.
        """
        if _generation_of(delivery.key) != self._current():
            return None
        tier, chat = _tier_of(delivery.key), delivery.chat
        if chat > 0:
            return tier in self._access.tiers_of(chat)
        return tier is Tier.PUBLIC or tier in self._access.tiers_before_others(chat)

    def _current(self) -> int | None:
        try:
            with self._corpus.view() as view:
                return view.generation.number
        except EmptyCorpusError:
            return None

    def _take_back(self, current: int) -> None:
        """Withdraw what waits of what another generation said, and owe it again.

        Of what has been sent in part the rest is withdrawn alone: nobody is told twice.
        """
        waiting = [each for each in self._ledger.pending() if each.kind in (FOLLOWING, CORRECTION)]
        old = {(d.chat, d.kind, d.key) for d in waiting if _generation_of(d.key) != current}
        for chat, kind, key in sorted(old):
            parts = [each for each in self._ledger.of(chat) if (each.kind, each.key) == (kind, key)]
            if all(part.state is State.PENDING for part in parts):
                if kind == CORRECTION:
                    self._cited.owe(chat, _generation_of(key))
                elif since := _since(key):
                    self._follows.told(chat, since)
            self._ledger.withdraw(kind, key, chat)

    def _clip(self, follower: Follower, view: View, now: datetime) -> None:
        user, tiers = follower.user, self._access.tiers_of(follower.user)
        language = self._language(user)
        followed = self._follows.of(user)
        clipping = self._clipper.clip(
            view, followed, follower.told_until, tiers=tiers, language=language
        )
        if clipping:
            page = clipping_page(clipping, language, self._actor_name)
            told_until = follower.told_until.isoformat()
            key = f"{_key(view.generation.number, tiers)} {told_until}"
            self._ledger.plan(FOLLOWING, key, user, self._parts(page), now)

    def _correct(self, view: View, now: datetime) -> None:
        gone = self._cited.versions() - view.documents.keys()
        by_chat: dict[int, list[Corrected]] = defaultdict(list)
        for each in corrected(self._cited.of_versions(gone), view):
            by_chat[each.cited.chat].append(each)
        last = _last_tiers((each for some in by_chat.values() for each in some), view)
        number, waits = view.generation.number, False
        for chat, some in by_chat.items():
            tell = partial(self._tell, chat, some, last, number, now)
            if self._make(CORRECTION, chat, number, now, tell):
                self._cited.settle((each.cited for each in some), number)
            else:
                waits = True
        if not waits:
            self._checked = number

    def _tell(
        self, chat: int, some: list[Corrected], last: Mapping[str, Tier], number: int, now: datetime
    ) -> None:
        readable = _once(each for each in some if self._may_read(each, last))
        if readable:
            page = correction_page(readable, some[-1].cited.language, self._actor_name)
            tiers = {tier for each in readable for tier in _tiers(each, last)}
            self._ledger.plan(CORRECTION, _key(number, tiers), chat, self._parts(page), now)

    def _make(
        self, kind: str, chat: int, generation: int, now: datetime, make: Callable[[], None]
    ) -> bool:
        """Whether what a chat is owed is made, or given up; else it is tried at the next tick."""
        try:
            make()
        except StoreError:
            raise  # nobody's can be made
        except Exception:
            _log.exception("What chat %s is to be told could not be made", chat)
            key = str(generation)
            failed = [(each.kind, each.chat, each.key) for each in self._ledger.unmade(now - _HELD)]
            attempt = failed.count((kind, chat, key)) + 1
            self._ledger.fail_to_make(kind, key, chat, attempt, now)
            return attempt >= MOST_TRIES
        return True

    def _may_read(self, each: Corrected, last: Mapping[str, Tier]) -> bool:
        """Whether the asker may read both what was cited and what stands there now."""
        cited, access = each.cited, self._access
        private = cited.chat == cited.user
        tiers = access.tiers_of(cited.user) if private else access.tiers_before_others(cited.user)
        return _tiers(each, last) <= tiers


def _tiers(each: Corrected, last: Mapping[str, Tier]) -> set[Tier]:
    """What one must be allowed to read to be told what was cited and what became of it."""
    return {each.before.tier, last[each.before.id]}


def _last_tiers(some: Iterable[Corrected], view: View) -> dict[str, Tier]:
    """The tier of each briefing of ``some``, of one that is gone that of its newest version."""
    wanted = {each.before.id for each in some}
    of_all = view.catalog.appearances() if wanted else []
    appeared = [each for each in of_all if each.briefing in wanted]
    newest = {e.briefing: e.version for e in sorted(appeared, key=lambda e: e.published_at)}
    past = view.catalog.briefings(newest.values())
    here = (document.briefing for document in view.documents.values())
    tiers = {id: past[version].tier for id, version in newest.items()}
    return tiers | {each.id: each.tier for each in here if each.id in wanted}


def is_mute(follower: Follower, now: datetime) -> bool:
    """Whether a follower wants to hear nothing at this moment.

    Nobody can tell where the system no longer knows their zone; they are told when they look.
    """
    if not follower.mute:
        return False
    try:
        zone = ZoneInfo(follower.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
        return False
    begin, end = (time.fromisoformat(each) for each in follower.mute.split("-"))
    here = now.astimezone(zone).time()
    return begin <= here < end if begin < end else here >= begin or here < end


def _once(some: Iterable[Corrected]) -> list[Corrected]:
    """Each of the cited words once, whoever asked in the chat."""
    return list({(each.cited.briefing, each.cited.quote): each for each in some}.values())


def _key(generation: int, tiers: Collection[Tier]) -> str:
    """Names a publication, and what one must be allowed to read to be told of it."""
    return f"{generation} {max(tiers, key=list(Tier).index).value}"


def _generation_of(key: str) -> int:
    return int(key.split()[0])


def _tier_of(key: str) -> Tier:
    return Tier(key.split()[1])


def _since(key: str) -> datetime | None:
    """Until when a follower had been told before what waits under a key; once that was not kept."""
    parts = key.split()
    return datetime.fromisoformat(parts[2]) if len(parts) > 2 else None
