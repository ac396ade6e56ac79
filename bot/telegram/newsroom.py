"""What Telegram needs of the answering engine; knows neither the engine nor Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain import Answer, Question, SourceSummary
from vectorstore.domain import Briefing, Tier


class Newsroom(Protocol):
    """Answers and listings over the briefings of some tiers. Blocking, and safe in threads."""

    def answer(
        self,
        question: str,
        *,
        tiers: frozenset[Tier],
        language: str,
        today: date,
        before: Question | None,
    ) -> Answer:
        """The answer; ``language`` is the one to speak when the question's cannot be told.

        ``before`` is what was asked before in the conversation.
        """

    def latest(self, *, tiers: frozenset[Tier], limit: int) -> Sequence[Briefing]:
        """At most ``limit`` briefings, newest first."""

    def sources(self, *, tiers: frozenset[Tier]) -> Sequence[SourceSummary]:
        """What each source holds."""
