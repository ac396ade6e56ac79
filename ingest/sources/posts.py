"""What a WordPress site says of one post, checked, and as the page that is kept of it.

Knows nothing of how posts are asked for.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vectorstore.domain import Tier

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"\w+")
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*$")
_MORE_LINK = re.compile(r"class=[\"'][^\"']*\bmore-link\b")
# The category that WordPress gives to what has none, by its slug and its names.
_NO_CATEGORY = re.compile(
    r"uncategori[sz]ed.*|non[- ]class[eé].*|без[- ]рубрики.*|bez-rubriki.*", re.IGNORECASE
)


def _empty_as_mapping(value: object) -> object:
    return {} if value == [] else value  # PHP writes an empty array for an empty mapping


def _without_numbers(value: object) -> object:
    return value if isinstance(value, list) else []


class Rendered(BaseModel):
    """A text of a post: as HTML, and as it was typed when we may see that."""

    rendered: str = ""
    raw: str = ""


class Translation(BaseModel):
    """A translation as the plugins for Polylang and WPML give it."""

    id: int


class Post(BaseModel):
    """One post as ``/wp/v2/posts`` gives it; times are in the site's own time zone.

    ``lang`` and ``translations`` are Polylang's, the fields after them are those of the plugins
    that put out what Polylang (free) and WPML know.
    """

    model_config = ConfigDict(extra="ignore")

    id: int
    link: str
    date: str = ""
    modified: str = ""
    status: str = "publish"
    title: Rendered = Rendered()
    content: Rendered = Rendered()
    excerpt: Rendered = Rendered()
    author: int = 0
    featured_media: int = 0
    categories: list[int] = []
    tags: list[int] = []
    lang: str | None = None
    translations: Annotated[dict[str, int], BeforeValidator(_empty_as_mapping)] = Field({})
    polylang_current_lang: str | None = None
    polylang_translations: Annotated[list[Translation], BeforeValidator(_without_numbers)] = []
    wpml_current_locale: str | None = None
    wpml_translations: Annotated[list[Translation], BeforeValidator(_without_numbers)] = []

    @property
    def language(self) -> str:
        """The code of its language, "" when the site does not say."""
        declared = self.lang or self.polylang_current_lang or self.wpml_current_locale or ""
        return re.split("[-_]", declared)[0].lower()

    @property
    def editions(self) -> frozenset[int]:
        """The ids of the post in all its languages, as far as the site says."""
        others = (*self.polylang_translations, *self.wpml_translations)
        return frozenset({self.id, *self.translations.values(), *(each.id for each in others)})

    @property
    def is_readable(self) -> bool:
        """Whether its text is there, and not behind a password."""
        return bool(words(self.content.rendered))

    @property
    def is_preview(self) -> bool:
        """Whether only the beginning is there: the excerpt, or what stands before "read more"."""
        text, excerpt = plain(self.content.rendered), plain(self.excerpt.rendered)
        end = _BROKEN_OFF.search(text)
        same = words(text) == words(excerpt)
        return _MORE_LINK.search(self.content.rendered) is not None or bool(end and same)


# What is asked for of each post; the rest of what plugins add is often longer than the text.
FIELDS = ",".join(Post.model_fields)
EDITIONS = "translations,polylang_translations,wpml_translations"


class Term(BaseModel):
    """A category or a tag."""

    id: int
    name: str
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of a post besides what the site says of it alone.

    ``story`` is what it shares with its translations, "" when only ``alternates`` tell, the
    addresses of the post in all its languages.
    """

    language: str
    dossiers: tuple[str, ...]
    tier: Tier
    story: str
    alternates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    picture: str = ""  # what is printed with the picture above the post, as HTML


def page(post: Post, around: Surroundings) -> bytes:
    """The page that is kept of a post: JSON whose bytes change only when a reader may see it."""
    said: dict[str, Any] = {
        "alternates": around.alternates,
        "authors": around.authors,
        "content": post.content.rendered,
        "date": post.date[:10],
        "dossiers": around.dossiers,
        "language": around.language,
        "link": post.link,
        "picture": around.picture,
        "preview": post.is_preview,
        "story": around.story,
        "tier": around.tier,
        "title": plain(post.title.raw or post.title.rendered),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode(errors="replace")


def terms(rows: Iterable[Mapping[str, Any]]) -> Iterator[Term]:
    """Those rows of a list of terms that can be read."""
    for row in rows:
        with suppress(ValidationError):
            yield Term.model_validate(row)


def editions(row: Mapping[str, Any]) -> frozenset[int]:
    """The ids of a listed post in all its languages; none where they cannot be read."""
    try:
        return Post.model_validate({"link": "", **row}).editions
    except ValidationError:
        return frozenset()


def name_of(user: Mapping[str, Any]) -> str:
    """The name of one who writes, "" where it cannot be read."""
    name = user.get("name")
    return plain(name) if isinstance(name, str) else ""


def caption_of(picture: Mapping[str, Any]) -> str:
    """What is printed with a picture, as HTML; "" for nothing."""
    with suppress(ValidationError):
        return Rendered.model_validate(picture.get("caption")).rendered.strip()
    return ""


def names(terms: Iterable[Term]) -> tuple[str, ...]:
    """The names of terms as dossiers, without the category of what has none."""
    kept = (
        plain(term.name)
        for term in terms
        if not (_NO_CATEGORY.fullmatch(term.slug) or _NO_CATEGORY.fullmatch(plain(term.name)))
    )
    return tuple(dict.fromkeys(name for name in kept if name))


def open_to_all(by_login: Post, to_all: Post | None) -> Post | None:
    """The post as everybody sees it, None when a login shows a word that everybody does not see."""
    if to_all is None or not to_all.is_readable:
        return None
    more = Counter(words(by_login.content.rendered)) - Counter(words(to_all.content.rendered))
    return None if more else to_all


def plain(markup: str) -> str:
    """The words of a piece of HTML on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def words(markup: str) -> list[str]:
    """The words of a piece of HTML, without marks."""
    return _WORD.findall(plain(markup))
