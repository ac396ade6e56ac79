"""Saved web pages as drafts: the whole article, nothing else, and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extraction import ExtractionError, extract
from ingest.sources import RawPage
from ingest.sources.opening import open_source
from tests.ingest.saved import BODY, LAYOUTS, page, paragraphs, read

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


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
