"""A newsroom whose answers a scripted model writes, and what good models write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.answering import Newsroom
from bot.domain import Answer, LineKind
from bot.listening import Listener
from bot.writing import ModelWriter
from tests.bot.corpora import PUBLIC, TODAY, Desk
from tests.chat_server import Evidence
from vectorstore.actors import Actors
from vectorstore.embeddings import SentenceEmbeddings

KEY = "sk-very-secret-0123456789"
CORRIDOR = "what did Russia say about the rail corridor in May 2024?"
TRUTH = "Moscow said that control of the line was the business of Russian border guards [3]."


@dataclass
class ScriptedModel:
    """Says ``said``, whatever it is asked; ``asked`` is what that was."""

    said: str | None = ""
    asked: tuple[str, str] = ("", "")

    def text(self, system: str, human: str, listener: Listener[str]) -> str | None:
        self.asked = (system, human)
        return self.said


Told = Callable[..., Answer]


def teller(desk: Desk, embeddings: SentenceEmbeddings) -> Told:
    actors, model = Actors.load(), ScriptedModel()
    newsroom = Newsroom(desk.corpus, embeddings, actors, ModelWriter(model, actors.name))

    def told(question: str, said: str | None, language: str = "en") -> Answer:
        model.said = said
        answer = newsroom.answer(question, tiers=PUBLIC, language=language, today=TODAY)
        assert answer.found
        return answer

    return told


def is_shown(answer: Answer) -> bool:
    kinds = {line.kind for line in answer.lines}
    assert (kinds == {LineKind.GENERATED}) == (not answer.fallback)
    return not answer.fallback


def telling(evidence: Evidence) -> str:
    """What a good model makes of evidence in English."""
    sentences = [
        f"{each['speaker']} said: “{each['words']}” [{each['number']}]."
        for each in evidence
        if each["kind"] == "quote"
    ]
    return " ".join([*sentences, TRUTH])
