"""XML that strangers wrote: read when it is sound, refused with a reason when it is not."""

from __future__ import annotations

import gzip
import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.web import xml

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><l>&i;</l>"
)
REFUSED = {
    "billion laughs": (LAUGHS.encode(), "declares XML entities"),
    "wide laughs": (LAUGHS.encode("utf-16"), "declares XML entities"),
    "wider laughs": (LAUGHS.encode("utf-32-be"), "declares XML entities"),
    "file": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "entities"),
    "parameter": (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;]><a/>', "entities"),
    "lower case": (b'<!DOCTYPE a [<!entity x "y">]><a>&x;</a>', "entities"),
    "deep": (b"<a>" * 100_000, "is not readable XML: Excessive depth"),
    "many": (b"<r>" + b"<a/>" * 2_000_000 + b"</r>", "has more than 500,000 elements"),
    "long name": (b"<" + b"x" * 9_000_000 + b"/>", "is not readable XML"),
    "half": (b"<urlset><url>", "is not readable XML"),
    "nothing": (b"", "is not readable XML"),
    "a page": (b"<!doctype html><p>a<br>", "is not readable XML"),
    "another encoding": ("<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037"), "is not"),
    "zeros": (bytes(1000), "is not readable XML"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_what_could_explode_or_is_broken_is_refused_at_little_cost(
    content: bytes, says: str
) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(ValueError, match=says) as error:
        xml.parse(content)
    assert time.monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250


def test_a_sound_document_is_read_and_nothing_is_fetched_for_it() -> None:
    root = xml.parse(
        '<?xml version="1.0" encoding="windows-1251"?><!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">'
        '<r xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd"/>'
        "<a>Тбилиси</a></r>".encode("windows-1251")
    )
    assert root.findtext("a") == "Тбилиси"
    assert b"root:" not in etree.tostring(root)


def test_fifty_thousand_addresses_of_a_sitemap_are_read_in_seconds() -> None:
    row = b"<url><loc>https://blog.example/a</loc><lastmod>2024-05-01</lastmod></url>"
    began = time.monotonic()
    assert len(xml.parse(b"<urlset>" + row * 50_000 + b"</urlset>")) == 50_000
    assert time.monotonic() - began < 20


def test_what_is_packed_is_unpacked_within_bounds() -> None:
    assert xml.unpacked(b"<a/>") == b"<a/>"
    assert xml.unpacked(gzip.compress(b"<a/>")) == b"<a/>"
    for packed, says in (
        (gzip.compress(bytes(200 * 1024**2)), "is larger than 10 MiB when unpacked"),
        (gzip.compress(b"<a/>" * 1000)[:-9], "ends in the middle"),
        (b"\x1f\x8bnonsense", "is not the gzip file"),
    ):
        with pytest.raises(ValueError, match=says):
            xml.unpacked(packed)


@given(st.binary(max_size=200) | st.text(alphabet="<>/&;!a=\"' \n[]E").map(str.encode))
def test_any_bytes_are_a_document_or_one_plain_reason(content: bytes) -> None:
    reason = ""
    try:
        xml.parse(xml.unpacked(content))
    except ValueError as error:
        reason = str(error)
    assert "\n" not in reason
