"""What Telegram needs of the answering engine; knows neither the engine nor Telegram."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from bot.domain import Answer, Dossier, Further, Kind, Profile, Question, SourceSummary
from bot.listening import Listener
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
        before: Question | None = None,
        kind: Kind | None = None,
        dossier: str = "",
        verbatim: bool = False,
        listener: Listener[Answer] | None = None,
    ) -> Answer:
        """The answer; ``language`` is the one to speak when the question's cannot be told.

        ``before`` is what was asked before in the conversation. With ``kind`` the question only
        names whom and on what; ``dossier`` is the file to stay in; ``verbatim`` has it in the
        pages' own words alone. ``listener`` hears what a writer has written so far.
        """

    def about(self, who: str, *, tiers: frozenset[Tier], language: str, today: date) -> Profile:
        """What the briefings have of whoever ``who`` names."""

    def dossiers(self, *, tiers: frozenset[Tier], language: str) -> Sequence[Dossier]:
        """The files that the newsroom follows, as a reader of ``language`` knows them."""

    def examples(self, *, tiers: frozenset[Tier], language: str, today: date) -> Sequence[str]:
        """Questions and commands that find an answer."""

    def go_on(
        self,
        asked: Question,
        *,
        tiers: frozenset[Tier],
        listener: Listener[Answer] | None = None,
    ) -> Answer:
        """The answer to a question that is understood already."""

    def further(self, answer: Answer, *, tiers: frozenset[Tier]) -> Further:
        """What can follow an answer that was just given."""

    def editions(
        self, briefings: Collection[str], language: str, *, tiers: frozenset[Tier]
    ) -> Sequence[Briefing]:
        """The editions in ``language`` of the stories of some briefings, newest first."""

    def alike(self, questions: Sequence[str]) -> list[list[int]]:
        """The positions of questions that mean the same, the largest groups first."""

    def latest(self, *, tiers: frozenset[Tier], limit: int) -> Sequence[Briefing]:
        """At most ``limit`` briefings, newest first."""

    def sources(self, *, tiers: frozenset[Tier], language: str) -> Sequence[SourceSummary]:
        """What each source holds, as a reader of ``language`` knows it."""
