"""Reads XML that strangers wrote, and unpacks what they packed: feeds and sitemaps.

Entities are never resolved, nothing is loaded from elsewhere, and whatever is too large, too deep
or made to explode is refused: the message of the ValueError says what it "is", "has" or "declares".
Knows nothing of feeds and sitemaps.
"""

from __future__ import annotations

import re
import zlib

from lxml import etree

# A sitemap has at most 50,000 addresses (sitemaps.org), each with a few elements around it.
MAX_ELEMENTS = 500_000
# As much as a page may have; see `ingest.web.asking`.
MAX_BYTES = 10 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_WITH_HEADER = 16 + zlib.MAX_WBITS
# None of our formats needs a declaration of entities.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_PIECE = 64 * 1024


def unpacked(content: bytes) -> bytes:
    """``content``, or what is packed in it by gzip; raises ValueError."""
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(_WITH_HEADER)
    try:
        whole = unpacking.decompress(content, MAX_BYTES + 1)
    except zlib.error:
        raise ValueError("is not the gzip file that it seems to be") from None
    if len(whole) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES // 1024**2} MiB when unpacked")
    if not unpacking.eof:
        raise ValueError("is a gzip file that ends in the middle")
    return whole


def refuse_entities(content: bytes) -> None:
    """Raise ValueError when a document declares entities: they multiply, or read files."""
    # of characters of two or four bytes, those of the declaration hold zeros besides
    if _ENTITY.search(content.replace(b"\x00", b"")):
        raise ValueError("declares XML entities, which is refused")


def parse(content: bytes) -> etree._Element:
    """The root of a well-formed document; raises ValueError."""
    refuse_entities(content)
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, remove_pis=True
    )
    elements = 0
    try:
        for begin in range(0, len(content), _PIECE):
            parser.feed(content[begin : begin + _PIECE])
            elements += sum(1 for _ in parser.read_events())
            if elements > MAX_ELEMENTS:
                raise ValueError(f"has more than {MAX_ELEMENTS:,} elements")
        root: etree._Element = parser.close()
    except etree.XMLSyntaxError as error:
        reason = str(error.msg or "there is nothing in it").partition("\n")[0]
        raise ValueError(f"is not readable XML: {reason:.150}") from None
    return root
