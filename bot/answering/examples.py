"""Questions and commands to begin with, made of what the briefings hold; each finds an answer.

The wording leaves names as they are: nothing is put into a case or given an article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Protocol

from bot.answering.evidence import newest_first
from bot.answering.files import Files
from bot.domain import Answer, Kind
from bot.i18n import voice
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind
from vectorstore.people import is_full
from vectorstore.speakers import Said, Speakers

# Candidates of each kind that are tried; the first that finds an answer is shown.
_TRIED = 3


class Ask(Protocol):
    """Answers what stands behind a command for an answer of ``kind``, or a question."""

    def __call__(self, question: str, *, kind: Kind | None) -> Answer:
        """The answer."""


def worth_asking(
    files: Files,
    speakers: Speakers,
    actors: Actors,
    language: str,
    ask: Ask,
) -> tuple[str, ...]:
    """At most one example of each kind, in ``language`` as far as we have briefings in it.

    ``ask`` answers as it would answer the reader.
    """
    said = _own(speakers, language)
    names = [actors.name(code, language) for code in _actors(said)]
    words = voice(language)
    people = (words.say("What did {name} say?", name=name) for name in _people(said))
    days = (
        words.say("Who said what on {day}?", day=words.day(day))
        for day in dict.fromkeys(each.document.briefing.day for each in said)
        if day
    )
    dossiers = (
        words.say("Summarise the dossier “{name}”", name=dossier.name)
        for dossier in files.listed(language)
    )
    pairs = (f"{one}, {other}" for one in names for other in names if one != other)
    found = (
        _first(people, "", None, ask),
        _first(days, "", None, ask),
        _first(dossiers, "", None, ask),
        _first(names, "/about ", Kind.STATEMENT, ask),
        _first(names, "/timeline ", Kind.TIMELINE, ask),
        _first(pairs, "/compare ", Kind.COMPARISON, ask),
    )
    return tuple(filter(None, found))


def _first(candidates: Iterable[str], command: str, kind: Kind | None, ask: Ask) -> str:
    """The first candidate behind its command that finds an answer, "" if none of some does."""
    for text in islice(candidates, _TRIED):
        answer = ask(text, kind=kind)
        if answer.found and not answer.silent:
            return command + text
    return ""


def _own(speakers: Speakers, language: str) -> list[Said]:
    """What is said in the reader's language, or where nothing is, in any; newest first."""
    everything = sorted(
        speakers.everything(), key=lambda said: newest_first(said.document.briefing)
    )
    own = [said for said in everything if said.document.briefing.language == language]
    return own or everything


def _people(said: Collection[Said]) -> list[str]:
    """Those whom we quote for a side, by their full names."""
    return list(
        dict.fromkeys(
            each.statement.speaker
            for each in said
            if each.actor
            and each.statement.kind is StatementKind.QUOTE
            and is_full(each.statement.speaker)
        )
    )


def _actors(said: Collection[Said]) -> list[str]:
    """The codes of those who speak, the most days first, then who spoke last."""
    days = dict.fromkeys((each.actor, each.document.briefing.day) for each in said)
    counted = Counter(code for code, _ in days if code)
    return [code for code, _ in counted.most_common()]
