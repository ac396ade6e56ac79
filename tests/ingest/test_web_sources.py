"""Feeds and single pages as sources, asked over HTTP, moving and beside each other."""

from __future__ import annotations

import pytest

from ingest.sources import SourceError
from tests.ingest.desk import counts, errors
from tests.ingest.magazine import TEXT, Magazine
from tests.ingest.web_desk import WebDesk
from tests.web_server.server import Reply


def id_of(magazine: Magazine, path: str) -> str:
    return f"127.0.0.1.{magazine.site.port}-{path}"


# What an address is


def test_an_article_is_one_page(magazine: Magazine, desk: WebDesk) -> None:
    magazine.feed("/2024/b")
    url = magazine.write("/2024/a", head="<link rel=alternate type=application/rss+xml href=/feed>")
    assert counts(desk.ingest(url)) == (1, 0, 0, 0, 0)
    assert desk.titles() == {id_of(magazine, "2024-a"): "A day"}
    assert desk.titled("A day")["text"] == TEXT


def test_a_sites_first_page_leads_to_its_feed(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a")
    feed = magazine.feed("/a")
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" title="News" href="/feed">'
    )
    magazine.site.page("/", f"<html><head>{links}</head></html>")
    assert desk.add(magazine.site.url) == feed
    assert desk.ingest().added == 1


@pytest.mark.parametrize("path", ["/sitemap.xml", "/maps/all.xml"])
def test_or_to_its_sitemap(magazine: Magazine, desk: WebDesk, path: str) -> None:
    magazine.write("/a")
    sitemap = magazine.sitemap("/a", path=path)
    magazine.site.page("/", "<html></html>")
    if path != "/sitemap.xml":
        magazine.site.page("/robots.txt", f"User-agent: *\nSitemap: {sitemap}\n")
    assert desk.add(magazine.site.url) == sitemap


def test_a_section_that_says_it_is_a_list_is_read_by_its_feed(
    magazine: Magazine, desk: WebDesk
) -> None:
    feed = magazine.feed("/a", path="/news/feed")
    head = (
        '<meta property="og:type" content="website">'
        '<link rel="alternate" type="application/atom+xml" href="/news/feed">'
    )
    magazine.write("/news/europe", head=head)
    assert desk.add(magazine.site.at("/news/europe")) == feed


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("", "is neither a WordPress site nor an article, and leads to no feed"),
        ("/missing/page", "has no such page"),
        ("/picture.png", "is image/png, not a web page"),
        ("/picture.html", "is no web page, though its server says so"),
        ("/bomb.rss", "declares XML entities"),
    ],
)
def test_what_is_no_source_is_one_clear_sentence(
    magazine: Magazine, desk: WebDesk, path: str, says: str
) -> None:
    magazine.site.page("/", "<html><title>Nothing</title></html>")
    magazine.site.page("/picture.png", b"\x89PNG\0", content_type="image/png")
    magazine.site.page("/picture.html", b"\x89PNG\0")
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b">]><rss version="2.0">&a;</rss>'
    magazine.site.page("/bomb.rss", bomb, content_type="application/rss+xml")
    with pytest.raises(SourceError, match=says):
        desk.ingest(magazine.site.url + path)


def test_a_private_address_is_refused(magazine: Magazine, desk: WebDesk) -> None:
    with pytest.raises(SourceError, match="localhost"):
        desk.ingest(f"http://localhost:{magazine.site.port}/a")


# Feeds


def test_a_feeds_entries_are_followed_to_their_pages(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    magazine.write("/b", "Second")
    feed = magazine.feed("/a?utm_source=rss#top", "/b", "javascript:alert(1)", "data:text/html,x")
    assert counts(desk.ingest(feed)) == (2, 0, 0, 0, 1), "entries that lead to no page are told"
    assert desk.titles() == {id_of(magazine, "a"): "First", id_of(magazine, "b"): "Second"}
    assert {row["day"] for row in desk.published().values()} == {"2024-05-01"}


def test_a_second_run_is_answered_with_304_and_an_edit_is_seen(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/a", "First")
    magazine.write("/b", "Second")
    feed = magazine.feed("/a", "/b", etag='"feed"')
    desk.ingest(feed)
    magazine.site.asked.clear()
    assert counts(desk.ingest(feed)) == (0, 0, 2, 0, 0)
    assert len(magazine.site.asked) == 1 + 3  # to tell what the address is; the feed, its pages
    assert all("if-none-match" in asked.headers for asked in magazine.site.asked[1:])
    magazine.write("/b", "Second, corrected")
    assert counts(desk.ingest(feed)) == (0, 1, 1, 0, 0)


def test_validators_that_a_server_stops_sending_are_forgotten(
    magazine: Magazine, desk: WebDesk
) -> None:
    url = magazine.write("/a", "First", etag='"1"')
    desk.ingest(url)
    magazine.write("/a", "Second", etag="")
    desk.ingest(url)
    magazine.site.asked.clear()
    desk.ingest(url)
    assert all("if-none-match" not in asked.headers for asked in magazine.site.asked)


def test_an_entry_that_scrolled_out_stays_and_one_that_is_gone_goes(
    magazine: Magazine, desk: WebDesk
) -> None:
    for path in ("/a", "/b", "/c"):
        magazine.write(path, f"Title {path}")
    feed = magazine.feed("/a", "/b")
    desk.ingest(feed)
    magazine.feed("/c")
    magazine.site.answers("/b", Reply(status=410))
    assert counts(desk.ingest(feed)) == (1, 0, 1, 1, 0)
    assert sorted(desk.titles().values()) == ["Title /a", "Title /c"]
    magazine.site.asked.clear()
    assert counts(desk.ingest(feed))[:4] == (0, 0, 1, 0)
    assert magazine.site.count("/a") == 0, "a page that has left is asked about once a day"


def test_a_page_that_is_down_is_kept_and_asked_for_again(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    feed = magazine.feed("/a")
    desk.ingest(feed)
    magazine.site.answers("/a", Reply(status=403))
    assert list(errors(desk.ingest(feed))) == [magazine.site.at("/a")]
    assert list(desk.titles().values()) == ["First"]
    magazine.write("/a", "First, corrected")
    assert desk.ingest(feed).updated == 1


def test_a_detour_to_a_login_is_no_article(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    magazine.write("/login", "Log in")
    feed = magazine.feed("/a", "/b")
    desk.ingest(feed)
    magazine.site.redirect("/a", "/login", status=302)
    magazine.site.redirect("/b", "/login", status=302)
    assert len(desk.ingest(feed).failed) == 2
    assert list(desk.titles().values()) == ["First"]


def test_a_broken_feed_is_one_failure(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a")
    feed = magazine.feed("/a")
    desk.add(feed)
    desk.ingest()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss version="2.0">&a;</rss>'
    for body in (b"<html><p>Sorry</html>", bomb, b""):
        magazine.site.page("/feed", body, content_type="application/rss+xml")
        report = desk.ingest()
        assert (report.removed, len(report.failed)) == (0, 1)


def test_entries_of_a_feed_that_lead_to_no_page_are_told_and_the_others_read(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/a")
    links = ["javascript:alert(1)", "data:text/html,x", "https://reuters.com@evil.example/", "/a"]
    feed = magazine.feed(*links)
    desk.add(feed)
    report = desk.ingest()
    assert (report.added, len(report.failed)) == (1, 1)
    (failure,) = report.failed
    assert failure.key == feed
    assert failure.error == "3 of its entries have no web address, the first is 't'"


def test_entries_of_a_sitemap_that_lead_to_no_page_are_told_and_the_others_read(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/a")
    links = ["javascript:alert(1)", "mailto:x@evil.example", "https://reuters.com@evil.example/"]
    files = [magazine.sitemap(*links, "/a", path="/pages.xml"), "file:///etc/passwd"]
    listed = "".join(f"<sitemap><loc>{file}</loc></sitemap>" for file in files)
    magazine.site.page("/index.xml", f"<sitemapindex>{listed}</sitemapindex>")
    report = desk.ingest(magazine.site.at("/index.xml"))
    assert (report.added, len(report.failed)) == (1, 2)
    told = errors(report)
    assert told[magazine.site.at("/index.xml")] == (
        "1 of its entries have no web address, the first is 'file:///etc/passwd'"
    )
    assert told[magazine.site.at("/pages.xml")] == (
        "3 of its entries have no web address, the first is 'javascript:alert(1)'"
    )


# Moving


@pytest.mark.parametrize("by", ["feed", "sitemap"])
def test_an_article_that_is_listed_at_its_new_address_moves(
    magazine: Magazine, desk: WebDesk, by: str
) -> None:
    listing = magazine.feed if by == "feed" else magazine.sitemap
    magazine.write("/old", "A day")
    source = listing("/old")
    desk.ingest(source)
    before = desk.titles()
    magazine.site.redirect("/old", "/new", status=301)
    magazine.write("/new", "A day")
    listing("/new")
    assert counts(desk.ingest(source)) == (0, 1, 0, 0, 0)
    assert desk.titles() == before
    assert desk.titled("A day")["url"] == magazine.site.at("/new")
    assert counts(desk.ingest(source)) == (0, 0, 1, 0, 0)


def test_a_page_that_redirects_for_good_moves(magazine: Magazine, desk: WebDesk) -> None:
    url = magazine.write("/old", "A day")
    desk.add(url)
    desk.ingest()
    before = desk.titles()
    magazine.site.redirect("/old", "/new", status=308)
    magazine.write("/new", "A day")
    assert counts(desk.ingest()) == (0, 1, 0, 0, 0)
    assert desk.titles() == before
    magazine.site.answers("/old", Reply(status=404))
    assert desk.ingest().removed == 1


def test_a_deleted_article_may_lead_home(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a")
    magazine.write("/b", "Another")
    feed = magazine.feed("/a", "/b")
    desk.ingest(feed)
    magazine.site.page("/", "<html><title>Home</title></html>")
    magazine.site.redirect("/a", "/", status=301)
    assert desk.ingest(feed).removed == 1


# Sources beside each other


def test_one_article_by_a_feed_and_a_sitemap_is_one_briefing(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/a", "First")
    magazine.write("/b", "Second")
    desk.add(magazine.feed("/a"))
    desk.add(magazine.sitemap("/a", "/b"))
    for expected in ((2, 0, 0, 0, 0), (0, 0, 2, 0, 0)):
        assert counts(desk.ingest()) == expected
    assert len(desk.titles()) == 2


def test_a_source_that_is_down_costs_no_other(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    desk.add(magazine.feed("/a"))
    desk.add(magazine.write("/b", "Second"))
    desk.ingest()
    magazine.site.answers("/feed", Reply(status=403))
    magazine.write("/b", "Second, corrected")
    report = desk.ingest()
    assert (report.updated, len(report.failed)) == (1, 1)
    read = {row["kind"]: row["last_success"] for row in desk.sources()}
    assert read["feed"] < read["page"]


def test_what_is_removed_goes_at_the_next_run_or_is_kept(magazine: Magazine, desk: WebDesk) -> None:
    feed = desk.add(magazine.feed("/a"))
    page = desk.add(magazine.write("/b", "Second"))
    magazine.write("/a", "First")
    desk.ingest()
    assert {row["name"]: row["briefings"] for row in desk.sources()} == {feed: 1, page: 1}
    desk.remove(feed)
    desk.remove(page, keep=True)
    assert [row["leaving"] for row in desk.sources()] == [True]
    assert counts(desk.ingest()) == (0, 0, 0, 1, 0)
    assert list(desk.titles().values()) == ["Second"]
    assert desk.sources() == []
    with pytest.raises(SourceError, match="none is remembered"):
        desk.ingest()
    with pytest.raises(SourceError, match="is not remembered"):
        desk.remove(feed)


def test_a_folder_can_be_remembered_beside_the_web(magazine: Magazine, desk: WebDesk) -> None:
    desk.write("a.md", title="By hand")
    desk.add(str(desk.folder))
    desk.add(magazine.write("/b", "By web"))
    assert desk.ingest().added == 2
    assert {row["kind"] for row in desk.sources()} == {"folder", "page"}
    assert all(row["last_success"] for row in desk.sources())
    desk.remove(str(desk.folder))
    assert desk.ingest().removed == 1
    assert list(desk.titles().values()) == ["By web"]


def test_a_password_in_an_address_is_not_said_again(desk: WebDesk) -> None:
    with pytest.raises(SourceError, match="a name before the host") as refused:
        desk.ingest("https://editor:secret@blog.example/?key=hidden")
    assert "secret" not in str(refused.value)
    assert "hidden" not in str(refused.value)
