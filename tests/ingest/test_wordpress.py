"""A WordPress blog as a source, asked over HTTP: what its posts become."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ingest.sources import SourceError
from tests.ingest.blog import TEXT, Blog
from tests.ingest.desk import counts
from tests.ingest.web_desk import WebDesk
from tests.web_server.server import Asked, Reply, WebServer

# What a post becomes


def test_a_blog_is_found_by_its_address_and_its_posts_are_published(
    blog: Blog, desk: WebDesk
) -> None:
    blog.write(1, "Rail &amp; road", categories=[2], tags=[7], date=datetime(2024, 5, 1, 0, 30))
    assert counts(desk.ingest(blog.site.url)) == (1, 0, 0, 0, 0)
    row = desk.titled("Rail & road")
    assert row["id"] == f"127.0.0.1.{blog.site.port}-2024-post-1"
    assert row["url"] == blog.site.at("/2024/post-1/")
    assert row["text"] == TEXT
    assert row["dossiers"] == ["Armenia & Azerbaijan", "Railways"]
    assert row["day"] == "2024-05-01", "the blog's own day, though it was still April in UTC"
    assert (row["language"], row["tier"], row["preview"]) == ("en", "public", False)
    assert row["source"] == blog.site.url


@pytest.mark.parametrize("found_by", ["header", "link", "usual place", "parameter"])
def test_the_api_is_found_wherever_the_blog_announces_it(
    blog: Blog, desk: WebDesk, found_by: str
) -> None:
    blog.write(1)
    root = blog.site.at("/wp-json/")
    link = f'<link rel="https://api.w.org/" href="{root}">' if found_by == "link" else ""
    header = {"Link": f'<{root}>; rel="https://api.w.org/"'} if found_by == "header" else {}
    blog.site.page("/", f"<html><head>{link}</head></html>", headers=header)
    if found_by == "parameter":
        blog.site.remove("/wp-json/")
        blog.site.remove("/wp-json/*")
        blog.site.serves("/", blog.by_parameter)
    assert desk.ingest(blog.site.url).added == 1


def test_languages_and_stories_are_as_polylang_has_them(blog: Blog, desk: WebDesk) -> None:
    editions = {"fr": 5, "en": 3}
    blog.write(3, "A day", translations=editions)
    blog.write(5, "A day in French", "Words of no language: 1, 2, 3.", lang="fr")
    blog.edit(5, translations=editions)
    blog.write(6, "Another")
    desk.ingest(blog.site.url)
    assert desk.titled("A day in French")["language"] == "fr"
    assert desk.titled("A day")["story"] == desk.titled("A day in French")["story"]
    assert desk.titled("A day")["story"] != desk.titled("Another")["story"]


def test_an_edition_that_comes_later_joins_the_story_that_is_there(
    blog: Blog, desk: WebDesk
) -> None:
    blog.write(8, "A day")
    desk.ingest(blog.site.url)
    story = desk.titled("A day")["story"]
    blog.write(4, "Une journée", "Les ministres ont parlé.", lang="fr")
    blog.edit(4, translations={"fr": 4, "en": 8})
    blog.posts[8].translations = {"fr": 4, "en": 8}
    desk.ingest(blog.site.url)
    assert desk.titled("Une journée")["story"] == story


def test_without_polylangs_fields_the_pages_tell_language_and_story(
    site: WebServer, desk: WebDesk
) -> None:
    blog = Blog(site, polylang=False)
    editions = {"fr": 5, "en": 3}
    blog.write(3, "A day", translations=editions)
    blog.write(5, "Une journée", "Ministres à Vienne.", lang="fr", translations=editions)
    desk.ingest(site.url)
    assert desk.titled("Une journée")["language"] == "fr"
    assert desk.titled("A day")["story"] == desk.titled("Une journée")["story"]


def test_wpml_lists_one_language_at_a_time(site: WebServer, desk: WebDesk) -> None:
    blog = Blog(site, polylang=False, wpml=True)
    editions = {"fr": 5, "en": 3}
    blog.write(3, "A day", translations=editions)
    blog.write(5, "Minsk", "Vienne, Paris, Rome.", lang="fr", translations=editions)
    assert counts(desk.ingest(site.url)) == (2, 0, 0, 0, 0)
    assert desk.titled("Minsk")["language"] == "fr"
    assert desk.titled("A day")["story"] == desk.titled("Minsk")["story"]
    blog.unpublish(5)
    assert counts(desk.ingest(site.url)) == (0, 0, 1, 1, 0)


def test_posts_in_other_languages_are_left_out(blog: Blog, desk: WebDesk) -> None:
    blog.write(1, "Ein Tag", lang="de", modified=datetime(2024, 1, 1))
    blog.write(2)
    assert counts(desk.ingest(blog.site.url)) == (1, 0, 0, 0, 0)
    desk.ingest(blog.site.url)
    assert not blog.asked(include="1"), "and are not asked for again"


def test_posts_that_a_sitemap_publishes_already_stay_with_it(blog: Blog, desk: WebDesk) -> None:
    for number in (1, 2):
        blog.write(number, f"Day {number}", modified=datetime(2024, 1, number))
    links = [blog.site.at(blog.path(entry)) for entry in blog.posts.values()]
    urls = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    blog.site.page("/sitemap.xml", f"<urlset>{urls}</urlset>")
    desk.add(blog.site.at("/sitemap.xml"))
    desk.ingest()
    before = desk.titles()
    desk.add(blog.site.url)
    desk.ingest()
    blog.site.asked.clear()
    assert counts(desk.ingest()) == (0, 0, 2, 0, 0)
    assert desk.titles() == before
    assert not [asked for asked in blog.asked() if "include" in asked.query]
    desk.remove(blog.site.at("/sitemap.xml"))
    for _ in range(2):
        assert counts(desk.ingest()) == (0, 0, 2, 0, 0)
    assert desk.titles() == before
    assert {row["source"] for row in desk.published().values()} == {blog.site.url}


# When the blog is not well


def test_a_blog_that_is_down_changes_nothing(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    desk.add(blog.site.url)
    desk.ingest()
    blog.site.answers("/wp-json/wp/v2/posts", Reply(status=400))
    report = desk.ingest()
    assert (report.removed, len(report.failed)) == (0, 1)
    assert list(desk.titles().values()) == ["A day"]


def test_an_empty_list_is_not_believed(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    desk.ingest(blog.site.url)
    blog.posts.clear()
    report = desk.ingest(blog.site.url)
    assert (report.removed, [f.error for f in report.failed]) == (
        0,
        ["lists no post at all any more; nothing was changed"],
    )


def test_posts_that_are_too_much_for_one_answer_are_asked_for_in_smaller_numbers(
    blog: Blog, desk: WebDesk
) -> None:
    for number in range(1, 6):
        blog.write(number, f"Day {number}", f"<!--{'x' * 2_500_000}-->{TEXT}")
    report = desk.ingest(blog.site.url)
    assert (report.added, report.failed) == (5, ())


# Other types of content


def test_other_types_are_read_when_they_are_asked_for(blog: Blog, desk: WebDesk) -> None:
    blog.types = {"post": "posts", "briefing": "briefings", "wp_block": "blocks"}
    blog.write(3, "A post")
    blog.write(4, "A briefing", type="briefing")
    blog.write(5, "A block", type="wp_block")
    desk.add(blog.site.url)
    desk.ingest()
    assert set(desk.titles().values()) == {"A post"}
    desk.add(blog.site.url, "post", "briefing")
    assert counts(desk.ingest()) == (1, 0, 1, 0, 0)
    blog.edit(4, title="Another briefing")
    blog.unpublish(3)
    assert counts(desk.ingest()) == (0, 1, 0, 1, 0)
    assert set(desk.titles().values()) == {"Another briefing"}


def test_a_type_that_the_site_has_not_is_one_clear_sentence(blog: Blog, desk: WebDesk) -> None:
    blog.types = {"post": "posts", "briefing": "briefings", "wp_block": "blocks"}
    blog.write(3)
    with pytest.raises(
        SourceError, match="no type of content called 'brief'; it has briefing, post"
    ):
        desk.add(blog.site.url, "brief")


def test_a_list_that_does_not_say_how_long_it_is_is_read_to_its_end(
    blog: Blog, desk: WebDesk
) -> None:
    def without_counts(asked: Asked) -> Reply:
        answer = blog.answer(asked)
        headers = {k: v for k, v in answer.headers.items() if not k.startswith("X-WP")}
        return replace(answer, headers=headers)

    blog.site.serves("/wp-json/*", without_counts)
    for number in range(1, 202):
        blog.write(number, f"Day {number}")
    assert desk.ingest(blog.site.url).added == 201
