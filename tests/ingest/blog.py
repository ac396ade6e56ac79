"""A WordPress blog on loopback: its REST API as WordPress 6 answers, and its pages.

Times are in the blog's own zone, like ``post_date`` and ``post_modified``; ``modified_after`` is
compared with those, as WordPress does. ``login`` may read private posts and what stands after the
paywall of a post that has one.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html import escape
from typing import Any

from tests.web_server.server import Asked, Reply, WebServer

TEXT = (
    "The ministers of both countries met in Vienna on Monday and spoke for several hours. "
    "They agreed to open the railway line again before the end of the year."
)
LOGIN = ("editor", "abcd EFGH ijkl MNOP")


@dataclass
class Entry:
    """One post as the blog keeps it."""

    id: int
    title: str
    text: str
    slug: str
    lang: str
    date: datetime
    modified: datetime
    status: str = "publish"
    password: bool = False
    paywalled: str = ""  # what only members read
    categories: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    translations: dict[str, int] = field(default_factory=dict)
    author: int = 1
    picture: int = 0
    type: str = "post"


class Blog:
    """The blog (mutable); ``polylang`` is its paid edition, ``offset`` its hours before UTC.

    With ``wpml`` and without ``polylang`` it says nothing of languages, and lists one at a time.
    """

    def __init__(
        self, site: WebServer, *, polylang: bool = True, wpml: bool = False, offset: float = 2
    ) -> None:
        self.site, self.polylang, self.wpml, self.offset = site, polylang, wpml, offset
        self.clock = datetime(2024, 5, 1, 12, 0)  # the blog's own
        self.posts: dict[int, Entry] = {}
        self.terms = {
            "categories": {1: "Uncategorized", 2: "Armenia &amp; Azerbaijan"},
            "tags": {7: "Railways"},
        }
        self.users: dict[int, str] = {}
        self.media: dict[int, str] = {}  # captions, as HTML
        self.types = {"post": "posts"}  # the ends of their lists' routes
        site.serves("/wp-json/*", self.answer)
        site.serves("/wp-json/", self.answer)
        site.serves("/", self._home)

    def write(self, id: int, title: str = "A day", text: str = TEXT, **more: Any) -> Entry:
        """Publish a post, now."""
        self.clock += timedelta(minutes=1)
        values = {"slug": f"post-{id}", "lang": "en", "date": self.clock, "modified": self.clock}
        values["categories"] = [1]
        entry = Entry(id=id, title=title, text=text, **(values | more))
        self.posts[id] = entry
        self.site.serves(self.path(entry), lambda _: self._page(entry))
        return entry

    def edit(self, id: int, **changes: Any) -> None:
        """Save a post anew."""
        self.clock += timedelta(minutes=1)
        entry = self.posts[id]
        old = self.path(entry)
        for name, value in {"modified": self.clock, **changes}.items():
            setattr(entry, name, value)
        if self.path(entry) != old:
            self.site.redirect(old, self.path(entry), status=301)
            self.site.serves(self.path(entry), lambda _: self._page(entry))

    def unpublish(self, id: int) -> None:
        """Make a post a draft; its page is gone."""
        self.site.remove(self.path(self.posts.pop(id)))

    def path(self, entry: Entry) -> str:
        prefix = "" if entry.lang == "en" else f"/{entry.lang}"
        return f"{prefix}/2024/{entry.slug}/"

    def asked(self, path: str = "/wp-json/wp/v2/posts", **query: str) -> list[Asked]:
        """The requests for a list whose query holds ``query``."""
        return [a for a in self.site.asked if a.path == path and query.items() <= a.query.items()]

    # Pages

    def _home(self, _: Asked) -> Reply:
        link = f'<link rel="https://api.w.org/" href="{self.site.at("/wp-json/")}">'
        links = "".join(
            f'<link rel="alternate" hreflang="{lang}" href="{self.site.at(f"/{lang}/")}">'
            for lang in sorted({entry.lang for entry in self.posts.values()})
        )
        return Reply(body=f"<html><head>{link}{links}</head><body>Blog</body></html>".encode())

    def _page(self, entry: Entry) -> Reply:
        editions = [self.posts[i] for i in entry.translations.values() if i in self.posts]
        links = "".join(
            f'<link rel="alternate" hreflang="{e.lang}" href="{self.site.at(self.path(e))}">'
            for e in editions
        )
        head = f"<title>{escape(entry.title)}</title>{links}"
        head += f'<link rel="canonical" href="{self.site.at(self.path(entry))}">'
        head += f'<meta property="article:published_time" content="{self._utc(entry.date)}+00:00">'
        body = f"<main><article><h1>{escape(entry.title)}</h1><p>{entry.text}</p></article></main>"
        return Reply(
            body=f'<html lang="{entry.lang}"><head>{head}</head><body>{body}</body></html>'.encode()
        )

    # The API

    def by_parameter(self, asked: Asked) -> Reply:
        """Answer as a blog without permalinks does: its API is at ``/?rest_route=/…``."""
        route = asked.query.get("rest_route")
        if route is None:
            return self._home(asked)
        return self.answer(replace(asked, path=f"/wp-json{route}"))

    def answer(self, asked: Asked) -> Reply:
        """Answer a request to the API."""
        authorised = None
        if "authorization" in asked.headers:
            given = base64.b64decode(asked.headers["authorization"].removeprefix("Basic "))
            authorised = given.decode() == ":".join(LOGIN)
        if authorised is False:
            return _error(401, "incorrect_password")
        path = asked.path.removeprefix("/wp-json/")
        if path == "":
            zone = {"gmt_offset": self.offset, "timezone_string": ""}
            spaces = {"namespaces": ["wp/v2", "wpml/v1" if self.wpml else "oembed/1.0"]}
            return _json({"name": "Blog", "home": self.site.url, **zone, **spaces})
        kind = path.removeprefix("wp/v2/")
        if kind in self.types.values():
            return self._posts(asked, bool(authorised), kind)
        if kind == "types":
            return _json({n: {"rest_base": b, "slug": n} for n, b in self.types.items()})
        if kind == "users" and self.users:
            rows = [{"id": i, "name": name} for i, name in self.users.items()]
            return _listed(asked, [row for row in rows if _wanted(asked, row["id"])])
        if kind == "media" and self.media:
            captions = self.media.items()
            rows = [{"id": i, "caption": {"rendered": html}} for i, html in captions]
            return _listed(asked, [row for row in rows if _wanted(asked, row["id"])])
        if kind in self.terms:
            terms = self.terms[kind].items()
            rows = [{"id": i, "name": n, "slug": n.lower(), "count": 3} for i, n in terms]
            return _listed(asked, [row for row in rows if _wanted(asked, row["id"])])
        return _error(404, "rest_no_route")

    def _posts(self, asked: Asked, authorised: bool, kind: str) -> Reply:
        if asked.query.get("context") == "edit" and not authorised:
            return _error(401, "rest_forbidden_context")
        statuses = asked.query.get("status", "publish").split(",")
        if "private" in statuses and not authorised:
            return _error(400, "rest_invalid_param")
        after = asked.query.get("modified_after", "")
        chosen = [
            entry
            for entry in sorted(self.posts.values(), key=lambda e: e.id)
            if entry.status in statuses
            and self.types[entry.type] == kind
            and _wanted(asked, entry.id)
            and entry.modified.isoformat() > after
            and (not self.wpml or entry.lang == self._spoken(asked))
        ]
        if asked.query.get("order", "desc") == "desc":
            chosen.reverse()
        return _listed(asked, [self._row(entry, authorised) for entry in chosen])

    def _spoken(self, asked: Asked) -> str:
        """The language of a list with WPML: that which is asked for, if the site has it."""
        wanted = asked.query.get("lang", "")
        return wanted if wanted in {entry.lang for entry in self.posts.values()} else "en"

    def _row(self, entry: Entry, authorised: bool) -> dict[str, Any]:
        text = "" if entry.password and not authorised else f"\n<p>{entry.text}</p>\n"
        if entry.paywalled:
            text += f"<p>{entry.paywalled}</p>" if authorised else _WALL
        row: dict[str, Any] = {
            "id": entry.id,
            "date": entry.date.isoformat(),
            "date_gmt": self._utc(entry.date),
            "guid": {"rendered": self.site.at(f"/?p={entry.id}")},
            "modified": entry.modified.isoformat(),
            "modified_gmt": self._utc(entry.modified),
            "slug": entry.slug,
            "status": entry.status,
            "type": entry.type,
            "link": self.site.at(self.path(entry)),
            "title": {"rendered": entry.title},
            "content": {"rendered": text, "protected": entry.password},
            "excerpt": {"rendered": f"<p>{entry.text[:60]} [&hellip;]</p>\n", "protected": False},
            "author": entry.author,
            "featured_media": entry.picture,
            "sticky": False,
            "format": "standard",
            "meta": [],
            "categories": entry.categories,
            "tags": entry.tags,
        }
        if self.polylang:
            row |= {"lang": entry.lang, "translations": entry.translations or []}
        return row

    def _utc(self, local: datetime) -> str:
        return (local - timedelta(hours=self.offset)).isoformat()


_WALL = "<p>Consider subscribing to read the full article!</p>"


def _wanted(asked: Asked, id: int) -> bool:
    include = asked.query.get("include")
    return include is None or str(id) in include.split(",")


def _listed(asked: Asked, rows: list[dict[str, Any]]) -> Reply:
    a_page, page = int(asked.query.get("per_page", 10)), int(asked.query.get("page", 1))
    pages = -(-len(rows) // a_page)
    if a_page > 100:
        return _error(400, "rest_invalid_param")
    if page > max(pages, 1):
        return _error(400, "rest_post_invalid_page_number")
    some = rows[(page - 1) * a_page : page * a_page]
    if fields := asked.query.get("_fields"):
        some = [{name: row[name] for name in fields.split(",") if name in row} for row in some]
    return _json(some, {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)})


def _json(document: Any, headers: dict[str, str] | None = None) -> Reply:
    return Reply(
        body=json.dumps(document).encode(),
        content_type="application/json; charset=UTF-8",
        headers=headers or {},
    )


def _error(status: int, code: str) -> Reply:
    body = json.dumps({"code": code, "message": code, "data": {"status": status}})
    return Reply(status=status, body=body.encode(), content_type="application/json; charset=UTF-8")
