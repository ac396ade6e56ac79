"""Turns evidence into the lines of an answer by way of a chat model; checks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.answering.gate import Cited
from bot.domain import Line, LineKind
from bot.listening import Listener
from bot.writing.parsing import Sentence, cited_sentences
from bot.writing.prompt import prompt


class Model(Protocol):
    """A chat model that answers in time or not at all."""

    def text(self, system: str, human: str, listener: Listener[str]) -> str | None:
        """What the model answers, whole; None when it failed or was not done in time.

        ``listener`` hears what is there so far; when they leave, it counts as failed.
        """


class ModelWriter:
    """Writes answers with a chat model; a `bot.answering.written.Writer`."""

    def __init__(self, model: Model, actor_name: Callable[[str, str], str]) -> None:
        self._model = model
        self._actor_name = actor_name

    def write(
        self,
        question: str,
        language: str,
        cited: Sequence[Cited],
        listener: Listener[list[Line]],
    ) -> list[Line] | None:
        """The model's sentences as generated lines, or None when it wrote none in time.

        A sentence that cites nothing has the number 0. ``listener`` hears those that are complete.
        """
        asked = prompt(question, language, cited, self._actor_name)
        evidence = {line.citation: line for line, _ in cited}

        def lines(text: str) -> list[Line]:
            return [_line(each, evidence) for each in cited_sentences(text, language)]

        # The last sentence may go on, or get one more number.
        heard: Listener[str] = listener.through(lambda text: lines(text)[:-1])
        return lines(self._model.text(asked.system, asked.human, heard) or "") or None


def _line(sentence: Sentence, evidence: Mapping[int, Line]) -> Line:
    """The sentence as a line, by the speaker on whom all that it cites agrees."""
    first, *also = sentence.numbers or (0,)
    told = [evidence[number] for number in sentence.numbers if number in evidence]
    one = told[0] if told else None
    by_one = one and all((each.speaker, each.role) == (one.speaker, one.role) for each in told)
    return Line(
        text=sentence.text,
        kind=LineKind.GENERATED,
        actor=one.actor if one and all(each.actor == one.actor for each in told) else None,
        speaker=one.speaker if one and by_one else "",
        role=one.role if one and by_one else "",
        via="",
        day=one.day if one and all(each.day == one.day for each in told) else None,
        citation=first,
        also=tuple(also),
    )
