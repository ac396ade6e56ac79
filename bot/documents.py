"""Questions and answers as the command-line contract has them in JSON; prints nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.domain import Answer, Citation, Line


def asked(line: str) -> tuple[Any, str]:
    """The id and the question of an input line: a JSON object with both, or just the question.

    An object without a question asks nothing, under its id.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None, line
    if isinstance(row, dict):
        return row.get("id"), str(row.get("question") or "")
    return None, line


def document(answer: Answer, id: Any) -> dict[str, Any]:
    """The answer under the ``id`` that its question came with."""
    return {
        "id": id,
        "question": answer.question,
        "language": answer.language,
        "found": answer.found,
        "reason": answer.reason.value if answer.reason else None,
        "lines": [_plain(line) for line in answer.lines],
        "citations": [_plain(citation) for citation in answer.citations],
        "nearest": [_plain(citation) for citation in answer.nearest],
        "nearest_lines": [_plain(line) for line in answer.nearest_lines],
        "kind": answer.asked.kind.value if answer.asked else None,
        "silent": list(answer.silent),
        "latest": answer.latest.isoformat() if answer.latest else None,
        "earlier": [day.isoformat() for day in answer.earlier],
        "parts": [_part(part) for part in answer.parts],
        "fallback": answer.fallback,
        "seconds": round(answer.seconds, 4),
    }


def _part(answer: Answer) -> dict[str, Any]:
    """One of several questions; its lines are those of the whole with its citations."""
    return {
        "question": answer.question,
        "found": answer.found,
        "reason": answer.reason.value if answer.reason else None,
        "citations": [citation.number for citation in answer.citations],
        "nearest": [_plain(citation) for citation in answer.nearest],
        "nearest_lines": [_plain(line) for line in answer.nearest_lines],
    }


def _plain(value: Line | Citation) -> dict[str, Any]:
    fields = asdict(value)
    covers = fields.pop("covers", None)
    if covers:
        fields["covers"] = [covers["first"].isoformat(), covers["last"].isoformat()]
    day = fields["day"]
    return fields | {"day": day.isoformat() if day else None}
