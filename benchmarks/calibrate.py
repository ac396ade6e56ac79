"""Fits the constants of `bot.answering.relevance` on questions that a corpus answers or does not.

Every question is asked of its own set and of the others. Half of the weight lies on what a set
answers, a quarter on questions made to have no answer in their own set, a quarter on questions of
another set. ``python -m benchmarks.calibrate [--keep FOLDER]`` prints the constants and how often
they are right; nothing is changed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import texts
from benchmarks.answering import PUBLIC
from benchmarks.texts import Row
from benchmarks.workshop import DAY, Workshop, prepared_in
from bot.answering import relevance as product
from bot.answering.inquiry import POOL
from bot.answering.question import understand
from bot.answering.relevance import Relevance
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, View
from vectorstore.domain import LANGUAGES, Hit
from vectorstore.publication import Vectors
from vectorstore.retriever import Restriction, search
from vectorstore.speakers import Speakers

SETS = ("ntrex_news", "wikinews_fr", "xquad_r_en_ru", "clapnq_dev")
SAMPLE = 100  # questions of one kind in one language
WEIGHTS = np.arange(0.0, 0.61, 0.02)
ANSWERED, NEAR_MISS, ELSEWHERE = "answered", "near miss", "another set"
SHARE_OF_WEIGHT = {ANSWERED: 0.5, NEAR_MISS: 0.25, ELSEWHERE: 0.25}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One question asked of one corpus, with the features of the passages found in some languages.

    ``cosines`` is NaN where only words matched; ``shares`` is the share of the question's words
    that the passage holds; ``right`` tells which passages are of a briefing that answers.
    """

    name: str
    asked_in: str
    found_in: str
    kind: str
    cosines: Floats
    shares: Floats
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Constants:
    """What is fitted; ``weight`` is 0 across languages."""

    weight: float
    bar: float
    unrelated: float


@dataclass(frozen=True, slots=True)
class Marks:
    """F1 of answering and of silence, and the shares of right decisions by kind of case."""

    answering: float
    silence: float
    decided: dict[str, float]
    right: float

    @property
    def mean(self) -> float:
        """What is maximised."""
        return (self.answering + self.silence) / 2


def main(arguments: Sequence[str]) -> int:
    """Ask everything, fit, print."""
    parser = argparse.ArgumentParser("python -m benchmarks.calibrate", description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="prepare the corpora there")
    options = parser.parse_args(arguments)
    with prepared_in(options.keep) as folder:
        own, foreign, alone = _cases(Workshop(folder))
    console = Console(width=None if sys.stdout.isatty() else 140)
    unrelated = float(np.median(alone))
    console.print(
        f"UNRELATED {unrelated:.3f}: median cosine of {len(alone)} passages that only their words "
        f"brought up (90 % between {np.quantile(alone, 0.05):.3f} and "
        f"{np.quantile(alone, 0.95):.3f})"
    )
    now = Constants(product.WORDS_WEIGHT, product.BAR, product.UNRELATED)
    console.print(_table("in the asker's language", own, WEIGHTS, now, unrelated))
    now = Constants(0.0, product.FOREIGN_BAR, product.UNRELATED)
    console.print(_table("across languages", foreign, np.zeros(1), now, unrelated))
    return 0


def _cases(workshop: Workshop) -> tuple[list[Case], list[Case], list[float]]:
    """The cases in the asker's language and across, and cosines of what only words brought up."""
    own: list[Case] = []
    foreign: list[Case] = []
    alone: list[float] = []
    actors = Actors.load()
    asked = [(name, row) for name in SETS for row in _asked(name)]
    vectors = {row["id"]: workshop.encoder.encode_query(row["question"]) for _, row in asked}
    for corpus_of in SETS:
        data_dir, _ = workshop.of_set(corpus_of)
        with closing(Corpus(data_dir)) as corpus, corpus.view() as view:
            speakers = Speakers(view.documents.values())
            for name, row in asked:
                found = _hits(view, speakers, actors, row, vectors[row["id"]])
                alone += _cosines_of_words_alone(view, found, vectors[row["id"]])
                for case in _by_language(name, corpus_of, row, found):
                    (own if case.found_in == case.asked_in else foreign).append(case)
    return own, foreign, alone


def _asked(name: str) -> list[Row]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in texts.questions(name):
        if row.get("kind") != "sentence":  # those are no questions
            groups[row["lang"], row["answerable"]].append(row)
    return [row for group in groups.values() for row in texts.some(group, SAMPLE)]


def _hits(
    view: View, speakers: Speakers, actors: Actors, row: Row, vector: Vectors
) -> list[tuple[Hit, float]]:
    """What the newsroom would judge, each passage with its share of the question's words."""
    question = understand(
        row["question"],
        actors=actors,
        is_speaker=lambda name: bool(speakers.of_person(name)),
        fallback=row["lang"],
        today=DAY,
    )
    judge = Relevance(question, view, PUBLIC)
    hits = search(view, vector, question.text, row["lang"], Restriction(tiers=PUBLIC), POOL)
    return [
        (hit, judge.coverage(f"{hit.passage.briefing.title} {hit.passage.text}")) for hit in hits
    ]


def _cosines_of_words_alone(
    view: View, found: Iterable[tuple[Hit, float]], vector: Vectors
) -> Iterator[float]:
    for hit, _ in found:
        if hit.similarity is None:
            briefing, span = hit.passage.briefing, hit.passage.span
            id = f"{briefing.version}:{span.start}-{span.end}"
            near = view.index.nearest(briefing.tier, briefing.language, vector, 1, [id])
            yield from (neighbour.similarity for neighbour in near)


def _by_language(
    name: str, corpus_of: str, row: Row, found: Sequence[tuple[Hit, float]]
) -> Iterator[Case]:
    """A case for each language that passages were found in."""
    at_home = name == corpus_of
    answers = row["relevant"] if at_home and row["answerable"] else []
    for language in LANGUAGES:
        some = [each for each in found if each[0].passage.briefing.language == language]
        ids = {of["id"] for of in answers if of["lang"] == language}
        if some and (ids or not answers):
            kind = ANSWERED if ids else NEAR_MISS if at_home else ELSEWHERE
            yield Case(
                name=name,
                asked_in=row["lang"],
                found_in=language,
                kind=kind,
                cosines=np.array([hit.similarity for hit, _ in some], dtype=np.float64),
                shares=np.array([share for _, share in some]),
                right=np.array([hit.passage.briefing.id in ids for hit, _ in some]),
            )


def fit(cases: Sequence[Case], weights: Floats, unrelated: float) -> Constants:
    """The weight and the bar that are right most often."""
    fitted, best = Constants(0.0, 0.0, unrelated), -1.0
    for weight in weights:
        scores = np.array([_scores(case, float(weight), unrelated).max() for case in cases])
        for bar in np.quantile(scores, np.linspace(0.02, 0.98, 97)):
            tried = Constants(float(weight), float(bar), unrelated)
            marks = _marked(cases, tried, scores)
            if marks.mean > best:
                fitted, best = tried, marks.mean
    return fitted


def judged(cases: Sequence[Case], constants: Constants) -> Marks:
    """How often the constants are right."""
    scores = [_scores(case, constants.weight, constants.unrelated).max() for case in cases]
    return _marked(cases, constants, np.array(scores))


def _scores(case: Case, weight: float, unrelated: float) -> Floats:
    cosines: Floats = np.where(np.isnan(case.cosines), unrelated, case.cosines)
    return cosines + weight * case.shares


def _marked(cases: Sequence[Case], constants: Constants, scores: Floats) -> Marks:
    kinds = np.array([case.kind for case in cases])
    says = scores >= constants.bar
    answerable = kinds == ANSWERED
    weight = np.zeros(len(cases))
    for kind, share in SHARE_OF_WEIGHT.items():
        weight[kinds == kind] = share / max(1, (kinds == kind).sum())
    right = [
        bool(case.right[_scores(case, constants.weight, constants.unrelated).argmax()])
        for case, said in zip(cases, says, strict=True)
        if said and case.kind == ANSWERED
    ]
    return Marks(
        answering=_f1(says, answerable, weight),
        silence=_f1(~says, ~answerable, weight),
        decided={k: float((says == answerable)[kinds == k].mean()) for k in sorted(set(kinds))},
        right=float(np.mean(right)) if right else 0.0,
    )


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_], weight: Floats) -> float:
    both = weight[said & true].sum()
    whole = weight[said].sum() + weight[true].sum()
    return float(2 * both / whole) if whole else 0.0


def _table(
    title: str, cases: Sequence[Case], weights: Floats, now: Constants, unrelated: float
) -> Table:
    table = Table(title=f"{title}: {len(cases)} cases")
    kinds = tuple(kind for kind in SHARE_OF_WEIGHT if any(case.kind == kind for case in cases))
    for heading in ("constants", "cases", "weight", "bar", "F1 answering", "F1 silence", *kinds):
        table.add_column(heading)
    table.add_column("best passage right")

    def add(name: str, some: Sequence[Case], constants: Constants) -> None:
        marks = judged(some, constants)
        figures = (constants.weight, constants.bar, marks.answering, marks.silence)
        counts = Counter(case.kind for case in some)
        decided = (f"{marks.decided[k]:.2f} of {counts[k]}" if k in counts else "" for k in kinds)
        written = (f"{figure:.3f}" for figure in figures)
        table.add_row(name, str(len(some)), *written, *decided, f"{marks.right:.2f}")

    add("as they are now", cases, now)
    add("fitted", cases, fit(cases, weights, unrelated))
    for name, some in _apart(cases, lambda case: case.name):
        rest = [case for case in cases if case.name != name]
        add(f"{name}, fitted without it", some, fit(rest, weights, unrelated))
    for name, some in _apart(cases, lambda case: f"{case.asked_in} → {case.found_in}"):
        add(f"{name}, as they are now", some, now)
        add(f"{name}, fitted for it", some, fit(some, weights, unrelated))
    return table


def _apart(
    cases: Iterable[Case], key: Callable[[Case], str]
) -> Iterator[tuple[str, Sequence[Case]]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    yield from sorted(groups.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
