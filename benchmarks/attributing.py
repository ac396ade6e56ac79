"""Compares the statements that ingestion extracts with annotated ones; extracts none itself.

Two standards: quotes mined from English Wikinews by a pattern (they say nothing of what else was
said), and paragraphs in three languages annotated by hand, one row each in ``attribution/``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import Result
from benchmarks.scores import HALF, plain, share, shared
from benchmarks.texts import Row
from vectorstore.actors import Actors
from vectorstore.domain import Span, Statement, StatementKind
from vectorstore.names import parts, same_person

FOLDER = Path(__file__).with_name("attribution")
_ARTICLES = {"the", "le", "la", "les", "l", "un", "une", "a", "an"}

_COUNTS = ("right", "wrong", "found", "due", "sided", "right_side", "wrong_side")

Same = Callable[[Statement, Row], bool]
StatementsOf = Callable[[str], Sequence[Statement]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How the statements of one paragraph and kind compare with the annotated ones.

    ``right`` and ``wrong`` count the extracted ones, ``due`` the annotated ones and ``found``
    those of them that were extracted. ``sided`` counts the right ones whose actor is annotated,
    ``right_side`` those that name it and ``wrong_side`` those that name another.
    """

    language: str
    half: str
    kind: StatementKind
    right: int
    wrong: int
    found: int
    due: int
    sided: int
    right_side: int
    wrong_side: int


def annotated(name: str) -> list[Row]:
    """The paragraphs of a set that were annotated by hand; none where nobody has."""
    rows = [
        json.loads(line)
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [row for row in rows if row["set"] == name]


def judged(
    paragraphs: Sequence[Row], statements_of: StatementsOf, actors: Actors
) -> Iterator[Judged]:
    """Each paragraph's quotes and reported speech apart."""
    for paragraph in paragraphs:
        place = Span(start=paragraph["start"], end=paragraph["end"])
        found = [s for s in statements_of(paragraph["id"]) if s.span.overlaps(place)]
        for kind in StatementKind:
            yield _of_kind(kind, paragraph, [s for s in found if s.kind is kind], actors)


def by_hand(judgements: Sequence[Judged]) -> Iterator[Result]:
    """Precision and recall by language, half and kind, and how often the actor is right."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judgements:
        groups[f"by hand {each.language} {each.half} {each.kind}"].append(each)
        groups[f"by hand all {each.half} {each.kind}"].append(each)
    for what, some in sorted(groups.items()):
        right, wrong, found, due, sided, right_side, wrong_side = (
            sum(getattr(each, count) for each in some) for count in _COUNTS
        )
        figures = {"precision": share(right, right + wrong), "recall": share(found, due)}
        if sided:
            figures |= {"actor right": right_side / sided, "wrong": wrong_side / sided}
        yield Result(section="attribution", what=what, n=due, ours=figures)


def mined(
    name: str, asked: Sequence[Row], statements_of: StatementsOf, actors: Actors
) -> Iterator[Result]:
    """How many mined quotes ingestion gives to their speaker.

    Precision is over the quotes that overlap a mined one, since of the others nothing is known. A
    mined label is what stands before the cue, which of "Ada Lind of the Union said" is the union:
    a statement whose speaker's printed role is the label is right.
    """
    found: list[bool] = []
    given: list[bool] = []
    for row in asked:
        spans = [(of["id"], _span(of)) for of in row["relevant"]]
        owners = [
            _is_speaker(statement, row["actor"], actors.actor_of(row["actor"]), actors)
            or plain(statement.role) == plain(row["actor"])
            for id, span in spans
            for statement in statements_of(id)
            if statement.kind is StatementKind.QUOTE and shared(statement.span, span) >= HALF
        ]
        given += owners
        found.append(any(owners))
    figures = {
        "precision": share(given.count(True), len(given)),
        "recall": share(found.count(True), len(found)),
    }
    yield Result(section="attribution", what=f"{name} mined quotes", n=len(asked), ours=figures)


def names_person(name: str, actors: Actors) -> bool:
    """Whether a printed name is a person's, as far as its words tell.

    It is when a capitalised word is left that names no country, no organisation and no office.
    """
    for mention in reversed(actors.mentions(name)):
        name = f"{name[: mention.span.start]} {name[mention.span.end :]}"
    words = name.replace("’", " ").replace("'", " ").split()
    return any(
        word[0].isupper()
        and not (len(word) > 1 and word.isupper())
        and word.lower() not in _ARTICLES
        and not actors.is_office(word)
        for word in words
    )


def same_name(a: str, b: str) -> bool:
    """Whether two printed names can be one speaker's; a name agrees with a part of it ("Ri")."""
    left, right = set(parts(plain(a))), set(parts(plain(b)))
    part = bool(left and right) and (left <= right or right <= left)
    return part or same_person(a, b)


def _of_kind(
    kind: StatementKind, paragraph: Row, found: Sequence[Statement], actors: Actors
) -> Judged:
    true = paragraph["statements"]
    due = [row for row in true if row["kind"] == kind]

    def same(statement: Statement, row: Row) -> bool:
        return _is_speaker(statement, row["speaker"], row["actor"], actors)

    pairs = [
        (statement, row)
        for statement in found
        for row in due
        if shared(statement.span, _span(row)) >= HALF and same(statement, row)
    ]
    sided = [(statement, row) for statement, row in pairs if row["actor"]]
    return Judged(
        language=paragraph["lang"],
        half=paragraph["half"],
        kind=kind,
        right=len({id(statement) for statement, _ in pairs}),
        wrong=sum(_is_wrong(statement, true, same) for statement in found),
        found=len({id(row) for _, row in pairs}),
        due=len(due),
        sided=len(sided),
        right_side=sum(statement.actor == row["actor"] for statement, row in sided),
        wrong_side=sum(statement.actor not in (None, row["actor"]) for statement, row in sided),
    )


def _is_wrong(statement: Statement, true: Sequence[Row], same: Same) -> bool:
    """Whether no annotated statement of either kind that it touches is its speaker's."""
    return not any(statement.span.overlaps(_span(row)) and same(statement, row) for row in true)


def _is_speaker(statement: Statement, name: str, actor: str | None, actors: Actors) -> bool:
    """Whether a statement is given to the one who bears a printed name, or speaks for ``actor``.

    The side is enough only where the name is no person's.
    """
    if same_name(statement.speaker, name):
        return True
    return not names_person(name, actors) and actor is not None and statement.actor == actor


def _span(row: Row) -> Span:
    return Span(start=row["start"], end=row["end"])
