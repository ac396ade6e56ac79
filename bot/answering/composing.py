"""From evidence to numbered lines with citations; finds no evidence and knows no language.

The same words in two briefings are one line with two citations. Every pair of line and citation
goes through the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answering.citing import citation
from bot.answering.evidence import Evidence
from bot.answering.gate import Cited, passed
from bot.answering.leading import lead_of
from bot.domain import Answer, Citation, Kind, Line, LineKind, Question, Reason
from bot.i18n import quoted
from vectorstore.corpus import View
from vectorstore.domain import Briefing, StatementKind, Tier
from vectorstore.names import same_person
from vectorstore.people import People

_WORD = re.compile(r"\w+")


def composed(
    evidence: Iterable[Evidence], view: View, tiers: frozenset[Tier], people: People
) -> tuple[tuple[Line, ...], tuple[Citation, ...]]:
    """The lines that may be shown and their citations, numbered from 1 without gaps.

    What two actors did in one sentence are two lines with one citation. ``people`` tells whom a
    speaker speaks for where the text does not.
    """
    lines: list[Line] = []
    numbers: dict[tuple[str, int, int], Citation] = {}
    for group in _same_words(evidence):
        shown = passed(list(_cited(group, people)), view, tiers, people)
        carried = [
            numbers.setdefault(
                (each.version, each.start, each.end), replace(each, number=len(numbers) + 1)
            ).number
            for _, each in shown
        ]
        if shown:
            line = replace(shown[0][0], citation=carried[0], also=tuple(carried[1:]))
            lines += [line] if line not in lines else []  # said twice in one sentence
    return tuple(lines), tuple(numbers.values())


def section(
    heading: str,
    evidence: Iterable[Evidence],
    view: View,
    tiers: frozenset[Tier],
    people: People,
    language: str,
) -> Answer | None:
    """What is told unasked, under a heading; None when nothing of it may be shown."""
    lines, citations = composed(evidence, view, tiers, people)
    if not lines:
        return None
    return Answer(
        question=heading,
        language=language,
        found=True,
        reason=None,
        lines=lines,
        citations=citations,
        nearest=(),
        seconds=0.0,
        asked=titled(heading, language),
    )


def titled(heading: str, language: str) -> Question:
    """What a heading stands for where a question would be."""
    return Question(text=heading, search=heading, language=language, kind=Kind.SUMMARY)


def nothing(asked: Question, reason: Reason) -> Answer:
    """The answer to ``asked`` that has nothing to show, for ``reason``."""
    return Answer(
        question=asked.text,
        language=asked.language,
        found=False,
        reason=reason,
        lines=(),
        citations=(),
        nearest=(),
        seconds=0.0,
        asked=asked,
    )


def joined(text: str, answers: Sequence[Answer]) -> Answer:
    """The answers to the parts of ``text`` as one, its citations numbered throughout."""
    parts: list[Answer] = []
    for answer in answers:
        parts.append(_numbered_from(answer, sum(len(each.citations) for each in parts)))
    found = any(part.found for part in parts)
    return Answer(
        question=text,
        language=parts[0].language,
        found=found,
        reason=None if found else parts[0].reason,
        lines=tuple(line for part in parts for line in part.lines),
        citations=tuple(each for part in parts for each in part.citations),
        nearest=() if found else parts[0].nearest,
        nearest_lines=() if found else parts[0].nearest_lines,
        seconds=0.0,
        asked=parts[-1].asked,
        parts=tuple(parts),
        fallback=any(part.fallback for part in parts),
    )


def renumbered(answer: Answer, lines: Sequence[Line]) -> Answer:
    """The answer with these lines, which cite what it cites, its citations numbered as they come.

    Citations that no line has are left out.
    """
    carried = dict.fromkeys(number for line in lines for number in (line.citation, *line.also))
    numbers = {old: new for new, old in enumerate(carried, start=1)}
    cited = {citation.number: citation for citation in answer.citations}
    return replace(
        answer,
        lines=tuple(
            replace(
                line, citation=numbers[line.citation], also=tuple(numbers[n] for n in line.also)
            )
            for line in lines
        ),
        citations=tuple(replace(cited[old], number=new) for old, new in numbers.items()),
    )


def _numbered_from(answer: Answer, count: int) -> Answer:
    return replace(
        answer,
        lines=tuple(
            replace(
                line,
                citation=line.citation + count,
                also=tuple(number + count for number in line.also),
            )
            for line in answer.lines
        ),
        citations=tuple(replace(each, number=each.number + count) for each in answer.citations),
    )


def _cited(evidence: Sequence[Evidence], people: People) -> Iterator[Cited]:
    """Each piece of evidence as a line with a citation of its own."""
    for number, each in enumerate(evidence, start=1):
        cited = citation(number, each.document.briefing, each.span)
        statement = each.statement
        called, office = people.called(statement) if statement else ("", "")
        yield (
            Line(
                text=cited.quote,
                kind=LineKind(statement.kind.value) if statement else LineKind.PASSAGE,
                actor=people.actor_of(statement, each.document) if statement else None,
                speaker=statement.speaker if statement else "",
                role=statement.role if statement else "",
                via=statement.via if statement else "",
                day=cited.day,
                citation=number,
                lead=lead_of(statement, each.document.briefing.text) if statement else "",
                called=called,
                office=office,
                relay=_marked(statement.via, each.document.briefing) if statement else "",
            ),
            cited,
        )


def _marked(name: str, briefing: Briefing) -> str:
    """A name in quotation marks, if the page prints it so: «Полярная лента», but РИА Новости."""
    marked = re.search(rf'[«“"]\s?{re.escape(name)}\s?[»”"]', briefing.text) if name else None
    return quoted(name, briefing.language) if marked else ""


def _same_words(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """The evidence in its order, quotes that are the same words of one speaker together."""
    groups: list[list[Evidence]] = []
    for each in evidence:
        same = next((group for group in groups if _repeats(group[0], each)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return groups


def _repeats(one: Evidence, other: Evidence) -> bool:
    a, b = one.statement, other.statement
    if a is None or b is None or StatementKind.REPORTED in (a.kind, b.kind):
        return False
    if one.document is other.document or a.actor != b.actor:
        return False
    if a.speaker and b.speaker and not same_person(a.speaker, b.speaker) and a.speaker != b.speaker:
        return False
    return _letters(one) == _letters(other)


def _letters(evidence: Evidence) -> list[str]:
    """The words, whatever marks and capitals a newsroom prints them with."""
    return _WORD.findall(evidence.span.of(evidence.document.briefing.text).lower())
