"""Evaluates answers beside LangChain + Chroma: ``python -m benchmarks.evaluate [--json]``.

One table: retrieval, quotes, attribution, answers, silence and waiting time over the public sets
beside the repository, and our own questions on the samples. Exits with 1 when a shipped quote is
not in the version it cites.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from benchmarks import answers, attributing, golden_set, retrieval, texts
from benchmarks.attributing import Judged
from benchmarks.golden_set import Failure
from benchmarks.interview import Asked, OpenEngine, opened
from benchmarks.results import Result, table
from benchmarks.workshop import Workshop, prepared_in
from bot.answering import Newsroom
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.embeddings import open_embeddings
from vectorstore.settings import StoreSettings, read_settings

FAITHFUL, UNFAITHFUL, COULD_NOT_RUN = 0, 1, 2


@dataclass(slots=True)
class Evaluation:
    """What was measured so far."""

    workshop: Workshop
    open_engine: OpenEngine
    every: bool
    actors: Actors = field(default_factory=Actors.load)
    asked: list[Asked] = field(default_factory=list)
    found: list[Result] = field(default_factory=list)
    mined: list[Result] = field(default_factory=list)
    by_hand: list[Judged] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def of_set(self, name: str) -> None:
        """Search, extraction and answers over a public set, or over a part of it."""
        paragraphs = attributing.annotated(name)
        asked = texts.questions(name) if self.every else texts.sampled_questions(name)
        about = {row["id"] for row in paragraphs}
        corpus = (
            texts.rows(name, "corpus") if self.every else texts.sampled_texts(name, asked, about)
        )
        data_dir, _ = self.workshop.of_set(name, corpus)
        plain = self.workshop.plain(name, corpus)
        sources = {row["id"]: row["text"] for row in corpus}
        self.texts |= sources
        silver = [row for row in asked if row.get("kind") == "attribution-silver"]
        with opened(data_dir, self.workshop.encoder, self.open_engine, sources) as ours:
            self.found += retrieval.quality(name, asked, self.workshop.encoder, ours, plain)
            if silver:
                self.mined += attributing.mined(name, silver, ours.statements, self.actors)
            self.by_hand += attributing.judged(paragraphs, ours.statements, self.actors)
            wanted = [row for row in asked if row.get("kind") != "sentence"]
            self.asked += ours.asked(name, wanted, plain)

    def of_samples(self) -> list[Result]:
        """Our own questions."""
        asked = list(golden_set.asked(self.workshop, self.open_engine))
        self.asked += asked
        results, self.failures = golden_set.judged(asked)
        return results

    def results(self) -> list[Result]:
        """Every line of the table but those of our own questions."""
        public = [each for each in self.asked if each.set != golden_set.NAME]
        return [
            *self.found,
            *answers.fidelity(self.asked),
            *self.mined,
            *attributing.by_hand(self.by_hand),
            *answers.gold(public, self.texts),
            *answers.mouths(public, self.actors),
            *answers.abstention(self.asked),
            *answers.waiting(self.asked),
        ]


def main(arguments: Sequence[str], open_engine: OpenEngine = Newsroom) -> int:
    """Evaluate what ``open_engine`` opens; 1 when a quote of it is not where it says."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True, highlight=False)
    if options.cases:
        return _cases(options.cases, open_engine, console)
    began = time.perf_counter()
    own: list[Result] = []
    with prepared_in(options.keep) as folder:
        evaluation = Evaluation(Workshop(folder), open_engine, options.all)
        for name in options.sets:
            console.print(f"{name} …")
            if name == golden_set.NAME:
                own = evaluation.of_samples()
            elif (texts.SETS / name).is_dir():
                evaluation.of_set(name)
            else:
                console.print(f"{name} is skipped: it is not in {texts.SETS}")
    if not evaluation.asked:
        return COULD_NOT_RUN
    results = [*evaluation.results(), *own]
    if options.verbose:
        for failure in evaluation.failures:
            console.print(str(failure), markup=False)
    seconds = time.perf_counter() - began
    _say(results, evaluation.failures, seconds, as_json=options.json)
    faithful = all(r.ours["true quotes"] == 1 for r in results if r.section == "fidelity")
    return FAITHFUL if faithful else UNFAITHFUL


def _cases(path: Path, open_engine: OpenEngine, console: Console) -> int:
    """Ask the cases of a file of what is published; 1 when one is not answered as expected."""
    settings = read_settings(StoreSettings)
    with closing(Corpus(settings.data_dir, settings.database)) as corpus:
        engine = open_engine(corpus, open_embeddings(settings), Actors.load())
        count, failures = golden_set.unmet_cases(path, engine)
    for failure in failures:
        console.print(str(failure), markup=False)
    print(f"{count - len(failures)} of {count} cases are answered as expected.")
    return UNFAITHFUL if failures else FAITHFUL


def _say(
    results: Sequence[Result], failures: Sequence[Failure], seconds: float, *, as_json: bool
) -> None:
    if as_json:
        document = {
            "seconds": round(seconds, 1),
            "results": [result.as_json() for result in results],
            "failures": [
                {"id": each.id, "question": each.question, "unmet": each.unmet} for each in failures
            ],
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return
    width = None if sys.stdout.isatty() else 190
    Console(width=width).print(table(results, f"{seconds:.0f} s"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.evaluate", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--all", action="store_true", help="ask every question of whole sets")
    parser.add_argument("--verbose", action="store_true", help="show our own questions that fail")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="prepare the corpora there and leave them"
    )
    parser.add_argument(
        "--cases", type=Path, metavar="FILE", help="ask only these, from `python -m bot cases`"
    )
    sets = (*texts.EVALUATED, golden_set.NAME)
    parser.add_argument("--sets", nargs="+", choices=sets, default=sets, metavar="SET")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
