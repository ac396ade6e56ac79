"""What of the newsroom's own sentence is shown before a quotation that goes on it."""

from __future__ import annotations

import pytest

from bot.answering.leading import lead_of
from vectorstore.domain import Span, Statement, StatementKind


@pytest.mark.parametrize(
    ("body", "lead"),
    [
        ("The Union’s letter claims “that nothing was said”.", "Union’s letter claims"),
        ("The Union's letter claims “that nothing was said”.", "Union's letter claims"),
        ("The Union claims “that nothing was said”.", "claims"),
        ("The Union was asked. “Nothing,” it said, “that was said”.", ""),
        ("The Union was asked. She said, “that was said”.", ""),
    ],
)
def test_it_begins_behind_whoever_speaks_with_a_whole_word(body: str, lead: str) -> None:
    start, end = body.rindex("“that") + 1, body.rindex("”")
    statement = Statement(
        actor=None,
        speaker="Union",
        role="",
        kind=StatementKind.QUOTE,
        cue="",
        via="",
        span=Span(start=start, end=end),
        attribution=Span(start=4, end=9),
    )
    assert lead_of(statement, body) == lead
