"""How well a passage answers a question, from features that can be explained; chooses nothing.

Two features decide: the cosine of question and passage, and which share of the question's words
the passage holds, the rarer the word the more. Across languages there is only the cosine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.question import topic_terms
from bot.domain import Question
from vectorstore.corpus import View
from vectorstore.domain import Hit, Span, Tier
from vectorstore.lexical import stems
from vectorstore.names import skeleton

# The cosine that a question and a passage have in common whatever they say, by their languages:
# the mean over the questions and passages of four sets.
UNRELATED = {
    ("en", "en"): 0.742,
    ("en", "fr"): 0.719,
    ("en", "ru"): 0.704,
    ("fr", "en"): 0.740,
    ("fr", "fr"): 0.784,
    ("fr", "ru"): 0.731,
    ("ru", "en"): 0.707,
    ("ru", "fr"): 0.710,
    ("ru", "ru"): 0.757,
}
# Fitted on 482 questions that a corpus in their language answers or does not and 936 of another
# set (F1 .89 for answering, .88 for silence; on a set left out of the fit .88 to .99 and .85 to
# .99), and across languages on 374 and 1972 (.87 and .87; .78 to .91 and .84 to .90).
WORDS_WEIGHT = 0.15
BAR = 0.935
ABOVE_UNRELATED = 0.08
# A word that no briefing holds may be another word for one that they do; a name may not.
UNHEARD = 0.35

_NAMED = re.compile(r"(?<=\s)[A-ZÀ-ÞА-ЯЁ][\w’'-]+|\d+")
_NAME_OR_FIGURE = re.compile(r"\d+|[^\W\d_][\w’'-]{2,}")


class Relevance:
    """Judges passages for one question."""

    def __init__(self, question: Question, view: View, tiers: frozenset[Tier]) -> None:
        self._question = question
        wanted = topic_terms(question, question.language)
        known = view.index.rarity(tiers, question.language, wanted)
        named = {
            stem
            for name in _NAMED.findall(question.topic)
            for stem in stems(name, question.language)
        }
        unheard = view.index.rarity(tiers, question.language, ["\0"])["\0"]
        self._rarity = {
            stem: rarity * (1.0 if stem in named or rarity < unheard else UNHEARD)
            for stem, rarity in known.items()
        }
        self._names = _names(question.topic)

    def of(self, hit: Hit) -> float:
        """By how much the passage passes the bar; below 0 it does not answer the question."""
        briefing = hit.passage.briefing
        unrelated = UNRELATED[self._question.language, briefing.language]
        cosine = unrelated if hit.similarity is None else hit.similarity
        if briefing.language != self._question.language:
            return cosine - unrelated - ABOVE_UNRELATED
        share = self.coverage(f"{briefing.title} {hit.passage.text}")
        return cosine + WORDS_WEIGHT * share - BAR

    def coverage(self, text: str) -> float:
        """The share of the question's words in a text of its language, weighted, 0 to 1."""
        total = sum(self._rarity.values())
        if not total:
            return 0.0
        held = set(stems(text, self._question.language))
        return sum(rarity for stem, rarity in self._rarity.items() if stem in held) / total

    def shares(self, body: str, spans: Sequence[Span], language: str) -> list[float]:
        """How much of what is asked each span of ``body`` says, 0 for nothing.

        Across languages any may say it; the names and figures that both share count.
        """
        if language == self._question.language:
            return [self.coverage(span.of(body)) for span in spans]
        return [1.0 + len(self._names & _names(span.of(body))) for span in spans]

    def telling(self, body: str, spans: Sequence[Span], language: str) -> int:
        """The index of the span of ``body`` with the greatest share; the first of equals."""
        shares = self.shares(body, spans, language)
        return shares.index(max(shares))


def _names(text: str) -> set[str]:
    found = _NAME_OR_FIGURE.findall(text)
    return {word if word.isdigit() else skeleton(word) for word in found}
