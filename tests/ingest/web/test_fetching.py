"""Fetching over real HTTP on loopback: what a page comes with, and how politely it is asked for."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web import Fetched, FetchError, GoneError, PermanentError, Query, TransientError
from ingest.web.fetcher import Fetcher
from ingest.web.hosts import AT_ONCE, FAILURES, retry_after
from tests.web_server.server import Asked, Handler, Reply, WebServer, web_server

WRITTEN = datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_a_page_comes_with_what_its_server_says_of_it(site: WebServer, fetcher: Fetcher) -> None:
    site.page(
        "/a",
        "<p>Тбилиси",
        content_type='Text/HTML; Charset="KOI8-R"',
        etag='"v1"',
        last_modified=WRITTEN,
        gzip=True,
        headers={"X-WP-Total": "7", "Set-Cookie": "session=1"},
    )
    page = fetcher.get(site.at("/a"), accept="text/html")
    assert (page.url, page.location, page.moved) == (site.at("/a"), site.at("/a"), False)
    assert page.content.decode() == "<p>Тбилиси"
    assert (page.status, page.content_type, page.charset) == (200, "text/html", "koi8-r")
    assert (page.etag, page.last_modified) == ('"v1"', format_datetime(WRITTEN, usegmt=True))
    assert page.headers["x-wp-total"] == "7"
    assert "set-cookie" not in page.headers
    asked = site.asked[-1]
    assert asked.headers["accept"] == "text/html"
    assert asked.headers["user-agent"].startswith("briefing-bot/")


@pytest.mark.parametrize("marked", [{"etag": '"v1"'}, {"last_modified": WRITTEN}])
def test_a_page_that_is_as_it_was_comes_without_content_and_with_its_marks(
    site: WebServer, fetcher: Fetcher, marked: dict[str, str]
) -> None:
    site.page("/a", "text", **marked)  # type: ignore[arg-type] # one of two ways to mark it
    first = fetcher.get(site.at("/a"))
    again = fetcher.get(site.at("/a"), etag=first.etag, last_modified=first.last_modified)
    assert again.not_modified
    assert again.content == b""
    assert (again.etag, again.last_modified) == (first.etag, first.last_modified)


def test_marks_are_forgotten_when_the_server_gives_none_any_more(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.page("/a", "text")
    page = fetcher.get(site.at("/a"), etag='"v1"', last_modified="Wed, 01 May 2024 12:00:00 GMT")
    assert not page.not_modified
    assert (page.etag, page.last_modified) == ("", "")


def test_a_server_that_says_unchanged_unasked_gives_no_page(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.answers("/a", Reply(status=304))
    with pytest.raises(PermanentError, match="answered 304"):
        fetcher.get(site.at("/a"))


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 307), False), ((303,), False)],
)
def test_only_permanent_redirects_move_a_page(
    site: WebServer, fetcher: Fetcher, statuses: tuple[int, ...], moved: bool
) -> None:
    for step, status in enumerate(statuses):
        site.redirect(f"/{step}", f"/{step + 1}", status=status)
    site.page(f"/{len(statuses)}", "here")
    page = fetcher.get(site.at("/0"))
    assert (page.url, page.location) == (site.at("/0"), site.at(f"/{len(statuses)}"))
    assert page.moved is moved


def test_five_redirects_are_followed_and_no_more(site: WebServer, fetcher: Fetcher) -> None:
    for step in range(6):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.page("/6", "here")
    assert fetcher.get(site.at("/1")).content == b"here"
    with pytest.raises(PermanentError, match="from address to address"):
        fetcher.get(site.at("/0"))


def test_a_site_that_asks_for_its_cookie_back_gets_it_for_this_page_alone(
    site: WebServer, fetcher: Fetcher
) -> None:
    def wall(asked: Asked) -> Reply:
        if "seen=1" in asked.headers.get("cookie", ""):
            return Reply(body=b"text")
        return Reply(status=302, headers={"Location": "/a", "Set-Cookie": "seen=1"})

    site.serves("/a", wall)
    assert fetcher.get(site.at("/a")).content == b"text"
    assert site.count("/a") == 2
    fetcher.get(site.at("/a"))
    assert site.count("/a") == 4


def test_a_login_goes_to_the_origin_that_was_named_and_no_further(
    site: WebServer, fetcher: Fetcher
) -> None:
    with web_server() as other:
        site.redirect("/a", "/b")
        site.redirect("/b", other.at("/c"))
        other.redirect("/c", site.at("/d"))
        site.page("/d", "here")
        fetcher.get(site.at("/a"), login=("editor", "geheim"))
        assert "authorization" in site.asked[0].headers
        assert "authorization" in site.asked[1].headers
        assert "authorization" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (404, GoneError, "has no such page"),
        (410, GoneError, "has no such page"),
        (401, PermanentError, "does not let us read"),
        (403, PermanentError, "does not let us read"),
        (204, PermanentError, "answered 204"),
        (400, PermanentError, "answered 400"),
        (500, TransientError, "cannot give the page now"),
        (429, TransientError, "cannot give the page now"),
    ],
)
def test_each_answer_without_a_page_is_an_error_that_says_what_to_do(
    site: WebServer, fetcher: Fetcher, status: int, error: type[FetchError], says: str
) -> None:
    site.answers("/a", Reply(status=status))
    with pytest.raises(error, match=says):
        fetcher.get(site.at("/a"))
    assert site.count("/a") == (4 if error is TransientError else 1)


def test_what_fails_for_a_moment_is_asked_again(site: WebServer, fetcher: Fetcher) -> None:
    cut = Reply(body=b"half", headers={"Content-Length": "8"}, breaks_off=True)
    site.answers("/a", Reply(status=502), cut, Reply(body=b"whole"))
    assert fetcher.get(site.at("/a")).content == b"whole"


def test_a_host_is_asked_again_only_when_it_wants(site: WebServer, fetcher: Fetcher) -> None:
    busy = Reply(status=429, headers={"Retry-After": "1"})
    site.answers("/a", busy, Reply(body=b"text"))
    began = time.monotonic()
    assert fetcher.get(site.at("/a")).content == b"text"
    assert 0.9 < time.monotonic() - began < 10


def test_a_host_that_wants_to_be_left_alone_for_long_is(site: WebServer, fetcher: Fetcher) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    later = {"Retry-After": format_datetime(until, usegmt=True)}
    site.answers("/a", Reply(status=503, headers=later))
    site.page("/b", "text")
    for path in ("/a", "/b"):
        with pytest.raises(TransientError, match=f"left alone until {until:%Y-%m-%d}") as error:
            fetcher.get(site.at(path))
        assert error.value.until is not None
        assert abs(error.value.until - until) < timedelta(seconds=5)
    assert len(site.asked) == 1


def test_a_host_that_is_down_is_not_asked_for_all_its_pages(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.serves("/*", lambda _: Reply(status=500))
    for number in range(100):
        with pytest.raises(TransientError):
            fetcher.get(site.at(f"/{number}"))
    assert len(site.asked) == FAILURES * 4


def test_pages_that_are_gone_do_not_count_as_a_host_that_is_down(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.page("/a", "text")
    for number in range(3 * FAILURES):
        with pytest.raises(GoneError):
            fetcher.get(site.at(f"/{number}"))
    assert fetcher.get(site.at("/a")).content == b"text"


def test_many_pages_come_from_all_hosts_at_once_and_few_at_a_time_from_each(
    site: WebServer, fetcher: Fetcher
) -> None:
    with web_server() as other:
        order: list[WebServer] = []

        def served_by(server: WebServer) -> Handler:
            def answer(asked: Asked) -> Reply:
                order.append(server)
                return Reply(body=asked.path.encode(), delay=0.02)

            return answer

        for server in (site, other):
            server.serves("/*", served_by(server))
        queries = [Query(url=server.at(f"/{n}")) for server in (site, other) for n in range(40)]
        answers = list(fetcher.get_many([*queries, Query(url="javascript:alert(1)")]))
        assert order[:40] != [order[0]] * 40, "one site was asked after the other"
        pages = {query.url: found for query, found in answers if isinstance(found, Fetched)}
        assert set(pages) == {query.url for query in queries}
        assert all(page.location.endswith(page.content.decode()) for page in pages.values())
        (refused,) = (found for _, found in answers if not isinstance(found, Fetched))
        assert isinstance(refused, PermanentError)
        assert 1 < site.most_at_once <= AT_ONCE
        assert 1 < other.most_at_once <= AT_ONCE


def test_pages_that_nobody_takes_are_not_asked_for(site: WebServer, fetcher: Fetcher) -> None:
    site.serves("/*", lambda _: Reply(body=b"text"))
    answers = fetcher.get_many(Query(url=site.at(f"/{number}")) for number in range(1000))
    next(answers)
    time.sleep(0.5)  # whatever could be fetched ahead has been
    answers.close()  # type: ignore[attr-defined] # it is a generator
    assert 1 <= len(site.asked) < 50


def test_who_waits_when_the_fetcher_is_closed_learns_it_soon(site: WebServer) -> None:
    site.answers("/a", Reply(status=503, headers={"Retry-After": "20"}))
    fetcher = Fetcher(allow_private=["127.0.0.1"])
    answers = fetcher.get_many([Query(url=site.at("/a")), Query(url=site.at("/a"))])
    from threading import Timer

    Timer(0.3, fetcher.close).start()
    began = time.monotonic()
    assert all(isinstance(found, TransientError) for _, found in answers)
    assert time.monotonic() - began < 10


def test_no_log_and_no_error_holds_what_stands_in_an_address_behind_the_question_mark(
    site: WebServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)  # the server's own
    site.page("/a", "text")
    site.redirect("/loop", "/loop?token=geheim")
    site.answers("/large", Reply(body=b"x" * 11 * 1024**2))
    fetcher.get(site.at("/a?token=geheim"), login=("editor", "geheim"))
    errors = []
    for url in (
        site.at("/none?token=geheim"),
        site.at("/loop?token=geheim"),
        site.at("/large?token=geheim"),
        "http://editor:geheim@127.0.0.1/",
        "ftp://127.0.0.1/?token=geheim",
    ):
        with pytest.raises(FetchError) as error:
            fetcher.get(url)
        errors.append(str(error.value))
    assert "geheim" not in caplog.text + "".join(errors)


def test_proxies_of_the_environment_are_not_asked(
    site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.page("/a", "text")
    with Fetcher(allow_private=["127.0.0.0/8"]) as fetcher:
        assert fetcher.get(site.at("/a")).content == b"text"


@given(st.text() | st.integers(0, 10**30).map(str) | st.datetimes().map(format_datetime))
def test_any_wish_to_wait_is_a_number_of_seconds(header: str) -> None:
    assert 0 <= retry_after(header) < float("inf")
