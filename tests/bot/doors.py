"""Every door of the engine through which somebody may be shown briefings; judges nothing.

What a door gives is all that it shows, as one text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.answering.composing import nothing
from bot.domain import Answer, Further, Kind, Question, Reason
from bot.records.follows import Follow, Followed
from tests.bot.world import DAY, NOW, Tiers, World
from vectorstore.retriever import BriefingRetriever, Restriction

SOMEBODY = "What did Georgia say?"
LONG_AGO = NOW - timedelta(days=2)
NOTHING = nothing(
    Question(text="", search="", language="en", kind=Kind.STATEMENT), Reason.NO_COVERAGE
)
FOLLOWS = [Follow(number=1, user=1, kind=Followed.ACTOR, name="GE")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody at a door: what they may read, and a secret that they have heard of, gone or not.

    In a ``group`` others read along.
    """

    world: World
    user: int
    group: bool
    tiers: Tiers
    secret: str

    def answer(self, text: str, kind: Kind | None = None, before: Question | None = None) -> Answer:
        newsroom = self.world.newsroom
        return newsroom.answer(
            text, tiers=self.tiers, language="en", today=DAY, kind=kind, before=before
        )


def searched(visit: Visit) -> str:
    restriction = Restriction(tiers=visit.tiers)
    retriever = BriefingRetriever(
        corpus=visit.world.corpus, encoder=visit.world.encoder, restriction=restriction, limit=50
    )
    return repr(retriever.invoke(f"What will be built? {visit.secret}"))


def answer_on_somebody(visit: Visit) -> str:
    return repr([shown(visit.answer(f"What did {who} say?")) for who in ("Georgia", "Ostrova")])


def answer_on_a_secret(visit: Visit) -> str:
    return shown(visit.answer(_on(visit.secret)))


def summary(visit: Visit) -> str:
    return shown(visit.answer(f"Summarise the briefings of {DAY:%d %B %Y}"))


def follow_up(visit: Visit) -> str:
    """Of a question that somebody who reads everything was answered."""
    asked = visit.world.remember("What did Turkey say about the river?").asked
    return shown(visit.answer(f"And about {visit.secret}?", before=asked))


def buttons(visit: Visit) -> str:
    """Under answers of now: what they say, and where they lead."""
    answers = [visit.answer(each) for each in (SOMEBODY, _on("the river"), _on(visit.secret))]
    further = [visit.world.newsroom.further(each, tiers=visit.tiers) for each in answers]
    for answer, each in zip(answers, further, strict=True):
        assert set(each.editions) <= visit.world.languages(_cited(answer), visit.tiers)
    pressed = [_pressed(visit, *each) for each in zip(answers, further, strict=True)]
    return repr([*map(_names, further), pressed])


def old_buttons(visit: Visit) -> str:
    """Under answers to somebody who could read everything, of now and of before."""
    for question in (SOMEBODY, _on(visit.secret)):
        visit.world.remember(question)
    return repr([_pressed(visit, *each) for each in visit.world.before])


def latest(visit: Visit) -> str:
    return repr(visit.world.newsroom.latest(tiers=visit.tiers, limit=50))


def sources(visit: Visit) -> str:
    found = visit.world.newsroom.sources(tiers=visit.tiers, language="en")
    assert sum(each.stories for each in found) == visit.world.stories(visit.tiers)
    return repr(found)


def dossiers(visit: Visit) -> str:
    return repr(visit.world.newsroom.dossiers(tiers=visit.tiers, language="en"))


def examples(visit: Visit) -> str:
    return repr(visit.world.newsroom.examples(tiers=visit.tiers, language="en", today=DAY))


def about(visit: Visit) -> str:
    found = [
        visit.world.newsroom.about(who, tiers=visit.tiers, language="en", today=DAY)
        for who in ("Georgia", "Maria Ostrova")
    ]
    stories = visit.world.stories(visit.tiers)
    assert all(each.statements == stories for each in found)
    return repr([[replace(each, latest=NOTHING), shown(each.latest)] for each in found])


def timeline(visit: Visit) -> str:
    return _pictured(visit, visit.answer("Georgia", Kind.TIMELINE))


def comparison(visit: Visit) -> str:
    return _pictured(visit, visit.answer("Georgia, Turkey", Kind.COMPARISON))


def digest(visit: Visit) -> str:
    composer, tiers = visit.world.composer, visit.tiers
    of_day = composer.of_day(DAY, tiers=tiers, language="en")
    return repr([of_day, composer.between(LONG_AGO, datetime.now(UTC), tiers=tiers, language="en")])


def clipping(visit: Visit) -> str:
    with visit.world.corpus.view() as view:
        return repr(
            visit.world.clipper.clip(view, FOLLOWS, LONG_AGO, tiers=visit.tiers, language="en")
        )


def editions(visit: Visit) -> str:
    return _in_other_languages(visit, set(visit.world.secrets))


DOORS: tuple[Callable[[Visit], str], ...] = (
    searched, answer_on_somebody, answer_on_a_secret, summary, follow_up, buttons, old_buttons,
    latest, sources, dossiers, examples, about, timeline, comparison, digest, clipping,
    editions,
)  # fmt: skip


def shown(answer: Answer) -> str:
    """All of an answer but the question itself."""
    return repr([
        answer.lines, answer.citations, answer.nearest, answer.silent,
        [shown(part) for part in answer.parts],
    ])  # fmt: skip


def _on(what: str) -> str:
    return f"What did Georgia say about {what}?"


def _pictured(visit: Visit, answer: Answer) -> str:
    """An answer and what its picture counts."""
    counted = sum(each.statements for each in answer.counts if each.who == "GE")
    assert counted == visit.world.stories(visit.tiers)
    return repr([shown(answer), answer.counts])


def _names(further: Further) -> str:
    """What the buttons say."""
    return repr([(each.people, each.actors, each.days) for each in _asked_by(further)])


def _pressed(visit: Visit, answer: Answer, further: Further) -> str:
    """Where the buttons under an answer lead."""
    newsroom, tiers = visit.world.newsroom, visit.tiers
    said = [shown(newsroom.go_on(each, tiers=tiers)) for each in _asked_by(further)]
    return repr([said, _in_other_languages(visit, _cited(answer))])


def _in_other_languages(visit: Visit, briefings: set[str]) -> str:
    newsroom, tiers = visit.world.newsroom, visit.tiers
    return repr([newsroom.editions(briefings, each, tiers=tiers) for each in ("en", "fr")])


def _cited(answer: Answer) -> set[str]:
    return {citation.briefing for citation in answer.citations}


def _asked_by(further: Further) -> list[Question]:
    return [each for each in (further.more, further.earlier, *further.compare) if each]
