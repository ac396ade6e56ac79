"""Links that mean us harm: whom we are never made to ask."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.web import FetchError, PermanentError
from ingest.web.addresses import Allowed, check, is_public, shown
from ingest.web.fetcher import Fetcher
from tests.web_server.server import WebServer, web_server

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.1.2.3",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_on_the_public_web_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_an_address_of_the_public_web_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_neither_an_address_nor_a_name_that_leads_to_it_is_asked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = f"[{address}]" if ":" in address else address
    with Fetcher() as fetcher:
        with pytest.raises(PermanentError):
            fetcher.get(f"http://{host}/")
        resolves(monkeypatch, {"blog.example": [["8.8.8.8", address]]})
        with pytest.raises(PermanentError, match="not on the public web"):
            fetcher.get("http://blog.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://017700000001/",
        "http://8.8.8.08/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://[::1]/",
        "http://[::1%25lo]/",
        "http://reuters.com@127.0.0.1/",
        "http://editor:word@blog.example/",
        "http://@blog.example/",
        "http://blog.example:22/",
        "http://blog.example:25/",
        "http://blog.example:0/",
        "http://blog.example:99999/",
        "http://blog.example:x/",
        "http:///a",
        "http:/a",
        "http://",
        "http://[",
        "http://blog.example/\r\nX: y",
        "http://blog .example/",
        "http://blog.example\\@127.0.0.1/",
        "file:///etc/passwd",
        "ftp://blog.example/",
        "gopher://blog.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//blog.example/",
        "blog.example",
        "",
        "http://" + "a" * 300 + ".example/",
        "http://" + "a." * 5000 + "example/",
    ],
)
def test_an_address_that_is_not_plainly_one_of_a_web_page_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name is resolved to anything but loopback here, so that nothing leaves this machine."""
    ask = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: ask(host if "." not in str(host) else "::1", *rest, **more),
    )
    with Fetcher() as fetcher, pytest.raises(PermanentError) as error:
        fetcher.get(url)
    assert len(str(error.value)) < 400
    assert str(error.value).isprintable()


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=60))
@example("http://[::1")
@example("http://a:٣/")
def test_any_text_is_checked_as_an_address_and_printed_without_harm(url: str) -> None:
    said = ""
    try:
        check(url)
    except FetchError as error:
        said = str(error)
    assert (said + shown(url)).isprintable()


def resolves(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[list[str]]]) -> list[str]:
    """Let host names lead to addresses, other ones at each question; returns who was asked for."""
    asked: list[str] = []
    ask = socket.getaddrinfo

    def answer(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        if host not in names:
            return ask(host, port, *rest, **more)
        answers = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, port))
            for each in answers
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere when it is asked again (DNS rebinding) is not asked again."""
    asked = resolves(monkeypatch, {"blog.example": [["127.0.0.1"], ["127.0.0.99"]]})
    site.page("/a", "text")
    with Fetcher(allow_private=["127.0.0.1"]) as fetcher:
        url = f"http://blog.example:{site.port}/a"
        assert fetcher.get(url).content == b"text"
        assert site.asked[0].headers["host"] == f"blog.example:{site.port}"
        assert asked.count("blog.example") == 1
    again = Fetcher(allow_private=["127.0.0.1"])
    with again, pytest.raises(PermanentError, match=r"127\.0\.0\.99"):
        again.get(url)


def test_each_redirect_is_checked_anew(site: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    resolves(monkeypatch, {"blog.example": [["127.0.0.1"]], "inside.example": [["127.0.0.1"]]})
    site.page("/secret", "of the intranet")
    for number, target in enumerate(
        (
            site.at("/secret"),
            f"http://inside.example:{site.port}/secret",
            f"http://2130706433:{site.port}/secret",
            f"http://blog.example@127.0.0.1:{site.port}/secret",
            f"//127.0.0.1:{site.port}/secret",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,secret",
            "http://[::ffff:7f00:1]/",
            "",
        )
    ):
        site.redirect(f"/{number}", target)
        fetcher = Fetcher(allow_private=["blog.example"])
        with fetcher, pytest.raises(PermanentError):
            fetcher.get(f"http://blog.example:{site.port}/{number}")
    assert site.count("/secret") == 0


@pytest.mark.parametrize("entry", ["a b", "10.0.0.1/8", "*", "http://cms.intranet", "127.1", "1"])
def test_what_is_no_host_cannot_be_allowed(entry: str) -> None:
    with pytest.raises(ValueError, match="is no host name, address or network"):
        Allowed.read([entry])


def test_a_private_host_is_allowed_by_its_name_its_address_or_its_network() -> None:
    allowed = Allowed.read([" CMS.Intranet ", "10.1.0.0/16", "::1", ""])
    assert allowed.permits("cms.intranet.", ip_address("192.168.1.1"))
    assert allowed.permits("any.example", ip_address("10.1.2.3"))
    assert allowed.permits("any.example", ip_address("::1"))
    assert not allowed.permits("any.example", ip_address("10.2.0.1"))
    assert not allowed.permits("www.cms.intranet", ip_address("192.168.1.1"))


def test_a_login_does_not_cross_the_public_web_in_the_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolves(monkeypatch, {"blog.example": [["93.184.216.34"]]})
    with Fetcher() as fetcher, pytest.raises(PermanentError, match="only sent over https"):
        fetcher.get("http://blog.example/", login=("editor", "geheim"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for loopback that signs itself, with its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert]
    made = subprocess.run(
        ["openssl", *request.split(), *named],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("openssl is not installed, or is too old")
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    return both


@pytest.fixture
def safe_site(certificate: Path) -> Iterator[WebServer]:
    """A site over https."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with web_server(tls) as server:
        yield server


def test_a_certificate_that_nobody_vouches_for_is_refused(
    safe_site: WebServer, fetcher: Fetcher
) -> None:
    safe_site.page("/a", "text")
    with pytest.raises(PermanentError, match=r"certificate of 127\.0\.0\.1 is not valid"):
        fetcher.get(safe_site.at("/a"))
    assert not safe_site.asked


def test_from_https_no_redirect_leads_to_http(
    safe_site: WebServer, site: WebServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.page("/b", "text")
    safe_site.redirect("/a", site.at("/b"))
    site.redirect("/up", safe_site.at("/c"))
    safe_site.page("/c", "text")
    with Fetcher(allow_private=["127.0.0.1"]) as fetcher:
        assert fetcher.get(site.at("/up")).content == b"text"
        with pytest.raises(PermanentError, match="from https to http"):
            fetcher.get(safe_site.at("/a"))
    assert site.count("/b") == 0


def test_a_login_is_sent_over_https(
    safe_site: WebServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    resolves(monkeypatch, {"blog.example": [["127.0.0.1"]]})
    safe_site.page("/a", "text")
    with Fetcher(allow_private=["127.0.0.1"]) as fetcher:
        fetcher.get(safe_site.at("/a"), login=("editor", "geheim"))
        with pytest.raises(PermanentError, match="certificate"):  # it is for another name
            fetcher.get(f"https://blog.example:{safe_site.port}/a")
    assert "authorization" in safe_site.asked[0].headers
