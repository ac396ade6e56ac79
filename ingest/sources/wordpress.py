"""A WordPress site, asked through its REST API for the posts that changed since the last run.

What ``modified_after`` never shows (posts that were unpublished, or scheduled long ago and are
out now) a sweep over all ids finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from ingest.sources import heads, posts
from ingest.sources.addresses import is_web_address, language_of, same
from ingest.sources.around import Around
from ingest.sources.memory import Memory, is_held, joined
from ingest.sources.posts import FIELDS, Post, Surroundings
from ingest.sources.raw import Failure, Found, PageKind, RawPage, SourceError, Unchanged
from ingest.sources.wordpress_api import POSTS, Api, chunks
from ingest.web import Fetched, FetchError, PermanentError, TransientError
from ingest.web.addresses import shown
from ingest.web.fetcher import Fetcher
from vectorstore.catalog import Fetch, Held
from vectorstore.domain import LANGUAGES, Tier

# ``modified_after`` compares with the site's own clock. It goes back by an hour in autumn, and by
# up to 26 hours when an administrator chooses another time zone.
OVERLAP = timedelta(hours=26)
_EASTERNMOST = timedelta(hours=14)  # no clock is further ahead of UTC
# Posts in one answer: the longest have some 100 kB, and an answer may have 10 MiB.
A_PAGE = 50
# By id: posts that are published or edited meanwhile move no other to another page.
_IN_ORDER = {"orderby": "id", "order": "asc"}


class WordPress:
    """The posts of one site, under ``post/<id>`` (mutable while it is read).

    ``routes`` are the lists of the API to read: posts, and other types, whose ids are never the
    same. Posts that only the login sees, or sees more of, are for subscribers; see
    `posts.open_to_all`.
    """

    def __init__(
        self,
        name: str,
        api: Api,
        fetcher: Fetcher,
        memory: Memory,
        routes: Sequence[str] = (POSTS,),
    ) -> None:
        self.name, self._routes = name, routes
        self.complete = False
        self._api, self._fetcher, self._memory = api, fetcher, memory
        self._list = api.address(POSTS, {})
        memory.reads(name)
        self._begin((), {})

    def scope(self, key: str) -> bool:
        """Whether a post known by ``key`` is known not to be published any more."""
        return key in self._gone

    def settle(self) -> None:
        """Remember until when posts were read, in the site's own time."""
        if self.complete:
            until = Fetch(url=self._list, hint=self._until, fetched_at=self._now)
            self._memory.note(self.name, [until, *self._notes], self._now, gone=self._gone)

    def pages(self, known: Collection[str] = ()) -> Iterator[Found]:
        """Yield the posts that changed; sets ``complete`` at the end."""
        self._begin(known, self._memory.held(self.name))
        try:
            self._api.open(self._routes)
            swept = self._sweep()
            yield from self._changed(swept)
            self._find_gone(swept)
            yield from self._unchanged(swept)
            yield from self._joined()
            self.complete = True
        except (FetchError, SourceError) as error:
            yield Failure(source=self.name, key="", error=str(error))

    # What is there

    def _sweep(self) -> dict[int, str]:
        """The ids of all posts, with the time of their last change in the site's own time."""
        found: dict[int, str] = {}
        asked = {"_fields": f"id,modified,link,{posts.EDITIONS}", **_IN_ORDER}
        for route in self._routes:
            for language, rows in self._api.listed(route, asked):
                for row in rows:
                    if isinstance(id_ := row.get("id"), int):
                        found[id_] = str(row.get("modified") or "")
                        self._note_listed(id_, row, route, language)
        if self._ours and not found:
            raise SourceError("lists no post at all any more; nothing was changed")
        return found

    def _note_listed(self, id_: int, row: Mapping[str, Any], route: str, language: str) -> None:
        self._route[id_] = route
        self._links[id_] = str(row.get("link") or "")
        self._listed_as.setdefault(id_, set()).add(language)
        if len(editions := posts.editions(row)) > 1:
            self._editions.add(editions)

    def _by_route(self, ids: Collection[int]) -> Iterator[tuple[str, list[int]]]:
        """The ids with the list that each is in; those that were not listed are in any."""
        for route in self._routes:
            if some := sorted(id_ for id_ in ids if self._route.get(id_, route) == route):
                yield route, some

    def _find_gone(self, swept: Collection[int]) -> None:
        """Ask for those that were not swept: a list that changes may skip one at a page's end."""
        absent = {_id(key) for key in self._ours} - set(swept) - self._seen
        there: set[int] = set()
        for route, ids in self._by_route(absent):
            for _, rows in self._api.include(route, ids, {"_fields": "id"}):
                there.update(row["id"] for row in rows)
        self._gone.update(_key(id_) for id_ in absent - there)

    def _unchanged(self, swept: Collection[int]) -> Iterator[Unchanged]:
        for key in sorted(self._known):
            if _id(key) in swept and _id(key) not in self._seen and key not in self._gone:
                yield Unchanged(source=self.name, key=key)

    def _joined(self) -> Iterator[Found]:
        """The posts that the site knows as editions of one, whether or not one of them changed."""
        for editions in self._editions:
            story = self._story(editions)
            held = (self._held.get(_key(id_)) for id_ in editions)
            yield from (joined(each, story) for each in held if each)

    # What changed

    def _changed(self, swept: Mapping[int, str]) -> Iterator[Found]:
        before = self._memory.fetched(self.name)
        noted = before.get(self._list)
        until = _moment(noted.hint) if noted else None
        since = (until - OVERLAP).isoformat(timespec="seconds") if until else ""
        self._until = self._newest([*swept.values(), noted.hint if noted else ""])
        for batch in self._modified(since):
            yield from self._give(batch)
        wanted = {
            id_
            for id_, modified in swept.items()
            if id_ not in self._seen
            and not self._is_as_it_was(before.get(_key(id_)), modified)
            and not self._memory.is_taken(self._links[id_], (self.name, _key(id_)))
        }
        for route, ids in self._by_route(wanted):
            for some in chunks(ids, A_PAGE):
                yield from self._one_by_one(route, some)
        self._gone.update(_key(id_) for id_ in wanted - self._seen)

    def _is_as_it_was(self, before: Fetch | None, modified: str) -> bool:
        """Whether a post is as it was when it was read: published, or none of ours."""
        if before is None or before.hint != self._hint(modified):
            return False
        known = before.url in self._known and is_held(before, self._held.get(before.url))
        return before.aside or known

    def _hint(self, modified: str) -> str:
        """What tells that a post has to be read again: its change, or that we have a login now."""
        return f"{modified} by login" if self._api.has_login else modified

    def _newest(self, moments: Iterable[str]) -> str:
        """The latest of some moments that can have come anywhere; clocks go wrong."""
        latest = (self._now + _EASTERNMOST).isoformat()
        return max((moment for moment in moments if moment < latest), default="")

    def _modified(self, since: str) -> Iterator[list[Post]]:
        """The posts that changed after ``since``, or all; a page too many is asked for later."""
        after = {"modified_after": since} if since else {}
        asked = {"_fields": FIELDS, **_IN_ORDER, **after}
        try:
            for route in self._routes:
                for _, rows in self._api.listed(route, asked, a_page=A_PAGE):
                    yield self._parsed(rows)
        except TransientError:
            raise
        except PermanentError:
            return  # the sweep knows them, and they are asked for in smaller numbers

    def _one_by_one(self, route: str, ids: list[int]) -> Iterator[Found]:
        """Posts by their ids; when all of them are too much for one answer, in two halves."""
        try:
            answers = self._api.include(route, ids, {"_fields": FIELDS})
            batch = [post for _, rows in answers for post in self._parsed(rows)]
        except PermanentError as error:
            if len(ids) == 1:
                self._seen.add(ids[0])
                yield Failure(source=self.name, key=_key(ids[0]), error=str(error))
                return
            middle = len(ids) // 2
            yield from self._one_by_one(route, ids[:middle])
            yield from self._one_by_one(route, ids[middle:])
        else:
            yield from self._give(batch)

    def _parsed(self, rows: Iterable[dict[str, Any]]) -> list[Post]:
        found: list[Post] = []
        for row in rows:
            try:
                found.append(Post.model_validate(row))
            except ValidationError as error:
                if isinstance(row.get("id"), int):
                    wrong = ", ".join(str(each["loc"][0]) for each in error.errors() if each["loc"])
                    self._broken[row["id"]] = f"WordPress gives it without a usable {wrong}"
        return found

    # From posts to pages

    def _give(self, batch: list[Post]) -> Iterator[Found]:
        for id_, error in self._broken.items():
            self._seen.add(id_)
            yield Failure(source=self.name, key=_key(id_), error=error)
        self._broken.clear()
        fresh = {post.id: post for post in batch if post.id not in self._seen}
        if not fresh:
            return
        self._around.load(fresh.values())
        to_all = self._to_all(fresh) if self._api.has_login else {}
        abouts = self._around.pages(fresh.values())
        for id_, post in fresh.items():
            self._seen.add(id_)
            if not self._api.has_login:
                yield from self._page(post, Tier.PUBLIC, abouts.get(id_))
            elif public := posts.open_to_all(post, to_all.get(id_)):
                yield from self._page(public, Tier.PUBLIC, abouts.get(id_))
            else:
                yield from self._page(post, Tier.SUBSCRIBERS, abouts.get(id_))

    def _page(self, post: Post, tier: Tier, about: Fetched | None) -> Iterator[Found]:
        key = _key(post.id)
        language = self._language(post, about)
        foreign = language and language not in LANGUAGES
        if post.is_readable and not is_web_address(post.link):
            leads = f"its link {shown(post.link)!r} is no web address; mend it in WordPress"
            yield Failure(source=self.name, key=key, error=leads)
            return
        if foreign or not post.is_readable:
            self._gone.add(key)  # behind a password, or in a language that we do not publish
            self._note(post, aside=True)
            return
        if not self._memory.claim(post.link, (self.name, key), whole=not post.is_preview):
            return
        alternates = heads.translations(about.content, post.link) if about else ()
        around = Surroundings(
            language=language,
            dossiers=self._around.dossiers(post),
            tier=tier,
            story=self._memory.story_of(alternates) if alternates else self._story(post.editions),
            alternates=alternates,
            authors=self._around.authors(post),
            picture=self._around.caption(post),
        )
        held = self._held.get(key)
        page = RawPage(
            source=self.name,
            key=key,
            location=post.link,
            kind=PageKind.POST,
            content=posts.page(post, around),
            id=held.briefing if held else "",
            has_whole=held is not None and held.tier is Tier.SUBSCRIBERS and not held.preview,
        )
        self._note(post, fingerprint=page.fingerprint)
        yield page
        if alternates and around.story:
            yield from self._memory.joined(alternates, around.story)

    def _note(self, post: Post, *, fingerprint: str = "", aside: bool = False) -> None:
        """Remember what was read of a post."""
        self._notes.append(
            Fetch(
                url=_key(post.id),
                hint=self._hint(post.modified),
                fingerprint=fingerprint,
                aside=aside,
                fetched_at=self._now,
            )
        )

    def _language(self, post: Post, about: Fetched | None) -> str:
        """The language of a post, from the surest word to the least, "" without any."""
        listed_as = self._listed_as.get(post.id, set())
        only = next(iter(listed_as)) if len(listed_as) == 1 else ""
        declared = heads.language(about.content) if about else ""
        return post.language or only or declared or language_of(post.link) or ""

    def _story(self, ids: Collection[int]) -> str:
        """One story for all editions: that of the first that has one, so that it stays."""
        editions = sorted(ids)
        known = (self._stories.get(id_) or self._held_story(id_) for id_ in editions)
        story = next((found for found in known if found), f"{same(self.name)}/{_key(editions[0])}")
        self._stories |= dict.fromkeys(editions, story)
        return story

    def _held_story(self, id_: int) -> str:
        held = self._held.get(_key(id_))
        return held.story if held else ""

    # What else is asked for

    def _to_all(self, ids: Collection[int]) -> dict[int, Post]:
        """The posts as everybody sees them."""
        return {
            post.id: post
            for route, some in self._by_route(ids)
            for _, rows in self._api.include(route, some, {"_fields": FIELDS}, to_all=True)
            for post in self._parsed(rows)
        }

    def _begin(self, known: Collection[str], held: Mapping[str, Held]) -> None:
        self.complete = False
        self._now = datetime.now(UTC)
        self._known, self._held = set(known), held
        self._ours = {*known, *held}
        self._until = ""
        self._notes: list[Fetch] = []
        self._seen: set[int] = set()
        self._gone: set[str] = set()
        self._broken: dict[int, str] = {}
        self._around = Around(self.name, self._api, self._fetcher)
        self._stories: dict[int, str] = {}
        self._links: dict[int, str] = {}
        self._route: dict[int, str] = {}
        self._editions: set[frozenset[int]] = set()
        self._listed_as: dict[int, set[str]] = {}


def _key(id_: int) -> str:
    return f"post/{id_}"


def _id(key: str) -> int:
    return int(key.rpartition("/")[2])


def _moment(printed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(printed)
    except ValueError:
        return None
