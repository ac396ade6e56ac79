"""Saved web pages as drafts: the whole article, nothing else, and what the page says of itself."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extraction import Draft, ExtractionError, extract
from ingest.sources import PageKind, RawPage
from ingest.sources.opening import open_source
from vectorstore.domain import Tier

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
BODY = [
    "On 19 September at 1:22 p.m., the ministry informed the press of “a short operation”.",
    "It said no more.",
    "The road, the railway and the bridge were closed to “all traffic”; the border as well.",
    "It is not known for how long (a week, according to the other side).",
]


def read(content: str | bytes, key: str = "a.html") -> Draft:
    raw = content.encode() if isinstance(content, str) else content
    return extract(
        RawPage(
            source="/in", key=key, location=f"file:///in/{key}", kind=PageKind.HTML, content=raw
        )
    )


def paragraphs(texts: list[str], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for text in texts)


def page(article: str, head: str = "", lang: str = ' lang="en"') -> str:
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8">'
        f"<title>The road | Briefings</title>{head}</head><body><header><a href='/'>Briefings</a>"
        "<nav><ul><li><a href='/b'>Blog</a></li><li><a href='/c'>Contact us</a></li></ul></nav>"
        "</header>"
        f"{article}"
        "<aside><h3>Related</h3><p><a href='/o'>Another story about the sea and the ships.</a></p>"
        "</aside><footer><p>© 2019 Briefings. Subscribe to our newsletter to read more!</p>"
        "<p><a href='/x'>Read more</a></p></footer></body></html>"
    )


AROUND = (
    "<ul><li><a hreflang='ru' href='/ru'>Русский</a></li><li>Français</li><li>English</li></ul>"
    "<p class='crumb'><a href='/b'>Blog</a></p>"
)
LISTED = (
    "<p>The files we follow: <a href='/1'>Energy, trade and transport</a>, "
    "<a href='/2'>Human Rights</a>.</p>"
    "<p><b>Consider subscribing for free access to the full content!</b></p>"
)
NEIGHBOURS = (
    "<div><a href='/p'><span>Previous Article</span><span>The north – 16/09/23</span></a>"
    "<a href='/n'><p>Next Article</p><p>The south – 22/09/23</p></a></div>"
)
MAP = (
    "<figure><img src='m.png'><figcaption>A map of the road.</figcaption></figure>"
    "<p><em>This map was created by A. Mapper</em></p>"
)
LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "article": lambda p: (
        f"<main><article>{AROUND}<h1>The road</h1>{LISTED}{paragraphs(p[:2])}{MAP}"
        f"{paragraphs(p[2:])}{NEIGHBOURS}</article></main>"
    ),
    "divs": lambda p: (
        f"<div>{AROUND}<div><h1>The road</h1></div><div>{LISTED}</div><div class='body'>"
        f"{paragraphs(p)}{MAP}</div>{NEIGHBOURS}</div>"
    ),
    "builder": lambda p: (
        f"<div class='widget'><h1>The road</h1></div><div class='widget'>{LISTED}</div>"
        + "".join(f"<div class='widget'><div>{paragraphs([text])}</div></div>" for text in p)
    ),
    "breaks": lambda p: (
        f"<div><h1>The road</h1><p>{'<br><br>'.join(map(html.escape, p))}</p></div>"
    ),
    "loose": lambda p: f"<div><h1>The road</h1><div>{paragraphs(p, 'div')}</div></div>",
    "bare": lambda p: f"<h1>The road</h1>{paragraphs(p)}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [1, 2, 4, 12])
@pytest.mark.parametrize(
    "title", ["The road", "The road to the sea, the railway and the bridge " * 2]
)
def test_the_article_comes_out_whole_in_order_and_alone(layout: str, size: int, title: str) -> None:
    body = (BODY * 3)[:size]
    draft = read(page(LAYOUTS[layout](body)).replace("<h1>The road", f"<h1>{title}"))
    assert draft.text.split("\n\n") == body
    assert draft.title == title.strip()
    assert not draft.preview


@pytest.mark.parametrize("layout", ["article", "divs", "builder"])
def test_each_link_in_the_line_of_dossiers_is_one(layout: str) -> None:
    assert read(page(LAYOUTS[layout](BODY))).dossiers == (
        "Energy, trade and transport",
        "Human Rights",
    )


@pytest.mark.parametrize(
    "listing",
    [
        "<p><b>The files we follow:</b> <a>Trade, Aid</a>, <a>Iran,</a> Human Rights.</p>",
        "<h4>The files we follow:</h4><ul><li><a>Trade, Aid</a></li><li><a>Iran</a></li>"
        "<li><a>Human Rights</a></li></ul>",
        "<div><span>The files we follow:&nbsp;</span><a>Trade, Aid</a><a>Iran</a>"
        "<a>Human&nbsp;Rights</a></div>",
        "<div>The files we follow:</div>"
        "<div><a>Trade, Aid</a>, <a>Iran</a>, <a>Human Rights</a>.</div>",
    ],
)
def test_the_list_of_dossiers_is_found_in_any_markup(listing: str) -> None:
    draft = read(page(f"<main><h1>The road</h1>{listing}{paragraphs(BODY)}</main>"))
    assert draft.dossiers == ("Trade, Aid", "Iran", "Human Rights")
    assert draft.text.split("\n\n") == BODY


def test_inline_markup_neither_glues_nor_parts_words() -> None:
    inside = (
        "<p>The <b>Azer</b>baijani <a href='x'>Defence&nbsp;Ministry</a>, <em>said</em>\n  “dis"
        "&shy;arm” &amp; <q>leave</q> &#8211; <span>now</span>.<!-- remark --> Then<br>it left.</p>"
        f"<p>See the CO<sub>2</sub> report.</p>{paragraphs(BODY)}"
    )
    draft = read(page(f"<article><h1>The road</h1>{inside}</article>"))
    assert draft.text.split("\n\n")[:2] == [
        "The Azerbaijani Defence\u00a0Ministry, said “disarm” & leave – now. Then it left.",
        "See the CO2 report.",
    ]


def test_a_paragraph_that_is_one_link_stays_in_the_article() -> None:
    inside = f"<p>{BODY[0]}</p><p><a href='x'>{BODY[2]}</a></p><p>{BODY[3]}</p>"
    draft = read(page(f"<article><h1>The road</h1>{inside}</article>"))
    assert draft.text.split("\n\n") == [BODY[0], BODY[2], BODY[3]]


def test_headings_quotations_lists_and_tables_are_paragraphs() -> None:
    inside = (
        f"<p>{BODY[0]}</p><h2>The road itself</h2><blockquote><p>“We go.”</p><p>“We stay.”</p>"
        "</blockquote><ul><li>One <a href='x'>item</a></li><li>Two<ul><li>nested</li></ul></li>"
        f"</ul><table><tr><th>Side</th><th>Dead</th></tr><tr><td>North</td><td>2</td></tr></table>"
        f"<p>{BODY[3]}</p>"
    )
    draft = read(page(f"<article><h1>The road</h1>{inside}</article>"))
    assert draft.text.split("\n\n") == [
        *(BODY[0], "The road itself", "“We go.”", "“We stay.”", "One item", "Two", "nested"),
        *("Side | Dead", "North | 2", BODY[3]),
    ]


def test_what_a_reader_does_not_see_is_not_read() -> None:
    inside = (
        "<script>var x = 'It said nothing of the road to anybody at all.';</script>"
        f"<p style='display: none'>{BODY[2]}</p><p hidden>{BODY[3]}</p>{paragraphs(BODY[:2])}"
    )
    assert (
        read(page(f"<article><h1>The road</h1>{inside}</article>")).text.split("\n\n") == BODY[:2]
    )


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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\xff\xfe", "is not text"),
        ("<html><body></body></html>", "has no title"),
        (page("<h1>The road</h1>"), "has no text"),
    ],
)
def test_a_page_without_an_article_is_refused(content: str | bytes, says: str) -> None:
    with pytest.raises(ExtractionError, match=says):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        f"<h1>The road</h1><p>{BODY[0]}<p>{BODY[1]}<p>{BODY[2]}",
        f"<html><body><h1>The road</b></h1><p>{BODY[0]}</div></p><p><i>{BODY[1]}</p>{BODY[2]}",
        f'<?xml version="1.0" encoding="utf-8"?><html xml:lang="en"><body><h1>The road</h1>'
        f"<p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p></body></html>",
    ],
)
def test_broken_pages_still_give_their_text(content: str) -> None:
    draft = read(content)
    assert (draft.title, draft.text.split("\n\n")) == ("The road", BODY[:3])


WORDS = st.sampled_from(
    [
        "Baku",
        "« oui »",
        "“no”",
        "&",
        "<b>",
        "e\u0301",
        "😀",
        "2023",
        "[…]",
        "дорога",
        "\u00a0",
        "l’eau",
    ]
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=4, max_size=40).map(lambda words: f"The {' '.join(words)} end."),
    min_size=1,
    max_size=8,
    unique=True,
)


@settings(deadline=None)
@given(PARAGRAPHS, st.sampled_from(sorted(LAYOUTS)))
def test_no_paragraph_is_lost_or_doubled_whatever_its_words(body: list[str], layout: str) -> None:
    draft = read(page(LAYOUTS[layout](body)))
    assert draft.text.split("\n\n") == body
    assert draft == read(page(LAYOUTS[layout](body)))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_sentence(content: bytes) -> None:
    for raw in (content, b"<html><h1>T</h1><p>" + content):
        try:
            draft = read(raw)
        except ExtractionError:
            continue
        assert draft == read(raw)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the newsroom's real page is not beside the repo")
@pytest.mark.parametrize("layout", ["article", "divs", "builder"])
def test_the_newsrooms_real_article_reads_the_same_from_a_web_page(layout: str) -> None:
    (raw,) = open_source(str(SEEDS)).pages()
    assert isinstance(raw, RawPage)
    body = extract(raw).text.split("\n\n")
    assert read(page(LAYOUTS[layout](body))).text.split("\n\n") == body
