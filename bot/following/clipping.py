"""What is new of what a reader follows, in the briefings' own words; knows no chat.

Every line passes the gate that answers pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.answering.composing import joined, section
from bot.answering.evidence import (
    Evidence,
    newest_first,
    preferred_editions,
)
from bot.answering.files import Files
from bot.answering.repeats import without_repeats
from bot.answering.summary import gist, is_news
from bot.domain import Answer
from bot.records.follows import Follow, Followed
from bot.rendering import ActorName
from vectorstore.catalog import Appearance
from vectorstore.corpus import View
from vectorstore.domain import LANGUAGES, Document, Tier
from vectorstore.lexical import words
from vectorstore.speakers import Said, Speakers

MOST_LINES = 8
LINES_A_BRIEFING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """What is told of one publication; ``more`` is how many statements there was no room for."""

    told: Answer
    more: int


class Clipper:
    """Cuts what is new out of a view (mutable: it keeps the newest view's news). Blocking.

    ``speakers`` tells who speaks in what those who read some tiers may see.
    """

    def __init__(
        self, speakers: Callable[[View, frozenset[Tier]], Speakers], actor_name: ActorName
    ) -> None:
        self._speakers = speakers
        self._actor_name = actor_name
        self._generation = 0
        self._appeared: list[Appearance] = []
        self._made: dict[tuple[datetime | None, date, frozenset[Tier]], _Fresh] = {}

    def clip(
        self,
        view: View,
        followed: Sequence[Follow],
        since: datetime,
        *,
        tiers: frozenset[Tier],
        language: str,
    ) -> Clipping | None:
        """What has appeared since a moment of all that is ``followed``; None when nothing has.

        Words that an earlier version of the article had are not new, and neither is an edition of
        an article that had appeared in another language.
        """
        speakers = self._speakers(view, tiers)
        fresh = self._fresh(view, since, tiers)
        shown: set[tuple[str, int]] = set()
        parts: list[Answer] = []
        more = 0
        for follow in followed:
            evidence = [
                each
                for each in fresh.evidence(follow, speakers, language)
                if (each.document.briefing.version, each.span.start) not in shown
            ]
            room = MOST_LINES - len(shown)
            more += len(evidence[room:])
            shown |= {(e.document.briefing.version, e.span.start) for e in evidence[:room]}
            heading = self.name(follow, language)
            part = section(heading, evidence[:room], view, tiers, speakers.people, language)
            if part:
                parts.append(part)
        return Clipping(told=joined("", parts), more=more) if parts else None

    def _fresh(self, view: View, since: datetime, tiers: frozenset[Tier]) -> _Fresh:
        """What has appeared since a moment, made once for all who know as much."""
        if self._generation != view.generation.number:
            self._generation = view.generation.number
            self._appeared, self._made = view.catalog.appearances(), {}
        moments = (each.published_at for each in self._appeared)
        known = max((each for each in moments if each <= since), default=None)
        key = known, since.date(), tiers
        if key not in self._made:
            self._made[key] = _Fresh(view, self._appeared, since, tiers)
        return self._made[key]

    def name(self, follow: Follow, language: str) -> str:
        """What is followed, as a reader of a language knows it."""
        if follow.kind is Followed.ACTOR:
            return self._actor_name(follow.name, language)
        return follow.name


class _Fresh:
    """What has appeared in a view since a moment."""

    def __init__(
        self,
        view: View,
        appeared: Iterable[Appearance],
        since: datetime,
        tiers: frozenset[Tier],
    ) -> None:
        after, earlier = set(), defaultdict(set)
        for each in appeared:
            if each.published_at > since:
                after.add(each.version)
            else:
                earlier[each.story].add(each.version)
        self._readable = list(view.readable(tiers))
        self._files = Files(self._readable)
        self._documents = [
            document
            for document in self._readable
            if document.briefing.version in after and is_news(document.briefing, since.date())
        ]
        before = {v for d in self._documents for v in earlier[d.briefing.story]}
        self._before: dict[str, list[Document]] = defaultdict(list)
        for document in view.catalog.documents(before).values():
            if document.briefing.tier in tiers:  # what is opened to a reader is new to them
                self._before[document.briefing.story].append(document)

    def evidence(self, follow: Follow, speakers: Speakers, language: str) -> Iterable[Evidence]:
        """What of it belongs to something that is followed, newest first."""
        if follow.kind is Followed.DOSSIER:
            return self._gists(follow.name, language)
        said = (
            speakers.of_actor(follow.name)
            if follow.kind is Followed.ACTOR
            else speakers.of_person(follow.name)
        )
        new = [each for each in said if each.document in self._documents and self._is_new(each)]
        chosen = without_repeats(preferred_editions(new, language))
        found = [Evidence(each.document, each.statement.span, each.statement) for each in chosen]
        return sorted(found, key=lambda e: (newest_first(e.document.briefing), e.span.start))

    def _gists(self, dossier: str, language: str) -> Iterator[Evidence]:
        """How the new articles of a dossier begin, each article once, in an edition that it has."""
        filed = self._files.stories(dossier)
        editions: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            if not self._before[document.briefing.story]:
                editions[document.briefing.story].append(document)
        order = (language, *LANGUAGES)
        stories = [
            min(some, key=lambda one: order.index(one.briefing.language))
            for story, some in editions.items()
            if story in filed
        ]
        for document in sorted(stories, key=lambda one: newest_first(one.briefing)):
            yield from gist(document, LINES_A_BRIEFING)

    def _is_new(self, said: Said) -> bool:
        briefing = said.document.briefing
        before = self._before[briefing.story]
        own = [one for one in before if one.briefing.language == briefing.language]
        if before and not own:
            return False
        said_words = words(said.statement.span.of(briefing.text))
        return not any(
            words(each.span.of(one.briefing.text)) == said_words
            for one in own
            for each in one.statements
        )
