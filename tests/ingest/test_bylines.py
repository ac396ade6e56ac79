"""Who wrote a page and what stands below its pictures: kept beside the text, never in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.extraction import extract
from ingest.extraction.draft import Draft
from ingest.sources import PageKind, RawPage
from tests.ingest.blog import Blog
from tests.ingest.commands import SCRIPTED, command
from tests.ingest.magazine import Magazine
from tests.ingest.web_desk import WebDesk
from tests.web_server.server import WebServer
from vectorstore.domain import Picture

FIRST = "The ministers of both countries met in Vienna on Monday and spoke for several hours."
SECOND = "They agreed to open the railway line again before the end of the year."


def drafted(body: str, head: str = "", *, kind: PageKind = PageKind.HTML) -> Draft:
    page = (
        f"<html lang='en'><head><title>A day</title>{head}</head><body><main><article>"
        f"<h1>A day</h1>{body}</article></main></body></html>"
    )
    content = body if kind is not PageKind.HTML else page
    location = "https://blog.example/2024/a-day/"
    return extract(
        RawPage(source="s", key="k", location=location, kind=kind, content=content.encode())
    )


def linked(said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
PERSON = {"@type": "Person", "@id": "#p", "name": "Jane Doe", "url": "https://blog.example/jane"}


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (linked({"@type": "NewsArticle", "author": {"name": "Jane Doe"}}), "", ["Jane Doe"]),
        (
            linked({"@graph": [{"@type": ["Article"], "author": {"@id": "#p"}}, PERSON]}),
            "",
            ["Jane Doe"],
        ),
        (
            linked({"@type": "BlogPosting", "author": [{"name": "Jane Doe"}, "John Roe"]}),
            "",
            ["Jane Doe", "John Roe"],
        ),
        ('<meta name="author" content="Jane Doe and John Roe">', "", ["Jane Doe", "John Roe"]),
        ('<meta name="author" content="Institute for War, Peace">', "", None),
        ("", '<p class="byline">Par Zoé Petit</p>', ["Zoé Petit"]),
        ("", '<p class="byline">Автор: Анна Иванова</p>', ["Анна Иванова"]),
        ("", '<a rel="author" href="/jane">Jane Doe</a>', ["Jane Doe"]),
        ('<meta name="author" content="admin">', "", []),
        ('<meta property="article:author" content="https://f.example/jane">', "", []),
        ('<meta name="author" content="desk@blog.example">', "", []),
        ("", "<div class='comments'><a rel='author' href='/x'>Some Reader</a></div>", []),
        (linked({"@type": "Comment", "author": {"name": "Some Reader"}}), "", []),
        (linked({"@type": "Article", "author": {"a": {"b": 1}}}), "", []),
        (linked({"@type": "Article", "author": [None, 3, [{"name": ["x" * 200]}]]}), "", []),
    ],
)
def test_authors_are_those_that_the_page_names(
    head: str, body: str, authors: list[str] | None
) -> None:
    draft = drafted(body + TEXT, head)
    assert list(draft.authors) == (["Institute for War, Peace"] if authors is None else authors)
    assert draft.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("body", "caption", "credit"),
    [
        (
            "<figcaption>A bridge at night. Photo: AFP</figcaption>",
            "A bridge at night.",
            "Photo: AFP",
        ),
        ("<figcaption>Le pont (Crédit photo : AFP)</figcaption>", "Le pont", "Crédit photo : AFP"),
        ("<figcaption>Мост ночью. Фото: ТАСС</figcaption>", "Мост ночью.", "Фото: ТАСС"),
        ("<figcaption>A bridge © Jane Doe</figcaption>", "A bridge", "© Jane Doe"),
        (
            "<figcaption>A bridge <span class='credit'>Jane Doe</span></figcaption>",
            "A bridge",
            "Jane Doe",
        ),
        ("<p class='wp-caption-text'>A bridge</p>", "A bridge", ""),
        (
            "<figcaption>“We shall open the bridge in May,” the minister said.</figcaption>",
            "“We shall open the bridge in May,” the minister said.",
            "",
        ),
        (
            "<figcaption>The minister in the photo: he opens the bridge</figcaption>",
            "The minister in the photo: he opens the bridge",
            "",
        ),
    ],
)
def test_a_caption_is_kept_with_its_credit_and_is_no_part_of_the_text(
    body: str, caption: str, credit: str
) -> None:
    draft = drafted(f"<p>{FIRST}</p><figure><img src='a.jpg'>{body}</figure><p>{SECOND}</p>")
    assert draft.pictures == (Picture(caption=caption, credit=credit),)
    assert draft.text == f"{FIRST}\n\n{SECOND}"


def test_what_stands_below_a_table_or_beside_the_article_is_no_picture() -> None:
    table = "<figure><table><tr><td>1</td></tr></table><figcaption>Prices</figcaption></figure>"
    beside = "<aside><figure><img><figcaption>Another article</figcaption></figure></aside>"
    assert drafted(TEXT + table + beside).pictures == ()


def test_machines_are_told_of_pictures_and_not_twice_of_one() -> None:
    image = {"@type": "ImageObject", "caption": "A bridge at night", "creditText": "AFP"}
    others = {"publisher": {"logo": {"@type": "ImageObject", "caption": "The Daily News"}}}
    head = linked({"@type": "Article", "image": image, **others})
    assert drafted(TEXT, head).pictures == (Picture(caption="A bridge at night", credit="AFP"),)
    figure = "<figure><img><figcaption>A bridge at night</figcaption></figure>"
    (one,) = drafted(figure + TEXT, head).pictures
    assert one.caption == "A bridge at night"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ('"Jane Doe"', ("Jane Doe",)),
        ('"Jane Doe, John Roe"', ("Jane Doe", "John Roe")),
        ('["Jane Doe", "UN"]', ("Jane Doe", "UN")),
        ("null", ()),
    ],
)
def test_a_row_and_front_matter_name_their_authors(written: str, authors: tuple[str, ...]) -> None:
    row = f'{{"title": "A day", "text": "{FIRST}", "lang": "en", "authors": {written}}}'
    assert drafted(row, kind=PageKind.ROW).authors == authors
    text = f"---\ntitle: A day\nlang: en\nauthors: {written}\n---\n\n{FIRST}\n"
    assert drafted(text, kind=PageKind.MARKDOWN).authors == authors


def test_a_reader_of_the_terminal_sees_them(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.html").write_text(
        "<html lang='en'><title>A day</title><meta name='author' content='Jane Doe'>"
        f"<article><h1>A day</h1><p>{FIRST}</p><figure><img><figcaption>A bridge. Photo: AFP"
        f"</figcaption></figure><p>{SECOND}</p></article></html>"
    )
    assert command(tmp_path / "data", folder, module=SCRIPTED).code == 0
    shown = command(tmp_path / "data", "show", "a", "--json").json
    assert shown["authors"] == ["Jane Doe"]
    assert shown["pictures"] == [{"caption": "A bridge.", "credit": "Photo: AFP"}]
    assert "bridge" not in shown["text"]
    printed = command(tmp_path / "data", "show", "a").out
    assert "by Jane Doe\n" in printed
    assert "[picture] A bridge. · Photo: AFP\n" in printed


def test_a_corrected_byline_is_an_update(site: WebServer, desk: WebDesk) -> None:
    magazine = Magazine(site)
    head = '<meta name="author" content="{}">'
    address = magazine.write("/2024/a", head=head.format("Jane Do"))
    desk.ingest(address)
    magazine.write("/2024/a", head=head.format("Jane Doe"))
    assert desk.ingest(address).updated == 1
    assert desk.titled("A day")["authors"] == ["Jane Doe"]


def test_a_blog_names_the_author_and_the_picture_of_a_post(site: WebServer, desk: WebDesk) -> None:
    blog = Blog(site)
    blog.users, blog.media = {1: "Jane Doe", 2: "admin"}, {9: "<p>A bridge. Photo: AFP</p>"}
    blog.write(3, "First", picture=9)
    blog.write(4, "Second", author=2)
    desk.ingest(site.url)
    first = desk.titled("First")
    assert first["authors"] == ["Jane Doe"]
    assert first["pictures"] == [{"caption": "A bridge.", "credit": "Photo: AFP"}]
    assert "bridge" not in first["text"]
    assert desk.titled("Second")["authors"] == []


def test_a_blog_that_hides_its_users_is_read_all_the_same(site: WebServer, desk: WebDesk) -> None:
    blog = Blog(site)  # it answers 404 for them
    blog.write(3, "First", picture=9)
    assert desk.ingest(site.url).added == 1
    assert desk.titled("First")["authors"] == []
