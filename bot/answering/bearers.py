"""Whose words are asked for by what they are, not by name: "the head of the railway union".

Finds the words of a question that describe a speaker, and the statements of those who can be meant.
Knows no topic and no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answering.asking import according_to, is_asking, turns_to_topic
from bot.answering.offices import can_be, described, office_in
from vectorstore.actors import Actors, Mention
from vectorstore.domain import Span
from vectorstore.people import is_full
from vectorstore.speakers import Said, Speakers

_WORD = re.compile(r"\w+(?:-\w+)*")
_CLAUSE_ENDS = re.compile(
    r"[,;:?!«»“”\"]|(?<!\w)(?:that|after|before|during|when|que|après|avant|lors|pendant|quand"
    r"|что|после|до|перед|во время|когда)(?!\w)|$",
    re.IGNORECASE,
)


def description_in(text: str, mentions: Iterable[Mention]) -> Span | None:
    """The words of ``text`` that describe who is to speak; None where nobody is described.

    They stand before the word of asking ("What did *the French ambassador* say"), or between it
    and the topic ("Que dit *l'ambassadeur de France* sur …").
    """
    office, source = office_in(text), according_to(text)
    asking = [Span(start=m.start(), end=m.end()) for m in _WORD.finditer(text) if is_asking(m[0])]
    if source:
        return _until_topic(text, source.end, asking)
    if not asking:
        return None
    place = office.start if office else asking[-1].start
    before = [span for span in asking if span.end <= place]
    after = [span for span in asking if span.start >= place]
    if after and not (before and office):
        start = max(text.rfind(",", 0, place) + 1, 0)
        return Span(start=start, end=after[0].start)
    if any(mention.span.end <= before[-1].start for mention in mentions):
        return None  # "What did Russia tell the ambassador?"
    return _until_topic(text, before[-1].end, asking)


def _until_topic(text: str, start: int, asking: Iterable[Span]) -> Span:
    turns = [turn.start for turn in turns_to_topic(text) if turn.start >= start]
    ends = [*turns, *(span.start for span in asking if span.start >= start)]
    clause = _CLAUSE_ENDS.search(text, start)
    return Span(start=start, end=min([*ends, clause.start() if clause else len(text)]))


def borne_by(description: str, language: str, speakers: Speakers, actors: Actors) -> list[Said]:
    """All that is said by those who can be meant by ``description``, worded in ``language``.

    What somebody says under that role in one briefing makes his words in the others theirs.
    """
    asked = described(description, language, actors)
    if not asked.offices and not asked.words:
        return []
    found = speakers.of_role(
        lambda role, language, side: can_be(asked, role, language, side, actors)
    )
    names = {said.statement.speaker for said in found if is_full(said.statement.speaker)}
    more = [said for name in sorted(names) for said in speakers.of_person(name) if _bare(said)]
    return list({id(said): said for said in (*found, *more)}.values())


def _bare(said: Said) -> bool:
    """Whether a statement prints its speaker's name alone."""
    return not said.statement.role
