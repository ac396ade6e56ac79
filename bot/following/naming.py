"""What somebody wants to follow, and what they are told when they do; knows no chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import Question
from bot.i18n import Voice
from bot.records.follows import Followed, Follows
from bot.rendering import ActorName

MOST = 30
"""As many as one message lists."""
Wanted = tuple[Followed, str]
"""A kind, and an actor's code or a name as it is printed."""


def meant(asked: Question) -> list[Wanted]:
    """Whom a question is about, if it is about nothing else."""
    if asked.people:
        return [(Followed.PERSON, name) for name in asked.people]
    if asked.actors:
        return [(Followed.ACTOR, code) for code in asked.actors]
    return [(Followed.DOSSIER, asked.dossier)] if asked.dossier else []


def known_as(kind: Followed, name: str, language: str, actor_name: ActorName) -> str:
    """What is followed, as a reader of a language knows it."""
    return actor_name(name, language) if kind is Followed.ACTOR else name


def begin(
    follows: Follows,
    user: int,
    wanted: Sequence[Wanted],
    *,
    zone: str,
    words: Voice,
    actor_name: ActorName,
    now: datetime,
) -> str:
    """Let somebody follow all of it from now on; what they are told. Blocking."""
    if len(follows.of(user)) + len(wanted) > MOST:
        return words.say("You follow a great deal already. /following shows it, and ends it.")
    for kind, name in wanted:
        follows.add(user, kind, name, zone, words.language, now)
    names = words.listing([known_as(*each, words.language, actor_name) for each in wanted])
    said = (
        words.say("You follow {names} now. I tell you of each new briefing.", names=names)
        if all(kind is Followed.DOSSIER for kind, _ in wanted)
        else words.say(
            "You follow {names} now. When a new briefing quotes them, I tell you at once.",
            names=names,
        )
    )
    return f"{said}\n{words.say('/following shows and changes it.')}"
