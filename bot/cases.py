"""Exchanges as cases of the golden set, one JSON object each; says nothing of who asked.

An answer that was not disliked is what is expected from now on. What must come in the place of one
that was, an editor has to write: until then ``todo`` says what was wrong, and nothing is expected.
"""

from __future__ import annotations

from typing import Any

from bot.domain import Answer
from bot.records.exchanges import Exchange, Vote

_WRONG = {
    Vote.DISLIKED: "the reader disliked the answer",
    Vote.WRONG_SPEAKER: "the words were put in the wrong mouth",
    Vote.NOT_ASKED: "it is not what was asked",
    Vote.MISSING: "something was missing",
    Vote.OUTDATED: "it was out of date",
}


def case(exchange: Exchange) -> dict[str, Any]:
    """A row of ``benchmarks/golden/questions.jsonl``."""
    row: dict[str, Any] = {
        "id": exchange.key,
        "question": exchange.text,
        "lang": exchange.answer.language,
        "today": exchange.asked_at.date().isoformat(),
        "kind": "asked by a reader",
        "tier": exchange.tier.value,
        "expect": _unknown() if exchange.vote.is_dislike else _as(exchange.answer),
    }
    if exchange.vote.is_dislike:
        row["todo"] = f"{_WRONG[exchange.vote]}: write what is expected"
    return row


def _as(answer: Answer) -> dict[str, Any]:
    """That the answer is as it was."""
    actors = [line.actor for line in answer.lines]
    return {
        "found": answer.found,
        "reason": answer.reason.value if answer.reason else None,
        "shows": [citation.quote for citation in answer.citations],
        "actors": sorted({actor for actor in actors if actor}),
        "only_actors": bool(actors) and all(actors),
        "days": [],
    }


def _unknown() -> dict[str, Any]:
    return {
        "found": None,
        "reason": None,
        "shows": [],
        "actors": [],
        "only_actors": False,
        "days": [],
    }
