"""One person's conversation in a terminal: questions, and the commands that look around.

Knows neither the terminal nor how answers are found.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.answering import Newsroom
from bot.answering.files import matching
from bot.browsing import (
    asks_nothing,
    dossiers_page,
    entered_page,
    examples_page,
    names_too_few,
    profile_page,
    stranger_page,
    unclear_page,
    usage_page,
    within_line,
)
from bot.domain import Answer, Kind, Question
from bot.i18n import voice
from bot.listing import latest_page
from bot.rendering import ActorName, Page, plain
from vectorstore.domain import LANGUAGES, Tier

_LATEST = 10
_KINDS = {"/timeline": (Kind.TIMELINE, 1), "/compare": (Kind.COMPARISON, 2)}


class Conversation:
    """Replies in their order (mutable: a question may follow up the one before it)."""

    def __init__(
        self,
        newsroom: Newsroom,
        actor_name: ActorName,
        page: Callable[[Answer], Page],
        as_of: Callable[[], datetime | None],
        *,
        tiers: frozenset[Tier],
        language: str,
        today: Callable[[], date],
    ) -> None:
        """``page`` is how an answer is shown, ``language`` what the reader speaks.

        ``as_of`` tells when the briefings were last known to be up to date, None while they are.
        """
        self._newsroom = newsroom
        self._actor_name = actor_name
        self._page = page
        self._as_of = as_of
        self._tiers = tiers
        self._words = voice(language)
        self._today = today
        self._before: Question | None = None
        self._within = ""

    def reply(self, text: str) -> Page:
        """What is said to a question, or to a command with what stands behind it."""
        if asks_nothing(text):
            return examples_page(self._examples(), self._words)
        command, _, rest = text.partition(" ")
        match command:
            case "/dossiers":
                return self._dossiers(rest.strip())
            case "/leave":
                self._enter("")
                said = self._words.say("Your next questions are answered from all dossiers again.")
                return plain(said)
            case "/about":
                return self._about(rest)
            case "/latest":
                limit = _LATEST * len(LANGUAGES)
                briefings = self._newsroom.latest(tiers=self._tiers, limit=limit)
                return latest_page(briefings, self._words.language, _LATEST)
            case "/help":
                return examples_page(self._examples(), self._words)
            case "/timeline" | "/compare":
                kind, wanted = _KINDS[command]
                answer = self._answer(rest, kind)
                if names_too_few(answer, wanted):
                    return usage_page(command[1:], self._words, self._examples())
                return self._shown(answer)
        return self._shown(self._answer(text, None))

    def _answer(self, text: str, kind: Kind | None) -> Answer:
        return self._newsroom.answer(
            text,
            tiers=self._tiers,
            language=self._words.language,
            today=self._today(),
            before=None if kind else self._before,
            kind=kind,
            dossier=self._within,
        )

    def _shown(self, answer: Answer) -> Page:
        self._before = answer.asked
        page = self._page(answer)
        name = answer.asked.dossier if answer.asked else ""
        if not name:
            return page
        return (*page, within_line(name, voice(answer.language), leave=bool(self._within)))

    def _dossiers(self, wanted: str) -> Page:
        words = self._words
        dossiers = self._newsroom.dossiers(tiers=self._tiers, language=words.language)
        if not wanted:
            return dossiers_page(dossiers, words, self._within)
        meant = matching(wanted, dossiers)
        if len(meant) != 1:
            return unclear_page([each.name for each in meant], words)
        self._enter(meant[0].name)
        return entered_page(meant[0], words)

    def _enter(self, name: str) -> None:
        self._within, self._before = name, None

    def _about(self, who: str) -> Page:
        profile = self._newsroom.about(
            who, tiers=self._tiers, language=self._words.language, today=self._today()
        )
        how = usage_page("about", self._words, self._examples())
        if asks_nothing(who):
            return how
        words = voice(profile.latest.language)
        if profile.statements:
            return profile_page(profile, words, self._actor_name, self._as_of())
        known = profile.actor or profile.person
        sorry = stranger_page(who, profile, words, self._actor_name, self._as_of())
        return sorry if known else (*sorry, *how)

    def _examples(self) -> tuple[str, ...]:
        return tuple(
            self._newsroom.examples(
                tiers=self._tiers, language=self._words.language, today=self._today()
            )
        )
