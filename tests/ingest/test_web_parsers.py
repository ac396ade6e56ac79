"""Whatever strangers write in feeds, sitemaps, heads and posts is read or refused."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extraction import ExtractionError, extract
from ingest.sources import PageKind, RawPage, feeds, heads, posts, sitemaps
from ingest.sources.addresses import clean, is_web_address, language_of, parts_of, same
from ingest.sources.listing import day_of
from vectorstore.domain import Tier

BASE = "https://blog.example/feed"
SPACES = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"

soup = st.lists(
    st.sampled_from(
        [
            "<rss version='2.0'>", "</rss>", "<channel>", "</channel>", "<item>", "</item>",
            "<link>", "</link>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
            "<link href='", "'/>", "https://blog.example/a", "javascript:alert(1)", "//", "http://[",
            f"<urlset {SPACES}>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>",
            "<sitemapindex>", "<sitemap>", "</sitemap>", "</sitemapindex>", "<![CDATA[", "]]>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "<?xml version='1.0'?>", "<head>",
            "<link rel=alternate type=application/rss+xml href=", "<base href=", ">", "\x00", "é",
        ]
    )
    | st.text(max_size=8),
    max_size=40,
).map("".join)  # fmt: skip
broken = st.binary(max_size=200) | soup.map(lambda text: text.encode("utf-8", "replace"))


@given(broken)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_a_feed_holds_only_web_addresses_come_out(content: bytes) -> None:
    with suppress(ValueError):
        entries = feeds.parse(content, BASE)
        assert all(is_web_address(entry.url) for entry in entries)
        assert len({entry.url for entry in entries}) == len(entries)


@given(broken)
@settings(deadline=None)
def test_whatever_a_sitemap_holds_it_speaks_of_its_own_site_alone(content: bytes) -> None:
    for packed in (content, gzip.compress(content), b"\x1f\x8b" + content):
        with suppress(ValueError):
            found = sitemaps.parse(packed, BASE)
            urls = [entry.url for entry in found.entries] + list(found.files)
            assert all(parts_of(url)[0] == "blog.example" for url in urls)


@given(broken)
@settings(deadline=None)
def test_whatever_a_head_holds_its_links_are_web_addresses(content: bytes) -> None:
    assert all(is_web_address(link["href"]) for link in heads.links(content, BASE))
    assert all(is_web_address(url) for url in heads.translations(content, BASE))
    assert isinstance(heads.language(content), str)
    heads.is_article(content)


@given(st.text() | st.from_regex(r"https?://[a-z.:/?&=%#\[\]@-]{0,40}", fullmatch=True))
def test_an_address_and_its_clean_form_are_the_same_page(url: str) -> None:
    if is_web_address(url):
        assert is_web_address(clean(url))
        assert clean(clean(url)) == clean(url)
        assert same(clean(url)) == same(url)
        language_of(url)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Thu, 02 May 2024 00:30:00 +0200", "2024-05-02"),
        ("Wed, 01 May 2024 22:30:00 GMT", "2024-05-01"),
        ("2024-05-02T00:30:00+02:00", "2024-05-02"),
        ("2024-13-45", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_that_of_the_zone_it_is_printed_in(printed: str, day: str | None) -> None:
    assert str(day_of(printed)) == str(day)


@given(st.text(max_size=60))
def test_no_printed_day_breaks_anything(printed: str) -> None:
    day_of(printed)


@pytest.mark.parametrize(
    "bomb",
    [
        b"<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss version='2.0'>&b;</rss>",
        "<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>".encode("utf-16"),
    ],
)
def test_entities_are_refused_in_any_encoding(bomb: bytes) -> None:
    for parse in (feeds.parse, sitemaps.parse):
        with pytest.raises(ValueError, match="entities"):
            parse(bomb, BASE)


def test_what_reads_like_a_files_name_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "feed"
    file.write_bytes(b"<rss version='2.0'><channel><item><link>http://x.example/</link></item>")
    with pytest.raises(ValueError, match="neither RSS nor Atom"):
        feeds.parse(str(file).encode(), BASE)


def test_a_packed_bomb_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than"):
        sitemaps.parse(gzip.compress(b" " * 50_000_000), BASE)


# Posts

texts = st.text(max_size=60) | st.just("<p>The ministers met in Vienna.</p>")
rendered = st.fixed_dictionaries({"rendered": texts}, optional={"protected": st.booleans()})
numbers = st.lists(st.integers(1, 99), max_size=3)
said = st.fixed_dictionaries(
    {"id": st.integers(1, 10**6), "link": st.just("https://blog.example/a/"), "title": rendered},
    optional={
        "date": st.text(max_size=20) | st.just("2024-05-02T00:30:00"),
        "content": rendered,
        "excerpt": rendered,
        "categories": numbers,
        "tags": numbers,
        "lang": st.sampled_from(["en", "fr_FR", "ru-RU", "", None]),
        "translations": st.just([]) | st.dictionaries(st.sampled_from(["en", "fr"]), st.integers()),
        "wpml_translations": st.none() | st.lists(st.fixed_dictionaries({"id": st.integers()})),
    },
)


@given(said)
@settings(deadline=None)
def test_a_post_is_kept_as_it_was_said_and_read_or_refused_with_a_sentence(
    row: dict[str, Any],
) -> None:
    post = posts.Post.model_validate(row)
    around = posts.Surroundings(language="", dossiers=("Rail",), tier=Tier.PUBLIC, story="s")
    content = posts.page(post, around)
    assert content == posts.page(posts.Post.model_validate(row), around)
    page = RawPage(
        source="https://blog.example",
        key=f"post/{post.id}",
        location=post.link,
        kind=PageKind.POST,
        content=content,
    )
    with suppress(ExtractionError):
        draft = extract(page)
        assert (draft.story, draft.url) == ("s", post.link)
        assert "Rail" in draft.dossiers


def a_post(text: str, excerpt: str = "") -> posts.Post:
    content, short = {"rendered": text}, {"rendered": excerpt}
    return posts.Post(id=1, link="https://b.example/", content=content, excerpt=short)


@pytest.mark.parametrize(
    ("text", "excerpt", "is_preview"),
    [
        ("<p>They met on Monday [&hellip;]</p>", "<p>They met on Monday [&hellip;]</p>", True),
        ("<p>They met. <a class='more-link' href='/a'>Read</a></p>", "", True),
        ("<p>They met on Monday.</p>", "<p>They met on Monday.</p>", False),
        ("<p>They met on Monday, and then…</p>", "<p>They met [&hellip;]</p>", False),
    ],
)
def test_a_post_that_only_previews_its_text_is_known(
    text: str, excerpt: str, is_preview: bool
) -> None:
    assert a_post(text, excerpt).is_preview is is_preview


@pytest.mark.parametrize(
    ("by_login", "to_all", "is_open"),
    [
        ("<p>They met.</p>", "<p>They met.</p><script>var nonce = 1</script>", True),
        ("<p>They met.</p><script>var nonce = 2</script>", "<p>They met.</p>", True),
        ("<p>They met. They agreed.</p>", "<p>They met. Subscribe to read it all now!</p>", False),
        ("<p>They met.</p>", "", False),
    ],
)
def test_a_post_is_open_when_everybody_sees_every_word(
    by_login: str, to_all: str, is_open: bool
) -> None:
    found = posts.open_to_all(a_post(by_login), a_post(to_all))
    assert (found is not None) is is_open


def test_the_category_of_what_has_none_is_no_dossier() -> None:
    rows = [
        {"id": 1, "name": "Uncategorized", "slug": "uncategorized"},
        {"id": 2, "name": "Non classé", "slug": "non-classe"},
        {"id": 3, "name": "Без рубрики", "slug": "%d0%b1"},
        {"id": 4, "name": "Armenia &amp; Azerbaijan", "slug": "a"},
        {"id": "x"},
    ]
    assert posts.names(posts.terms(rows)) == ("Armenia & Azerbaijan",)


def test_pages_are_kept_by_what_a_reader_may_see() -> None:
    around = posts.Surroundings(language="en", dossiers=(), tier=Tier.PUBLIC, story="s")
    one, other = a_post("<p>They met.</p>"), a_post("<p>They met.</p>")
    other.modified = "2024-05-02T00:00:00"
    assert posts.page(one, around) == posts.page(other, around)
    assert json.loads(posts.page(one, around))["content"] == "<p>They met.</p>"
