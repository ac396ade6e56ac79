"""The last check of an answer: what is not on the page, or not that speaker's, does not pass.

It trusts nobody before it: every line is compared again with the version that is published now.
Knows no question and no wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.domain import Citation, Line, LineKind
from bot.i18n import quoted
from vectorstore.corpus import View
from vectorstore.domain import Document, Span, StatementKind, Tier
from vectorstore.people import People

_QUOTATION = re.compile(r"«[^«»\n]*»|“[^“”\n]*[”“]|„[^„“”\n]*[“”]|\"[^\"\n]*\"")

Cited = tuple[Line, Citation]


def passed(
    cited: Iterable[Cited], view: View, tiers: Collection[Tier], people: People
) -> list[Cited]:
    """The lines that may be shown to someone who reads ``tiers``, with their citations.

    ``people`` is the directory of whom the briefings of ``tiers`` introduce: whom a speaker speaks
    for is asked there again.
    """
    return [
        (line, citation)
        for line, citation in cited
        if _may_pass(line, citation, view, tiers, people)
    ]


def _may_pass(
    line: Line, citation: Citation, view: View, tiers: Collection[Tier], people: People
) -> bool:
    document = view.documents.get(citation.version)
    if document is None or document.briefing.id != citation.briefing:
        return False
    if document.briefing.tier not in tiers or line.citation != citation.number:
        return False
    if not _stands_there(citation, document.briefing.text) or line.text != citation.quote:
        return False
    if line.lead and not _leads_there(line.lead, citation, document.briefing.text):
        return False
    if line.kind is LineKind.PASSAGE:
        return not line.speaker and not line.actor and not _hides_a_speaker(citation, document)
    return _is_theirs(line, citation, document, people)


def _stands_there(citation: Citation, body: str) -> bool:
    inside = 0 <= citation.start < citation.end <= len(body)
    return inside and body[citation.start : citation.end] == citation.quote


def _leads_there(lead: str, citation: Citation, body: str) -> bool:
    """Whether nothing but marks stands on the page between ``lead`` and the words cited."""
    start = body.rfind(lead, 0, citation.start)
    between = body[start + len(lead) : citation.start]
    return start >= 0 and not any(map(str.isalnum, between)) and "\n" not in lead + between


def _is_theirs(line: Line, citation: Citation, document: Document, people: People) -> bool:
    """Whether the text attributes exactly these words to exactly this speaker."""
    return any(
        (statement.span.start, statement.span.end) == (citation.start, citation.end)
        and statement.kind.value == line.kind.value
        and (statement.speaker, statement.role, statement.via)
        == (line.speaker, line.role, line.via)
        and people.actor_of(statement, document) == line.actor
        and (line.called, line.office) in (("", ""), people.called(statement))
        and line.relay in ("", quoted(line.via, document.briefing.language))
        for statement in document.statements
    )


def _hides_a_speaker(citation: Citation, document: Document) -> bool:
    """Whether somebody's quoted words would be shown as the newsroom's own, or without a name."""
    shown = Span(start=citation.start, end=citation.end)
    quotations = _QUOTATION.finditer(document.briefing.text)
    if any(quoted.start() < shown.start < quoted.end() for quoted in quotations):
        return True
    return any(
        statement.kind is StatementKind.QUOTE
        and statement.span.overlaps(shown)
        and not _within(statement.attribution, shown)
        for statement in document.statements
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
