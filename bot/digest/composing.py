"""What is new, dossier by dossier, in the briefings' own words; knows neither reader nor chat.

Every line passes the gate that answers pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.answering.composing import joined, section, titled
from bot.answering.evidence import Evidence, newest_first
from bot.answering.summary import is_news
from bot.answering.written import Writer, retold
from bot.digest.story import story
from bot.domain import Answer, LineKind
from bot.i18n import voice
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus, EmptyCorpusError, View
from vectorstore.domain import Briefing, Document, Tier
from vectorstore.speakers import Speakers

# Two minutes, at 200 words a minute (Brysbaert 2019: 238 for easy prose, silently).
MOST_WORDS = 400
MOST_TITLES = 15
DEVELOPING = timedelta(days=7)
MOST_DEVELOPING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new: ``told`` in full, one part a dossier, and ``also`` by its title alone.

    ``developing`` are earlier briefings of the same dossiers.
    """

    told: Answer | None = None
    also: tuple[Briefing, ...] = ()
    developing: tuple[Briefing, ...] = ()

    def __bool__(self) -> bool:
        return self.told is not None


class Composer:
    """Composes what is new from the current generation. Blocking, and safe in threads.

    ``speakers`` tells who speaks in what those who read some tiers may see of a view. With a
    ``writer`` a short overview in its words comes first, if it passes the gate.
    """

    def __init__(
        self,
        corpus: Corpus,
        actors: Actors,
        speakers: Callable[[View, frozenset[Tier]], Speakers],
        writer: Writer | None = None,
    ) -> None:
        self._corpus = corpus
        self._actors = actors
        self._speakers = speakers
        self._writer = writer

    def between(
        self, since: datetime, until: datetime, *, tiers: frozenset[Tier], language: str
    ) -> News:
        """What was first published after ``since``, up to ``until``, for a reader of ``tiers``."""
        try:
            with self._corpus.view() as view:
                first: dict[str, datetime] = {}
                for each in view.catalog.appearances():
                    before = first.setdefault(each.briefing, each.published_at)
                    first[each.briefing] = min(before, each.published_at)
                new = [
                    document
                    for document in view.readable(tiers)
                    if since < first[document.briefing.id] <= until
                    and is_news(document.briefing, since.date())
                ]
                return self._composed(view, new, tiers, language)
        except EmptyCorpusError:
            return News()

    def of_day(self, day: date, *, tiers: frozenset[Tier], language: str) -> News:
        """What was published on one day."""
        try:
            with self._corpus.view() as view:
                new = [one for one in view.readable(tiers) if one.briefing.day == day]
                return self._composed(view, new, tiers, language)
        except EmptyCorpusError:
            return News()

    def _composed(
        self, view: View, new: Sequence[Document], tiers: frozenset[Tier], language: str
    ) -> News:
        people = self._speakers(view, tiers).people
        told: dict[str, list[Evidence]] = {}
        also: list[Briefing] = []
        words = 0
        for dossier, stories in _by_dossier(_editions(new, language)).items():
            for document in stories:
                lines = story(document, view)
                words += sum(len(line.span.of(document.briefing.text).split()) for line in lines)
                if words > MOST_WORDS and told:
                    also.append(document.briefing)
                else:
                    told.setdefault(dossier, []).extend(lines)
        parts = [
            part
            for dossier, lines in told.items()
            if (part := section(_heading(dossier, language), lines, view, tiers, people, language))
        ]
        if not parts:
            return News()
        return News(
            told=joined("", [*self._overview(parts, view, language), *parts]),
            also=tuple(also[:MOST_TITLES]),
            developing=_developing(view, new, tiers, language),
        )

    def _overview(self, parts: Sequence[Answer], view: View, language: str) -> list[Answer]:
        if self._writer is None:
            return []
        heading = voice(language).say("In brief")
        asked = replace(titled(heading, language), search="Sum up what is new in three sentences.")
        whole = replace(joined(heading, parts), parts=(), asked=asked)
        told = retold(whole, self._writer, view, self._actors)
        written = any(line.kind is LineKind.GENERATED for line in told.lines)
        return [replace(told, question=heading)] if written else []


def _editions(documents: Iterable[Document], language: str) -> list[Document]:
    """Each story once, in ``language`` where it has an edition, newest first."""
    stories: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        stories[document.briefing.story].append(document)

    def fitness(document: Document) -> tuple[bool, bool, int]:
        briefing = document.briefing
        return briefing.language == language, not briefing.preview, len(briefing.text)

    chosen = [max(editions, key=fitness) for editions in stories.values()]
    return sorted(chosen, key=lambda one: newest_first(one.briefing))


def _by_dossier(stories: Iterable[Document]) -> dict[str, list[Document]]:
    """The stories under the first dossier of each, the fullest dossier first, "" last."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in stories:
        found[_dossier(document.briefing)].append(document)
    return dict(sorted(found.items(), key=lambda each: (not each[0], -len(each[1]))))


def _dossier(briefing: Briefing) -> str:
    return briefing.dossiers[0] if briefing.dossiers else ""


def _heading(dossier: str, language: str) -> str:
    return dossier or voice(language).say("Other news")


def _developing(
    view: View, new: Sequence[Document], tiers: frozenset[Tier], language: str
) -> tuple[Briefing, ...]:
    """Of each dossier that has news, the newest earlier briefing of the week before."""
    stories = {document.briefing.story for document in new}
    dossiers = {_dossier(document.briefing) for document in new} - {""}
    newest = max((one.briefing.day for one in new if one.briefing.day), default=None)
    if newest is None:
        return ()
    earlier = [
        document
        for document in view.readable(tiers)
        if document.briefing.story not in stories
        and document.briefing.day
        and newest - DEVELOPING <= document.briefing.day <= newest
    ]
    found: dict[str, Briefing] = {}
    for document in _editions(earlier, language):
        for dossier in dossiers.intersection(document.briefing.dossiers):
            found.setdefault(dossier, document.briefing)
    return tuple(dict.fromkeys(found.values()))[:MOST_DEVELOPING]
