"""``python -m ingest serve`` as somebody hostile and as its operator meet it, over real HTTP."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ingest.desk import Desk
from tests.ingest.hooking import SECRET, Served, headers, ingest, remembered
from vectorstore.catalog import Catalog


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
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
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
        assert seconds_until(lambda: answers.append(slow.recv(4096))) > 4
        assert answers[0].startswith(b"HTTP/1.1 408 ")
    with connected(quiet.port, b"POST /hooks/publish HTTP/1.1\r\nHost: x\r\n") as slow:
        assert seconds_until(lambda: slow.recv(4096)) > 8
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
