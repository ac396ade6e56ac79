"""Posts of a WordPress blog that not everybody may read, with a login and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources import SourceError
from tests.ingest.blog import LOGIN, Blog
from tests.ingest.desk import errors
from tests.ingest.web_desk import WebDesk


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
