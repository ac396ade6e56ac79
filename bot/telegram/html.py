"""A page as Telegram messages in HTML that its parser accepts; knows nothing of chats.

Telegram takes 4096 UTF-16 units and 100 entities a message, both counted after parsing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import accumulate

import regex

from bot.rendering import Page, Piece

MAX_UNITS = 4096
MAX_ENTITIES = 100
_SEPARATORS = ("\n\n", "\n", " ")
_GRAPHEME = regex.compile(r"\X")
_UNSEEN = regex.compile(r"[\p{Z}\p{C}]*")


def messages(page: Page) -> list[str]:
    """The page as HTML texts, each within Telegram's limits and none of them blank."""
    pieces = _joined(page)
    text = "".join(piece.text for piece in pieces)
    starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))
    chunks = []
    start = 0
    while start < len(text):
        end = _cut(text, pieces, starts, start)
        if not _UNSEEN.fullmatch(text, start, end):
            chunks.append("".join(_html(pieces, starts, start, end)))
        start = end
    return chunks


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _joined(page: Page) -> list[Piece]:
    """All pieces in a row, paragraphs parted by an empty line."""
    pieces: list[Piece] = []
    for paragraph in page:
        if pieces:
            pieces.append(Piece("\n\n"))
        pieces.extend(paragraph)
    return [replace(piece, text=_encodable(piece.text)) for piece in pieces if piece.text]


def _encodable(text: str) -> str:
    """``text``, with a replacement character for each half of a character that stands alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _cut(text: str, pieces: list[Piece], starts: list[int], start: int) -> int:
    """Where the message that begins at ``start`` ends: between paragraphs, lines or words.

    Only a word that fills a whole message is cut, between two graphemes.
    """
    limit = _limit(text, pieces, starts, start)
    if limit == len(text):
        return limit
    # One character more, so that a grapheme that goes on beyond the limit is seen to do so.
    graphemes = _GRAPHEME.finditer(text, start, min(limit + 1, len(text)))
    ends = [
        match.end()
        for match in graphemes
        if match.end() <= limit and not _parts_a_whole(pieces, starts, match.end())
    ] or [limit]
    for separator in _SEPARATORS:
        # A message shorter than a quarter is not worth the tidier place.
        floor = 0 if separator == " " else (limit - start) // 4
        for end in reversed(ends):
            if end - start <= floor:
                break
            if text.endswith(separator, start, end):
                return end
    return ends[-1]


def _parts_a_whole(pieces: list[Piece], starts: list[int], end: int) -> bool:
    index = bisect_right(starts, end - 1) - 1
    return pieces[index].whole and end < starts[index + 1]


def _limit(text: str, pieces: list[Piece], starts: list[int], start: int) -> int:
    """The farthest end that keeps both limits."""
    end = min(start + MAX_UNITS, len(text))
    while (excess := units(text[start:end]) - MAX_UNITS) > 0:
        end -= (excess + 1) // 2
    entities = 0
    for index in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)):
        entities += bool(_tag(pieces[index]))
        if entities > MAX_ENTITIES:
            return starts[index]
    return end


def _html(pieces: list[Piece], starts: list[int], start: int, end: int) -> Iterator[str]:
    for index in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)):
        piece = pieces[index]
        shown = escape(piece.text[max(start - starts[index], 0) : end - starts[index]], quote=False)
        tag = _tag(piece)
        yield f"{tag}{shown}</{tag[1]}>" if tag else shown


def _tag(piece: Piece) -> str:
    """The opening tag of ``piece``, "" for plain text; Telegram opens web addresses only."""
    if piece.link.startswith(("http://", "https://")):
        return f'<a href="{escape(piece.link)}">'
    return "<b>" if piece.strong else ""
