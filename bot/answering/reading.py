"""What those who may read some tiers find in a view, and what a question means to them.

Finds no answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bot.answering.asking import language_of
from bot.answering.bearers import borne_by
from bot.answering.dossiers import dossier_named, with_dossier
from bot.answering.events import dated
from bot.answering.files import Files
from bot.answering.orders import ordered
from bot.answering.question import understand, without
from bot.answering.spelling import Spelling
from bot.domain import Kind, Question
from vectorstore.actors import Actors
from vectorstore.corpus import View
from vectorstore.domain import Tier
from vectorstore.speakers import Speakers


@dataclass(frozen=True, slots=True)
class Reading:
    """A view's speakers and dossiers as the readers of ``tiers`` may know them.

    ``dated`` says that some briefing has a day; where none has, no day can be asked for.
    ``examples`` are those of each language that have been looked for.
    """

    view: View
    tiers: frozenset[Tier]
    actors: Actors
    speakers: Speakers
    files: Files
    dated: bool
    spelling: Spelling
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View, tiers: frozenset[Tier], actors: Actors) -> Reading:
        """What readers of ``tiers`` find in a view."""
        documents = list(view.readable(tiers))
        return cls(
            view=view,
            tiers=tiers,
            actors=actors,
            speakers=Speakers(documents),
            files=Files(documents),
            dated=any(each.briefing.day or each.briefing.covers for each in documents),
            spelling=Spelling(view, tiers, actors),
        )

    def ordered(self, text: str, kind: Kind, fallback: str, today: date) -> Question:
        """What is asked for an answer of ``kind`` by naming whom and on what."""
        question = ordered(
            self.spelling.corrected(text, language_of(text, fallback), self._is_person),
            kind,
            actors=self.actors,
            is_speaker=self._is_speaker,
            fallback=fallback,
            today=today,
        )
        return replace(question, text=text, days=question.days if self.dated else None)

    def understood(self, text: str, before: Question | str, today: date) -> Question:
        """What a question asks; ``before`` is the one before it, or the language to fall back on.

        The words that name a dossier name nobody who is to speak and no topic.
        """
        language = language_of(text, before if isinstance(before, str) else before.language)
        text = self.spelling.corrected(text, language, self._is_person)
        dossier = dossier_named(text, self.files)
        question = understand(
            without(text, [dossier.span]) if dossier else text,
            actors=self.actors,
            is_speaker=self._is_speaker,
            is_bearer=lambda described, spoken: bool(
                borne_by(described, spoken, self.speakers, self.actors)
            ),
            day_of=lambda words, spoken: dated(words, spoken, self.view, self.tiers),
            fallback=language,
            today=today,
        )
        if not self.dated:
            question = replace(question, days=None)
        if dossier:
            question = with_dossier(replace(question, search=text), dossier, self.files)
        return question

    def _is_speaker(self, name: str) -> bool:
        return bool(self.speakers.of_person(name))

    def _is_person(self, name: str) -> bool:
        return any(
            not self.spelling.is_actor(said.statement.speaker)
            for said in self.speakers.of_person(name)
        )
