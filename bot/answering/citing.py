"""Citations and the links that open a page at the very words; knows no question.

The links are text fragments: https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from bot.domain import Citation
from vectorstore.domain import Briefing, Span

# Up to this many characters the words stand in the link whole; of longer ones, both ends.
_WHOLE = 100
_END_WORDS = 5
# How many words before and after are given until the page cannot be opened elsewhere; those of
# other lines come last, for on the page something else may stand between.
_CONTEXTS = ((0, False), (4, False), (8, False), (16, False), (32, False), (4, True))
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Directive:
    """What a browser looks for: ``start``, to ``end`` if given, between ``before`` and ``after``.

    None of the four may cross a line of the page, for lines are blocks of their own there.
    """

    start: str
    end: str
    before: str
    after: str

    def __str__(self) -> str:
        before = f"{_encoded(self.before)}-" if self.before else ""
        after = f"-{_encoded(self.after)}" if self.after else ""
        return ",".join(filter(None, (before, _encoded(self.start), _encoded(self.end), after)))

    def found_in(self, page: str) -> Span | None:
        """The first place a browser would open ``page`` at."""
        parts = [_pattern(self.before) + r"\s*"] if self.before else []
        parts.append(f"(?P<found>{_pattern(self.start)}")
        parts.append((f".*?{_pattern(self.end)}" if self.end else "") + ")")
        parts.append(r"\s*" + _pattern(self.after) if self.after else "")
        match = re.search("".join(parts), page, re.IGNORECASE | re.DOTALL)
        return Span(start=match.start("found"), end=match.end("found")) if match else None


def citation(number: int, briefing: Briefing, span: Span) -> Citation:
    """A citation of ``span`` of the briefing's text."""
    return Citation(
        number=number,
        briefing=briefing.id,
        version=briefing.version,
        title=briefing.title,
        url=briefing.url,
        link=link(briefing.url, briefing.text, span, briefing.title),
        day=briefing.day,
        covers=briefing.covers,
        language=briefing.language,
        quote=span.of(briefing.text),
        start=span.start,
        end=span.end,
    )


def link(url: str, body: str, span: Span, title: str = "") -> str:
    """The address that opens the page at the words of ``span``; just the page's without words.

    The words before and after are given too where the page, which begins with its title, holds
    the cited ones elsewhere.
    """
    if not url or not span.of(body).strip():
        return url
    page = f"{title}\n{body}"
    cited = _trimmed(page, span.start + len(title) + 1, span.end + len(title) + 1)
    tried = [_directive(page, cited, *context) for context in _CONTEXTS]
    directive = next((each for each in tried if each.found_in(page) == cited), tried[1])
    address, _, fragment = url.partition("#")
    own, _, _ = fragment.partition(":~:")
    return f"{address}#{own}:~:text={directive}"


def _trimmed(page: str, start: int, end: int) -> Span:
    words = page[start:end]
    return Span(start=start + len(words) - len(words.lstrip()), end=start + len(words.rstrip()))


def _directive(page: str, cited: Span, count: int, beyond: bool) -> _Directive:
    """The directive to ``cited`` with up to ``count`` words before and after it.

    They are of its own line, and of the next only if there are none and ``beyond`` allows it.
    """
    start, end = _ends(cited.of(page))
    before, after = page[: cited.start], page[cited.end :]
    if beyond:
        before, after = before.rstrip(), after.lstrip()
    return _Directive(
        start=start,
        end=end,
        before=_last_words(before.rpartition("\n")[2], count),
        after=_first_words(after.partition("\n")[0], count),
    )


def _ends(words: str) -> tuple[str, str]:
    """The words whole, or how they begin and how they end, each on one line."""
    if len(words) <= _WHOLE and "\n" not in words:
        return words, ""
    first, last = words.partition("\n")[0], words.rpartition("\n")[2]
    beginning, ending = _first_words(first, _END_WORDS), _last_words(last, _END_WORDS)
    if len(beginning) + len(ending) >= len(words):
        return words, ""
    return beginning, ending


def _last_words(line: str, count: int) -> str:
    found = list(_WORD.finditer(line))[-count:] if count else []
    return line[found[0].start() : found[-1].end()] if found else ""


def _first_words(line: str, count: int) -> str:
    found = list(_WORD.finditer(line))[:count]
    return line[found[0].start() : found[-1].end()] if found else ""


def _pattern(words: str) -> str:
    """What ``words`` match on a page: any white space within a line, and no part of a word."""
    spaced = r"[^\S\n]+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[0].isalnum() else ""
    return before + spaced + (r"(?!\w)" if words[-1].isalnum() else "")


def _encoded(words: str) -> str:
    return quote(" ".join(words.split(" ")), safe="").replace("-", "%2D")
