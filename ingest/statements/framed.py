"""Russian bodies in another case than a subject's: «по данным полиции», «в полиции заявили».

Knows where they stand, and gives their names in the nominative.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.departments import is_department
from ingest.statements.lexicon import body_named
from ingest.statements.link import Link
from ingest.statements.nominative import candidates, nominative_body
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from ingest.statements.written import is_written
from vectorstore.actors import Actors

_SPOKESMAN = re.compile(
    r"(?:официальн\w+ )?(?:представител\w+|пресс-секретар\w+) (?P<body>.+)", re.IGNORECASE
)


def unbent(body: Speaker, sentence: Sentence, link: Link, actors: Actors) -> Speaker:
    """A body with its name in the nominative, if it stands where no subject does."""
    at = next(n for n, token in enumerate(sentence.tokens) if token.end > link.speaker.span.start)
    place = sentence.letters[max(0, at - 1) : at] in tuple("tDn")
    written = is_written(sentence.text(link.cue_at, link.cue_end))
    if not (place or written or sentence.letters[link.cue_at] in "SnZ"):
        return body
    return replace(body, name=_nominative(body, actors))


def spoken_for(spokesman: Speaker, actors: Actors) -> Speaker:
    """The body for which a spokesman without a name speaks, who is its role."""
    words = _SPOKESMAN.fullmatch(spokesman.name)
    if words is None or spokesman.pronoun or is_department(words["body"]):
        return spokesman
    named = any(map(body_named, words["body"].split()))
    if not (named or _is_actor(words["body"], spokesman.actor, actors)):
        return spokesman
    body = _nominative(replace(spokesman, name=words["body"]), actors)
    return replace(spokesman, name=body, role=spokesman.name)


def _nominative(body: Speaker, actors: Actors) -> str:
    """A body's name in the nominative; an actor's own as the catalogue has it."""
    if _is_actor(body.name, body.actor, actors):
        named = (n for n in candidates(body.name) if _is_actor(n, body.actor, actors))
        return next(named, body.name)
    return nominative_body(body.name)


def _is_actor(name: str, code: str | None, actors: Actors) -> bool:
    """Whether all of a name is one mention of an actor («Кремле»)."""
    mentions = actors.mentions(name, "ru")
    return [(m.code, m.span.of(name)) for m in mentions] == [(code, name)]
