"""Whose hints are believed: the signature alone, whatever bytes come."""

from __future__ import annotations

import hashlib
import hmac
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.upkeep.hinting import meant, read_hint
from ingest.upkeep.hints import Hints, HintsError
from ingest.upkeep.signing import SKEW, RefusedError, Signature, signed
from tests.ingest.hooking import NOW, SECRET, headers, remembered

bodies = st.binary(max_size=300)
nonces = st.text("abcXYZ019_-", min_size=16, max_size=64)


@given(bodies, nonces, st.integers(-SKEW, SKEW))
def test_what_was_signed_in_time_is_believed(body: bytes, nonce: str, late: int) -> None:
    signature = Signature.read(headers(body, nonce=nonce, timestamp=NOW + late), NOW)
    signature.check(SECRET, body)
    assert signature.good_until > NOW + late + SKEW


@given(bodies, bodies, nonces, nonces, st.integers(0, 600), st.integers(0, 600))
def test_nothing_else_is_covered_by_a_signature(
    body: bytes, other: bytes, nonce: str, another: str, when: int, later: int
) -> None:
    assume((body, nonce, when) != (other, another, later))
    digest = signed(SECRET, str(NOW + when), nonce, body)
    with pytest.raises(RefusedError, match="X-Signature does not fit"):
        Signature(timestamp=str(NOW + later), nonce=another, digest=digest).check(SECRET, other)


@given(bodies, st.text(min_size=32, max_size=64))
def test_another_secret_signs_nothing(body: bytes, secret: str) -> None:
    assume(secret != SECRET)
    with pytest.raises(RefusedError):
        Signature.read(headers(body, secret=secret), NOW).check(SECRET, body)


@given(bodies, st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_a_signature_with_one_digit_changed_is_refused(body: bytes, at: int, digit: str) -> None:
    given_ = headers(body)
    digits = list(given_["X-Signature"])
    assume(digits[7 + at] != digit)
    digits[7 + at] = digit
    with pytest.raises(RefusedError):
        Signature.read(given_ | {"X-Signature": "".join(digits)}, NOW).check(SECRET, body)


@given(st.integers(SKEW + 1, 10**9), st.booleans())
def test_old_and_future_requests_are_refused(seconds: int, future: bool) -> None:
    timestamp = NOW + seconds if future else NOW - seconds
    with pytest.raises(RefusedError, match="clock"):
        Signature.read(headers(b"", timestamp=timestamp), NOW)


@given(
    st.sampled_from(["X-Timestamp", "X-Nonce", "X-Signature"]),
    st.text(max_size=80) | st.sampled_from(["", "1²", "sha256=", "sha256=" + "é" * 64, "x" * 65]),
)
def test_headers_of_any_kind_are_refused_in_words(name: str, value: str) -> None:
    assume(headers(b"")[name] != value)
    with pytest.raises(RefusedError) as refused:
        Signature.read(headers(b"") | {name: value}, NOW).check(SECRET, b"")
    assert refused.value.status == 401


def test_the_signature_is_the_one_that_is_documented() -> None:
    message = f"{NOW}.{'n' * 16}.".encode() + b'{"url": 1}'
    expected = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    assert signed(SECRET, str(NOW), "n" * 16, b'{"url": 1}') == expected
    if shutil.which("openssl"):
        openssl = subprocess.run(
            ["openssl", "dgst", "-sha256", "-hmac", SECRET],
            input=message,
            capture_output=True,
            check=True,
        )
        assert openssl.stdout.decode().split()[-1] == expected


# Which sources are meant


SOURCES = [
    remembered("https://blog.example/", "https://blog.example/wp-json/"),
    remembered("https://www.other.example:8443/feed"),
    remembered("/srv/news"),
]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("{}", None),
        ('{"id": 7, "status": "publish"}', None),
        ('{"url": "https://blog.example/a/b?c#d"}', {"https://blog.example/"}),
        ('{"url": "http://WWW.blog.example:80"}', {"https://blog.example/"}),
        ('{"url": "https://other.example:8443/x"}', {"https://www.other.example:8443/feed"}),
        ('{"source": "/srv/news"}', {"/srv/news"}),
        ('{"source": "https://blog.example/wp-json/"}', {"https://blog.example/"}),
    ],
)
def test_a_hint_means_the_sources_of_its_site(body: str, names: set[str] | None) -> None:
    assert meant(read_hint(body.encode()), SOURCES) == names


@pytest.mark.parametrize(
    "body",
    [
        '{"url": "https://evil.example/"}',
        '{"url": "https://blog.example.evil.example/"}',
        '{"url": "https://blog.example@evil.example/"}',
        '{"url": "https://blog.example:444/"}',
        '{"url": "https://other.example/"}',
        '{"url": "file:///srv/news"}',
        '{"url": "//blog.example/"}',
        '{"url": "https://[::1"}',
        '{"source": "/srv"}',
        '{"source": "/srv/news/../news"}',
    ],
)
def test_a_hint_about_anything_else_is_refused(body: str) -> None:
    with pytest.raises(RefusedError) as refused:
        meant(read_hint(body.encode()), SOURCES)
    assert refused.value.status == 404


@given(st.binary(max_size=200))
def test_a_body_of_any_kind_is_a_hint_or_refused(body: bytes) -> None:
    with suppress(RefusedError):
        read_hint(body)


@pytest.mark.parametrize("body", [b"", b"[]", b"[" * 60000, b'{"url": 1}', b'{"url": ""}', b"\xff"])
def test_what_is_no_hint_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        read_hint(body)
    assert refused.value.status == 400


# What is remembered


def test_a_nonce_serves_once_even_after_a_restart(tmp_path: Path) -> None:
    signature = Signature.read(headers(b""), NOW)
    Hints(tmp_path).keep(signature, "ticket", None, NOW)
    with pytest.raises(RefusedError) as refused:
        Hints(tmp_path).keep(signature, "ticket", None, NOW + SKEW)  # the last moment it is good
    assert refused.value.status == 409


def test_nonces_too_old_to_be_used_again_are_forgotten(tmp_path: Path) -> None:
    hints = Hints(tmp_path)
    hints.keep(Signature.read(headers(b""), NOW), "ticket", None, NOW)
    hints.keep(Signature.read(headers(b""), NOW), "ticket", None, NOW + SKEW)
    with closing(sqlite3.connect(tmp_path / "hints.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM nonces").fetchone() == (2,)
    late = NOW + SKEW + 2
    hints.keep(Signature.read(headers(b"", timestamp=late), late), "ticket", None, late)
    with closing(sqlite3.connect(tmp_path / "hints.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM nonces").fetchone() == (1,)


def test_what_was_not_done_is_adopted_by_the_next_process(tmp_path: Path) -> None:
    hints = Hints(tmp_path)
    assert hints.adopt("none") == []
    for ticket, sources in (("a", ["x", "y"]), ("b", ["y", "z"])):
        hints.keep(Signature.read(headers(b""), NOW), ticket, sources, NOW)
    hints.done(["a"])
    assert sorted(Hints(tmp_path).adopt("c") or []) == ["y", "z"]
    hints.keep(Signature.read(headers(b""), NOW), "c", None, NOW)
    assert hints.adopt("d") is None
    hints.done(["d"])
    assert hints.adopt("e") == []


def test_hints_that_cannot_be_kept_are_refused(tmp_path: Path) -> None:
    hints = Hints(tmp_path)
    (tmp_path / "hints.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(RefusedError) as refused:
        hints.keep(Signature.read(headers(b""), NOW), "ticket", None, NOW)
    assert refused.value.status == 503
    with pytest.raises(HintsError, match="check DATA_DIR"):
        Hints(tmp_path)
    with pytest.raises(HintsError, match=r"cannot be used \(Not a directory\); check DATA_DIR"):
        Hints(tmp_path / "hints.sqlite3" / "data")
