"""Hints from the CMS are accepted, gathered and published, whatever kills the process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.ingest.blog import Blog
from tests.ingest.desk import Desk
from tests.ingest.hooking import SECRET, Served, headers, ingest, remembered
from tests.web_server.server import web_server
from vectorstore.catalog import Catalog, Run
from vectorstore.publication import writing

BUSY = "Another ingestion is running"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with one briefing that is remembered as a source, and nothing published."""
    desk = Desk(tmp_path / "news", tmp_path / "data")
    desk.write("first.md")
    with closing(Catalog.open(desk.data)) as catalog:
        catalog.sources.remember(remembered(str(desk.folder)))
    return desk


def test_a_signed_hint_is_accepted_at_once_and_published(desk: Desk) -> None:
    with Served(desk.data) as served:
        status, answer = served.hint({"source": str(desk.folder)})
        assert (status, served.runs) == (202, []), "it is answered before the run has ended"
        served.until(lambda: served.ask("GET", "/health")[1]["running"] == answer["ticket"])
        served.until(lambda: [run["added"] for run in served.runs] == [1])
        served.until(lambda: not served.ask("GET", "/health")[1]["running"])
        assert served.end() == 0
        assert SECRET not in served.said


def test_a_post_is_published_when_the_blog_says_so(tmp_path: Path) -> None:
    with web_server() as site:
        blog = Blog(site)
        blog.write(1)
        allowed = {"ALLOW_PRIVATE_HOSTS": "127.0.0.1"}
        added = ingest(tmp_path, "add", site.url, **allowed)
        assert added.returncode == 0, added.stderr
        with Served(tmp_path, **allowed) as served:
            assert served.hint({})[0] == 202  # everything
            served.until(lambda: [run["added"] for run in served.runs] == [1])
            post = blog.write(2, title="The next day")
            assert served.hint({"url": site.at(blog.path(post)), "status": "publish"})[0] == 202
            served.until(lambda: [run["added"] for run in served.runs] == [1, 1])
            served.until(lambda: not served.ask("GET", "/health")[1]["running"])
            last = served.ask("GET", "/health")[1]["last_run"]
    assert (last["trigger"], last["succeeded"], last["added"]) == ("hook", True, 1)


def test_with_an_interval_it_refreshes_what_is_remembered_from_the_start(desk: Desk) -> None:
    with Served(desk.data, "--every", "15m") as served:
        served.until(lambda: [run["added"] for run in served.runs] == [1])


def test_the_shell_example_of_the_module_is_accepted(desk: Desk) -> None:
    import ingest.upkeep.door as door

    assert door.__doc__
    example = door.__doc__.partition("From a shell::\n")[2].partition("From WordPress")[0]
    body = json.dumps({"source": str(desk.folder)})
    with Served(desk.data) as served:
        script = example.replace("8087", str(served.port)).replace(
            '{"url": "https://blog.example/a-post"}', body
        )
        said = subprocess.run(
            ["bash", "-ec", script],
            env=os.environ | {"HOOK_SECRET": SECRET},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(said.stdout).keys() == {"ticket"}, said.stdout


def test_a_burst_of_hints_is_two_runs_at_most(desk: Desk) -> None:
    with Served(desk.data) as served, ThreadPoolExecutor(50) as threads:
        hint = {"source": str(desk.folder)}
        answers = list(threads.map(lambda _: served.hint(hint), range(50)))
        assert [status for status, _ in answers] == [202] * 50
        tickets = {answer["ticket"] for _, answer in answers}
        assert 1 <= len(tickets) <= 2
        served.until(lambda: len(served.runs) == len(tickets))
        time.sleep(3)
        assert len(served.runs) == len(tickets)


def test_hints_during_a_run_become_one_more(desk: Desk) -> None:
    hint = {"source": str(desk.folder)}
    with Served(desk.data) as served:
        first = served.hint(hint)[1]["ticket"]
        served.until(lambda: served.ask("GET", "/health")[1]["running"] == first)
        later = {served.hint(hint)[1]["ticket"] for _ in range(5)}
        assert len(later) == 1
        assert later != {first}
        assert served.ask("GET", "/health")[1]["waiting"] in later
        served.until(lambda: len(served.runs) == 2)
        time.sleep(3)
        assert len(served.runs) == 2


def test_a_hint_that_was_accepted_outlives_the_process(desk: Desk) -> None:
    with writing(desk.data):  # so that the run cannot be made meanwhile
        served = Served(desk.data)
        assert served.hint({"source": str(desk.folder)})[0] == 202
        served.until(lambda: BUSY in served.said)
        served.end(signal.SIGKILL)
    with Served(desk.data) as served:
        served.until(lambda: [run["added"] for run in served.runs] == [1])
        served.until(lambda: not served.ask("GET", "/health")[1]["running"])
    with Served(desk.data) as served:  # and is not served for ever
        time.sleep(3)
        assert served.runs == []
        assert not served.ask("GET", "/health")[1]["waiting"]


@pytest.mark.parametrize("moment", ["accepted", "running", "writing"])
def test_killed_at_any_moment_it_loses_no_hint(desk: Desk, moment: str) -> None:
    served = Served(desk.data)
    assert served.hint({"source": str(desk.folder)})[0] == 202
    if moment == "running":
        served.until(lambda: served.ask("GET", "/health")[1]["running"])
    if moment == "writing":
        served.until(lambda: list(desk.data.glob("index/*")))
    served.end(signal.SIGKILL)
    with Served(desk.data) as served:
        served.until(lambda: served.runs)  # again, in case the one before was not finished
        assert list(desk.published()) == ["first"]


def test_a_replay_is_refused_even_after_a_restart(desk: Desk) -> None:
    body = json.dumps({"source": str(desk.folder)}).encode()
    signed = headers(body, timestamp=time.time())
    with Served(desk.data) as served:
        assert served.ask("POST", "/hooks/publish", body, **signed)[0] == 202
        assert served.ask("POST", "/hooks/publish", body, **signed)[0] == 409
        served.until(lambda: len(served.runs) == 1)
    with Served(desk.data) as served:
        status, answer = served.ask("POST", "/hooks/publish", body, **signed)
        assert (status, "X-Nonce" in answer["error"]) == (409, True)


def test_health_tells_of_the_last_run_and_the_last_success(desk: Desk) -> None:
    began = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with closing(Catalog.open(desk.data)) as catalog:
        for hours, error in ((0, ""), (1, "no room on /secret/place")):
            catalog.record(
                Run(
                    began_at=began + timedelta(hours=hours),
                    ended_at=began + timedelta(hours=hours, seconds=5),
                    trigger="timer",
                    sources=("https://user:password@blog.example",),
                    before=None,
                    generation=1,
                    error=error,
                )
            )
    with Served(desk.data) as served:
        status, health = served.ask("GET", "/health")
    assert status == 200
    assert health["last_run"]["succeeded"] is False
    assert health["last_run"]["ended_at"] == "2026-05-01T13:00:05+00:00"
    assert health["last_success"] == "2026-05-01T12:00:05+00:00"
    assert "secret" not in str(health)
    assert "password" not in str(health)
