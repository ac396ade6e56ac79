"""Whether a sentence that a model wrote says what it cites, and no more; writes nothing itself.

Whatever it is unsure of, it refuses: a sentence less is better than a wrong one. The reasons it
gives are for logs and hold no words of question, answer or briefing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product

from bot.answering.gate import Cited
from bot.answering.written.figures import as_day, dates, figures, months
from bot.answering.written.naming import Naming
from bot.answering.written.quoting import places, quotations, without
from bot.answering.written.readings import Reading, readings
from bot.answering.written.wording import denies, is_in, opens, same_stance, says
from bot.domain import Line, LineKind
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import Span
from vectorstore.lexical import stems, terms
from vectorstore.sentences import sentences

LONGEST = 400
FEWEST_WORDS = 3
# In one language, so large a share of a sentence's telling words must be the evidence's own.
_OWN_WORDS = 0.75
# Passages with many statements can be combined in many ways; more are not tried.
_MOST_READINGS = 64
_MOST_CLAUSES = 12
_MARKUP = re.compile(r"https?:|www\.|://|[*_`#<>{}|\\~^=]|\]\(|^\s*(?:[-•–—]|\d+[.)])\s")
_CLAUSE = re.compile(r"[,.;:!?…—–]")
_BRACKET = re.compile(r"[\[\]]")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"(?![a-zà-öø-ÿā-ɏа-яёѐ-џґ])[^\W\d_]", re.IGNORECASE)


class Claims:
    """The check of written sentences against the evidence they were written from."""

    def __init__(
        self, cited: Mapping[int, Cited], view: View, language: str, actors: Actors
    ) -> None:
        self._cited, self._view, self._language, self._actors = cited, view, language, actors

    def fault(self, written: Line) -> str | None:
        """Why ``written`` must not be shown, or None when it may be."""
        numbers = (written.citation, *written.also)
        if not all(number in self._cited for number in numbers):
            return "cites what is not there"
        spans = quotations(written.text)
        if spans is None:
            return "has a quotation mark without its partner"
        outside = without(written.text, spans)
        shape = _misshapen(written.text, outside)
        if shape:
            return shape
        cited = [self._cited[number] for number in numbers]
        if any(line.kind is LineKind.PASSAGE and _is(line.text, written.text) for line, _ in cited):
            return None  # the gate has passed it
        if not is_in(outside, self._language):
            return "is in another language"
        return self._unborne(written.text, outside, spans, cited)

    def _unborne(
        self, text: str, outside: str, spans: Sequence[Span], cited: Sequence[Cited]
    ) -> str | None:
        """The fault that every way to read the citations leaves, or None."""
        fault: str | None = "cites words that bear nothing"
        quoted = [span.of(text) for span in spans]
        for chosen in islice(product(*map(self._readings, cited)), _MOST_READINGS):
            fault = (
                _clash(chosen)
                or _misquote(quoted, chosen, outside, self._language)
                or _miscount(outside, self._language, chosen)
                or self._misname(text, outside, quoted, chosen)
            )
            if fault is None:
                return None
        return fault

    def _readings(self, cited: Cited) -> list[Reading]:
        line, citation = cited
        return readings(line, citation, self._view.documents[citation.version])

    def _misname(
        self, text: str, outside: str, quoted: Sequence[str], chosen: Sequence[Reading]
    ) -> str | None:
        naming = Naming(outside, self._language, chosen, self._actors)
        as_printed = len(chosen) == 1 and chosen[0].attributed and _is(chosen[0].text, text)
        if as_printed and naming.names_speaker():
            return None
        return (
            naming.fault()
            or _sides(outside, chosen)
            or self._invented(outside, quoted, chosen, naming)
        )

    def _invented(
        self, outside: str, quoted: Sequence[str], chosen: Sequence[Reading], naming: Naming
    ) -> str | None:
        """Why a sentence in the evidence's language tells something else, or None."""
        if any(each.citation.language != self._language for each in chosen):
            return None
        evidence = "\n".join(f"{each.text}\n{each.labels}" for each in chosen)
        known = set(stems(evidence, self._language))
        told = [
            word[0]
            for word in _WORD.finditer(outside)
            if not naming.is_name(word.start()) and self._is_telling(word[0])
        ]
        own = sum(set(stems(word, self._language)) <= known for word in told)
        if own < _OWN_WORDS * len(told):
            return "tells what the evidence does not"
        if _shuffled(outside, chosen, self._language):
            return "tells the evidence's words in another order"
        if _turned(outside, quoted, chosen, self._language):
            return "denies what the evidence says, or the reverse"
        return None

    def _is_telling(self, word: str) -> bool:
        return bool(terms(word, self._language)) and not (
            says(word, self._language) or opens(word, self._language) or months(word)
        )


def _misshapen(text: str, outside: str) -> str | None:
    if len(text) > LONGEST:
        return "is too long"
    if len(_WORD.findall(text)) < FEWEST_WORDS or not _WORD.search(outside):
        return "says nothing"
    if any(unicodedata.category(char).startswith("C") for char in text):
        return "holds control characters"
    if _MARKUP.search(text) or _BRACKET.search(outside):
        return "holds markup"
    if _FOREIGN.search(outside):
        return "is in another script"
    return None


def _is(printed: str, text: str) -> bool:
    """Whether ``text`` is what is printed, word for word, but for the last full stop."""
    printed, text = printed.rstrip(" ."), text.rstrip(" .")
    return Span(start=0, end=len(printed)) in places(text, printed)


def _clash(chosen: Sequence[Reading]) -> str | None:
    """Why the cited words cannot be told in one sentence, or None."""
    if all(one.agrees(other) for one in chosen for other in chosen):
        return None
    return "cites more than one speaker"


def _misquote(
    quoted: Sequence[str], chosen: Sequence[Reading], outside: str, language: str
) -> str | None:
    """Why something stands between quotation marks that is not quoted in the evidence, or None."""
    for words in quoted:
        own = [
            (each, words_there, place)
            for each in chosen
            for words_there in each.quotable
            for place in places(words, words_there)
        ]
        if not own:
            return "quotes what is not there"
        if not denies(outside, language) and all(
            _denied(text[: place.start], each.citation.language) for each, text, place in own
        ):
            return "cuts a negation off"
    return None


def _denied(before: str, language: str) -> bool:
    """Whether a negation stands right before the words quoted, within their clause."""
    clause = _CLAUSE.split(before)[-1]
    return denies(" ".join(clause.split()[-3:]), language)


def _miscount(outside: str, language: str, chosen: Sequence[Reading]) -> str | None:
    """Why a figure or a date is not the evidence's, or None."""
    known_days = [day for each in chosen for _, day in dates(f"{each.text}\n{each.labels}")]
    known_days += [as_day(day) for each in chosen for day in each.days]
    years = {day.year for day in known_days}
    told = dates(outside)
    for _, day in told:
        same = [each for each in known_days if (each.day, each.month) == (day.day, day.month)]
        if not same or (day.year and day.year not in years):
            return "gives a date that is not there"
    known = [figure for each in chosen for figure in figures(each.text, each.citation.language)]
    for figure in figures(without(outside, [span for span, _ in told]), language):
        is_year = not figure.percent and not figure.values.isdisjoint(years)
        if not is_year and not any(figure.same(other) for other in known):
            return "gives a figure that is not there"
    return None


def _sides(outside: str, chosen: Sequence[Reading]) -> str | None:
    """Why somebody is told to take a side that nobody takes in the evidence, or None."""
    printed = "\n".join(f"{each.text}\n{each.labels}" for each in chosen)
    taken = same_stance(outside) <= same_stance(printed)
    return None if taken else "takes a side that the evidence does not take"


def _shuffled(outside: str, chosen: Sequence[Reading], language: str) -> bool:
    """Whether the words that both share come in another order: who did what to whom."""
    speakers = " ".join(f"{each.speaker} {each.role} {each.via}" for each in chosen)
    theirs = _telling_stems("\n".join(each.text for each in chosen), language)
    known = set(theirs).difference(stems(speakers, language))
    mine = [stem for stem in _telling_stems(outside, language) if stem in known]
    return _in_order(mine, theirs) < _OWN_WORDS * len(mine)


def _telling_stems(text: str, language: str) -> list[str]:
    telling = set(terms(text, language))
    return [stem for stem in stems(text, language) if stem in telling]


def _in_order(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest run of words that both have in one order, gaps allowed."""
    row = [0] * (len(theirs) + 1)
    for word in mine:
        last = 0
        for at, other in enumerate(theirs, start=1):
            last, row[at] = row[at], last + 1 if word == other else max(row[at], row[at - 1])
    return row[-1]


def _turned(outside: str, quoted: Sequence[str], chosen: Sequence[Reading], language: str) -> bool:
    """Whether the sentence denies and what it is nearest to does not, or the reverse.

    Quotations count on neither side: they are as printed.
    """
    mine = set(terms(outside, language))

    def likeness(printed: str) -> float:
        theirs = set(terms(printed, language))
        return len(mine & theirs) / (len(mine | theirs) or 1)

    unquoted = [_less(each.text, quoted) for each in chosen]
    nearest = max(_parts(unquoted, language), key=likeness, default="")
    return denies(outside, language) != denies(nearest, language)


def _less(text: str, quoted: Sequence[str]) -> str:
    return without(text, [place for words in quoted for place in places(words, text)])


def _parts(texts: Sequence[str], language: str) -> Iterator[str]:
    """The sentences of the evidence, and what neighbouring clauses of one say."""
    for text in texts:
        for span in sentences(text, language):
            clauses = _CLAUSE.split(span.of(text))[:_MOST_CLAUSES]
            for first, last in combinations(range(len(clauses) + 1), 2):
                yield " ".join(clauses[first:last])
