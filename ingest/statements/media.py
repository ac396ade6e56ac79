"""Media that pass words on in Russian: where they stand, and whose words they give."""

from __future__ import annotations

import re

from ingest.statements.cases import takes_object
from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, described, speaker_in
from vectorstore.actors import Actors

_MEDIA = ("газета", "издание", "телеканал", "агентство", "журнал", "портал", "радиостанция")
_HEARING = ("у", "ю", "ям", "ам", "е", "ом")  # «сообщил агентству»
_CLOSING = re.compile(r"[JARCNMQp]{1,6}\.?")  # «Линд, который приехал, болен, сообщает | Times.»
_PASSING = ("сообщает", "сообщают", "пишет", "пишут", "передает", "передаёт", "передают")


def told_by_medium(sentence: Sentence, start: int, end: int) -> bool:
    """Whether who tells stands behind the verb in tokens ``start`` to ``end``, not before it:
    a medium (", сообщает газета …"), or all that follows the comma and the verb.
    """
    letters = sentence.letters
    if sentence.language != "ru" or end >= len(letters) or letters[start - 1 : start] != ",":
        return False
    if letters[end + 1 : end + 2] == ":":
        return False  # «Ян Новак, врач, рассказывает CNN: «…»»
    if _CLOSING.fullmatch(letters[end:]) and not takes_object(sentence.text(start, end)):
        return True
    token = sentence.tokens[end]
    named = token.letter == "M" and not token.text.endswith(_HEARING)
    return named or token.text in _MEDIA


def is_outlet(sentence: Sentence, verb: int, speaker: Speaker, end: int) -> bool:
    """Whether a Latin name that ends at ``end``, behind a Russian verb, passes words on («…,
    сообщает Evening Bell.»).
    """
    rest = sentence.letters[end:].strip(".")
    apart = sentence.letters[verb - 1 : verb] == "," and rest[:1] in ("", "S")
    if sentence.language != "ru" or not apart or speaker.pronoun:
        return False
    named = speaker.name.isascii() and not speaker.role and speaker.actor is None
    return named and sentence.tokens[verb].text.lower() in _PASSING


_PASSED_ON = (
    re.compile(r"[,.]?-(?:[Zw][MQ]*(?:N(?=n))?n|[Zz][MQ]+)(?P<who>[JCARNwp]*N)(?=[MQ.,;]|$)"),
    # «приводит слова Линда | официальный сайт турнира», «цитирует Линда | «Северная правда»»
    re.compile(r"[,.]?-[Zwz]n(?P<who>[JCAR]*N[Np]{0,2})(?=[wRJ])"),
    re.compile(r"[,.]?-[Zz](?P<who>[JCAR]*N[Np]{0,2})(?=[MQR])"),
    # «приводит пресс-служба слова президента Ады Линд»
    re.compile(r"[,.]?-[Zw]R[RCJ]*n(?P<who>[JCAR]*N[Np]*)(?=[.,;]|$)"),
    # «цитирует ТАСС слова министра»: whose they are is told by what was said before
    re.compile(r"[,.]?-[Zw][MQ]*n(?P<who>J?R)(?=[M.,;]|$)"),
)
_OBLIQUE = re.compile(r"[ауяюыи]$|(?:ого|его|ой|ей|ых|их)$|^[^а-яё]+$|[ео]$")
_QUOTING = ("привод", "привел", "привёл", "цитир", "процитир", "переда")


def passed_on(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """Whose words a medium gives behind the quotation: «…», — приводит ТАСС слова Ады Линд."""
    if sentence.language != "ru":
        return None
    match = next((m for f in _PASSED_ON if (m := f.match(sentence.letters, at + 1))), None)
    if match is None or not _OBLIQUE.search(sentence.tokens[match.end("who") - 1].text):
        return None
    cue = at + 1 + sentence.letters[at + 1 :].index("-") + 1
    start, end = match.span("who")
    name = re.search(r"N[Np]*N$", sentence.letters[start:end])
    first = start + name.start() if name else start
    speaker = speaker_in(sentence, first, end, actors)
    if speaker is not None and start < first:
        speaker = described(sentence, speaker, start, first, actors)
    passes = sentence.tokens[cue].text.lower().startswith(_QUOTING)
    told = speaker and (speaker.person or speaker.actor or match.re is _PASSED_ON[-1])
    if speaker is None or not passes or not told:
        return None
    cue_end = start if sentence.letters[start - 1] == "n" else cue + 1
    return Link(speaker=speaker, cue_at=cue_end - 1, cue_end=cue_end, start=start, end=end)
