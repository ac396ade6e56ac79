"""``python -m ingest serve`` as a CMS and as somebody hostile meet it, over real HTTP."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.blog import Blog
from tests.ingest.desk import Desk
from tests.ingest.hooking import SECRET, headers, remembered
from tests.ingest.staying import ROOT, Staying
from tests.web_server.server import web_server
from vectorstore.catalog import Catalog, Run
from vectorstore.publication import writing

BUSY = "Another ingestion is running"


class Served(Staying):
    """The server, and what the CMS can say to it."""

    def __init__(self, data: Path, *arguments: object, **env: str) -> None:
        super().__init__(data, "serve", "--port", 0, *arguments, HOOK_SECRET=SECRET, **env)
        self.until(lambda: "Taking hints" in self.said.rpartition("\n")[0])
        self.port = int(re.findall(r"http://127\.0\.0\.1:([0-9]+)/hooks/publish", self.said)[-1])

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] = b"", **given: str
    ) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def hint(self, body: object, **changed: str) -> tuple[int, Any]:
        """The answer to a hint, signed now; ``changed`` are headers put on top."""
        raw = json.dumps(body).encode()
        return self.ask(
            "POST", "/hooks/publish", raw, **headers(raw, timestamp=time.time()) | changed
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with one briefing that is remembered as a source, and nothing published."""
    desk = Desk(tmp_path / "news", tmp_path / "data")
    desk.write("first.md")
    with closing(Catalog.open(desk.data)) as catalog:
        catalog.sources.remember(remembered(str(desk.folder)))
    return desk


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that is only ever sent what it must refuse."""
    desk = Desk(tmp_path_factory.mktemp("news"), tmp_path_factory.mktemp("data"))
    with closing(Catalog.open(desk.data)) as catalog:
        catalog.sources.remember(remembered(str(desk.folder)))
    with Served(desk.data) as served:
        yield served
        assert served.runs == [], "something refused started a run"
        assert served.said.count("\n") == 1, served.said


def test_a_signed_hint_is_accepted_at_once_and_published(desk: Desk) -> None:
    with Served(desk.data) as served:
        began = time.monotonic()
        status, answer = served.hint({"source": str(desk.folder)})
        assert time.monotonic() - began < 1
        assert status == 202
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


# What is refused


@pytest.mark.parametrize(
    ("changed", "status", "word"),
    [
        ({"X-Signature": "sha256=" + "0" * 64}, 401, "HOOK_SECRET"),
        ({"X-Signature": ""}, 401, "X-Signature"),
        ({"X-Nonce": "n" * 16}, 401, "X-Signature does not fit"),
        ({"X-Nonce": "short"}, 401, "X-Nonce"),
        ({"X-Timestamp": "yesterday"}, 401, "X-Timestamp"),
        ({"X-Timestamp": "1700000000"}, 401, "clock"),
        ({"Content-Type": "text/plain"}, 415, "application/json"),
        ({"Content-Encoding": "gzip"}, 415, "not compressed"),
    ],
)
def test_a_forged_or_unclear_hint_is_refused(
    quiet: Served, changed: dict[str, str], status: int, word: str
) -> None:
    refused, answer = quiet.hint({}, **changed)
    assert refused == status
    assert word in answer["error"]


@pytest.mark.parametrize("late", [-301, 301])
def test_a_request_from_another_time_is_refused(quiet: Served, late: float) -> None:
    signed = headers(b"{}", timestamp=time.time() + late + late / 100)
    assert quiet.ask("POST", "/hooks/publish", b"{}", **signed)[0] == 401


@pytest.mark.parametrize("body", [[], "text", {"url": 7}, {"url": "x" * 3000}, {"source": ""}])
def test_a_signed_body_that_is_no_hint_is_refused(quiet: Served, body: object) -> None:
    assert quiet.hint(body)[0] == 400


def test_a_hint_adds_no_source(quiet: Served) -> None:
    for hint in ({"url": "https://evil.example/a"}, {"source": "/etc"}):
        status, answer = quiet.hint(hint)
        assert (status, "none of the sources" in answer["error"]) == (404, True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/hooks/publish", 405),
        ("PUT", "/hooks/publish", 405),
        ("POST", "/health", 405),
        ("GET", "/", 404),
        ("POST", "/hooks/publish/../../etc", 404),
    ],
)
def test_other_addresses_and_methods_are_refused(
    quiet: Served, method: str, path: str, status: int
) -> None:
    refused, answer = quiet.ask(method, path, b"")
    assert refused == status
    assert "/hooks/publish" in answer["error"]


def test_too_large_a_body_is_refused_however_it_is_sent(quiet: Served) -> None:
    body = b'{"url": "' + b"x" * 64 * 1024 + b'"}'
    signed = headers(body, timestamp=time.time())
    assert quiet.ask("POST", "/hooks/publish", body, **signed)[0] == 413
    chunks = (body[at : at + 8192] for at in range(0, len(body), 8192))
    signed = headers(body, timestamp=time.time())
    assert quiet.ask("POST", "/hooks/publish", chunks, **signed)[0] == 413


def connected(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(sent)
    return connection


def seconds_until(condition: Callable[[], object]) -> float:
    began = time.monotonic()
    condition()
    return time.monotonic() - began


def test_a_slow_body_is_refused_and_slow_headers_are_cut_off(quiet: Served) -> None:
    lines = [f"{name}: {value}" for name, value in headers(b"{}", timestamp=time.time()).items()]
    start = "\r\n".join(["POST /hooks/publish HTTP/1.1", "Host: x", *lines, "Content-Length: 2"])
    with connected(quiet.port, f"{start}\r\n\r\n{{".encode()) as slow:
        answers: list[bytes] = []
        assert 4 < seconds_until(lambda: answers.append(slow.recv(4096))) < 9
        assert answers[0].startswith(b"HTTP/1.1 408 ")
    with connected(quiet.port, b"POST /hooks/publish HTTP/1.1\r\nHost: x\r\n") as slow:
        assert 8 < seconds_until(lambda: slow.recv(4096)) < 20
        assert slow.recv(4096) == b""


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 9 + b"\r\n\r\n",
        b"GET " + b"/" * 20000 + b" HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 20000 + b"\r\n\r\n",
        b"POST /hooks/publish HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /hooks/publish HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_without_a_word_in_the_log(quiet: Served, sent: bytes) -> None:
    with connected(quiet.port, sent) as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.")
    assert quiet.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize(
    ("length", "part"),
    [
        ("Content-Length: 20", b'{"url":'),
        ("Transfer-Encoding: chunked", b"9\r\n{"),
        ("Transfer-Encoding: chunked", b"no length\r\n"),
    ],
)
def test_a_body_that_breaks_off_leaves_no_word_in_the_log(
    quiet: Served, length: str, part: bytes
) -> None:
    lines = [f"{name}: {value}" for name, value in headers(b"{}", timestamp=time.time()).items()]
    start = "\r\n".join(["POST /hooks/publish HTTP/1.1", "Host: x", *lines, length, "", ""])
    with connected(quiet.port, start.encode()) as connection:
        time.sleep(0.3)  # the body is being waited for
        connection.sendall(part)
        time.sleep(0.3)
    assert quiet.ask("GET", "/health")[0] == 200


def test_many_silent_connections_keep_nobody_out(quiet: Served) -> None:
    silent = [connected(quiet.port, b"") for _ in range(200)]
    assert quiet.ask("GET", "/health")[0] == 200
    for connection in silent:
        connection.close()


# What the operator is told


def ingest(data: Path, *arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        env=os.environ | {"DATA_DIR": str(data)} | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("secret", ["", "x" * 31])
def test_a_secret_that_is_none_is_refused(tmp_path: Path, secret: str) -> None:
    run = ingest(tmp_path, "serve", HOOK_SECRET=secret)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("HOOK_SECRET must have 32 characters or more")
    assert run.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_named(quiet: Served, tmp_path: Path) -> None:
    run = ingest(tmp_path, "serve", "--port", quiet.port, HOOK_SECRET=SECRET)
    assert run.returncode == 2
    taken = f"Port {quiet.port} of 127.0.0.1 cannot be used (address already in use). Is it"
    assert run.stderr.startswith(taken)
    assert run.stderr.count("\n") == 1


def test_an_address_that_is_not_of_this_machine_is_named(tmp_path: Path) -> None:
    run = ingest(tmp_path, "serve", "--host", "192.0.2.1", HOOK_SECRET=SECRET)
    assert run.returncode == 2
    assert "of 192.0.2.1 cannot be used (cannot assign requested address)" in run.stderr
