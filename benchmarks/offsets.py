"""Leads from a published body back to the text it was made from; changes neither.

Ingestion tidies spaces and drops invisible characters, so an offset of a set's text is not always
one of the body's.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from benchmarks.children import BenchmarkError
from vectorstore.domain import Span


class Origin:
    """Where the characters of a body stood in its source."""

    def __init__(self, source: str, body: str) -> None:
        """Raises BenchmarkError when more was changed than spaces and what cannot be seen."""
        self._same = source == body
        if self._same:
            return
        self._source, self._body = _visible(source), _visible(body)
        if [source[i] for i in self._source] != [body[i] for i in self._body]:
            raise BenchmarkError(f"ingestion has changed the words of a text: {body[:60]!r}")

    def of(self, span: Span) -> Span:
        """The span of the source that holds the visible characters of a span of the body."""
        if self._same:
            return span
        first, end = bisect_left(self._body, span.start), bisect_left(self._body, span.end)
        if first == end:
            raise BenchmarkError(f"a span holds nothing that can be seen: {span}")
        return Span(start=self._source[first], end=self._source[end - 1] + 1)


def _visible(text: str) -> list[int]:
    """The offsets of the characters that are neither spaces nor invisible."""
    return [i for i, c in enumerate(text) if not c.isspace() and unicodedata.category(c) != "Cf"]
