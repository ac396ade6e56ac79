"""Our own questions on the sample briefings, each with what its answer must be.

They stand in ``golden/questions.jsonl`` and were written from the briefings' text. A row names
what is expected: ``found`` and ``reason`` (either is null where any will do); ``shows``, words
that stand in the lines; ``actors`` that speak in them, and with ``only_actors`` nobody else;
``days`` that the lines are of, all of them and no other. ``texts`` is the language of the only
edition there is to be asked (else there are three), ``tier`` what the asker may read (else
everything). A ``todo`` is what still has to be written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.answering import PUBLIC
from benchmarks.interview import EVERYTHING, Asked, Engine, OpenEngine, opened
from benchmarks.results import Figures, Result, mean
from benchmarks.scores import contains
from benchmarks.texts import SAMPLES, Row
from benchmarks.workshop import Workshop
from bot.domain import Answer
from vectorstore.domain import LANGUAGES, Tier

NAME = "golden"
QUESTIONS = Path(__file__).parent / "golden" / "questions.jsonl"
# A document whose name says so is of one edition: "2024-06-02-kvirike-outage.en.md".
SUFFIXES = (".txt", ".md", ".html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A question whose answer is not what was expected, and in which respects."""

    id: str
    question: str
    unmet: tuple[str, ...]
    answer: Answer

    def __str__(self) -> str:
        shown = "".join(
            f"\n    {line.kind} {line.actor or '?'} {line.speaker or '-'} {line.day}: {line.text}"
            for line in self.answer.lines
        )
        silence = "" if self.answer.found else f"\n    not found: {self.answer.reason}"
        return f"{self.id} {self.question}\n  {'; '.join(self.unmet)}{shown}{silence}"


def questions() -> list[Row]:
    """The questions, in the form that sets have."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    return [row | {"answerable": row["expect"]["found"], "relevant": []} for row in rows]


def asked(workshop: Workshop, open_engine: OpenEngine) -> Iterator[Asked]:
    """Every question put to the editions it is meant for."""
    editions: dict[str, list[Row]] = defaultdict(list)
    for row in questions():
        editions[row.get("texts", "all")].append(row)
    for edition, rows in editions.items():
        label = f"{NAME}-{edition}"
        source = _source(workshop.folder / f"{label}-texts", edition)
        data_dir, _ = workshop.of_source(label, source)
        with opened(data_dir, workshop.encoder, open_engine) as ours:
            texts = [
                {"id": id, "lang": document.briefing.language, "text": document.briefing.text}
                for id, document in ours.documents.items()
            ]
            yield from ours.asked(NAME, rows, workshop.plain(label, texts))


def unmet_cases(path: Path, engine: Engine) -> tuple[int, list[Failure]]:
    """How many cases a file holds, and those whose answer is not as expected.

    They are rows as ``python -m bot cases`` prints them, asked of what ``engine`` has published.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    failures = []
    for row in rows:
        tiers = PUBLIC if row.get("tier") == Tier.PUBLIC else EVERYTHING
        today = date.fromisoformat(row["today"])
        answer = engine.answer(row["question"], tiers=tiers, language=row["lang"], today=today)
        unmet = (*_unmet(row["expect"], answer), *filter(None, [row.get("todo")]))
        if unmet:
            failures.append(
                Failure(id=row["id"], question=row["question"], unmet=unmet, answer=answer)
            )
    return len(rows), failures


def judged(asked: Sequence[Asked]) -> tuple[list[Result], list[Failure]]:
    """The share of questions answered as expected, by kind and language, and all that were not.

    The last line is the share of answers that hold the words they must show, with the pipeline's.
    """
    unmet = {each.row["id"]: tuple(_unmet(each.row["expect"], each.answer)) for each in asked}
    failures = [
        Failure(
            id=each.row["id"],
            question=each.row["question"],
            unmet=unmet[each.row["id"]],
            answer=each.answer,
        )
        for each in asked
        if unmet[each.row["id"]]
    ]
    kinds = dict.fromkeys(each.row["kind"] for each in asked)
    groups = [(kind, [e for e in asked if e.row["kind"] == kind]) for kind in kinds]
    results = [
        Result(
            section=NAME,
            what=f"as expected: {kind}",
            n=len(some),
            ours=_by_language(some, lambda each: not unmet[each.row["id"]]),
        )
        for kind, some in [*groups, ("all", asked)]
    ]
    return [*results, _words([each for each in asked if each.row["expect"]["shows"]])], failures


def _words(asked: Sequence[Asked]) -> Result:
    return Result(
        section=NAME,
        what="words shown",
        n=len(asked),
        ours=_by_language(asked, lambda each: _shows(each, _lines(each.answer))),
        plain=_by_language(asked, lambda each: _shows(each, _chunks(each))),
    )


def _by_language(asked: Sequence[Asked], true: Callable[[Asked], bool]) -> Figures:
    """The share of questions of which something is true, in each language and in all."""
    shares = {
        language: mean([float(true(each)) for each in asked if each.row["lang"] == language])
        for language in LANGUAGES
    }
    return shares | {"all": mean([float(true(each)) for each in asked])}


def _unmet(expect: Row, answer: Answer) -> Iterator[str]:
    if expect["found"] is not None and answer.found != expect["found"]:
        yield f"found is {answer.found}"
    if expect["reason"] and answer.reason != expect["reason"]:
        yield f"the reason is {answer.reason}, not {expect['reason']}"
    for words in expect["shows"]:
        if not contains(_lines(answer), words):
            yield f"does not show {words!r}"
    speaking = {line.actor for line in answer.lines if line.actor}
    for actor in expect["actors"]:
        if actor not in speaking:
            yield f"{actor} does not speak"
    if expect["only_actors"] and (others := speaking - set(expect["actors"])):
        yield f"{', '.join(sorted(others))} should not speak"
    days = {str(line.day) for line in answer.lines}
    if expect["days"] and days != set(expect["days"]):
        yield f"the days are {', '.join(sorted(days))}"


def _shows(each: Asked, text: str) -> bool:
    return all(contains(text, words) for words in each.row["expect"]["shows"])


def _lines(answer: Answer) -> str:
    return "\n".join(line.text for line in answer.lines)


def _chunks(each: Asked) -> str:
    return "\n".join(chunk.text for chunk in each.chunks)


def _source(folder: Path, edition: str) -> Path:
    """A folder with the sample files of one edition, or where they all are."""
    if edition == "all":
        return SAMPLES
    folder.mkdir(exist_ok=True)
    for path in sorted(SAMPLES.glob(f"*.{edition}.*")):
        if path.suffix in SUFFIXES:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder
