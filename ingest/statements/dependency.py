"""How the words of a sentence hang together, as a parser tells; knows no statements and no model.

A parser reads plain words; ``tree`` lays what it tells over the tokens of our own sentences, whose
phrases ("according to") are one token and whose quotations are one, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.statements.sentence import Sentence

_QUOTED = {"en": "this", "fr": "cela", "ru": "это"}  # what a parser reads in place of a quotation


@dataclass(frozen=True, slots=True)
class Arc:
    """The position of the word that governs a word (its own for the root), and the relation.

    Relations are those of Universal Dependencies: "nsubj", "obj", "ccomp", "conj", "appos" …
    """

    head: int
    relation: str


class Parser(Protocol):
    """Tells how words hang together; safe to be asked from several threads."""

    def parse(self, words: Sequence[str]) -> Sequence[Arc]:
        """An arc for each of the words of one sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Tree:
    """One arc for each token of a sentence."""

    arcs: tuple[Arc, ...]

    def children(self, at: int, *relations: str) -> Iterator[int]:
        """The tokens that the one at ``at`` governs, in order; all, or those of ``relations``."""
        for other, arc in enumerate(self.arcs):
            if arc.head == at != other and (not relations or arc.relation in relations):
                yield other

    def extent(self, at: int, *, without: Sequence[str] = ()) -> tuple[int, int]:
        """Where the words begin and end that hang on a token, those of some relations left out.

        Of words that are torn apart only the run that holds the token counts.
        """
        inside = {at}
        queue = [at]
        while queue:
            for child in self.children(queue.pop()):
                if self.arcs[child].relation not in without and child not in inside:
                    inside.add(child)
                    queue.append(child)
        start, end = at, at + 1
        while start - 1 in inside:
            start -= 1
        while end in inside:
            end += 1
        return start, end


def tree(sentence: Sentence, parser: Parser) -> Tree:
    """What ``parser`` tells of a sentence, laid over its tokens."""
    words: list[str] = []
    owner: list[int] = []  # of each word the token that holds it
    for at, token in enumerate(sentence.tokens):
        quoted = token.quotation is not None
        pieces = [_QUOTED[sentence.language]] if quoted else token.text.split()
        words += pieces
        owner += [at] * len(pieces)
    arcs = parser.parse(words)
    found: list[Arc] = []
    for at in range(len(sentence.tokens)):
        own = [n for n, holder in enumerate(owner) if holder == at]
        top = next((n for n in own if owner[arcs[n].head] != at), own[-1])
        found.append(Arc(owner[arcs[top].head], arcs[top].relation))
    return Tree(tuple(found))
