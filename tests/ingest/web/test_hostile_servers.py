"""Servers that mean us harm: how little they cost."""

from __future__ import annotations

import resource
import socket
import time
import zlib
from itertools import chain, repeat
from typing import Any

import pytest

from ingest.web import PermanentError, TransientError
from ingest.web.fetcher import Fetcher
from tests.web_server.server import Reply, WebServer


def compressed(size: int, wbits: int) -> bytes:
    packing = zlib.compressobj(1, wbits=wbits)
    return b"".join([packing.compress(bytes(2**20)) for _ in range(size)] + [packing.flush()])


@pytest.mark.parametrize(("name", "wbits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_a_bomb_is_stopped_before_it_goes_off(
    site: WebServer, fetcher: Fetcher, name: str, wbits: int
) -> None:
    """Half a gigabyte in some megabytes: it costs nothing of the memory of unpacking it."""
    site.answers("/a", Reply(body=compressed(512, wbits), headers={"Content-Encoding": name}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PermanentError, match="larger than 10 MiB"):
        fetcher.get(site.at("/a"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_ten_mebibytes_are_a_page_and_one_byte_more_is_none(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.page("/a", b"x" * 10 * 1024**2, gzip=True)
    site.page("/b", b"x" * (10 * 1024**2 + 1), gzip=True)
    assert len(fetcher.get(site.at("/a")).content) == 10 * 1024**2
    with pytest.raises(PermanentError, match="larger than 10 MiB"):
        fetcher.get(site.at("/b"))


def test_a_body_without_end_is_left_when_it_is_too_large(site: WebServer, fetcher: Fetcher) -> None:
    site.answers("/a", Reply(pieces=repeat(b"x" * 2**16)))
    with pytest.raises(PermanentError, match="larger than 10 MiB"):
        fetcher.get(site.at("/a"))


OK = b"HTTP/1.1 200 OK\r\n"
PACKED = b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(5)
DRIPPING = {
    "body": Reply(pieces=repeat(b"x"), pause=0.05),
    "first line": Reply(raw=repeat(b"X"), pause=0.05),
    "headers": Reply(raw=chain([OK], repeat(b"A: b\r\n")), pause=0.05),
    "go on": Reply(raw=repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), pause=0.05),
    "chunk": Reply(
        raw=chain([OK, b"Transfer-Encoding: chunked\r\n\r\n"], repeat(b"0")), pause=0.05
    ),
    "packed name": Reply(raw=chain([OK, PACKED], repeat(b"n")), pause=0.05),
    "silence": Reply(delay=60),
}


@pytest.mark.parametrize("reply", DRIPPING.values(), ids=DRIPPING)
def test_a_server_that_drips_is_left_when_the_time_is_over(
    site: WebServer, fetcher: Fetcher, reply: Reply
) -> None:
    site.answers("/a", reply)
    began = time.monotonic()
    with pytest.raises(TransientError, match="did not send the whole page within 2 seconds"):
        fetcher.get(site.at("/a"))
    assert time.monotonic() - began < 30


NOT_HTTP = {
    "long header": OK + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    "many headers": OK + b"X: y\r\n" * 50_000 + b"\r\n",
    "negative length": OK + b"Content-Length: -1\r\n\r\n",
    "two lengths": OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "great length": OK + b"Content-Length: 99999999999999999999999999\r\n\r\nx",
    "great chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\nx",
    "version": b"HTTP/9.9 999999 ?\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "zeros": bytes(1000),
    "nothing": b"",
}


@pytest.mark.parametrize("raw", NOT_HTTP.values(), ids=NOT_HTTP)
def test_what_is_not_http_costs_four_short_attempts(
    site: WebServer, fetcher: Fetcher, raw: bytes
) -> None:
    site.answers("/a", Reply(raw=[raw]))
    with pytest.raises(TransientError, match="broke off, or does not speak HTTP"):
        fetcher.get(site.at("/a"))
    assert site.count("/a") == 4


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 1000])
def test_a_compression_that_was_not_asked_for_is_refused(
    site: WebServer, fetcher: Fetcher, encoding: str
) -> None:
    site.answers("/a", Reply(body=b"x", headers={"Content-Encoding": encoding}))
    with pytest.raises(PermanentError, match="did not ask for"):
        fetcher.get(site.at("/a"))


def test_a_body_that_is_not_compressed_as_it_says_is_refused(
    site: WebServer, fetcher: Fetcher
) -> None:
    site.answers("/a", Reply(body=b"plain text", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(PermanentError, match="not compressed as it says"):
        fetcher.get(site.at("/a"))


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("", "", ""),
        ("text/html; charset=", "text/html", ""),
        ("TEXT/HTML;charset='x y'", "text/html", None),
        ("garbage", "garbage", ""),
        ("text/html; charset=" + "x" * 5000, "text/html", None),
    ],
)
def test_a_content_type_is_taken_as_it_is_said(
    site: WebServer, fetcher: Fetcher, header: str, kind: str, charset: str | None
) -> None:
    length = f"HTTP/1.1 200 OK\r\nContent-Type: {header}\r\nContent-Length: 1\r\n\r\nx"
    site.answers("/a", Reply(raw=[length.encode()]))
    page = fetcher.get(site.at("/a"))
    assert page.content_type == kind
    assert charset is None or page.charset == charset


def test_a_host_that_nobody_knows_and_one_that_listens_not_are_told_apart(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(TransientError, match="cannot be reached"):
            fetcher.get(f"http://127.0.0.1:{unused.getsockname()[1]}/")

    def unknown(*args: Any, **more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(PermanentError, match=r"no host blog\.example"):
        fetcher.get("http://blog.example/")
