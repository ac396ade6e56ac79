"""What a saved web page says of itself: title, address, story, day, access and language."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extraction import ExtractionError
from tests.ingest.saved import BODY, LAYOUTS, LISTED, page, paragraphs, read
from vectorstore.domain import Tier


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        ("<meta property='og:title' content='The road – 16/09/23'>", "The road – 16/09/23", None),
        ("<meta property='og:title' content='The road – 16/09/23'>", "", "The road – 16/09/23"),
        (
            "<meta property='og:title' content='The road – Our Site'>"
            "<meta property='og:site_name' content='Our Site'>",
            "",
            "The road",
        ),
        ("", "A heading of its own – 16/09/23", None),
        ("", "", "The road"),
    ],
)
def test_the_title_is_the_headings_or_the_heads_without_the_site(
    head: str, h1: str, title: str | None
) -> None:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    draft = read(page(f"<article>{heading}{paragraphs(BODY)}</article>", head))
    assert draft.title == (title or h1)
    assert draft.text.split("\n\n") == BODY


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><a href='/'>Our Site</a></h1><h2>The road</h2>",
        "<ol><li>Blog</li><li>The road</li></ol><h1>The road</h1>",
        "<div class='title'>The road</div>",
    ],
)
def test_the_title_is_not_read_as_text_whatever_it_is_printed_in(heading: str) -> None:
    for body in (BODY, BODY[1:2]):
        head = "<meta property='og:title' content='The road'>"
        draft = read(page(f"<main>{heading}<div>{paragraphs(body)}</div></main>", head))
        assert (draft.title, draft.text.split("\n\n")) == ("The road", body)


CANONICAL = '<link rel="canonical" href="https://b.example/en/2023/road/">'


def test_a_page_is_named_by_its_canonical_address() -> None:
    draft = read(page(LAYOUTS["bare"](BODY), CANONICAL))
    assert draft.url == "https://b.example/en/2023/road/"
    assert draft.id_hint == draft.story == "b.example-en-2023-road"


@pytest.mark.parametrize(
    "href", ["https://b.example/", "https://b.example/en/", "/x", "javascript:x"]
)
def test_an_address_of_no_page_of_its_own_is_passed_over(href: str) -> None:
    draft = read(
        page(LAYOUTS["bare"](BODY), f'<link rel="canonical" href="{href}">'), "sub/a.en.html"
    )
    assert (draft.url, draft.id_hint) == ("file:///in/sub/a.en.html", "sub--a.en")
    assert draft.story == "sub--a"


def test_translations_share_a_story() -> None:
    urls = {"en": "https://b.example/road", "fr": "https://b.example/fr/route"}

    def story(language: str, also: str = "") -> str:
        others = "".join(
            f'<link rel="alternate" hreflang="{code}" href="{url}">'
            for code, url in urls.items()
            if code != language
        )
        own = f'<link rel="canonical" href="{urls[language]}">'
        return read(page(LAYOUTS["bare"](BODY), own + others + also)).story

    home = '<link rel="alternate" hreflang="ru" href="https://b.example/ru/">'
    assert story("en") == story("fr") == story("en", home) == "b.example-fr-route"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<meta property="article:published_time" content="2023-09-21T08:00:00+00:00">',
            "2023-09-21",
        ),
        ('<meta name="DC.date" content="2023-09-21">', "2023-09-21"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type":'
            ' "Article", "datePublished": "2023-09-21", "dateModified": "2024-01-01"}]}</script>',
            "2023-09-21",
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', "2023-09-20"),
        ('<meta property="article:published_time" content="2023-02-31">', "2023-09-20"),
        ('<meta property="article:published_time" content="0001-01-01">', "2023-09-20"),
        ("", "2023-09-20"),
    ],
)
def test_the_day_is_what_the_markup_states_or_else_the_last_covered_day(
    head: str, expected: str
) -> None:
    article = f"<article><h1>The road – 19-20/09/23</h1>{paragraphs(BODY)}</article>"
    assert read(page(article, head)).day == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ('<time datetime="2023-09-21T10:00">yesterday</time>', date(2023, 9, 21)),
        ("<time>21 septembre 2023</time>", date(2023, 9, 21)),
        ("<time>yesterday</time>", None),
        ("<p>On 5 May 2021 it was quiet.</p>", None),
    ],
)
def test_a_day_is_never_guessed_from_the_text(time: str, expected: date | None) -> None:
    article = f"<article><h1>The road</h1>{time}{paragraphs(BODY)}</article>"
    assert read(page(article)).day == expected


@pytest.mark.parametrize(
    ("head", "tier"),
    [
        (
            '<script type="application/ld+json">{"isAccessibleForFree": false}</script>',
            "subscribers",
        ),
        ('<script type="application/ld+json">{"isAccessibleForFree": "True"}</script>', "public"),
        ('<meta property="article:content_tier" content="locked">', "subscribers"),
        ("", "public"),
    ],
)
def test_a_page_that_says_it_is_not_free_is_for_subscribers(head: str, tier: str) -> None:
    assert read(page(LAYOUTS["article"](BODY), head)).tier is Tier(tier)


def test_a_preview_is_told_by_its_own_ending_not_by_the_footer() -> None:
    cut = [*BODY[:2], "The road was […]"]
    assert read(page(LAYOUTS["article"](cut))).preview
    assert not read(page(LAYOUTS["bare"](cut))).preview
    more = f"<main><h1>The road</h1>{LISTED}{paragraphs(BODY)}<a href='/s'>Read more</a></main>"
    assert read(page(more)).preview


@pytest.mark.parametrize(
    ("declared", "language"),
    [(' lang="fr-FR"', "fr"), ("", "en"), (' lang="ru"', "en"), (' lang="en-US"', "en")],
)
def test_the_language_is_the_declared_one_unless_its_letters_are_others(
    declared: str, language: str
) -> None:
    assert read(page(LAYOUTS["article"](BODY), lang=declared)).language == language


def test_a_page_in_another_language_is_refused() -> None:
    with pytest.raises(ExtractionError, match="its language is de; briefings are in en, fr, ru"):
        read(page(LAYOUTS["article"](BODY), lang=' lang="de"'))


RUSSIAN = "Министерство обороны рассказало о дороге к морю и о мосте через реку."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    content = (
        f'<html lang="ru"><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset={encoding}"><title>Дорога</title></head><body><p>{RUSSIAN}</p></body></html>'
    )
    draft = read(content.encode(encoding))
    assert (draft.title, draft.text) == ("Дорога", RUSSIAN)
