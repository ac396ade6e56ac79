"""Asks the REST API of a WordPress site for lists, page after page; knows nothing of posts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from ingest.sources.raw import SourceError
from ingest.web import Fetched, FetchError, PermanentError, Query
from ingest.web.fetcher import Fetcher
from vectorstore.domain import LANGUAGES

ACCEPT = "application/json"
POSTS = "wp/v2/posts"
MOST_A_PAGE = 100  # WordPress gives no more
_PAGES = "x-wp-totalpages"
_MOST_PAGES = 100_000
_SEES_ALL = {"context": "edit", "status": "publish,private"}

Params = Mapping[str, str]


class Api:
    """The API whose root is at ``root``: ``https://blog.example/wp-json/`` or ``…/?rest_route=/``.

    With ``login`` lists are asked for in its name, unless they are to be as everybody sees them.
    """

    def __init__(self, root: str, fetcher: Fetcher, login: tuple[str, str] | None = None) -> None:
        self._root, self._fetcher, self._login = root, fetcher, login
        self._sees: Params = {}
        self._languages: Collection[str] = ("",)

    @property
    def has_login(self) -> bool:
        """Whether lists are asked for in somebody's name."""
        return self._login is not None

    def open(self, routes: Collection[str] = (POSTS,)) -> None:
        """Find out what the site lets us see of some lists; raises `FetchError` and `SourceError`.

        WPML lists the posts of one language at a time, Polylang those of all.
        """
        found = self._json(self._fetcher.get(self.address("", {}), accept=ACCEPT))
        spaces = found.get("namespaces") if isinstance(found, dict) else None
        if not isinstance(spaces, list) or "wp/v2" not in spaces:
            raise SourceError(f"{self._root} is not the REST API of a WordPress site")
        wpml = any(str(space).startswith("wpml") for space in spaces)
        self._languages = LANGUAGES if wpml else ("",)
        if self._login:
            self._sign_in(routes)

    def types(self) -> Mapping[str, Any]:
        """What the site says of the types of its content, by name; raises `FetchError`."""
        found = self._json(self._get("wp/v2/types", {}, to_all=True))
        return found if isinstance(found, dict) else {}

    def count(self, route: str) -> int:
        """How many articles with a text a list shows to everybody, 0 for none; as `types`."""
        answer = self._get(route, {"per_page": "1", "_fields": "id,link,content"}, to_all=True)
        rows = self._rows(answer)
        total = answer.headers.get("x-wp-total", "")
        has_text = rows and rows[0].get("link") and rows[0].get("content")
        return int(total) if has_text and total.isdecimal() and len(total) < 9 else 0

    def listed(
        self, path: str, params: Params, *, a_page: int = MOST_A_PAGE, to_all: bool = False
    ) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The pages of a list, with the language that was asked for ("" for all).

        Raises `FetchError`. A page may be missing when the list grew shorter meanwhile.
        """
        for language in self._languages:
            asked = {**params, **({"lang": language} if language else {})}
            asked = {"per_page": str(a_page), **({} if to_all else self._sees), **asked}
            for rows in self._pages(path, asked, to_all):
                yield language, rows

    def include(
        self, path: str, ids: Collection[int], params: Params, *, to_all: bool = False
    ) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Those of ``ids`` that are there, a page at a time; raises `FetchError`."""
        for some in chunks(ids, MOST_A_PAGE):
            wanted = {**params, "include": ",".join(map(str, some))}
            for language, rows in self.listed(path, wanted, to_all=to_all):
                yield language, [row for row in rows if row.get("id") in some]

    def address(self, path: str, params: Params) -> str:
        """The address of a list."""
        joint = "&" if "?" in self._root else "?"
        return f"{self._root}{path}" + (joint + urlencode(params) if params else "")

    def _sign_in(self, routes: Collection[str]) -> None:
        """See what the login may see: all posts for an editor, published ones for others."""
        few = {"per_page": "1", "_fields": "id"}
        for sees in (_SEES_ALL, {}):
            try:
                for route in routes:
                    self._get(route, {**few, **sees}, to_all=False)
            except PermanentError as error:
                refused = error
            else:
                self._sees = sees
                return
        host = urlsplit(self._root).hostname
        raise SourceError(f"{host} refuses the login; check it in SITE_LOGINS ({refused})")

    def _pages(self, path: str, params: Params, to_all: bool) -> Iterator[list[dict[str, Any]]]:
        first = self._get(path, params, to_all)
        yield (rows := self._rows(first))
        if _PAGES not in first.headers:  # something between us takes it away
            yield from self._on_and_on(path, params, to_all, len(rows))
            return
        rest = range(2, _total(first) + 1)
        queries = [self._query(path, {**params, "page": str(page)}, to_all) for page in rest]
        for _, answer in self._fetcher.get_many(queries):
            if not isinstance(answer, FetchError):
                yield self._rows(answer)
            elif _total(self._get(path, params, to_all)) >= _total(first):
                raise answer  # it is not that the list has fewer pages now

    def _on_and_on(
        self, path: str, params: Params, to_all: bool, found: int
    ) -> Iterator[list[dict[str, Any]]]:
        """The pages after the first of a list that does not say how many it has."""
        for page in range(2, _MOST_PAGES):
            if found < int(params["per_page"]):
                return
            try:
                rows = self._rows(self._get(path, {**params, "page": str(page)}, to_all))
            except PermanentError:  # the one before was full, and the last
                return
            yield rows
            found = len(rows)

    def _get(self, path: str, params: Params, to_all: bool) -> Fetched:
        query = self._query(path, params, to_all)
        return self._fetcher.get(query.url, accept=ACCEPT, login=query.login)

    def _query(self, path: str, params: Params, to_all: bool) -> Query:
        login = None if to_all else self._login
        return Query(url=self.address(path, params), accept=ACCEPT, login=login)

    def _rows(self, answer: Fetched) -> list[dict[str, Any]]:
        found = self._json(answer)
        if not isinstance(found, list):
            raise PermanentError(f"{urlsplit(self._root).hostname} sent no list where one was due")
        return [row for row in found if isinstance(row, dict)]

    def _json(self, answer: Fetched) -> Any:
        try:
            return json.loads(answer.content.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            host = urlsplit(self._root).hostname
            raise PermanentError(f"the REST API of {host} did not send JSON") from None


def _total(answer: Fetched) -> int:
    printed = answer.headers.get(_PAGES, "")
    return int(printed) if printed.isdecimal() and len(printed) < 6 else 1


def chunks(ids: Collection[int], size: int) -> Iterator[list[int]]:
    """``ids`` in order, at most ``size`` at a time."""
    waiting = sorted(ids)
    return (waiting[at : at + size] for at in range(0, len(waiting), size))
