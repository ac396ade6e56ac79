"""Who said what in a text, in the short forms that tests compare."""

from __future__ import annotations

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import Statement, StatementKind

ACTORS = Actors.load()


def said(
    text: str, language: str = "en", *, author: str | None = None, title: str = ""
) -> tuple[Statement, ...]:
    return extract(text, language, actors=ACTORS, author=author, title=title).statements


def quotes(text: str, language: str = "en") -> list[tuple[str | None, str, str]]:
    """Actor, speaker and words of each quotation."""
    return [
        (s.actor, s.speaker, s.span.of(text))
        for s in said(text, language)
        if s.kind is StatementKind.QUOTE
    ]


def reports(text: str, language: str = "en") -> list[tuple[str | None, str]]:
    """Actor and clause of each report."""
    return [
        (s.actor, s.span.of(text)) for s in said(text, language) if s.kind is StatementKind.REPORTED
    ]
