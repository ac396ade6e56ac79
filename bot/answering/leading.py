"""What of the newsroom's own sentence leads to a quotation that goes on it; knows no question.

"He declared that the eleven had no accreditation and that Georgia “does not hold its elections for
visitors”": without the first half the reader knows neither who does not, nor what was declared.
"""

from __future__ import annotations

import re

from vectorstore.domain import Statement, StatementKind

# A longer one is a story of its own.
MOST_WORDS = 40
GOES_ON = re.compile(r"[\W\d_]*[a-zà-öø-ÿа-яё]")
_BEFORE = " \u00a0\u202f,;:—–-)]«»“”„‟\"‘'’"
_OPENS = ' \u00a0\u202f«“„‟"‘'
_CLOSED = re.compile(r".*[»”\"]", re.DOTALL)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-ÞА-ЯЁ])")
_SAYS_HE = re.compile(
    r"\S+-(?:ils?|elles?|on)|\w+ (?:he|she|they|it)|(?:he|she|they|it|он|она|они|оно) \w+",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s(?!\w)")


def lead_of(statement: Statement, body: str) -> str:
    """The words of ``body`` between who speaks and what is quoted, "" where it stands alone."""
    if statement.kind is not StatementKind.QUOTE or not GOES_ON.match(statement.span.of(body)):
        return ""
    between = body[_named_until(statement, body) : statement.span.start].rstrip(_OPENS)
    closed = _CLOSED.match(between)
    if closed:
        between = between[closed.end() :]
    lead = _SENTENCE_ENDS.split(between)[-1].strip(" ").lstrip(_BEFORE)
    long, says = len(lead.split()) > MOST_WORDS, _SAYS_HE.fullmatch(lead.rstrip(",:"))
    if "\n" in between or long or says or set(lead) & set('«»“”„"'):
        return ""
    return lead


def _named_until(statement: Statement, body: str) -> int:
    """Where what says who speaks ends: the name, the role, and who passed the words on."""
    first, last = statement.attribution.start, statement.span.start
    ends = [first]
    for name in (statement.speaker, statement.role, statement.via):
        at = body.find(name, first, last) if name else -1
        owns = _OWNS.match(body, at + len(name)) if at >= 0 else None  # "the Union's letter said"
        ends += [at if owns else at + len(name)] if at >= 0 else []
    return max(ends)
