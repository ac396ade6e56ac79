"""An answer in a model's words, of which only the sentences that hold are shown; knows no model."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Protocol

from bot.answering.composing import renumbered
from bot.answering.gate import Cited
from bot.answering.written.claims import Claims
from bot.domain import Answer, Line
from bot.listening import Listener
from vectorstore.actors import Actors
from vectorstore.corpus import View

_log = logging.getLogger(__name__)
# More sentences are no answer to read on a phone.
MOST_SENTENCES = 12


class Writer(Protocol):
    """Writes an answer from evidence. Nothing it writes is trusted."""

    def write(
        self,
        question: str,
        language: str,
        cited: Sequence[Cited],
        listener: Listener[list[Line]],
    ) -> list[Line] | None:
        """Sentences in ``language`` with the numbers they cite, or None when none came in time.

        A sentence that cites nothing has the number 0. ``listener`` hears the sentences that are
        complete; when they leave, nothing more is written, and there are none.
        """


def retold(
    answer: Answer,
    writer: Writer,
    view: View,
    actors: Actors,
    listener: Listener[Answer] | None = None,
) -> Answer:
    """A found ``answer`` as ``writer`` tells it; as it was, with ``fallback``, when that fails.

    ``listener`` hears an answer without lines when it begins, then those with the lines that hold.
    """
    sources = {citation.number: citation for citation in answer.citations}
    cited = {line.citation: (line, sources[line.citation]) for line in answer.lines}
    question = answer.asked.search if answer.asked else answer.question
    holds = cache(partial(_holds, Claims(cited, view, answer.language, actors)))

    def told(written: list[Line]) -> Answer:
        return renumbered(answer, _distinct(filter(holds, written[:MOST_SENTENCES])))

    listener = listener or Listener(lambda _: None)
    listener.hear(told([]))
    heard = listener.through(told)
    written = writer.write(question, answer.language, list(cited.values()), heard)
    whole = told(written or [])
    return whole if whole.lines else replace(answer, fallback=True)


def _holds(claims: Claims, line: Line) -> bool:
    fault = claims.fault(line)
    if fault:
        _log.info("A written sentence was dropped: it %s", fault)
    return fault is None


def _distinct(lines: Iterable[Line]) -> list[Line]:
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.text, line)
    return list(found.values())
