"""What the briefings hold, for those who browse them: sources, speakers; answers no question.

Of each story one edition counts, in the reader's language where it has one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from bot.answering.citing import citation
from bot.answering.evidence import newest_first, preferred_editions
from bot.answering.files import Files, stories_of
from bot.answering.repeats import without_repeats
from bot.domain import Answer, Profile, Question, SourceSummary, Speaker
from vectorstore.actors import Actors
from vectorstore.domain import Briefing, Document
from vectorstore.names import key, same_person
from vectorstore.people import People, is_full
from vectorstore.speakers import Said, Speakers

_WORD = re.compile(r"\w+")
MOST_SPEAKERS = 8
MOST_DAYS = 5
MOST_NEAR = 3
# How much of two words must be the same for one to be taken for a slip in the other.
_ALIKE = 0.7
_SHORTEST = 4  # letters; shorter words are all alike


def sources_of(documents: Iterable[Document], language: str) -> list[SourceSummary]:
    """What each source holds, in the order of their names."""
    by_source: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_source[_publisher(document.briefing)].append(document)
    return [_summary(name, some, language) for name, some in sorted(by_source.items())]


def profile_of(speakers: Speakers, question: Question, latest: Answer) -> Profile:
    """The first whom ``question`` names, which ``latest`` answers; of nobody an empty profile."""
    code, person = next(iter(question.actors), None), next(iter(question.people), "")
    if person:
        everything = speakers.of_person(person)
        sides = {said.actor for said in everything}
        code = sides.pop() if len(sides) == 1 else None
    else:
        everything = speakers.of_actor(code) if code else []
    said = without_repeats(preferred_editions(everything, question.language))
    return Profile(
        actor=code,
        person=(person and _printed(said, speakers.people)) or person,
        statements=len(said),
        speakers=tuple(_speakers(said, speakers.people)[:MOST_SPEAKERS]),
        days=tuple(_days(said)[:MOST_DAYS]),
        latest=latest,
    )


def names_near(text: str, speakers: Speakers, actors: Actors, language: str) -> tuple[str, ...]:
    """The names of those who speak that a word of ``text`` is most like, the likest first."""
    everything = speakers.everything()
    names = {actors.name(code, language) for each in everything if (code := each.actor)} | {
        speakers.people.called(each.statement)[0] or each.statement.speaker
        for each in everything
        if each.document.briefing.language == language
        and is_full(each.statement.speaker)
        and _is_name(each, speakers.people)
    }
    alike = {name: _likeness(text, name) for name in names}
    near = sorted((name for name in names if alike[name] >= _ALIKE), key=lambda n: (-alike[n], n))
    return tuple(near[:MOST_NEAR])


def _likeness(text: str, name: str) -> float:
    pairs = product(*(filter(_may_slip, _WORD.findall(each.casefold())) for each in (text, name)))
    return max((SequenceMatcher(None, one, other).ratio() for one, other in pairs), default=0.0)


def _may_slip(word: str) -> bool:
    return len(word) >= _SHORTEST


def _days(said: Iterable[Said]) -> list[date]:
    days = {day for each in said if (day := each.document.briefing.day)}
    return sorted(days, reverse=True)


def _speakers(said: Sequence[Said], people: People) -> list[Speaker]:
    """The people among those who ``said`` it, as their newest briefings print them."""
    named = [each for each in said if _is_name(each, people)]
    newest = sorted(named, key=lambda each: newest_first(each.document.briefing))
    groups: list[list[Said]] = []
    for each in sorted(newest, key=lambda one: not is_full(one.statement.speaker)):
        same = [group for group in groups if _same(group[0], each, people)]
        if len(same) == 1:  # a surname that two bear is nobody's in particular
            same[0].append(each)
        else:
            groups.append([each])
    return sorted((_speaker(each, people) for each in groups), key=lambda one: -one.statements)


def _same(one: Said, other: Said, people: People) -> bool:
    return same_person(
        *(people.called(each.statement)[0] or each.statement.speaker for each in (one, other))
    )


def _printed(said: Sequence[Said], people: People) -> str:
    """The name, in full if it is, that all who ``said`` it are printed under; "" of several."""
    names = [people.called(each.statement)[0] or each.statement.speaker for each in said]
    first = next(filter(is_full, names), next(iter(names), ""))
    return first if all(same_person(first, name) for name in names) else ""


def _is_name(said: Said, people: People) -> bool:
    """Whether the speaker is printed as a person whom the briefing introduces or calls in full."""
    name = said.statement.speaker
    introduced = {key(person.name) for person in said.document.people}
    known = key(name) in introduced or people.side_of(name) is not None
    return name[:1].isupper() and known


def _speaker(group: Sequence[Said], people: People) -> Speaker:
    """One person by the name and role of the newest briefing that prints a role."""
    shown = next((each for each in group if each.statement.role), group[0])
    called, office = people.called(shown.statement)
    return Speaker(
        name=called or shown.statement.speaker,
        role=office or shown.statement.role,
        statements=len(group),
        citation=citation(1, shown.document.briefing, shown.statement.attribution),
    )


def _publisher(briefing: Briefing) -> str:
    """What a reader knows a source by: the site, or for files that name none, the folder."""
    return urlsplit(briefing.url).hostname or Path(briefing.source).name or briefing.source


def _summary(name: str, documents: Sequence[Document], language: str) -> SourceSummary:
    own = stories_of(sorted((one.briefing for one in documents), key=lambda one: one.id), language)
    days = [briefing.day for briefing in own if briefing.day]
    return SourceSummary(
        name=name,
        stories=len(own),
        languages=tuple(sorted({each.briefing.language for each in documents})),
        first=min(days, default=None),
        last=max(days, default=None),
        dossiers=tuple(dossier.name for dossier in Files(documents).listed(language)),
    )
