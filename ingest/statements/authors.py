"""Whose own words a text is, as its title says: "Statement by …", « Discours de … », «Заявление …».

A title alone proves little: a report on a speech has such titles, too. A text whose newsroom says
what the author said is a report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.statements.inverted import with_apposition
from ingest.statements.sentence import reading
from ingest.statements.speakers import speaker_in
from vectorstore.actors import Actors, MentionKind
from vectorstore.domain import Span

# What announces somebody's own words at the beginning of a title; joint ones have several authors.
_KINDS = {
    "en": re.compile(
        r"(?:full text:?\s+(?:of\s+)?(?:the\s+)?)?"
        r"(?:(?:official|press|opening|closing|video|televised|written|keynote|inaugural)\s+)?"
        r"(?:statement|speech|address|remarks|declaration|message|letter|communiqu[eé]|comment)"
        r"\s+(?:by|of|from)\s+|full text of\s+(?=\S.*?['’]s? (?:speech|address|statement|remarks))",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:texte intégral\s*:?\s+(?:de la |du |de l['’])?)?"
        r"(?:déclaration|discours|allocution|communiqué|message|lettre|adresse|intervention"
        r"|propos liminaires)\s+(?:(?:officielle?|de presse|télévisée?|liminaire)\s+)?"
        r"(?=d[eu’']|par\s)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:полный текст\s+)?(?:заявлени[ея]|речь|речи|выступлени[ея]|обращени[ея]|послани[ея]"
        r"|комментари[йя]|коммюнике|письм[оа])\s+",
        re.IGNORECASE,
    ),
}
_REPORT = re.compile(r"[RCN]w")  # "Statement by the Kremlin draws criticism"
_LEADING = re.compile(r"(?:de la|de l['’]|du|des|de|d['’]|par|the)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who speaks a whole text: the actor, and the name and role that the title prints, if any."""

    actor: str
    speaker: str
    role: str


def author_in(title: str, language: str, actors: Actors) -> Author | None:
    """Whose words a title announces, if it names one author who speaks for an actor."""
    kind = _KINDS[language].match(title.strip())
    if kind is None:
        return None
    rest = title.strip()[kind.end() :]
    leading = _LEADING.match(rest)
    rest = rest[leading.end() :] if leading else rest
    named = reading(rest, language, Span(start=0, end=len(rest)), 0, actors)
    letters = named.letters
    ends = [at for at, letter in enumerate(letters) if letter in ",:;.(-tmG"]
    for end in (*ends, len(letters)):
        speaker = speaker_in(named, 0, end, actors) if end else None
        if speaker is None:
            continue
        speaker, _ = with_apposition(named, speaker, end, actors)
        report = _REPORT.search(letters[:end]) or _is_place(speaker.name, language, actors)
        if speaker.actor is not None and not report:
            return Author(actor=speaker.actor, speaker=speaker.name, role=speaker.role)
    return None


def _is_place(name: str, language: str, actors: Actors) -> bool:
    """Whether only a country or its capital is named: one may be written from ("Letter from …")."""
    mentions = actors.mentions(name, language)
    places = (MentionKind.NAME, MentionKind.CAPITAL)
    return any(m.span.of(name) == name and m.kind in places for m in mentions)
