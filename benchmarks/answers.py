"""Judges answers: their quotes, their words, whose mouth, when to be silent; asks nothing itself.

Gold words count as *shown* when what an answer cites covers half of a gold span of the right
document, or its lines hold all that the gold sentence quotes; as *whole* when the lines hold the
gold sentence from its first word to its last. One of several gold spans is enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.attributing import names_person, same_name
from benchmarks.figures import percentile
from benchmarks.interview import Asked
from benchmarks.results import Figures, Result, mean
from benchmarks.scores import Counts, Piece, decided, gold_shown, gold_whole, plain
from benchmarks.texts import Row
from bot.domain import Line, LineKind
from ingest.statements.lexicon import is_body
from vectorstore.actors import Actors
from vectorstore.domain import LANGUAGES, Span
from vectorstore.names import heard_alike


def fidelity(asked: Sequence[Asked]) -> Iterator[Result]:
    """The share of shipped quotes that are ``body[start:end]`` of the version they cite."""
    for name, some in _apart(asked, lambda each: each.set):
        true = [yes for each in some for yes in _true_quotes(each)]
        share = mean([float(yes) for yes in true]) if true else 1.0
        yield Result(section="fidelity", what=name, n=len(true), ours={"true quotes": share})


def gold(asked: Sequence[Asked], texts: dict[str, str]) -> Iterator[Result]:
    """The share of answerable questions whose gold words are shown; ``texts`` by document."""
    answerable = [each for each in asked if each.row["answerable"]]
    for what, some in _apart(answerable, _kind):
        ours, plain = [], []
        for each in some:
            wanted = _gold(each, texts)
            ours.append((wanted, each.shown))
            plain.append((wanted, each.chunks))
        yield Result(
            section="answers",
            what=what,
            n=len(some),
            ours=_shares(ours),
            plain=_shares(plain),
        )


def mouths(asked: Sequence[Asked], actors: Actors) -> Iterator[Result]:
    """The share of answers on somebody's words that show a line in another's mouth."""
    said = [each for each in asked if each.row.get("actor") and each.answer.lines]
    for name, some in _apart(said, lambda each: f"{each.set} {each.row['lang']}"):
        wrong = [wrong_mouth(_asked(each.row, actors), each.answer.lines, actors) for each in some]
        share = mean([float(yes) for yes in wrong])
        yield Result(section="wrong mouth", what=name, n=len(some), ours={"answers": share})


def abstention(asked: Sequence[Asked]) -> Iterator[Result]:
    """Precision, recall and F1 of answering and of silence, over the sets that ask for both.

    The pipeline is never silent.
    """
    groups = _apart(asked, lambda each: each.set)
    both = [(name, of) for name, of in groups if len({each.row["answerable"] for each in of}) > 1]
    every = [("all", [each for _, of in both for each in of])] if both else []
    for name, some in [*both, *every]:
        true = [bool(each.row["answerable"]) for each in some]
        ours = [each.answer.found for each in some]
        plain = [bool(each.chunks) for each in some]
        yield Result(
            section="abstention",
            what=f"{name} ({true.count(True)} answerable, {true.count(False)} not)",
            n=len(some),
            ours=_decisions(ours, true),
            plain=_decisions(plain, true),
        )


def waiting(asked: Sequence[Asked]) -> Iterator[Result]:
    """Milliseconds per question, and how many times those of embedding the questions (×)."""
    for name, some in [*_apart(asked, lambda each: each.set), ("all", asked)]:
        embedding = [each.embedding_seconds for each in some]
        yield Result(
            section="time",
            what=name,
            n=len(some),
            ours=_times([each.seconds for each in some], embedding),
            plain=_times([each.chunks_seconds for each in some], embedding),
        )


def wrong_mouth(asked: str, lines: Iterable[Line], actors: Actors) -> bool:
    """Whether a line's speaker cannot be the one who was asked for.

    ``asked`` names persons, countries or organisations, several with " / " or " and " between.
    Where a person is asked for, a line that prints no person's name ("the minister") may be that
    person's; where a country is, a line whose speaker's side is unknown may be that country's.
    A Russian line on «Трамп» may be Trump's, since an answer cites briefings of all languages:
    `heard_alike` tells, which says "can be" as all that is asked here. A body speaks by whoever
    bears an office of it in print: "Labour Party leader" for the Labour Party. A person does not:
    the words of Trump's spokesman are not Trump's.
    """
    names = re.split(r" / | and ", asked)
    bodies = [n for n in names if any(is_body(w, x) for w in n.split() for x in LANGUAGES)]
    people = [name for name in names if names_person(name, actors)]
    sides = {m.code for name in names if name not in people for m in actors.mentions(name)}

    def may_be(line: Line) -> bool:
        if people and not names_person(line.speaker, actors):
            return True
        if any(same_name(line.speaker, n) or heard_alike(line.speaker, n) for n in people):
            return True
        if any(plain(body) in plain(line.role) for body in bodies):
            return True
        return bool(sides) and (line.actor is None or line.actor in sides)

    return not all(may_be(line) for line in lines if line.speaker or line.actor)


def _asked(row: Row, actors: Actors) -> str:
    """Whom a row asks for: its actor, and whoever its question names in one breath with them.

    "What do Russia and China argue?" has Russia alone for its actor, and China's words are asked
    for as well; those of whom a country is asked about stay wrong ("What does Russia say of …").
    """
    asked: str = row["actor"]
    codes = {mention.code for mention in actors.mentions(asked)}
    for pair in _ENUMERATED.findall(row["question"]):
        if codes & {actors.actor_of(name) for name in pair} or asked in pair:
            asked = " / ".join([asked, *pair])
    return asked


# Two names with nothing but "and" between them: « la Russie et la Chine », «Россия и Китай».
_NAME = r"([A-ZÀ-ÝА-ЯЁ][\w-]+)"
_ENUMERATED = re.compile(rf"\b{_NAME} (?:and|et|и) (?:the |la |le |les |l['’])?{_NAME}\b")


def _true_quotes(each: Asked) -> list[bool]:
    """Of each quotation whether the version holds it there, of each line whether it is cited."""
    quotes = {quote.number: quote.quote for quote in each.answer.citations}
    return [
        each.bodies.get(quote.version, "")[quote.start : quote.end] == quote.quote
        for quote in each.quotes
    ] + [
        line.text in quotes.get(line.citation, "")
        for line in each.answer.lines
        if line.kind is not LineKind.GENERATED
    ]


def _gold(each: Asked, texts: dict[str, str]) -> list[Piece]:
    spans = [
        (of["id"], Span(start=of["start"], end=of["end"]))
        for of in each.row["relevant"]
        if "start" in of
    ]
    return [Piece(document=id, span=span, text=span.of(texts[id])) for id, span in spans]


def _shares(shown: Sequence[tuple[list[Piece], list[Piece]]]) -> Figures:
    return {
        "shown": mean([float(any(gold_shown(g, by) for g in gold)) for gold, by in shown]),
        "whole": mean([float(any(gold_whole(g, by) for g in gold)) for gold, by in shown]),
        "words": mean([float(sum(len(piece.text.split()) for piece in by)) for _, by in shown]),
    }


def _decisions(said: Sequence[bool], true: Sequence[bool]) -> Figures:
    silence = decided([not yes for yes in said], [not yes for yes in true])
    return {**_named("", decided(said, true)), **_named("silence ", silence)}


def _named(prefix: str, counts: Counts) -> Figures:
    return {
        f"{prefix}P": counts.precision,
        f"{prefix}R": counts.recall,
        f"{prefix}F1": counts.f1,
    }


def _times(seconds: Sequence[float], embedding: Sequence[float]) -> Figures:
    figures: dict[str, float] = {}
    for share in (50, 95):
        figures[f"p{share} ms"] = 1000 * percentile(seconds, share)
        figures[f"p{share} ×"] = percentile(seconds, share) / percentile(embedding, share)
    return figures


def _kind(each: Asked) -> str:
    return f"{each.set} {each.row.get('kind') or 'extractive'} {each.row['lang']}"


def _apart(asked: Iterable[Asked], key: Callable[[Asked], str]) -> list[tuple[str, list[Asked]]]:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        groups[key(each)].append(each)
    return list(groups.items())
