"""Pages that are broken, or mean harm: each costs little, says what is wrong, and hides nothing."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction import Draft, ExtractionError, extract
from ingest.extraction.charsets import characters
from ingest.reading import PageReader
from ingest.sources import PageKind, RawPage
from ingest.sources.addresses import is_web_address

DEEP = 100_000
REFUSED = "nested too deeply|more than 100,000 elements"  # no link stands within a link
ALIASES = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 31))
SENTENCE = "The government of Georgia announced a new budget on Monday."
ARTICLE = f"<h1>A new budget</h1><p>{SENTENCE}</p>"
RUSSIAN = "Правительство Грузии объявило о новом бюджете; министр МИД и НАТО ведут переговоры. "
FRENCH = "Le gouvernement a annoncé un nouveau budget : les négociations reprendront à Genève. "


def page(content: str | bytes, kind: PageKind = PageKind.HTML, **more: str) -> RawPage:
    body = content.encode() if isinstance(content, str) else content
    return RawPage(source="s", key="a", location="file:///a", kind=kind, content=body, **more)


def html(body: str, head: str = "") -> RawPage:
    return page(f'<html lang="en"><head><title>A new budget</title>{head}</head><body>{body}')


@contextmanager
def takes_less_than(seconds: float) -> Iterator[None]:
    """A bound many times what is measured, and far below what the thing would take unbounded."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "font", "a"])
def test_markup_nested_too_deeply_is_refused_and_never_cut(tag: str) -> None:
    with takes_less_than(10), pytest.raises(ExtractionError, match=REFUSED):
        extract(html(f"<{tag}>" * DEEP + ARTICLE))


def test_a_page_that_is_one_endless_word_is_not_said_to_be_deep() -> None:
    with pytest.raises(ExtractionError, match="millions of characters in one piece"):
        extract(html("<p>" + "word " * 2_100_000))


def test_markup_as_deep_as_page_builders_write_it_is_read() -> None:
    assert extract(html("<div>" * 200 + ARTICLE)).text == SENTENCE


def test_a_page_of_too_many_elements_is_refused() -> None:
    with takes_less_than(20), pytest.raises(ExtractionError, match="more than 100,000 elements"):
        extract(html(ARTICLE + "<i>x</i>" * 200_000))


@pytest.mark.parametrize("body", ["<td>a word</td>", "a word<br>", "<a href=x>word</a> "])
def test_a_page_of_one_thing_over_and_over_takes_no_longer_than_it_is_long(body: str) -> None:
    with takes_less_than(60):
        extract(html(f"{ARTICLE}<table><tr>{body * 10_000}"))


def test_data_for_machines_without_end_takes_no_longer_than_it_is_long() -> None:
    data = '{"a": 1}, ' * 200_000
    script = (
        f'<script type="application/ld+json">[{data}{{"datePublished": "2024-05-01"}}]</script>'
    )
    with takes_less_than(30):
        assert extract(html(ARTICLE, script)).day == date(2024, 5, 1)


@pytest.mark.parametrize("script", ["[" * DEEP, "{" * DEEP, '{"a":' * DEEP, "1" * DEEP, "\ud800"])
def test_broken_data_for_machines_is_passed_over(script: str) -> None:
    data = f'<script type="application/ld+json">{script}</script>'
    assert extract(html(ARTICLE, data.encode(errors="replace").decode())).text == SENTENCE


@pytest.mark.parametrize("mark", [">", "- ", "1. ", "> - "])
def test_lists_and_quotes_nested_too_deeply_are_refused_and_never_cut(mark: str) -> None:
    text = f"# A new budget\n\n{SENTENCE}\n\n{mark * 5000} {SENTENCE}\n"
    with takes_less_than(20), pytest.raises(ExtractionError, match="lists or quotes more than"):
        extract(page(text, PageKind.MARKDOWN))


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "**a *", "`a``", "<a ", "&#1;", "|a|b\n", "_a"]
)
def test_markdown_of_one_mark_over_and_over_takes_no_longer_than_it_is_long(piece: str) -> None:
    text = f"# A new budget\n\n{SENTENCE}\n\n{piece * (8_000 // len(piece))}"
    with takes_less_than(30):
        assert SENTENCE in extract(page(text, PageKind.MARKDOWN)).text


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("title: " + "[" * DEEP, "front matter"),
        ("title: A\nx: " + "{a: " * DEEP, "front matter"),
        (f"a0: &a0 x\n{ALIASES}title: *a30", "'title'"),
        ("title: !!python/object/apply:os.system [echo]", "'title'"),
    ],
)  # fmt: skip
def test_front_matter_that_is_made_to_explode_is_refused(front: str, says: str) -> None:
    with takes_less_than(10), pytest.raises(ExtractionError, match=says) as error:
        extract(page(f"---\n{front}\n---\n{SENTENCE}", PageKind.MARKDOWN))
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("kind", [PageKind.TEXT, PageKind.MARKDOWN, PageKind.ROW, PageKind.HTML])
def test_a_hundred_thousand_words_are_an_article_and_a_million_are_none(kind: PageKind) -> None:
    paragraph = f"{SENTENCE} " * 10
    for count, fits in ((1000, True), (10_000, False)):
        text = "\n\n".join([paragraph] * count)
        whole = {
            PageKind.ROW: json.dumps({"title": "A new budget", "text": text}),
            PageKind.HTML: f'<html lang="en"><h1>A new budget</h1>{f"<p>{paragraph}" * count}',
        }
        raw = page(whole.get(kind, f"# A new budget\n\n{text}"), kind)
        with takes_less_than(60):
            if fits:
                assert len(extract(raw).text.split()) == 100_000
            else:
                with pytest.raises(ExtractionError, match="is longer than 1,500,000 characters"):
                    extract(raw)


@pytest.mark.parametrize(
    "piece", ["« ", "“a” ", "Smith said that Jones said that ", "He said he said "]
)
def test_who_says_what_is_not_looked_for_where_nobody_could_tell(piece: str) -> None:  # fmt: skip
    reader = PageReader([])
    text = f"A new budget\n\n{SENTENCE} “We will pay,” Prime Minister Irakli Kobakhidze said.\n\n"
    briefing = reader.briefing(page(text + piece * (40_000 // len(piece)), PageKind.TEXT))
    with takes_less_than(60):
        found = reader.document(briefing).statements
    assert any(each.span.of(briefing.text).startswith("We will pay") for each in found)


# ------------------------------------------------------------------- characters


@pytest.mark.parametrize("meta", ["", "utf-8", "windows-1251", "iso-8859-1", "nonsense", "utf-16"])
@pytest.mark.parametrize("header", ["", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "idna"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (FRENCH, "iso-8859-1"),
        (FRENCH, "windows-1252"),
        (FRENCH, "utf-8"),
        (FRENCH + "« L’Europe », a-t-il dit – œuvre. ", "windows-1252"),
    ],
)  # fmt: skip
def test_words_are_read_as_they_were_written_whoever_lies_about_them(
    text: str, encoding: str, header: str, meta: str
) -> None:
    written = f'<html><head><meta charset="{meta}"></head><body><p>{text * 3}'.encode(encoding)
    assert text in characters(written, header)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7\0\xff", b"\xff\xfe\0\0a\0\0\0"]
)
def test_what_is_no_text_is_said_to_be_none(content: bytes) -> None:  # fmt: skip
    with pytest.raises(ExtractionError, match="is not text"):
        extract(page(content))


def test_a_packed_page_is_not_unpacked_behind_our_backs() -> None:
    import gzip

    with takes_less_than(10), pytest.raises(ExtractionError):
        extract(page(gzip.compress(ARTICLE.encode() + b" " * 10**8)))


def test_a_page_broken_off_within_a_letter_is_read_as_far_as_it_goes() -> None:
    whole = f"<h1>Новый бюджет</h1><p>{RUSSIAN * 5}".encode()
    assert extract(page(whole[:-3])).text.startswith(RUSSIAN[:40])


# --------------------------------------------------------------------- deception

HIDDEN = "\u202e\u2066\u200b\u200d\u00ad\u061c\u2060\ufeff\x1b\x07\x00\u180e\u3164\U000e0041\u206a"


@pytest.mark.parametrize("kind", [PageKind.TEXT, PageKind.MARKDOWN, PageKind.ROW, PageKind.HTML])
@pytest.mark.parametrize("character", HIDDEN)
def test_what_prints_nothing_or_turns_the_text_stands_in_no_title_and_no_body(
    kind: PageKind, character: str
) -> None:
    title, text = f"A new{character} budget", SENTENCE.replace("Georgia", f"Geor{character}gia")
    reference = f"&#{ord(character)};"
    referring = SENTENCE.replace("gia", f"{reference}gia")
    forms = {
        PageKind.ROW: [json.dumps({"title": title, "text": text})],
        PageKind.HTML: [
            f'<html lang="en"><h1>{title}</h1><p>{text}',
            f'<html lang="en"><h1>A new budget</h1><p>{referring}',
        ],
        PageKind.MARKDOWN: [
            f"# {title}\n\n{text}",
            f"# A new{reference} budget\n\n{referring}",
        ],
    }
    for form in forms.get(kind, [f"{title}\n\n{text}"]):
        if character == "\x00" and kind is not PageKind.ROW:
            continue  # such a file is no text
        draft = extract(page(form, kind))
        assert draft.title.replace("\ufffd", "") == "A new budget"
        assert draft.text.replace("\ufffd", "") == SENTENCE


def test_joined_emoji_stay_joined() -> None:
    draft = extract(page(f"A new budget\n\n{SENTENCE} 👩‍🚀", PageKind.TEXT))
    assert draft.text.endswith("👩‍🚀")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://reuters.com@evil.example/a",
        "https://user:word@blog.example/a",
        "https://blog.example\\@evil.example/a",
        "https://blog.example\\.evil.example/a",
        "https://blog.example/a b",
        'https://blog.example/"><script>',
        "https:///a",
        "//blog.example/a",
        "file:///etc/passwd",
    ],
)
def test_a_page_that_gives_itself_a_deceiving_address_keeps_its_own(url: str) -> None:
    assert not is_web_address(url)
    head = f"<link rel='canonical' href='{url}'><meta property='og:url' content='{url}'>"
    assert extract(html(ARTICLE, head)).url == "file:///a"
    with pytest.raises(ExtractionError, match="'url' is not a web address"):
        extract(page(f"---\nurl: '{url}'\n---\nA title\n\n{SENTENCE}", PageKind.TEXT))


@pytest.mark.parametrize("language", ["x" * 10**6, "\x1b[31mde", "de\u202e"])
def test_a_strange_language_is_named_in_few_plain_words(language: str) -> None:
    with pytest.raises(ExtractionError) as error:
        extract(page(f'<html lang="{language}"><h1>Titel</h1><p>{SENTENCE}'))
    assert len(str(error.value)) < 100
    assert str(error.value).isprintable()


# ------------------------------------------------------------- any bytes at all

PIECES = st.sampled_from(
    [
        *("<", ">", "</p>", "<p>", "<h1>T</h1>", "<table>", "<td>", "<!--", "-->", "<![CDATA["),
        *("&#x202e;", '<meta charset="koi8-r">', '<link rel="canonical" href="', "\n\n", "\x00"),
        *("---\n", "title: a\n", "lang: xx\n", "# T\n", "- ", "> ", "|", "\ud83d", "»", "«"),
        *('{"title": "', '"text": "', "}", "The government said. ", "Правительство заявило. "),
        *("16/09/23 ", "Read more...", "We follow: "),
    ]
)
MARKUP = st.lists(PIECES | st.text(max_size=20), max_size=30).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)


@pytest.mark.parametrize("kind", [k for k in PageKind if k is not PageKind.POST])
@given(content=MARKUP | st.binary(max_size=300))
def test_any_bytes_are_a_plain_draft_or_one_plain_line(kind: PageKind, content: bytes) -> None:
    said = draft_or_error(page(content, kind))
    if isinstance(said, str):
        assert said
        assert len(said) < 500
        assert "\n" not in said
        return
    assert said.title
    assert said.text
    assert is_plain(said.title)
    assert is_plain(said.text.replace("\n", ""))
    assert is_web_address(said.url) or said.url == "file:///a"


def draft_or_error(raw: RawPage) -> Draft | str:
    try:
        return extract(raw)
    except ExtractionError as error:
        return str(error)


def is_plain(text: str) -> bool:
    """Whether nothing in ``text`` is a control or turns its direction."""
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return not any(
        unicodedata.category(each) in ("Cc", "Cs") or unicodedata.bidirectional(each) in turns
        for each in text
    )
