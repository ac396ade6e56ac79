"""What a WordPress site says around its posts: who wrote them, their dossiers, their pages.

Remembers for one run what it was told; decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ingest.sources import heads, posts
from ingest.sources.addresses import is_web_address
from ingest.sources.posts import Post, Term
from ingest.sources.wordpress_api import Api
from ingest.web import Fetched, PermanentError, Query
from ingest.web.fetcher import Fetcher


class Around:
    """Asks the site at ``home`` for what its posts name; every method raises `FetchError`."""

    def __init__(self, home: str, api: Api, fetcher: Fetcher) -> None:
        self._home, self._api, self._fetcher = home, api, fetcher
        self._terms: dict[tuple[str, int], Term] = {}
        self._authors: dict[int, str] = {}
        self._captions: dict[int, str] = {}
        self._has_languages: bool | None = None

    def load(self, batch: Collection[Post]) -> None:
        """Learn what some posts name: their categories and tags, authors and pictures."""
        for kind, wanted in (
            ("categories", {id_ for post in batch for id_ in post.categories}),
            ("tags", {id_ for post in batch for id_ in post.tags}),
        ):
            missing = {id_ for id_ in wanted if (kind, id_) not in self._terms}
            asked = {"_fields": "id,name,slug"}
            for _, rows in self._api.include(f"wp/v2/{kind}", missing, asked, to_all=True):
                self._terms |= {(kind, term.id): term for term in posts.terms(rows)}
        for row in self._told("users", {post.author for post in batch}, "name", self._authors):
            self._authors[row["id"]] = posts.name_of(row)
        pictures = {post.featured_media for post in batch}
        for row in self._told("media", pictures, "caption", self._captions):
            self._captions[row["id"]] = posts.caption_of(row)

    def _told(
        self, kind: str, wanted: Collection[int], field: str, known: dict[int, str]
    ) -> Iterator[Mapping[str, Any]]:
        """Rows of a list that many sites do not show to everybody; then nothing is known."""
        missing = {*wanted} - known.keys() - {0}
        known |= dict.fromkeys(missing, "")
        try:
            asked = {"_fields": f"id,{field}"}
            for _, rows in self._api.include(f"wp/v2/{kind}", missing, asked, to_all=True):
                yield from rows
        except PermanentError:
            return

    def authors(self, post: Post) -> tuple[str, ...]:
        """Who wrote a post, as far as the site says, once that is loaded."""
        return tuple(filter(None, (self._authors.get(post.author, ""),)))

    def caption(self, post: Post) -> str:
        """What is printed with the picture above a post, as HTML, once that is loaded."""
        return self._captions.get(post.featured_media, "")

    def dossiers(self, post: Post) -> tuple[str, ...]:
        """The names of a post's categories and tags, once they are loaded."""
        named = [("categories", id_) for id_ in post.categories]
        named += [("tags", id_) for id_ in post.tags]
        return posts.names(self._terms[each] for each in named if each in self._terms)

    def pages(self, batch: Iterable[Post]) -> dict[int, Fetched]:
        """The pages, by id, of posts whose language is not said, if the site has several."""
        silent = {post.link: post.id for post in batch if not post.language}
        if not silent or not self._speaks_several():
            return {}
        queries = [Query(url=link) for link in silent if is_web_address(link)]
        answers = self._fetcher.get_many(queries)
        return {silent[q.url]: found for q, found in answers if isinstance(found, Fetched)}

    def _speaks_several(self) -> bool:
        """Whether the site's first page leads to editions in other languages."""
        if self._has_languages is None:
            try:
                home = self._fetcher.get(self._home)
            except PermanentError:  # some sites have no first page
                return True
            self._has_languages = bool(heads.translations(home.content, home.location))
        return self._has_languages
