"""From domain values to rows of the catalog and back; runs no query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from vectorstore.domain import (
    Briefing,
    Days,
    Document,
    Person,
    Picture,
    Span,
    Statement,
    StatementKind,
    Tier,
)


def version_row(briefing: Briefing) -> dict[str, Any]:
    """The row of ``versions`` that keeps a briefing."""
    return {
        "version": briefing.version,
        "briefing": briefing.id,
        "source": briefing.source,
        "story": briefing.story,
        "url": briefing.url,
        "title": briefing.title,
        "language": briefing.language,
        "day": briefing.day,
        "covers_first": briefing.covers.first if briefing.covers else None,
        "covers_last": briefing.covers.last if briefing.covers else None,
        "dossiers": json.dumps(briefing.dossiers, ensure_ascii=False),
        "tier": briefing.tier.value,
        "actor": briefing.actor,
        "preview": briefing.preview,
        "text": briefing.text,
        "authors": json.dumps(briefing.authors, ensure_ascii=False),
        "pictures": json.dumps(
            [[each.caption, each.credit] for each in briefing.pictures], ensure_ascii=False
        ),
    }


def briefing_of(row: Row[Any]) -> Briefing:
    """The briefing that a row of ``versions`` keeps."""
    covers = (
        Days(first=row.covers_first, last=row.covers_last)
        if row.covers_first and row.covers_last
        else None
    )
    return Briefing(
        id=row.briefing,
        source=row.source,
        story=row.story,
        url=row.url,
        title=row.title,
        language=row.language,
        day=row.day,
        covers=covers,
        dossiers=tuple(json.loads(row.dossiers)),
        tier=Tier(row.tier),
        actor=row.actor,
        preview=row.preview,
        text=row.text,
        authors=tuple(json.loads(row.authors)),
        pictures=tuple(
            Picture(caption=caption, credit=credit) for caption, credit in json.loads(row.pictures)
        ),
    )


def passage_rows(
    document: Document, embedded: Mapping[tuple[str, int], str]
) -> list[dict[str, Any]]:
    """The rows of ``passages``; ``embedded`` names each one's embedded text by version, start."""
    version = document.briefing.version
    return [
        {
            "version": version,
            "start": span.start,
            "end": span.end,
            "content": embedded[version, span.start],
        }
        for span in document.passages
    ]


def statement_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of ``statements``, in the order of the text."""
    return [
        {
            "version": document.briefing.version,
            "number": number,
            "actor": statement.actor,
            "speaker": statement.speaker,
            "role": statement.role,
            "kind": statement.kind.value,
            "cue": statement.cue,
            "via": statement.via,
            "start": statement.span.start,
            "end": statement.span.end,
            "attribution_start": statement.attribution.start,
            "attribution_end": statement.attribution.end,
        }
        for number, statement in enumerate(document.statements)
    ]


def statement_of(row: Row[Any]) -> Statement:
    """The statement that a row of ``statements`` keeps."""
    return Statement(
        actor=row.actor,
        speaker=row.speaker,
        role=row.role,
        kind=StatementKind(row.kind),
        cue=row.cue,
        via=row.via,
        span=Span(start=row.start, end=row.end),
        attribution=Span(start=row.attribution_start, end=row.attribution_end),
    )


def person_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of ``people``, in the order of the text."""
    return [
        {
            "version": document.briefing.version,
            "number": number,
            "name": person.name,
            "role": person.role,
            "actor": person.actor,
            "private": person.private,
            "start": person.span.start,
            "end": person.span.end,
        }
        for number, person in enumerate(document.people)
    ]


def person_of(row: Row[Any]) -> Person:
    """The person that a row of ``people`` keeps."""
    return Person(
        name=row.name,
        role=row.role,
        actor=row.actor,
        private=row.private,
        span=Span(start=row.start, end=row.end),
    )
