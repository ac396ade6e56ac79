"""Cuts what a model wrote into sentences with the numbers they cite; believes none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.sentences import sentences

_MARKERS = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
# What is left of “It is over.” [1]. without its marker.
_DOUBLE_STOP = re.compile(r"(?<=[.!?…][”\"])\.$")
# A comma or full stop that English prints inside quotation marks, whoever it is by.
_STOP_INSIDE = re.compile(r"(?<![.…])([,.])([”\"])(?!\w)")
# Models that think aloud do so between these.
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markers, and the numbers these held, in order."""

    text: str
    numbers: tuple[int, ...]


def cited_sentences(text: str, language: str) -> Iterator[Sentence]:
    """The sentences of ``text``; a marker belongs to the sentence that it stands in or ends.

    A line that begins with a marker is a list of sources or the like, and left out.
    """
    for line in _THOUGHT.sub("", text).splitlines():
        if not line.strip() or _MARKERS.match(line):
            continue
        plain, markers = _parted(line)
        for span in sentences(plain, language):
            numbers = [n for at, some in markers if span.start < at <= span.end for n in some]
            yield Sentence(_punctuated(span.of(plain)), tuple(dict.fromkeys(numbers)))


def _parted(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """The line without its markers, and how much of it stands before each."""
    plain, end = "", 0
    markers: list[tuple[int, list[int]]] = []
    for match in _MARKERS.finditer(line):
        plain += line[end : match.start()]
        markers.append((len(plain.rstrip()), [int(n) for n in re.findall(r"\d+", match[1])]))
        end = match.end()
        if line[end : end + 1].isalnum():
            plain += " "
    return plain + line[end:], markers


def _punctuated(text: str) -> str:
    """The sentence with the commas and full stops that may be its own outside the quotations."""
    return _STOP_INSIDE.sub(r"\2\1", _DOUBLE_STOP.sub("", text))
