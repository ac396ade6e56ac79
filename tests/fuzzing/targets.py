"""The parsers of what strangers write, each as one function that takes any bytes.

A target returns when the bytes were read or refused in the way that its parser promises, and raises
for everything else, too slow among it. A new parser is added to `TARGETS`, its seeds to `SEEDS`.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from ingest.extraction import Draft, ExtractionError, extract
from ingest.extraction.charsets import characters
from ingest.reading import PageReader, ReadingError
from ingest.sources import PageKind, RawPage, feeds, heads, posts, sitemaps
from ingest.sources.addresses import is_web_address
from ingest.web import FetchError
from ingest.web.addresses import check, shown
from ingest.web.hosts import retry_after

Target = Callable[[bytes], None]
ADDRESS = "https://blog.example/feed"
SLOW = 10.0  # a few kilobytes take milliseconds
SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"


def page(kind: PageKind) -> Target:
    """Extraction of one kind of page."""

    def target(content: bytes) -> None:
        raw = RawPage(source="s", key="a", location="file:///a", kind=kind, content=content)
        with suppress(ExtractionError):
            check_draft(extract(raw))

    return target


def check_draft(draft: Draft) -> None:
    """A draft has all that a briefing needs, and nothing that deceives."""
    assert draft.title
    assert draft.text
    assert is_web_address(draft.url) or draft.url == "file:///a"
    assert not {"\x1b", "\u202e", "\u200b"}.intersection(draft.title + draft.text)


def document(content: bytes) -> None:
    """Everything that is made of a text: passages and statements whose offsets are true."""
    raw = RawPage(source="s", key="a", location="file:///a", kind=PageKind.TEXT, content=content)
    with suppress(ReadingError):
        reader = PageReader([])
        briefing = reader.briefing(raw)
        made = reader.document(briefing)
        for each in made.statements:
            assert each.span.of(briefing.text).strip()
        for passage in made.passages:
            assert passage.of(briefing.text).strip()


def encoding(content: bytes) -> None:
    """The encoding of a page; the first line is what its server says."""
    charset, _, rest = content.partition(b"\n")
    with suppress(ExtractionError):
        assert "\x00" not in characters(rest, charset.decode("latin-1"))


def feed(content: bytes) -> None:
    """RSS and Atom."""
    with suppress(ValueError):
        assert all(is_web_address(entry.url) for entry in feeds.parse(content, ADDRESS))


def sitemap(content: bytes) -> None:
    """Sitemaps and their indexes, packed or not."""
    for each in (content, gzip.compress(content)):
        with suppress(ValueError):
            found = sitemaps.parse(each, ADDRESS)
            assert all(is_web_address(entry.url) for entry in found.entries)


def head(content: bytes) -> None:
    """What a page says of where else to look."""
    assert all(is_web_address(link["href"]) for link in heads.links(content, ADDRESS))
    heads.is_web_page(content, "")
    heads.is_article(content)
    heads.language(content)


def wordpress(content: bytes) -> None:
    """A list of posts as the REST API gives it."""
    with suppress(ValueError, RecursionError):
        found = json.loads(content)
        rows = found if isinstance(found, list) else []
        for row in rows:
            with suppress(ValidationError):
                post = posts.Post.model_validate(row)
                posts.open_to_all(post, post)
        posts.names(posts.terms(row for row in rows if isinstance(row, dict)))


def address(content: bytes) -> None:
    """A link, and a Retry-After header."""
    text = content.decode("utf-8", "replace")
    with suppress(FetchError):
        check(text)
    assert shown(text).isprintable()
    assert retry_after(text) >= 0


TARGETS: Mapping[str, Target] = {
    "html": page(PageKind.HTML),
    "markdown": page(PageKind.MARKDOWN),
    "text": page(PageKind.TEXT),
    "row": page(PageKind.ROW),
    "document": document,
    "encoding": encoding,
    "feed": feed,
    "sitemap": sitemap,
    "head": head,
    "wordpress": wordpress,
    "address": address,
}

POST = {
    "id": 1,
    "link": "https://blog.example/a",
    "title": {"rendered": "A &amp; B"},
    "content": {"rendered": "<p>Text.</p>", "protected": False},
    "date": "2024-05-01T10:00:00",
    "modified_gmt": "2024-05-01T10:00:00",
    "status": "publish",
    "categories": [1],
    "tags": [],
    "lang": "en",
    "translations": {"fr": 2},
}
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "row": (b'{"id": "a", "title": "T", "text": "The government said.", "date": "2024-05-01"}',),
    "encoding": ("koi8-r\n<meta charset=cp1251>Привет".encode("koi8-r"),),
    "feed": (
        b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>https://blog.example/a"
        b"</link><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate></item></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/></entry></feed>",
    ),
    "sitemap": (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>"
        b"<loc>https://blog.example/a</loc><lastmod>2024-05-01</lastmod></url></urlset>",
        b"<sitemapindex><sitemap><loc>https://blog.example/1.xml</loc></sitemap></sitemapindex>",
    ),
    "wordpress": (json.dumps([POST]).encode(),),
    "address": (b"https://blog.example:8080/a?b=c#d", b"Wed, 01 May 2024 10:00:00 GMT"),
}
_ENDINGS = {"html": ".html", "head": ".html", "markdown": ".md", "text": ".txt", "document": ".txt"}


def seeds(name: str) -> tuple[bytes, ...]:
    """What a target is begun with: pages of the kind that its parser reads every day."""
    ending = _ENDINGS.get(name)
    samples = sorted(SAMPLES.glob(f"*{ending}")) if ending else []
    return (*SEEDS.get(name, ()), *(path.read_bytes()[:4000] for path in samples))


def timed(target: Target, content: bytes) -> None:
    """Try one input; too slow is a failure."""
    began = time.monotonic()
    target(content)
    assert time.monotonic() - began < SLOW, "it took too long"
