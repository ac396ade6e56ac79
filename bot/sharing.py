"""Short cited answers for people who did not ask: few lines, in one message; finds nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.answering.composing import renumbered
from bot.domain import Answer, Line, LineKind
from bot.i18n import Voice, isolated, quoted
from bot.rendering import ActorName, Page, Piece, answer_page, as_role

MOST_LINES = 4
_MOST_NEAREST = 1
_LONGEST = 200  # characters of a preview; what is shared is never cut


def shortened(answer: Answer) -> Answer:
    """The answer with at most `MOST_LINES` lines, as many of one speaker's side as of another's."""
    groups: dict[tuple[str | None, str], list[Line]] = defaultdict(list)
    turns: dict[int, int] = {}
    for line in answer.lines:
        group = groups[line.actor, "" if line.actor else line.speaker]
        turns[id(line)] = len(group)
        group.append(line)
    first = sorted(answer.lines, key=lambda line: turns[id(line)])[:MOST_LINES]
    shown = [line for line in answer.lines if line in first]
    return replace(with_lines(answer, shown), silent=answer.silent)


def with_lines(answer: Answer, lines: Sequence[Line]) -> Answer:
    """These lines of the answer alone, with what they cite."""
    return replace(
        renumbered(answer, lines),
        nearest=answer.nearest[:_MOST_NEAREST],
        nearest_lines=tuple(
            line for line in answer.nearest_lines if line.citation <= _MOST_NEAREST
        ),
        asked=None if answer.parts else answer.asked,
        parts=(),
        silent=(),
        earlier=(),
    )


def shared_page(
    question: str, answer: Answer, actor_name: ActorName, as_of: datetime | None
) -> Page:
    """An answer below its question, for others have not read that."""
    return ((Piece(isolated(question), strong=True),), *answer_page(answer, actor_name, as_of))


def heading_of(line: Line, answer: Answer, words: Voice, actor_name: ActorName) -> str:
    """Whose words a line has; of the newsroom's own, the title of the page."""
    actor = actor_name(line.actor, words.language) if line.actor else ""
    name, role = line.called or line.speaker, line.office or line.role
    who = f"{name}, {as_role(role)}" if name and role else name or role
    if actor and who and who != actor:
        return f"{actor} — {who}"
    titles = {each.number: each.title or each.url for each in answer.citations}
    return actor or who or titles[line.citation]


def preview_of(line: Line, answer: Answer, words: Voice) -> str:
    """How a line begins, marked as a quotation or an account."""
    text = line.text if len(line.text) <= _LONGEST else line.text[:_LONGEST].rstrip() + "…"
    if line.kind is LineKind.QUOTE:
        languages = {citation.number: citation.language for citation in answer.citations}
        return quoted(text, languages[line.citation])
    return f"{words.say('Reported:')} {text}" if line.kind is LineKind.REPORTED else text
