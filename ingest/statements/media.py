"""Whether a medium that passes words on stands beside a Russian verb; knows no other speakers."""

from __future__ import annotations

import re

from ingest.statements.cases import takes_object
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker

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
    apart = sentence.letters[verb - 1 : verb] == "," and not sentence.letters[end:].strip(".")
    if sentence.language != "ru" or not apart or speaker.pronoun:
        return False
    named = speaker.name.isascii() and not speaker.role and speaker.actor is None
    return named and sentence.tokens[verb].text.lower() in _PASSING
