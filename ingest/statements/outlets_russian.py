"""Russian media that tell something themselves: «…, сообщает Interfax»; knows no speakers."""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

# Where others write, and the wire that a text of its own calls so.
PLATFORMS = ("twitter", "facebook", "telegram", "wikinews")
# «…, сообщает агентство «Норд».», «Агентство «Норд» сообщило, что …», «…, пишет Times.»
_KIND = r"(?P<kind>[JA]{0,2}[RMw])"
_NAME = r"(?P<who>N{1,4}|M|Q)"
_LAST = re.compile(rf",(?P<cue>V){_KIND}?{_NAME}(?=\.*$)")
_AS = re.compile(rf"(?:[mkK],?)*y(?P<cue>[VZ]){_KIND}?{_NAME}(?=,)")  # «Как пишет Times, …»
_FIRST = re.compile(rf"(?:[mkK],?|t[Dwa]{{1,3}},?)*{_KIND}?{_NAME}m*(?P<cue>V)m?(?=,L|tPL|[to]|:)")
_PARTY = re.compile(r"(?:[mkK],?)*(?P<kind>)(?P<who>Q)m*(?P<cue>V)(?=[DJARCNwnt])")
_PARTY_VERBS = re.compile(
    r"(?:осуди|объяви|обвини|потребова|призва|пообеща|предупреди|подтверди|раскритик)"
)
_RUSSIAN_VERBS = re.compile(
    r"(?:сообща|сообщи|пиш[еу]т|писал|написал|утвержда|отмеча|передал|заяви|заявля|переда)"
)
_KINDS = re.compile(
    r"(?:газет|издани|агентств|журнал|портал|телеканал|телекомпани|радиостанци|еженедельник"
    r"|(?:веб-)?сайт|канал)"
)
_PASSED = re.compile(
    r"\bсо ссылкой\b|\bссыла[ея]|\bпо (?:словам|данным|информации)\b", re.IGNORECASE
)


def russian_outlet(sentence: Sentence) -> Link | None:
    """The link of the medium that tells a Russian sentence, or None."""
    match = (
        _LAST.search(sentence.letters)
        or _AS.match(sentence.letters)
        or _FIRST.match(sentence.letters)
        or _PARTY.match(sentence.letters)
    )
    if match is None or _PASSED.search(sentence.span.of(sentence.body)):
        return None
    cue, (start, end) = match.start("cue"), match.span("who")
    name, kind = sentence.text(start, end), sentence.text(*match.span("kind"))
    verb = sentence.tokens[cue].text.lower()
    party = match["who"] == "Q" and not match["kind"] and _PARTY_VERBS.match(verb)
    if not (party or _RUSSIAN_VERBS.match(verb)):
        return None
    told = kind != "" and _KINDS.match(kind.lower().split()[-1]) is not None
    if kind and (not told or _BENT.search(kind)):
        return None
    if not name[0].isupper() and match["who"] != "Q":
        return None
    if (
        name == "СМИ"
        or name.lower() in PLATFORMS
        or (match["who"][0] == "N" and not _latin(name, cue, start))
    ):
        return None
    if match["who"] == "Q":
        name = name.strip('«»“”„"')
    medium = Speaker(
        name=name, role="", actor=None, span=sentence.span_of(start, end), person=False
    )
    first = match.start("kind") if kind else start
    first, last = min(first, cue), max(end, cue + 1)
    return Link(speaker=medium, cue_at=cue, cue_end=cue + 1, start=first, end=last)


def _latin(name: str, cue: int, start: int) -> bool:
    """Whether Latin letters, behind a verb, show that a name is no person's."""
    return name.isascii() and cue < start


_BENT = re.compile(r"(?:[ую]|[ое]м|(?<!и)е)$")  # «газете»
