"""Fits the constants of `bot.answering.relevance` on questions that a corpus answers or does not.

Every question is asked of its own set and of the others. Half of the weight lies on what a set
answers, a quarter on questions made to have no answer in their own set, a quarter on questions of
another set. ``python -m benchmarks.calibrate [--keep FOLDER]`` prints the constants
and how often they are right, with each set left out of the fit as well; they are changed by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import texts
from benchmarks.answering import PUBLIC
from benchmarks.texts import Row
from benchmarks.workshop import DAY, Workshop, prepared_in
from bot.answering import relevance as product
from bot.answering.bearers import borne_by
from bot.answering.inquiry import POOL
from bot.answering.question import Question, understand
from bot.answering.relevance import Relevance
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, View
from vectorstore.domain import LANGUAGES, Hit, Tier
from vectorstore.publication import Vectors
from vectorstore.retriever import Restriction, search
from vectorstore.speakers import Speakers

SETS = ("ntrex_news", "wikinews_fr", "xquad_r_en_ru", "clapnq_dev")
SAMPLE = 100  # questions of one kind in one language
FEW = 20  # near misses that cannot stand for a quarter of all questions
WEIGHTS = np.arange(0.0, 0.31, 0.01)
NEARLY = 0.01  # of the mean F1: less than one question in a hundred
SOME = 100  # passages of a language, to tell what any question and any passage have in common
ANSWERED, NEAR_MISS, ELSEWHERE = "answered", "near miss", "another set"
SHARE_OF_WEIGHT = {ANSWERED: 0.5, NEAR_MISS: 0.25, ELSEWHERE: 0.25}

Floats = NDArray[np.float64]
Key = TypeVar("Key", str, tuple[str, str])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One question asked of one corpus, with the features of the passages found in some languages.

    ``cosines`` are 0 where only words matched; ``shares`` is the share of the question's words
    that the passage holds, across languages of its names; ``right`` tells which passages are of a
    briefing that answers. ``unrelated`` is the mean cosine of the question and some passages
    whatever, ``common`` what the product takes it for.
    """

    name: str
    asked_in: str
    found_in: str
    kind: str
    cosines: Floats
    shares: Floats
    right: NDArray[np.bool_]
    unrelated: float
    common: float

    @property
    def pair(self) -> tuple[str, str]:
        """The languages of the question and of the passages."""
        return self.asked_in, self.found_in


@dataclass(frozen=True, slots=True)
class Constants:
    """What is fitted; across languages ``weight`` is that of names."""

    weight: float
    bar: float


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
    parser.add_argument(
        "--write",
        action="store_true",
        help="write the mean vectors of the sets where they are read",
    )
    options = parser.parse_args(arguments)
    with prepared_in(options.keep) as folder:
        if options.write:
            np.save(product.ORDINARY, _ordinary(Workshop(folder)))
        cases = _cases(Workshop(folder))
    console = Console(width=None if sys.stdout.isatty() else 140)
    for pair, some in _apart(cases, lambda case: case.pair):
        console.print("UNRELATED", *pair, f"{np.mean([case.unrelated for case in some]):.3f}")
    own = [case for case in cases if case.asked_in == case.found_in]
    foreign = [_above_unrelated(case) for case in cases if case.asked_in != case.found_in]
    now = Constants(product.WORDS_WEIGHT, product.BAR)
    now_foreign = Constants(product.NAMES_WEIGHT, product.ABOVE_UNRELATED)
    console.print(_table("in the asker's language", own, now))
    console.print(_table("across languages", foreign, now_foreign))
    return 0


def _cases(workshop: Workshop) -> list[Case]:
    cases: list[Case] = []
    actors = Actors.load()
    asked = [(name, row) for name in SETS for row in _asked(name)]
    vectors = {row["id"]: workshop.encoder.encode_query(row["question"]) for _, row in asked}
    for corpus_of in SETS:
        data_dir, _ = workshop.of_set(corpus_of)
        with closing(Corpus(data_dir)) as corpus, corpus.view() as view:
            speakers = Speakers(view.documents.values())
            for name, row in asked:
                question = _understood(row, actors, speakers)
                at_home = name == corpus_of
                if at_home and not row["answerable"] and question.wants_words:
                    continue  # on the topic, but not in the mouth of those asked about
                judge = Relevance(question, view, PUBLIC, vectors[row["id"]], actors)
                cases += _of_question(view, judge, vectors[row["id"]], row, name, at_home)
    return cases


def _ordinary(workshop: Workshop) -> NDArray[np.float16]:
    """The mean of the sets' mean vectors (3, d), in the order of LANGUAGES."""
    means: dict[str, list[Vectors]] = defaultdict(list)
    for name in SETS:
        data_dir, _ = workshop.of_set(name)
        with closing(Corpus(data_dir)) as corpus, corpus.view() as view:
            for language in {d.briefing.language for d in view.readable(PUBLIC)}:
                means[language].append(view.index.mean(PUBLIC, language))
    return np.stack([np.mean(means[each], axis=0) for each in LANGUAGES]).astype(np.float16)


def _asked(name: str) -> list[Row]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in texts.questions(name):
        if row.get("kind") != "sentence":  # those are no questions
            groups[row["lang"], row["answerable"]].append(row)
    return [row for group in groups.values() for row in texts.some(group, SAMPLE)]


def _understood(row: Row, actors: Actors, speakers: Speakers) -> Question:
    return understand(
        row["question"],
        actors=actors,
        is_speaker=lambda name: bool(speakers.of_person(name)),
        is_bearer=lambda described, language: bool(borne_by(described, language, speakers, actors)),
        day_of=lambda _words, _language: None,
        fallback=row["lang"],
        today=DAY,
    )


def _of_question(
    view: View, judge: Relevance, vector: Vectors, row: Row, name: str, at_home: bool
) -> Iterator[Case]:
    """A case for each language that passages were found in."""
    hits = search(view, vector, row["question"], row["lang"], Restriction(tiers=PUBLIC), POOL)
    answers = row["relevant"] if at_home and row["answerable"] else []
    for language in LANGUAGES:
        some = [hit for hit in hits if hit.passage.briefing.language == language]
        ids = {of["id"] for of in answers if of["lang"] == language}
        if some and (ids or not answers):
            yield Case(
                name=name,
                asked_in=row["lang"],
                found_in=language,
                kind=ANSWERED if ids else NEAR_MISS if at_home else ELSEWHERE,
                cosines=np.array([hit.similarity or 0.0 for hit in some]),
                shares=np.array([_share(judge, hit, row["lang"]) for hit in some]),
                right=np.array([hit.passage.briefing.id in ids for hit in some]),
                unrelated=_unrelated(view, language, vector),
                common=judge.common(language),
            )


def _share(judge: Relevance, hit: Hit, asked_in: str) -> float:
    briefing = hit.passage.briefing
    if briefing.language != asked_in:
        return judge.names_printed(hit)
    return judge.coverage(f"{briefing.title} {hit.passage.text}")


def _unrelated(view: View, language: str, vector: Vectors) -> float:
    versions = [d.briefing.version for d in view.readable(PUBLIC)]
    ids = sorted(view.index.ids(Tier.PUBLIC, language, versions))
    some = ids[:: max(1, len(ids) // SOME)]
    near = view.index.nearest(Tier.PUBLIC, language, vector, len(some), some)
    return float(np.mean([neighbour.similarity for neighbour in near]))


def _above_unrelated(case: Case) -> Case:
    """A case across languages, its cosines without what any two texts have in common."""
    return replace(case, cosines=case.cosines - case.common)


def fit(cases: Sequence[Case]) -> Constants:
    """The bar that is right most often, and with it the greatest weight that is hardly worse.

    Short questions are rare in these sets, and they are known by their words.
    """
    weights = WEIGHTS if any(case.shares.any() for case in cases) else WEIGHTS[:1]
    tried = [_best_bar(cases, float(weight)) for weight in weights]
    enough = max(mean for mean, _ in tried) - NEARLY
    return next(constants for mean, constants in reversed(tried) if mean >= enough)


def _best_bar(cases: Sequence[Case], weight: float) -> tuple[float, Constants]:
    scores = np.array([_scores(case, weight).max() for case in cases])
    bars = np.quantile(scores, np.linspace(0.02, 0.98, 97))
    tried = [Constants(weight, float(bar)) for bar in bars]
    marks = [(_marked(cases, constants, scores).mean, constants) for constants in tried]
    return max(marks, key=lambda item: item[0])


def judged(cases: Sequence[Case], constants: Constants) -> Marks:
    """How often the constants are right."""
    scores = [_scores(case, constants.weight).max() for case in cases]
    return _marked(cases, constants, np.array(scores))


def _scores(case: Case, weight: float) -> Floats:
    return case.cosines + weight * case.shares


def _importance(cases: Sequence[Case]) -> Floats:
    kinds = np.array([case.kind for case in cases])
    weight = np.zeros(len(cases))
    for kind, share in SHARE_OF_WEIGHT.items():
        weight[kinds == kind] = share / max(1, (kinds == kind).sum())
    if (kinds == NEAR_MISS).sum() < FEW:
        weight[kinds != ANSWERED] = SHARE_OF_WEIGHT[ANSWERED] / max(1, (kinds != ANSWERED).sum())
    return weight


def _marked(cases: Sequence[Case], constants: Constants, scores: Floats) -> Marks:
    kinds = np.array([case.kind for case in cases])
    says = scores >= constants.bar
    answerable = kinds == ANSWERED
    weight = _importance(cases)
    right = [
        bool(case.right[_scores(case, constants.weight).argmax()])
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


def _table(title: str, cases: Sequence[Case], now: Constants) -> Table:
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
    add("fitted", cases, fit(cases))
    for name, some in _apart(cases, lambda case: case.name):
        rest = [case for case in cases if case.name != name]
        add(f"{name}, fitted without it", some, fit(rest))
    for name, some in _apart(cases, lambda case: f"{case.asked_in} → {case.found_in}"):
        add(name, some, now)
    return table


def _apart(
    cases: Iterable[Case], key: Callable[[Case], Key]
) -> Iterator[tuple[Key, Sequence[Case]]]:
    groups: dict[Key, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    yield from sorted(groups.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
