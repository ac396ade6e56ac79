"""Bytes to characters and characters to paragraphs; knows nothing of what the paragraphs are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence

from ingest.extraction.draft import ExtractionError
from ingest.extraction.furniture import Part

# Lines of up to this width may have been wrapped by an editor; longer ones are paragraphs.
_WIDEST_WRAP = 100

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\n]+")
# What prints nothing and can only deceive: control characters, soft hyphens, zero-width spaces,
# marks that turn the direction of the text, byte order marks, notes between the lines, fillers and
# tags. Joiners part the letters of our scripts unseen; between emoji they belong.
_JUNK = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\U000e0000-\U000e00ff]"
    r"|(?<=[A-Za-zÀ-ɏЀ-ӿ])[\u200c\u200d]|[\u200c\u200d](?=[A-Za-zÀ-ɏЀ-ӿ])"
)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?…:;][»”“\"')\]\s]*$")


def decode(content: bytes) -> str:
    """The text of a file; raise ExtractionError unless it is UTF-8, or UTF-16 that says so."""
    if not content.strip():
        raise ExtractionError("is empty")
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        binary = b"\x00" in content
        message = "is not text" if binary else "is not UTF-8 text; save it as UTF-8"
        raise ExtractionError(message) from None
    if "\x00" in text:
        raise ExtractionError("is not text")
    return text


def tidy(text: str) -> str:
    """``text`` with ``\\n`` for every line end, and without characters that print nothing."""
    return _LONE_SURROGATE.sub("\ufffd", _JUNK.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """``text`` tidied, on one line; spaces that do not break stay as they are."""
    return _SPACES.sub(" ", tidy(text)).strip()


def paragraphs(lines: Sequence[str], kind: Callable[[str], Part | None]) -> list[str]:
    """The paragraphs of tidied and stripped lines, each on one line.

    A blank line parts paragraphs. So does a line end, unless the line was wrapped there: its
    sentence goes on, or the next word had no room. A line of some ``kind`` is no continuation.
    """
    width = wrap_width(lines)
    found: list[str] = []
    previous = ""
    for line in lines:
        if line and previous and kind(line) is None and wrapped(previous, line, width):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        closed = kind(line) not in (None, Part.DOSSIERS) if line else True
        previous = "" if closed else line
    return [one_line(paragraph) for paragraph in found]


def wrap_width(lines: Sequence[str]) -> int:
    """The width that the lines of a text were wrapped to; one odd long line does not count."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[-1 - len(lengths) // 20] if lengths else 0


def wrapped(line: str, following: str, width: int) -> bool:
    """Whether an editor broke the paragraph between the two lines."""
    word = following.split(None, 1)[0]
    if width <= _WIDEST_WRAP and len(line) + 1 + len(word) > width:
        return True
    return goes_on(line, following)


def goes_on(line: str, following: str) -> bool:
    """Whether the sentence that ``line`` ends with goes on in the ``following`` line."""
    return line.endswith(",") or (not _SENTENCE_END.search(line) and following[0].islower())
