"""How well a passage answers a question, from features that can be explained; chooses nothing.

Two features decide: the cosine of question and passage, and which share of the question's words
the passage holds, the rarer the word the more; across languages, which share of its names. The same
two, of a sentence read in its passage, tell which sentence says most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from bot.answering.foreign import names_of, share_printed
from bot.answering.question import topic_terms
from bot.domain import Question
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import LANGUAGES, Briefing, Hit, Passage, Span, Tier
from vectorstore.lexical import stems
from vectorstore.publication import Vectors
from vectorstore.sentences import sentences_of

# The cosine that a question and a passage have in common whatever they say, by their languages:
# the mean over the questions and passages of four sets. Some questions, most of all those that mean
# nothing, are nearer to every passage than others: the mean vectors (3, d) of the passages of those
# sets, in the order of LANGUAGES, tell how near, and half of what they tell is believed: F1 .88 and
# .89 across languages, with the means of the other sets alone (without: .85 and .85), and .85 of
# the questions of random letters find nothing (.50).
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
# set (F1 .88 for answering, .88 for silence; on a set left out of the fit .88 to .99 and .85 to
# .99), and across languages on 373 and 1972 (.88 and .88; .84 to .88 and .86 to .96).
WORDS_WEIGHT = 0.15
BAR = 0.935
ABOVE_UNRELATED = 0.076
# Across languages the name of whoever is asked makes all that he says near. What names none of the
# countries of the topic is this far below the bar at best.
UNNAMED = -0.07
# A passage in another language that prints the names of the topic is so much nearer: F1 across
# languages rose by .006 and .003.
NAMES_WEIGHT = 0.03
# Of the sentences of the passages found for 652 questions the best four held the answer for .86
# (hand-written, in their language), .76 (across), .97 and .88 (XQuAD) with any weight up to .15.
SENTENCE_WORDS_WEIGHT = 0.05
# A word that no briefing holds may be another word for one that they do; a name may not.
UNHEARD = 0.35
# Passages that answer less well than the best by more than this are on something else.
MARGIN = 0.03

ORDINARY = Path(__file__).with_name("ordinary.npy")
_NAMED = re.compile(r"(?<=\s)[A-ZÀ-ÞА-ЯЁ][\w’'-]+|\d+")


class Relevance:
    """Judges passages for one question."""

    def __init__(
        self,
        question: Question,
        view: View,
        tiers: frozenset[Tier],
        vector: Vectors,
        actors: Actors,
    ) -> None:
        """``vector`` (d,) is the question's; ``tiers`` are those that the asker may read."""
        self._question = question
        self._actors = actors
        self._view = view
        self._vector = vector
        self._names = names_of(question, actors)
        self._topic_codes = {mention.code for mention in actors.mentions(question.topic)}
        self._found_named = False
        self._read: dict[Passage, list[tuple[float, Span]]] = {}
        self._judged: dict[Hit, float] = {}
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

    def compare(self, hits: Iterable[Hit]) -> None:
        """Note whether any passage in another language prints all names of the topic.

        What prints none of them is then about something else.
        """
        self._judged.clear()
        self._found_named = any(
            self.names_printed(hit) == 1 for hit in hits if not self.is_own(hit.passage.briefing)
        )

    def of(self, hit: Hit) -> float:
        """By how much the passage passes the bar; below 0 it does not answer the question."""
        if hit not in self._judged:
            self._judged[hit] = self._judge(hit)
        return self._judged[hit]

    def _judge(self, hit: Hit) -> float:
        briefing = hit.passage.briefing
        unrelated = UNRELATED[self._question.language, briefing.language]
        cosine = unrelated if hit.similarity is None else hit.similarity
        if not self.is_own(briefing):
            named = self.names_printed(hit)
            common = self.common(briefing.language)
            above = cosine - common - ABOVE_UNRELATED + NAMES_WEIGHT * named
            other = (self._found_named and not named) or not self._names_places(hit)
            return min(above, UNNAMED) if other else above
        most = cosine + WORDS_WEIGHT - BAR
        if most < 0:
            return most  # whatever its words
        share = self.coverage(f"{briefing.title} {hit.passage.text}")
        return cosine + WORDS_WEIGHT * share - BAR

    def common(self, language: str) -> float:
        """What the question's cosine with any passage of a language is taken to be."""
        usual, ordinary = UNRELATED[self._question.language, language], _ordinary()
        if ordinary.shape[1:] != self._vector.shape:  # another model than the one that we ship
            return usual
        return (usual + float(self._vector @ ordinary[LANGUAGES.index(language)])) / 2

    def names_printed(self, hit: Hit) -> float:
        """The share of the topic's names that a passage or its title prints."""
        return share_printed(self._names, f"{hit.passage.briefing.title} {hit.passage.text}")

    def _names_places(self, hit: Hit) -> bool:
        """Whether a passage or its title names one of the places asked about, if there are any."""
        asked = set(self._question.places)
        briefing = hit.passage.briefing
        texts = (briefing.title, hit.passage.text) if asked else ()
        named = (m.code for t in texts for m in self._actors.mentions(t, briefing.language))
        return not asked or any(code in asked for code in named)

    def is_own(self, briefing: Briefing) -> bool:
        """Whether a briefing is in the question's language."""
        return briefing.language == self._question.language

    def coverage(self, text: str) -> float:
        """The share of the question's words in a text of its language, weighted, 0 to 1."""
        total = sum(self._rarity.values())
        if not total:
            return 0.0
        held = set(stems(text, self._question.language))
        return sum(rarity for stem, rarity in self._rarity.items() if stem in held) / total

    def coverage_by_name(self, text: str, language: str) -> float | None:
        """The share of the topic's names and places that ``text`` names; None where it has none."""
        names, codes = self._names, self._topic_codes
        if not names and not codes:
            return None
        named = {mention.code for mention in self._actors.mentions(text, language)}
        held = share_printed(names, text) * len(names) + len(codes & named)
        return held / (len(names) + len(codes))

    def read(self, passages: Iterable[Passage]) -> None:
        """Look the sentences of some passages up at once, which is faster than one by one."""
        new = {passage for passage in passages if passage not in self._read}
        known = self._view.sentence_vectors(new) if new else {}
        for passage in new:
            plain = [(span, None) for span in sentences_of(passage)]
            self._read[passage] = [
                (self._share(passage.briefing, span, vector), span)
                for span, vector in known.get(passage, plain)
            ]

    def sentences(self, passage: Passage) -> list[tuple[float, Span]]:
        """The sentences of a passage, in order, each with how much of what is asked it says.

        0 is nothing; a tenth is much.
        """
        self.read([passage])
        return self._read[passage]

    def share(self, passage: Passage, span: Span) -> float:
        """How much of what is asked a span of the body says, as far as ``passage`` holds it."""
        return max((s for s, each in self.sentences(passage) if each.overlaps(span)), default=0.0)

    def _share(self, briefing: Briefing, sentence: Span, vector: Vectors | None) -> float:
        asked_in, language = self._question.language, briefing.language
        share = 0.0
        if vector is not None:
            share = max(0.0, float(self._vector @ vector) - UNRELATED[asked_in, language])
        if language == asked_in:
            share += SENTENCE_WORDS_WEIGHT * self.coverage(sentence.of(briefing.text))
        return share


@cache
def _ordinary() -> Vectors:
    vectors: Vectors = np.load(ORDINARY).astype(np.float32)
    return vectors
