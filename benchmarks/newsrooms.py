"""Newsrooms that somebody goes on changing: a folder, a blog and a feed, with what they hold now.

They know nothing of ingestion; `state` is what a reader should see once they have been ingested.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from tests.ingest.blog import Blog
from tests.web_server.server import WebServer

STEPS = (
    "The ministers met in Vienna.",
    "The railway was closed again.",
    "Nobody answered the question.",
    "The river rose by a metre.",
)
State = dict[
    str, tuple[str, str, str]
]  # by id, or by address where there is one: title, tier, text


class Newsroom(Protocol):
    """Something to ingest."""

    address: str
    state: State

    def change(self) -> None:
        """Publish, correct and withdraw some; always at least one."""


class Folder:
    """A folder of briefings."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.address = str(folder)
        self.state: State = {}
        self._folder = folder
        self._chance = chance
        folder.mkdir()

    def change(self) -> None:
        """Add, correct, move to another tier and remove some briefings."""
        names = [f"b{number:02}" for number in range(12)]
        for name in self._chance.sample(names, self._chance.randrange(1, 5)):
            if name in self.state and self._chance.random() < 0.3:
                del self.state[name]
                (self._folder / f"{name}.md").unlink()
            else:
                self._write(name)

    def _write(self, name: str) -> None:
        title, lines = _news(self._chance)
        tier = self._chance.choice(["public", "subscribers"])
        text = "\n\n".join(lines)
        self.state[name] = (title, tier, text)
        front = f"---\ntitle: {title}\nlang: en\naccess: {tier}\n---\n\n{text}\n"
        (self._folder / f"{name}.md").write_text(front, encoding="utf-8")


class Posts:
    """A blog whose posts come by its REST API; its days are apart, so that no overlap hides one."""

    def __init__(self, site: WebServer, chance: random.Random) -> None:
        self.address = site.at("/")
        self.state: State = {}
        self._blog = Blog(site)
        self._chance = chance

    def change(self) -> None:
        """Publish, correct and unpublish some posts."""
        self._blog.clock += timedelta(days=3)
        for id in self._chance.sample(range(1, 11), self._chance.randrange(1, 4)):
            title, lines = _news(self._chance)
            text = " ".join(lines)
            if id not in self._blog.posts:
                entry = self._blog.write(id, title, text)
            elif (
                self._chance.random() < 0.3 and len(self.state) > 2
            ):  # a blog that is empty is down
                del self.state[self._address(id)]
                self._blog.unpublish(id)
                continue
            else:
                self._blog.edit(id, title=title, text=text)
                entry = self._blog.posts[id]
            self.state[self._address(entry.id)] = (title, "public", text)

    def _address(self, id: int) -> str:
        return self._blog.site.at(self._blog.path(self._blog.posts[id]))


class Feed:
    """A feed that names its newest pages, each of them and itself with an ETag."""

    def __init__(self, site: WebServer, chance: random.Random) -> None:
        self.address = site.at("/feed.xml")
        self.state: State = {}
        self._site = site
        self._chance = chance
        self._changed: dict[str, datetime] = {}
        self._clock = datetime(2024, 5, 1, tzinfo=UTC)

    def change(self) -> None:
        """Publish and correct some pages."""
        for number in self._chance.sample(range(8), self._chance.randrange(1, 3)):
            title, lines = _news(self._chance)
            path = f"/article-{number}/"
            self._clock += timedelta(hours=1)
            self._changed[self._site.at(path)] = self._clock
            self.state[self._site.at(path)] = (title, "public", " ".join(lines))
            body = f"<h1>{title}</h1><p>{' '.join(lines)}</p>"
            head = f'<title>{title}</title><link rel="canonical" href="{self._site.at(path)}">'
            page = f"<head>{head}</head><body><main><article>{body}</article></main></body>"
            self._site.page(path, f'<html lang="en">{page}</html>', etag=f'"{title}"')
            self._site.page(
                "/feed.xml",
                self._feed(),
                content_type="application/atom+xml",
                etag=f'"{self._clock}"',
            )

    def _feed(self) -> str:
        entries = "".join(
            f'<entry><title>{title}</title><id>{url}</id><link href="{url}"/>'
            f"<updated>{self._changed[url].isoformat()}</updated></entry>"
            for url, (title, _, _) in self.state.items()
        )
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>{self._site.url}</id>'
            f"<updated>{self._clock.isoformat()}</updated>{entries}</feed>"
        )


def _news(chance: random.Random) -> tuple[str, list[str]]:
    """A title and paragraphs, none of which comes twice."""
    number = chance.randrange(10**9)
    lines = [f"{line} It was report {number}." for line in chance.choices(STEPS, k=3)]
    return f"Day {number}", lines
