"""A WordPress blog from run to run: what is new, what moved, what is gone, what is linked later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.ingest.blog import Blog
from tests.ingest.desk import counts, errors
from tests.ingest.web_desk import WebDesk
from tests.web_server.server import Reply

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
