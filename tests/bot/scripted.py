"""A newsroom that says what a test tells it to, and short ways to write answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot import records
from bot.access import Access
from bot.digest.composing import Composer
from bot.domain import (
    Answer,
    Citation,
    Dossier,
    Further,
    Kind,
    Line,
    LineKind,
    Profile,
    Question,
    Reason,
    SourceSummary,
)
from bot.editing import EditorsDesk
from bot.listening import Listener
from bot.roles import GivenRoles, Policy
from bot.telegram.languages import Languages
from bot.telegram.newsroom import Newsroom
from bot.telegram.parts import Parts, Rules
from bot.telegram.within import Within
from tests.databases import url_of
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, View
from vectorstore.domain import Briefing, Days, Tier
from vectorstore.speakers import Speakers

DAY = date(2023, 9, 20)
COVERS = Days(first=date(2023, 9, 19), last=DAY)
ACTORS = {
    "RU": {"en": "Russia", "fr": "Russie", "ru": "Россия"},
    "TR": {"en": "Turkey", "fr": "Turquie", "ru": "Турция"},
    "NO": {"en": "Norway", "fr": "Norvège", "ru": "Норвегия"},
    "US": {"en": "United States", "fr": "États-Unis", "ru": "США"},
}


def actor_name(code: str, language: str) -> str:
    return ACTORS[code][language]


def citation(number: int = 1, **given: object) -> Citation:
    values: dict[str, object] = {
        "number": number,
        "briefing": f"b{number}",
        "version": "v",
        "title": f"Briefing {number}",
        "url": f"https://news.example/{number}",
        "link": f"https://news.example/{number}#:~:text=word{number}",
        "day": DAY,
        "covers": COVERS,
        "language": "en",
        "quote": "words",
        "start": 0,
        "end": 5,
    }
    return Citation(**(values | given))  # type: ignore[arg-type] # a test gives what fits


def line(text: str, kind: LineKind = LineKind.QUOTE, number: int = 1, **given: object) -> Line:
    values: dict[str, object] = {
        "text": text,
        "kind": kind,
        "actor": None,
        "speaker": "",
        "role": "",
        "via": "",
        "day": DAY,
        "citation": number,
    }
    return Line(**(values | given))  # type: ignore[arg-type] # a test gives what fits


def found(
    *lines: Line, language: str = "en", citations: Sequence[Citation] | None = None
) -> Answer:
    if citations is None:
        citations = [citation(number) for number in sorted({each.citation for each in lines})]
    return Answer(
        question="?",
        language=language,
        found=True,
        reason=None,
        lines=lines,
        citations=tuple(citations),
        nearest=(),
        seconds=0.1,
    )


def missing(
    reason: Reason | None,
    *nearest: Citation,
    language: str = "en",
    lines: Sequence[Line] | None = None,
    asked: Question | None = None,
) -> Answer:
    """Nothing found; what is nearest is the newsroom's own, unless ``lines`` tell whose it is."""
    if lines is None:
        lines = [line(each.quote, LineKind.PASSAGE, each.number) for each in nearest]
    return Answer(
        question="?",
        language=language,
        found=False,
        reason=reason,
        lines=(),
        citations=(),
        nearest=nearest,
        nearest_lines=tuple(lines),
        asked=asked,
        seconds=0.1,
    )


def briefing(story: str, language: str = "en", **given: object) -> Briefing:
    values: dict[str, object] = {
        "id": f"{story}-{language}",
        "source": "site",
        "story": story,
        "url": f"https://news.example/{story}/{language}",
        "title": f"{story} in {language}",
        "language": language,
        "day": DAY,
        "covers": None,
        "dossiers": (),
        "tier": Tier.PUBLIC,
        "actor": None,
        "preview": False,
        "text": "Text.",
    }
    return Briefing(**(values | given))  # type: ignore[arg-type] # a test gives what fits


@dataclass
class ScriptedNewsroom:
    """Answers by question, else with the question itself as a passage.

    ``ways`` are what can follow, by question; what follows is answered by its own search.
    ``writing`` is what a writer has written, step by step, before the answer; it takes ``step``
    seconds each, and when the listener leaves, the answer is one without a writer.
    ``seconds`` and ``gates`` hold up questions; ``broken`` ones fail. ``asked`` is what came in,
    ``followed`` what each of it was to follow up, and ``days_before`` the days of that,
    ``confined`` the file it was to stay in.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    ways: dict[str, Further] = field(default_factory=dict)
    writing: dict[str, list[Answer]] = field(default_factory=dict)
    step: float = 0.3
    seconds: dict[str, float] = field(default_factory=dict)
    gates: dict[str, threading.Event] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    briefings: list[Briefing] = field(default_factory=list)
    summaries: list[SourceSummary] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    files: list[Dossier] = field(default_factory=list)
    asked: list[tuple[str, frozenset[Tier], str]] = field(default_factory=list)
    confined: list[str] = field(default_factory=list)
    latest_of: list[frozenset[Tier]] = field(default_factory=list)
    followed: list[str | None] = field(default_factory=list)
    days_before: list[Days | None] = field(default_factory=list)

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
        self.confined.append(dossier)
        self.followed.append(before.text if before else None)
        self.days_before.append(before.days if before else None)
        self.asked.append((question, tiers, language))
        if question in self.gates:
            assert self.gates[question].wait(60), "the test never opened the gate"
        time.sleep(self.seconds.get(question, 0))
        if question in self.broken:
            raise RuntimeError("the index is gone")
        echo = found(line(f"echo {question}", LineKind.PASSAGE), language=language)
        asked = Question(
            text=question,
            search=question,
            language=language,
            kind=kind or Kind.STATEMENT,
            people=tuple(question.split(", ")) if kind else (),
            dossier=dossier,
        )
        cut_short = listener is not None and not self._written(question, listener)
        return replace(self.answers.get(question, echo), asked=asked, fallback=cut_short)

    def _written(self, question: str, listener: Listener[Answer]) -> bool:
        """Whether the listener has heard all that there is to hear."""
        for so_far in self.writing.get(question, ()):
            listener.hear(so_far)
            left = threading.Event()
            listener.on_leaving(left.set)
            if left.wait(self.step):
                return False
        return True

    def go_on(
        self,
        asked: Question,
        *,
        tiers: frozenset[Tier],
        listener: Listener[Answer] | None = None,
    ) -> Answer:
        before = replace(asked, text=asked.search)
        answer = self.answer(
            asked.search, tiers=tiers, language=asked.language, today=DAY, before=before
        )
        return replace(answer, asked=answer.asked and replace(answer.asked, days=asked.days))

    def further(self, answer: Answer, *, tiers: frozenset[Tier]) -> Further:
        return self.ways.get(answer.asked.text, Further()) if answer.asked else Further()

    def editions(
        self, briefings: Collection[str], language: str, *, tiers: frozenset[Tier]
    ) -> Sequence[Briefing]:
        return [b for b in self.briefings if b.language == language and b.tier in tiers]

    def alike(self, questions: Sequence[str]) -> list[list[int]]:
        """By their last words."""
        groups: dict[str, list[int]] = {}
        for at, question in enumerate(questions):
            groups.setdefault(question.split()[-1], []).append(at)
        return sorted(groups.values(), key=len, reverse=True)

    def about(self, who: str, *, tiers: frozenset[Tier], language: str, today: date) -> Profile:
        self.asked.append((who, tiers, language))
        nobody = Profile(
            actor=None,
            person="",
            statements=0,
            speakers=(),
            days=(),
            latest=missing(Reason.NO_COVERAGE, language=language),
        )
        return self.profiles.get(who, nobody)

    def dossiers(self, *, tiers: frozenset[Tier], language: str) -> Sequence[Dossier]:
        return self.files

    def examples(self, *, tiers: frozenset[Tier], language: str, today: date) -> Sequence[str]:
        return [{"en": "Who spoke?", "fr": "Qui a parlé ?", "ru": "Кто говорил?"}[language]]

    def latest(self, *, tiers: frozenset[Tier], limit: int) -> Sequence[Briefing]:
        self.latest_of.append(tiers)
        return self.briefings[:limit]

    def sources(self, *, tiers: frozenset[Tier], language: str) -> Sequence[SourceSummary]:
        return self.summaries


def _of_evening() -> str:
    """A zone where it is evening now: nobody's usual digest is due while the tests run."""
    ahead = (20 - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


RULES = Rules(
    questions_per_day=1000, zone=_of_evening(), subscriber_digest=False, quiet_digest=True
)
NOBODY = GivenRoles()
OPENED = ExitStack()  # what a test has opened; closed at its end


def without_editors(
    newsroom: Newsroom,
    desk: EditorsDesk,
    folder: Path,
    given: GivenRoles = NOBODY,
    policy: Policy = Policy.PUBLIC,
    rules: Rules = RULES,
) -> Parts:
    """A Telegram front with records of its own in ``folder``."""
    url = url_of(folder)
    kept = OPENED.enter_context(records.opened(folder, 90, url))
    corpus = OPENED.enter_context(closing(Corpus(folder, url)))

    def speakers(view: View, tiers: frozenset[Tier]) -> Speakers:
        return Speakers(view.readable(tiers))

    return Parts(
        newsroom=newsroom,
        actor_name=actor_name,
        desk=desk,
        roles=Access(kept.members, given, policy),
        records=kept,
        composer=Composer(corpus, Actors.load(), speakers),
        corpus=corpus,
        speakers=speakers,
        rules=rules,
        languages=Languages(kept.notes),
        within=Within(kept.notes),
    )
