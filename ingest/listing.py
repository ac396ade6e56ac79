"""What the catalog holds, as ``list``, ``show`` and ``runs`` print it; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from vectorstore.catalog import Catalog, Run
from vectorstore.domain import Briefing, Document, Person, Span, Statement, Tier
from vectorstore.people import People

COUNTS = ("added", "updated", "unchanged", "removed")
# A day of a run every half hour.
SHOWN_RUNS = 50


def listed(catalog: Catalog) -> list[dict[str, Any]]:
    """The published briefings, newest first, as the command-line contract has them."""
    briefings = list(catalog.briefings(_versions(catalog)).values())
    briefings.sort(key=lambda b: b.id)
    briefings.sort(key=lambda b: str(b.day or ""), reverse=True)
    return [_summary(briefing) for briefing in briefings]


def shown(catalog: Catalog, briefing: str) -> dict[str, Any] | None:
    """One published briefing with its text, passages and statements, None when there is none.

    Whom its speakers speak for is told from what the readers of this briefing may read.
    """
    documents = _current(catalog).values()
    found = next((d for d in documents if d.briefing.id == briefing), None)
    if found is None:
        return None
    tiers = {Tier.PUBLIC, found.briefing.tier}
    return _whole(found, People(d for d in documents if d.briefing.tier in tiers))


def list_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The list for a person, a line a briefing."""
    if not rows:
        yield "Nothing is published yet; ingest a source first: python -m ingest FOLDER"
    for row in rows:
        tier = " (subscribers)" if row["tier"] == "subscribers" else ""
        yield f"{row['day'] or 'no date   '}  {row['language']}  {row['id']}  {row['title']}{tier}"


def show_lines(row: dict[str, Any]) -> Iterator[str]:
    """One briefing for a person: what is known of it, its text, and who says what in it."""
    yield row["title"]
    yield f"{row['day'] or 'no date'} · {row['language']} · {row['tier']} · {row['url']}"
    if row["authors"]:
        yield f"by {', '.join(row['authors'])}"
    yield f"dossiers: {'; '.join(row['dossiers']) or 'none'}"
    yield f"version {row['version']}, {len(row['passages'])} passages"
    yield ""
    yield row["text"]
    yield ""
    for picture in row["pictures"]:
        yield f"[picture] {' · '.join(filter(None, (picture['caption'], picture['credit'])))}"
    for statement in row["statements"]:
        who = ", ".join(filter(None, (statement["speaker"], statement["role"]))) or "?"
        words = row["text"][statement["start"] : statement["end"]]
        yield f"[{statement['actor'] or '-'}] {who} ({statement['kind']}): {words}"


def runs(catalog: Catalog) -> list[dict[str, Any]]:
    """The last runs, newest first."""
    return [_run(run) for run in catalog.runs(SHOWN_RUNS)]


def run_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The runs for a person, a line each and what went wrong below it."""
    if not rows:
        yield "Nothing was ingested yet; ingest a source first: python -m ingest FOLDER"
    for row in rows:
        yield f"{row['began_at'][:16].replace('T', ' ')} UTC  {_summed_up(row)} ({row['trigger']})"
        if row["error"]:
            yield f"    {row['error']}"
        else:
            yield from (f"    {each['source']}: {each['error']}" for each in row["failed"])


def _summed_up(row: dict[str, Any]) -> str:
    moved = row["before"] != row["generation"]
    generation = f"{row['before'] or 'nothing'} → {row['generation']}" if moved else "no change"
    if row["error"] and not moved:
        return (
            "stopped" if row["error"].startswith("Stopped") else f"{row['command']} could not run"
        )
    if row["command"] != "ingest":
        return f"{row['command']}, {generation}"
    counts = ", ".join(f"{row[what]} {what}" for what in COUNTS if row[what])
    return f"{counts or 'nothing found'}, {generation}"


def _versions(catalog: Catalog) -> list[str]:
    generation = catalog.current()
    return [page.version for page in catalog.pages(generation.number)] if generation else []


def _current(catalog: Catalog) -> dict[str, Document]:
    return catalog.documents(_versions(catalog))


def _run(run: Run) -> dict[str, Any]:
    failed = [{"source": source, "error": error} for source, error in run.failed]
    times = {"began_at": run.began_at.isoformat(), "ended_at": run.ended_at.isoformat()}
    return asdict(run) | times | {"sources": list(run.sources), "failed": failed}


def _summary(briefing: Briefing) -> dict[str, Any]:
    return {
        "id": briefing.id,
        "title": briefing.title,
        "url": briefing.url,
        "day": briefing.day.isoformat() if briefing.day else None,
        "language": briefing.language,
        "tier": briefing.tier.value,
        "source": briefing.source,
    }


def _whole(document: Document, people: People) -> dict[str, Any]:
    briefing = document.briefing
    covers = briefing.covers
    return _summary(briefing) | {
        "version": briefing.version,
        "story": briefing.story,
        "covers": [covers.first.isoformat(), covers.last.isoformat()] if covers else None,
        "authors": list(briefing.authors),
        "dossiers": list(briefing.dossiers),
        "actor": briefing.actor,
        "preview": briefing.preview,
        "text": briefing.text,
        "pictures": [asdict(picture) for picture in briefing.pictures],
        "passages": [_span(span) for span in document.passages],
        "statements": [
            _statement(statement, people.actor_of(statement, document))
            for statement in document.statements
        ],
        "people": [_person(person) for person in document.people],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _statement(statement: Statement, actor: str | None) -> dict[str, Any]:
    """``actor`` is what answers say; ``printed_actor`` what this text tells by itself."""
    return {
        "actor": actor,
        "printed_actor": statement.actor,
        "speaker": statement.speaker,
        "role": statement.role,
        "kind": statement.kind.value,
        "cue": statement.cue,
        "via": statement.via,
        **_span(statement.span),
    }


def _person(person: Person) -> dict[str, Any]:
    return {"name": person.name, "role": person.role, "actor": person.actor, **_span(person.span)}
