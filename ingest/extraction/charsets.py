"""Tells which characters the bytes of a web page stand for; knows nothing of markup but where it
names an encoding.

Servers and pages often name a wrong one, and single-byte encodings take any bytes: what would be
read is looked at before it is believed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ingest.extraction.draft import ExtractionError

# What pages in our languages have been written in besides Unicode, the likeliest first. Others are
# not believed: Python knows encodings that are none of texts, and some that take hours.
_BELIEVED = (
    "cp1252",
    "cp1251",
    "koi8-r",
    "koi8-u",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
    "iso8859-15",
    "mac-roman",
)
# Browsers read these as Windows-1252 (WHATWG Encoding, "Names and labels").
_WINDOWS = ("ascii", "iso8859-1")
_NAMED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})"
    rb"|<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w-]{1,40})",
    re.IGNORECASE,
)
# Where a page may name its encoding (HTML has it in the first kilobyte), and how much is looked at
# to tell whether letters make words.
_HEAD, _LOOKED_AT = 4096, 200_000
_MARKUP = re.compile(r"<[^<>]{0,1000}>|&\w{1,20};")
_FOREIGN = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ACCENTED = re.compile(r"[À-ɏ]")
# Signs that texts have no use for, and that wrong encodings are full of.
_SIGNS = re.compile(r"[\x80-\x9f¤¬\u2300-\u259f]")
# Of words that are not plain ASCII so many may look odd: names, slips, two scripts in one word.
_ODD = 0.2
# These letters are 0.62 of Russian texts and 0.2 to 0.4 of such texts in a wrong encoding; so many
# letters are needed to tell.
_COMMON, _COMMON_SHARE, _ENOUGH = re.compile(r"[оеаинтсрвл]", re.IGNORECASE), 0.45, 30
# So many letters of a UTF-8 page may be broken, as when a text was cut in the midst of one.
_BROKEN = 0.05


def characters(content: bytes, charset: str = "") -> str:
    """The text of a page; ``charset`` is what its server calls the encoding, "" for nothing.

    Its byte order mark is believed, or else UTF-8, if the bytes are that; then the names that the
    server and the page give, and at last what is left, each only if words come of it. Raise
    ExtractionError when none do.
    """
    if not content.strip():
        raise ExtractionError("is empty")
    if (text := _unicode(content)) is not None:
        return text
    for name in _names(content, charset):
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_plausible(text):
            return text
    raise ExtractionError("is in an encoding that cannot be told; let it be written in UTF-8")


def _unicode(content: bytes) -> str | None:
    """The text of a page that is Unicode, None for any other."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in content:
            raise ExtractionError("is not text") from None
        text = content.decode("utf-8-sig", "replace")
        broken = text.count("\ufffd")
        return text if broken <= _BROKEN * sum(map(len, _FOREIGN.findall(text))) else None
    if "\x00" in text:
        raise ExtractionError("is not text")
    return text


def _names(content: bytes, charset: str) -> Iterator[str]:
    """The encodings that a page may be in, the likeliest first."""
    named = _NAMED.search(content[:_HEAD])
    said = [charset, next(filter(None, named.groups())).decode("ascii", "ignore") if named else ""]
    for name in said:
        if known := _known(name):
            yield known
    yield from _BELIEVED


def _known(name: str) -> str | None:
    """How Python calls an encoding that may be believed, None for any other."""
    try:
        found = codecs.lookup(name).name if name.isascii() else ""
    except (LookupError, ValueError):
        return None
    if found in _WINDOWS:
        return "cp1252"
    return found if found in _BELIEVED else None


def _is_plausible(text: str) -> bool:
    """Whether the letters make words, as they do not when read in another encoding."""
    seen = _MARKUP.sub(" ", text[:_LOOKED_AT])
    words = _FOREIGN.findall(seen)
    odd = sum(map(_is_odd, words)) + len(_SIGNS.findall(seen))
    if odd > _ODD * len(words):
        return False
    cyrillic = len(_CYRILLIC.findall(seen))
    return cyrillic < _ENOUGH or len(_COMMON.findall(seen)) >= _COMMON_SHARE * cyrillic


def _is_odd(word: str) -> bool:
    """Whether a word mixes scripts, or is more accents than letters."""
    cyrillic, accented = len(_CYRILLIC.findall(word)), len(_ACCENTED.findall(word))
    return 0 < cyrillic < len(word) or (len(word) > 2 and accented > len(word) / 2)
