"""A WordPress blog as a source, asked over HTTP: what is new, what moved, what is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.sources import SourceError
from tests.ingest.blog import LOGIN, TEXT, Blog
from tests.ingest.desk import counts, errors
from tests.ingest.web_desk import WebDesk
from tests.web_server.fixtures import site
from tests.web_server.server import Asked, Reply, WebServer

__all__ = ["site"]


@pytest.fixture
def blog(site: WebServer) -> Blog:
    return Blog(site)


@pytest.fixture
def desk(tmp_path: Path) -> WebDesk:
    return WebDesk(tmp_path / "data")


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


# From run to run


def test_a_second_run_asks_only_for_what_changed_since(blog: Blog, desk: WebDesk) -> None:
    for number in range(1, 6):
        blog.write(number, f"Day {number}", modified=datetime(2024, 4, number))
    desk.ingest(blog.site.url)
    blog.site.asked.clear()
    assert counts(desk.ingest(blog.site.url)) == (0, 0, 5, 0, 0)
    contents = [a for a in blog.asked() if "content" in a.query["_fields"]]
    assert [a.query["modified_after"] for a in contents] == ["2024-04-03T22:00:00"]
    blog.edit(2, text="New words of the ministers.")
    assert counts(desk.ingest(blog.site.url)) == (0, 1, 4, 0, 0)
    assert desk.titled("Day 2")["text"] == "New words of the ministers."


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(hours=25)])
def test_an_edit_is_seen_though_the_blogs_clock_went_back(
    blog: Blog, desk: WebDesk, back: timedelta
) -> None:
    blog.write(1)
    desk.ingest(blog.site.url)
    blog.clock -= back
    blog.edit(1, title="Another title")
    assert desk.ingest(blog.site.url).updated == 1


def test_a_post_that_was_scheduled_long_ago_is_seen_when_it_is_out(
    blog: Blog, desk: WebDesk
) -> None:
    blog.write(1, status="future", modified=datetime(2024, 1, 1))
    blog.write(2)
    desk.ingest(blog.site.url)
    blog.posts[1].status = "publish"
    assert counts(desk.ingest(blog.site.url)) == (1, 0, 1, 0, 0)


def test_what_is_unpublished_is_removed(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    blog.write(2, "Another")
    desk.ingest(blog.site.url)
    blog.unpublish(1)
    assert counts(desk.ingest(blog.site.url)) == (0, 0, 1, 1, 0)
    assert list(desk.titles().values()) == ["Another"]


def test_a_post_behind_a_password_is_no_longer_public(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    blog.write(2, "Another")
    desk.ingest(blog.site.url)
    blog.edit(1, password=True)
    assert desk.ingest(blog.site.url).removed == 1


def test_a_new_permalink_moves_the_briefing(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    desk.ingest(blog.site.url)
    before = desk.titles()
    blog.edit(1, slug="a-better-name")
    assert counts(desk.ingest(blog.site.url)) == (0, 1, 0, 0, 0)
    assert desk.titles() == before
    assert desk.titled("A day")["url"] == blog.site.at("/2024/a-better-name/")


def test_a_post_whose_link_is_no_address_is_told_and_what_was_published_stays(
    blog: Blog, desk: WebDesk
) -> None:
    blog.write(1, "A day")
    desk.ingest(blog.site.url)
    blog.edit(1, title="Another day", slug="a b")
    report = desk.ingest(blog.site.url)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert "is no web address; mend it in WordPress" in report.failed[0].error
    assert list(desk.titles().values()) == ["A day"]


def test_many_posts_come_in_pages(blog: Blog, desk: WebDesk) -> None:
    for number in range(1, 252):
        blog.write(number, f"Day {number}", f"The ministers met for the {number}th time.")
    assert desk.ingest(blog.site.url).added == 251
    assert {a.query.get("page") for a in blog.asked(per_page="100")} == {None, "2", "3"}
    assert desk.ingest(blog.site.url).unchanged == 251


def test_a_post_that_goes_while_the_list_is_read_loses_no_other(blog: Blog, desk: WebDesk) -> None:
    for number in range(1, 202):
        blog.write(number, f"Day {number}", f"The ministers met for the {number}th time.")
    desk.ingest(blog.site.url)
    answer, asked = blog.answer, 0

    def unpublish_meanwhile(request: object) -> Reply:
        nonlocal asked
        asked += 1
        reply = answer(request)  # type: ignore[arg-type] - what the server hands over
        if asked == 2:  # the first page of the sweep is out
            blog.unpublish(1)
        return reply

    blog.site.serves("/wp-json/*", unpublish_meanwhile)
    assert counts(desk.ingest(blog.site.url)) == (0, 0, 201, 0, 0)
    assert counts(desk.ingest(blog.site.url)) == (0, 0, 200, 1, 0)


def test_what_failed_is_asked_for_again(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    blog.write(2, "Another")
    desk.ingest(blog.site.url)
    blog.edit(1, title="")
    assert list(errors(desk.ingest(blog.site.url))) == ["post/1"]
    assert desk.titles()[f"127.0.0.1.{blog.site.port}-2024-post-1"] == "A day"
    blog.posts[1].title = "Titled again"  # without a new time of modification
    assert desk.ingest(blog.site.url).updated == 1


def test_a_plan_remembers_nothing(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    assert desk.planned(blog.site.url).added == 1
    assert desk.ingest(blog.site.url).added == 1
    blog.edit(1, title="Another title")
    assert desk.planned(blog.site.url).updated == 1
    assert desk.ingest(blog.site.url).updated == 1


def test_what_a_rollback_undid_can_be_published_again(blog: Blog, desk: WebDesk) -> None:
    blog.write(1)
    desk.ingest(blog.site.url)
    blog.edit(1, title="Another title", modified=datetime(2024, 4, 1))
    blog.write(2, "Later", modified=datetime(2024, 6, 1))
    desk.ingest(blog.site.url)
    desk.roll_back(1)
    assert list(desk.titles().values()) == ["A day"]
    desk.ingest(blog.site.url, again=True)
    assert sorted(desk.titles().values()) == ["Another title", "Later"]


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


# Who may read


def test_what_only_the_login_sees_is_for_subscribers(blog: Blog, tmp_path: Path) -> None:
    more = "The minister added that the border would stay closed."
    blog.write(1, "Open")
    blog.write(2, "Private", status="private")
    blog.write(3, "Walled", paywalled=more)
    blog.write(4, "Locked", password=True)
    desk = WebDesk(tmp_path, **{"127.0.0.1": ":".join(LOGIN)})
    assert desk.ingest(blog.site.url).added == 4
    tiers = {row["title"]: row["tier"] for row in desk.published().values()}
    assert tiers == {
        "Open": "public",
        "Private": "subscribers",
        "Walled": "subscribers",
        "Locked": "subscribers",
    }
    assert more in desk.titled("Walled")["text"]


def test_without_a_login_a_walled_post_is_a_preview(blog: Blog, desk: WebDesk) -> None:
    blog.write(3, "Walled", "The ministers met and…", paywalled="More.")
    desk.ingest(blog.site.url)
    row = desk.titled("Walled")
    assert (row["tier"], row["preview"]) == ("public", True)


def test_a_preview_never_replaces_the_whole_text(blog: Blog, tmp_path: Path) -> None:
    blog.write(3, "Walled", "The ministers met and…", paywalled="They agreed on all points.")
    desk = WebDesk(tmp_path, **{"127.0.0.1": ":".join(LOGIN)})
    desk.ingest(blog.site.url)
    desk.logins = {}
    blog.edit(3, title="Walled off")
    said = errors(desk.ingest(blog.site.url))
    assert "is kept" in said["post/3"]
    assert "agreed" in desk.titled("Walled")["text"]


def test_a_login_that_is_given_later_shows_the_whole_text(blog: Blog, desk: WebDesk) -> None:
    blog.write(3, "Walled", "The ministers met and…", paywalled="They agreed on all points.")
    desk.ingest(blog.site.url)
    assert desk.titled("Walled")["preview"]
    desk.logins = {"127.0.0.1": ":".join(LOGIN)}
    assert desk.ingest(blog.site.url).updated == 1
    row = desk.titled("Walled")
    assert (row["tier"], row["preview"]) == ("subscribers", False)


def test_a_login_that_is_refused_is_named_and_changes_nothing(blog: Blog, tmp_path: Path) -> None:
    blog.write(1)
    desk = WebDesk(tmp_path, **{"127.0.0.1": "editor:wrong"})
    (failure,) = desk.ingest(blog.site.url).failed
    assert "SITE_LOGINS" in failure.error
    assert "wrong" not in failure.error
    with pytest.raises(SourceError, match="SITE_LOGINS"):
        desk.add(blog.site.url)


# Editions that are linked after both were published


def test_editions_that_are_linked_later_share_a_story_at_the_next_run(
    blog: Blog, desk: WebDesk
) -> None:
    blog.write(3, "A day")
    blog.write(5, "A day in French", "Words of no language: 1, 2, 3.", lang="fr")
    desk.ingest(blog.site.url)
    assert desk.titled("A day")["story"] != desk.titled("A day in French")["story"]
    for id_ in (3, 5):  # what an editor links is not modified
        blog.posts[id_].translations = {"en": 3, "fr": 5}
    report = desk.ingest(blog.site.url)
    assert counts(report) == (0, 0, 2, 0, 0)
    assert desk.titled("A day")["story"] == desk.titled("A day in French")["story"]
    changes = len(desk.changes)
    desk.ingest(blog.site.url)
    assert len(desk.changes) == changes, "nothing is published once more"


def test_saving_one_edition_is_enough_to_link_both(blog: Blog, desk: WebDesk) -> None:
    blog.write(3, "A day")
    blog.write(5, "A day in French", "Words of no language: 1, 2, 3.", lang="fr")
    desk.ingest(blog.site.url)
    blog.edit(3, translations={"en": 3, "fr": 5})
    desk.ingest(blog.site.url)
    assert desk.titled("A day")["story"] == desk.titled("A day in French")["story"]


def test_linking_publishes_nothing_that_was_undone(blog: Blog, desk: WebDesk) -> None:
    blog.write(3, "A day")
    blog.write(5, "A day in French", "Words of no language: 1, 2, 3.", lang="fr")
    desk.ingest(blog.site.url)
    blog.edit(3, title="A wrong day")
    desk.ingest(blog.site.url)
    desk.roll_back(1)
    for id_ in (3, 5):
        blog.posts[id_].translations = {"en": 3, "fr": 5}
    for _ in range(2):
        desk.ingest(blog.site.url)
        assert set(desk.titles().values()) == {"A day", "A day in French"}


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
