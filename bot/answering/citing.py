"""Citations and the links that open a page at the very words; knows no question.

The links are text fragments: https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.domain import Citation
from vectorstore.domain import Briefing, Span

# Up to this many characters the words stand in the link whole; of longer ones, both ends.
_WHOLE = 100
_END_WORDS = 5
_CONTEXT_WORDS = 4
_WORDS = re.compile(r"\S+")


def citation(number: int, briefing: Briefing, span: Span) -> Citation:
    """A citation of ``span`` of the briefing's text."""
    return Citation(
        number=number,
        briefing=briefing.id,
        version=briefing.version,
        title=briefing.title,
        url=briefing.url,
        link=link(briefing.url, briefing.text, span),
        day=briefing.day,
        covers=briefing.covers,
        language=briefing.language,
        quote=span.of(briefing.text),
        start=span.start,
        end=span.end,
    )


def link(url: str, body: str, span: Span) -> str:
    """The address that opens the page at the words of ``span``; just the page's without words.

    The words before and after are given too where the cited ones begin alike elsewhere.
    """
    start, end = _ends(span.of(body))
    if not url or not start:
        return url
    first = body.find(start)
    unique = first == span.start and body.find(start, first + 1) < 0
    before = "" if unique else _last_words(body[: span.start])
    after = "" if unique else _first_words(body[span.end :])
    directive = ",".join(
        part
        for part in (
            _encoded(before) + "-" if before else "",
            _encoded(start),
            _encoded(end),
            "-" + _encoded(after) if after else "",
        )
        if part
    )
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment}:~:text={directive}"


def _ends(words: str) -> tuple[str, str]:
    """The words whole, or how they begin and how they end."""
    if len(words) <= _WHOLE and "\n" not in words:
        return words.strip(), ""
    found = list(_WORDS.finditer(words))
    if len(found) < 2 * _END_WORDS:
        return words.strip(), ""
    beginning = words[found[0].start() : found[_END_WORDS - 1].end()]
    return beginning, words[found[-_END_WORDS].start() : found[-1].end()]


def _last_words(text: str) -> str:
    paragraph = text.rpartition("\n")[2]
    found = list(_WORDS.finditer(paragraph))[-_CONTEXT_WORDS:]
    return paragraph[found[0].start() : found[-1].end()] if found else ""


def _first_words(text: str) -> str:
    paragraph = text.partition("\n")[0]
    found = list(_WORDS.finditer(paragraph))[:_CONTEXT_WORDS]
    return paragraph[found[0].start() : found[-1].end()] if found else ""


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
