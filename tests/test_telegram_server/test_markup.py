"""Telegram's HTML becomes text and entities, or is refused with the place of the fault."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message

from tests.telegram_server.entities import Formatted, cut, detect, settle, units
from tests.telegram_server.errors import ApiError
from tests.telegram_server.markup import checked_link, parse_html


def shown(source: str, limit: int = 4096) -> Formatted:
    return settle(*parse_html(source), limit, "message is too long")


def spans(source: str) -> list[tuple[str, str]]:
    text = shown(source)
    return [(entity.type, cut(text.text, entity)) for entity in text.entities]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b> <strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i> <em>b</em>", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u> <ins>b</ins>", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", [("strikethrough", x) for x in "abc"]),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", "a")]),
        ("<span class='tg-spoiler'>a</span>", [("spoiler", "a")]),
        ("<code>a &lt; b</code>", [("code", "a < b")]),
        ("<pre>a</pre>", [("pre", "a")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', [("custom_emoji", "👍")]),
        ("🙂 <B>É🙂</B>", [("bold", "É🙂")]),
        ("<b>a<i>b</i></b>", [("bold", "ab"), ("italic", "b")]),
        ("  <b> a </b> ", [("bold", "a")]),
        ("<b> </b>x", []),
        ("<code>a <b>b</b> https://x.org</code>", [("code", "a b https://x.org")]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [("blockquote", "ab")]),
        ("see https://x.org/a, or x@y.org", [("url", "https://x.org/a"), ("email", "x@y.org")]),
        ("/ask@some_bot @ada #news", [("bot_command", "/ask@some_bot"), ("mention", "@ada"),
                                      ("hashtag", "#news")]),
    ],
)  # fmt: skip
def test_each_tag_makes_its_entity(source: str, expected: list[tuple[str, str]]) -> None:
    assert spans(source) == expected


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("2 < 3 and 4 > 3", 'Unsupported start tag "" at byte offset 2'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href='https://x.org>x</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=https://x.org>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<b bold>x</b>", "Expected equal sign in declaration of an attribute of the tag"),
        ("<span class='red'>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_a_fault_is_named_with_its_place_in_bytes(source: str, fault: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description.startswith("Bad Request: can't parse entities: ")
    assert fault in caught.value.description


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;x&quot;", '<b> & "x"'),
        ("&#171;&#xAB;&#x1F642;", "««🙂"),
        ("caf&eacute;&nbsp;&copy;", "caf&eacute;&nbsp;&copy;"),
        ("&#0; &#xD800;", "&#0; &#xD800;"),
        ("R&D", "R&D"),
    ],
)
def test_only_telegrams_references_are_decoded(source: str, text: str) -> None:
    assert shown(source).text == text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://x.org/a#:~:text=%D0%9C%2D", "https://x.org/a#:~:text=%D0%9C%2D"),
        ("HTTP://X.org", "http://x.org/"),
        ("x.org/a b", "http://x.org/a%20b"),
        ("x.org:8080/", "http://x.org:8080/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        ("javascript:alert(1)", None),
        ("ftp://x.org/", None),
        ("file:///etc/passwd", None),
        ("http://localhost:8000/", None),
        ("tel:123", None),
        ("https://x.org:99999/", None),
    ],
)
def test_a_link_lives_only_with_an_address_that_telegram_takes(
    address: str, link: str | None
) -> None:
    assert checked_link(address) == link
    text = shown(f'<a href="{html.escape(address)}">words</a>')
    assert text.text == "words"
    assert [entity.url for entity in text.entities] == ([link] if link else [])


def test_a_link_to_a_user_mentions_him_and_a_link_without_address_is_its_own() -> None:
    (mention,) = shown('<a href="tg://user?id=42">Ada</a>').entities
    assert (mention.type, mention.user_id) == ("text_mention", 42)
    (own,) = shown("<a>x.org</a>").entities
    assert own.url == "http://x.org/"


def test_a_language_is_read_from_code_inside_pre_alone() -> None:
    (block,) = shown('<pre><code class="language-python">x</code></pre>').entities
    assert (block.type, block.language) == ("pre", "python")
    (inline,) = shown('<code class="language-python">x</code>').entities
    assert (inline.type, inline.language) == ("code", None)


def test_what_telegram_removes_moves_the_entities() -> None:
    text = shown("\r\n a\r\n\u2028<b>b</b>\x07")
    assert text.text == "a\nb"
    assert [cut(text.text, entity) for entity in text.entities] == ["b"]


@given(st.text(max_size=200))
def test_escaped_text_is_never_refused_and_comes_out_as_it_went_in(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text(max_size=100))
def test_any_source_is_read_or_refused_as_telegram_refuses(source: str) -> None:
    try:
        text = shown(source)
    except ApiError as error:
        assert error.code == 400  # noqa: PT017 - a refusal is one of two right outcomes
        return
    assert all(0 <= e.offset < e.end <= units(text.text) for e in text.entities)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler"]), st.text("aé🙂", min_size=1)
        ),
        max_size=8,
    )
)
def test_python_telegram_bot_writes_the_markup_that_was_read(parts: list[tuple[str, str]]) -> None:
    source = "|".join(f"<{tag}>{words}</{tag}>" for tag, words in parts)
    text = shown(source)
    message = Message.de_json(
        {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "text": text.text,
            "entities": [entity.json() for entity in text.entities],
        }
    )
    again = shown(message.text_html) if parts else text
    assert (again.text, again.entities) == (text.text, text.entities)


def test_addresses_inside_known_links_are_not_found_again() -> None:
    text = shown('<a href="https://x.org">https://y.org</a>')
    assert [entity.type for entity in text.entities] == ["text_link"]
    assert detect("no@thing here: a/b 5#6") == detect("")
